"""How many changes wait to be published: cheap enough for every page of the admin."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

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
def counted(pk: int, seen: tuple) -> Standing:
    old, _new, changes = compared(pk, seen)
    first = tuple(sorted(changes, key=lambda change: change.about != "session")[:FEW])
    return Standing(len(changes), old.slug, old.languages, first) if old else Standing(len(changes))


class Waiting(NamedTuple):
    """What the public reads (None before the first release), what staff have edited, and how they differ."""

    before: Programme | None
    taken: Programme
    changes: tuple[Change, ...]


def waiting_in(conference: Conference) -> Waiting:
    """All that waits; looked for again only after something was edited."""
    return compared(conference.pk, fingerprint(conference))


@lru_cache(maxsize=1)  # two whole programmes
def compared(pk: int, _fingerprint: tuple) -> Waiting:
    conference = Conference.objects.get(pk=pk)
    before, taken = published(conference), take(conference)
    return Waiting(before, taken, compare(before, taken))


def look_again():
    """Forget what was compared: somebody saw that it is not what the database says, whatever the fingerprint says."""
    counted.cache_clear()
    compared.cache_clear()


def live(conference: Conference) -> Programme:
    """The programme as staff see it in a preview; taken again only after something was edited."""
    return taken(conference.pk, fingerprint(conference))


@lru_cache(maxsize=2)  # whole programmes
def taken(pk: int, _fingerprint: tuple) -> Programme:
    return next_programme(Conference.objects.get(pk=pk))
