"""Filters of the programme: which slots a visitor wants to see. They live in the query string, so they can be shared."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from programme.values import SIBLINGS, Room, Session, Text
from programme.whole import Programme

Place = tuple[Session, Room | None]  # what a filter looks at: a session, and the room of one part
ACCESS = ("captions", "sign", "step-free")


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    value: str
    label: Text | str  # a str is a language code, or the name of a kind of access


@dataclass(frozen=True)
class Filter:
    """One heading with its boxes: a slot passes when it has one of the values that are ticked."""

    name: str
    choices: tuple[Choice, ...]
    values: Callable[[Place], Collection[str]]  # of a place: those choices that it is counted to

    def counts(self, places: Iterable[Place]) -> Counter[str]:
        """How many of some places have each value."""
        return Counter(value for place in places for value in self.values(place))


def filters_of(programme: Programme) -> tuple[Filter, ...]:
    """The filters that make a difference in this programme."""
    spoken = sorted({code for session in programme.sessions for code in tongues(session.spoken_languages)})
    followed = sorted({*spoken, *(code for s in programme.sessions for code in tongues(s.interpreted_to))})
    offered = [
        Filter("track", named(programme.tracks), lambda place: slug_of(place[0].track)),
        Filter("topic", named(programme.topics), lambda place: {topic.slug for topic in place[0].topics}),
        Filter("format", named(programme.formats), lambda place: slug_of(place[0].format)),
        Filter("room", named(programme.rooms), lambda place: slug_of(place[1])),
        Filter("language", plain(spoken), lambda place: tongues(place[0].spoken_languages)),
        Filter("follow", plain(followed), lambda place: followed_in(place[0])),
        Filter("access", plain(ACCESS), access_of),
    ]
    places = list(places_of(programme))
    counted = ((found, found.counts(places)) for found in offered)
    useful = (replace(f, choices=tuple(c for c in f.choices if counts[c.value])) for f, counts in counted)
    return tuple(found for found in useful if len(found.choices) > (found.name != "access"))


def named(things) -> tuple[Choice, ...]:
    return tuple(Choice(thing.slug, thing.name) for thing in things)


def plain(values) -> tuple[Choice, ...]:
    return tuple(Choice(value, value) for value in values)


def slug_of(thing) -> tuple[str, ...]:
    return (thing.slug,) if thing else ()


def tongues(codes) -> set[str]:
    """What is spoken: Norwegian is one language, whichever way it is written."""
    return {"no" if code in SIBLINGS else code for code in codes}


def followed_in(session: Session) -> set[str]:
    """The languages in which it can be followed: spoken, or interpreted to."""
    return tongues(session.spoken_languages + session.interpreted_to)


def access_of(place: Place) -> set[str]:
    """The kinds of ACCESS that there are."""
    session, room = place
    offers = {
        "captions": session.has_captions,
        "sign": session.has_sign_language,
        "step-free": room is not None and room.is_step_free,
    }
    return {name for name, is_offered in offers.items() if is_offered}


def places_of(programme: Programme):
    for slot in programme.slots:
        yield slot.session, slot.room
    for session in programme.unscheduled:
        yield session, None


@dataclass(frozen=True)
class Chosen:
    """The filters of a programme with what a visitor ticked: {filter name: values}."""

    filters: tuple[Filter, ...]
    ticked: dict[str, tuple[str, ...]]
    view: str = ""  # how the programme is shown ("list", "grid"): not a filter, but kept in every address

    def __bool__(self):
        return any(self.ticked.values())

    def passes(self, place: Place, except_for: str = "") -> bool:
        """Whether a slot is wanted; `except_for` one filter, to count what its other boxes would show."""
        return all(
            any(value in self.ticked[found.name] for value in found.values(place))
            for found in self.filters
            if found.name != except_for and self.ticked.get(found.name)
        )

    def without(self, name: str, value: str) -> str:
        """The query string with one box unticked."""
        return query({**self.ticked, name: tuple(v for v in self.ticked[name] if v != value)}, self.view)

    @property
    def query(self) -> str:
        return query(self.ticked, self.view)

    def query_in(self, view: str) -> str:
        """The query string of the same filters in another view."""
        return query(self.ticked, view)


def query(ticked, view="") -> str:
    pairs = [(name, value) for name, values in ticked.items() for value in values]
    pairs += [("view", view)] if view else []
    return f"?{urlencode(pairs)}" if pairs else ""


def chosen(programme: Programme, query_string: str, view: str = "") -> Chosen:
    """The filters that a query string ticks. What it says beside them is left out, so that it cannot be misused."""
    filters = filters_of(programme)
    asked = set(parse_qsl(query_string[:2000]))
    ticked = {f.name: tuple(c.value for c in f.choices if (f.name, c.value) in asked) for f in filters}
    return Chosen(filters, ticked, view)
