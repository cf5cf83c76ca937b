"""Search in the published programme: every word asked for, anywhere in a word, in any language."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from programme.folding import fold
from programme.values import Person, Session
from programme.whole import Programme

MOST_WORDS = 8
MOST_LETTERS = 100
INDEXES = WeakKeyDictionary()  # {Programme: its entries}


@dataclass(frozen=True)
class Entry:
    """One thing that can be found, with its folded words: those that weigh most first."""

    thing: Session | Person
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    people: tuple[Person, ...]
    sessions: tuple[Session, ...]

    def __len__(self):
        return len(self.people) + len(self.sessions)


def search(programme: Programme, asked: str) -> Found:
    """What holds all the words asked for: a word in a title counts before one in a name, and that before one in a text."""
    words = fold(asked[:MOST_LETTERS]).split()[:MOST_WORDS]
    if not words:
        return Found((), ())
    ranked = sorted(
        (rank, number, entry.thing)
        for number, entry in enumerate(index(programme))
        if (rank := rank_of(entry, words)) is not None
    )
    things = [thing for _rank, _number, thing in ranked]
    return Found(
        tuple(thing for thing in things if isinstance(thing, Person)),
        tuple(thing for thing in things if isinstance(thing, Session)),
    )


def rank_of(entry: Entry, words) -> int | None:
    """The sum of the level at which each word is first found, whole beginnings before middles; None when one is missing."""
    rank = 0
    for word in words:
        for level, text in enumerate(entry.levels):
            if word in text:
                rank += 2 * level + (f" {word}" not in f" {text}")
                break
        else:
            return None
    return rank


def index(programme: Programme) -> tuple[Entry, ...]:
    """Made once, and kept no longer than the programme."""
    found = INDEXES.get(programme)
    if found is None:
        found = (*map(session_entry, programme.sessions), *map(person_entry, programme.people))
        INDEXES[programme] = found
    return found


def session_entry(session: Session) -> Entry:
    people = session.people
    titles = [session.title, session.subtitle, *(part.title for part in session.parts)]
    names = [person.name for person in people] + [text for p in people for text in p.organisation.values()]
    questions = [q.text for slot in session.slots for q in slot.part.questions] + [q.text for q in session.questions]
    headings = [thing.name for thing in (session.track, session.format, *session.topics) if thing]
    texts = [session.lead, session.description, *(part.description for part in session.parts), *questions, *headings]
    return Entry(session, (folded(titles), fold(" | ".join(names)), folded(texts)))


def person_entry(person: Person) -> Entry:
    return Entry(person, (fold(person.name), folded([person.title, person.organisation]), folded([person.biography])))


def folded(texts) -> str:
    return fold(" | ".join(words for text in texts for words in text.values()))
