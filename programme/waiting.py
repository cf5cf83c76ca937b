"""How many changes wait to be published: cheap enough for every page of the admin."""

from dataclasses import dataclass
from functools import lru_cache

from conference.models import Conference
from programme.compare import Change, compare
from programme.publish import next_programme, published
from programme.take import take
from programme.whole import Programme
from speakers.fingerprint import fingerprint

FEW = 4


@dataclass(frozen=True)
class Standing:
    """What the public reads of a conference, and how far staff are ahead of it."""

    waiting: int  # changes that the next release would tell of
    slug: str = ""  # in the address of the public pages; "" before the first release
    languages: tuple[str, ...] = ()
    first: tuple[Change, ...] = ()  # a few of the changes, sessions before anything else


def standing_of(conference: Conference) -> Standing:
    """Two queries, and a comparison only after something was edited."""
    return counted(conference.pk, fingerprint(conference))


@lru_cache(maxsize=64)
def counted(pk: int, _fingerprint: tuple) -> Standing:
    conference = Conference.objects.select_related("current_release").get(pk=pk)
    old = published(conference)
    changes = compare(old, take(conference))
    first = tuple(sorted(changes, key=lambda change: change.about != "session")[:FEW])
    return Standing(len(changes), old.slug, old.languages, first) if old else Standing(len(changes))


def live(conference: Conference) -> Programme:
    """The programme as staff see it in a preview; taken again only after something was edited."""
    return taken(conference.pk, fingerprint(conference))


@lru_cache(maxsize=4)
def taken(pk: int, _fingerprint: tuple) -> Programme:
    return next_programme(Conference.objects.select_related("current_release").get(pk=pk))
