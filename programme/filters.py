"""Filters of the programme: which slots a visitor wants to see. They live in the query string, so they can be shared."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from programme.values import SIBLINGS, Room, Session, Text
from programme.whole import Programme

Place = tuple[Session, Room | None]  # what a filter looks at: a session, and the room of one part


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    value: str
    label: Text | str  # a str is a language code
    test: Callable[[Place], bool]


@dataclass(frozen=True)
class Filter:
    """One heading with its boxes: a slot passes when it passes one of those that are ticked."""

    name: str
    choices: tuple[Choice, ...]


def filters_of(programme: Programme) -> tuple[Filter, ...]:
    """The filters that make a difference in this programme."""
    spoken = sorted({code for session in programme.sessions for code in tongues(session.spoken_languages)})
    followed = sorted({*spoken, *(code for s in programme.sessions for code in tongues(s.interpreted_to))})
    offered = [
        Filter("track", tuple(Choice(t.slug, t.name, lambda p, t=t: is_same(p[0].track, t)) for t in programme.tracks)),
        Filter(
            "topic",
            tuple(
                Choice(t.slug, t.name, lambda p, t=t: any(is_same(topic, t) for topic in p[0].topics))
                for t in programme.topics
            ),
        ),
        Filter(
            "format", tuple(Choice(f.slug, f.name, lambda p, f=f: is_same(p[0].format, f)) for f in programme.formats)
        ),
        Filter("room", tuple(Choice(r.slug, r.name, lambda p, r=r: is_same(p[1], r)) for r in programme.rooms)),
        Filter(
            "language",
            tuple(Choice(code, code, lambda p, c=code: c in tongues(p[0].spoken_languages)) for code in spoken),
        ),
        Filter("follow", tuple(Choice(code, code, lambda p, c=code: can_follow(p[0], c)) for code in followed)),
        Filter(
            "access",
            (
                Choice("captions", "captions", lambda p: p[0].has_captions),
                Choice("sign", "sign", lambda p: p[0].has_sign_language),
                Choice("step-free", "step-free", lambda p: p[1] is not None and p[1].is_step_free),
            ),
        ),
    ]
    places = list(places_of(programme))
    useful = (Filter(f.name, tuple(c for c in f.choices if any(map(c.test, places)))) for f in offered)
    return tuple(found for found in useful if len(found.choices) > (found.name != "access"))


def is_same(one, other) -> bool:
    """Whether they are one track, topic, format or room. Slugs tell, and sooner than comparing all that is in them."""
    return one is other or (one is not None and one.slug == other.slug)


def tongues(codes) -> set[str]:
    """What is spoken: Norwegian is one language, whichever way it is written."""
    return {"no" if code in SIBLINGS else code for code in codes}


def can_follow(session: Session, code: str) -> bool:
    return code in tongues(session.spoken_languages + session.interpreted_to)


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
            any(choice.test(place) for choice in found.choices if choice.value in self.ticked[found.name])
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
