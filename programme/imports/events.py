"""One <event> of a schedule.xml as a row."""

from dataclasses import dataclass, replace

from programme.imports.kinds import is_break, readable_slug
from programme.imports.links import read_materials, whole_address
from programme.imports.people import Mention, people_of, read_person
from programme.imports.rows import Identity, SessionRow
from programme.imports.spoken import read_languages
from programme.imports.texts import lead_and_description, one_line
from programme.imports.times import when
from programme.imports.titles import read_title
from programme.imports.xml_tree import words_of

ELEMENTS = (
    "title subtitle start duration date room type track abstract description slug links attachments "
    "language recording video_download_url url end day persons person speakers speaker"
)
READ = frozenset(ELEMENTS.split())
LONGEST_TITLE = 300
LONGEST_NOTICE = 200
LONGEST_TEXT = 100_000
LONGEST_ADDRESS = 200  # Session.recording_url


@dataclass(frozen=True)
class Event:
    """A row that does not know yet which of the people in the file are the same; no row for an event that was left out."""

    identity: Identity
    row: SessionRow | None
    mentions: tuple[Mention, ...] = ()

    def with_people(self, keys) -> SessionRow:
        return replace(
            self.row, people=tuple(dict.fromkeys(keys[mention] for mention in self.mentions if mention in keys))
        )


def read_event(element, room_name, day, reading) -> Event:
    """The event; what it says and we do not keep is noted with `reading`."""
    words = one_line(words_of(element, "title"))
    title = read_title(words)
    about = label(element, words)
    times = when(*(words_of(element, path) for path in ("date", "start", "duration", "end")), day, reading.zone)
    place = one_line(words_of(element, "room") or room_name)
    room = reading.room(place)
    identity = identity_of(element, title.words, times, room)
    note_what_is_not_kept(element, about, reading)
    if not words:
        reading.note("no-title", " ".join(filter(None, (about, words_of(element, "start")[:20], place[:60]))))
        return Event(identity, None)
    if title.is_cancelled or title.notice:
        reading.note("cancelled" if title.is_cancelled else "moved", words[:120])
    for topic in times.notes:
        reading.note(topic, about)
    mentions = read_mentions(element, about, reading)
    row = SessionRow(
        identity=identity,
        title=fitting(title.words, LONGEST_TITLE, about, "title", reading),
        slug=readable_slug(words_of(element, "slug"), reading.acronym),
        subtitle=fitting(one_line(words_of(element, "subtitle")), LONGEST_TITLE, about, "subtitle", reading),
        is_cancelled=title.is_cancelled,
        notice=title.notice[:LONGEST_NOTICE],
        spoken_languages=read_spoken(element, about, reading),
        recording_url=read_recording(element, reading.base_url),
        format=read_format(element, title.words, mentions, reading),
        track=reading.track(words_of(element, "track")),
        room=room,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        **read_texts(element, about, reading),
        materials=read_links(element, about, reading),
    )
    return Event(identity, row, mentions)


def label(element, title):
    """How the report names an event: by its id and title."""
    number = element.get("id") or element.get("guid") or ""
    return " ".join(filter(None, (number[:60], title[:80] or words_of(element, "slug")[:80])))


def identity_of(element, title, times, room):
    return Identity(
        guid=(element.get("guid") or words_of(element, "guid")).strip()[:200],
        id=(element.get("id") or "").strip()[:200],
        name=title[:LONGEST_TITLE],
        starts_at=times.starts_at.isoformat() if times.starts_at else "",
        room=room,
    )


def fitting(words, longest, about, name, reading):
    if len(words) <= longest:
        return words
    reading.note("too-long", about, name)
    return words[: longest - 1].rstrip() + "…"


def read_texts(element, about, reading):
    abstract, description = (
        fitting(words_of_text(element, path), LONGEST_TEXT, about, path, reading)
        for path in ("abstract", "description")
    )
    base_url = words_of(element, "url") or reading.base_url
    lead, description = lead_and_description(abstract, description, base_url)
    return {"lead": lead, "description": description}


def words_of_text(element, path):
    """The text of a child with all that its children say: some files hold HTML as elements, not as text."""
    found = element.find(path)
    return "" if found is None else "".join(found.itertext())


def read_mentions(element, about, reading):
    mentions = [read_person(person, reading.base_url) for person in people_of(element)]
    for mention in mentions:
        if not mention.name and not mention.id:
            reading.note("no-name", about)
    kept = tuple(mention for mention in mentions if mention.name or mention.id)
    reading.mentions.extend(kept)
    return kept


def read_spoken(element, about, reading):
    codes, unknown = read_languages(words_of(element, "language"))
    for word in unknown:
        reading.note("language", about, word[:40])
    return codes


def read_recording(element, base_url):
    paths = ("recording/url", "recording/link", "video_download_url")
    addresses = (whole_address(given, base_url) for path in paths if (given := words_of(element, path)))
    return next((address for address in addresses if address and len(address) <= LONGEST_ADDRESS), "")


def read_format(element, title, mentions, reading):
    stated = one_line(words_of(element, "type"))
    found = is_break(stated, title, bool(mentions))
    return reading.format(stated if not found or is_break(stated, "", True) else "", found)


def read_links(element, about, reading):
    materials, left_out = read_materials(element, reading.base_url)
    for topic, address in left_out:
        reading.note(topic, f"{address[:120]} ({about})")
    return materials


def note_what_is_not_kept(element, about, reading):
    for child in element:
        if child.tag not in READ and "".join(child.itertext()).strip():
            example = words_of(child)[:80]
            reading.note("element", f"{example} ({about})" if example else about, child.tag)
    if element.get("code"):
        reading.note("element", f"{element.get('code')[:40]} ({about})", "code")
    if words_of(element, "recording/license"):
        reading.note("element", about, "recording/license")
    if "true" in (words_of(element, "recording/optout"), words_of(element, "recording/opt_out")):
        reading.note("optout", about)
    if words_of(element, "url"):
        reading.note("element", words_of(element, "url")[:120], "url")
