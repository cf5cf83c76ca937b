"""What is wrong and what is missing in a conference, looked for again only after something was edited."""

from dataclasses import dataclass
from functools import lru_cache

from conference.models import Conference
from sessions.problems import Problem, problems_of
from speakers.fingerprint import fingerprint
from speakers.whats_missing import how_many_incomplete, how_many_lack


@dataclass(frozen=True)
class Findings:
    problems: tuple[Problem, ...]
    lacking: dict  # {"time", "room", "moderator": number of sessions}
    incomplete: dict  # {language: number of sessions}


def findings_of(conference: Conference) -> Findings:
    """Two queries while nothing was edited. The rows in it are shared: they are read, and never changed."""
    return found(conference.pk, fingerprint(conference))


@lru_cache(maxsize=16)
def found(pk: int, _fingerprint: tuple) -> Findings:
    conference = Conference.objects.get(pk=pk)
    return Findings(problems_of(conference), how_many_lack(conference), how_many_incomplete(conference))
