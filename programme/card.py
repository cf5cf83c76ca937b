"""A picture of a session, or of the conference, for those who share its address: on paper in the conference's accent."""

import io
import itertools
from functools import lru_cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from programme import theme, wording
from programme.markup import on_one_line
from programme.values import Session
from programme.whole import Programme

SIZE = (1200, 630)  # pixels; what Open Graph and Twitter cards show whole
MARGIN = 72
TITLE_SIZES = (128, 104, 84, 72, 62, 54, 46, 40)
MOST_LINES = 4
WIDTH = SIZE[0] - 2 * MARGIN


def draw(programme: Programme, session: Session, language: str) -> bytes:
    """A PNG of SIZE in a language; the same session gives the same bytes."""

    def words(text):
        return drawable(text.best(language, programme.language)[0])

    heading = words(session.track.name) if session.track else words(session.format.name) if session.format else ""
    people = ", ".join(filter(None, (drawable(person.name) for person in session.people)))
    foot = [people, drawable(when(programme, session, language))]
    return drawn(programme, heading, words(session.title) or words(programme.name), foot, words(programme.name))


def draw_conference(programme: Programme, language: str) -> bytes:
    """The same for a whole conference: its name, what it is about, when and where."""

    def words(text):
        return drawable(text.best(language, programme.language)[0])

    when = drawable(wording.date_range(programme.starts_on, programme.ends_on, language))
    first, *rest = wrapped(words(programme.tagline), 34, 400)
    return drawn(programme, when, words(programme.name), [first, " ".join(rest)], words(programme.venue_name))


def drawn(programme, heading, title, foot, base) -> bytes:
    paper, ink, muted = theme.PAPER["light"], "#1a1916", "#5c584f"
    accent = theme.readable(programme.accent_colour, paper)
    image = Image.new("RGB", SIZE, paper)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, SIZE[1]), fill=accent)
    write(pen, (MARGIN, 60), shortened(heading, 34, 600), accent, 34, 600)
    size, lines = fitted(title)
    for number, line in enumerate(lines):
        write(pen, (MARGIN, 118 + number * size * 1.1), line, ink, size, 700)
    for number, line in enumerate(reversed(foot)):
        write(pen, (MARGIN, 500 - number * 46), shortened(line, 34, 400), ink, 34, 400)
    write(pen, (MARGIN, 552), shortened(base, 28, 600), muted, 28, 600)
    buffer = io.BytesIO()
    image.quantize(32).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def when(programme, session, language):
    slot = next((slot for slot in session.slots if slot.part.is_scheduled), None)
    if slot is None:
        return ""
    start, end = (moment.astimezone(programme.zone) for moment in (slot.starts_at, slot.ends_at))
    place = slot.room.name.best(language, programme.language)[0] if slot.room else ""
    words = [wording.long_date(start.date(), language), wording.time_range(start, end, language), place]
    return " · ".join(filter(None, words))


# --- Lines


def fitted(title):
    """(size in pixels, lines): the largest size at which a title fits; lines that are too long shortened where none does."""
    for size in TITLE_SIZES:
        lines = wrapped(title, size, 700)
        is_narrow = all(length(line, size, 700) <= WIDTH for line in lines)
        if is_narrow and len(lines) <= MOST_LINES and len(lines) * size * 1.1 <= 320:
            return size, lines
    lines = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
    return size, [shortened(line, size, 700) for line in lines]


def wrapped(text, size, weight):
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if length(longer, size, weight) <= WIDTH or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shortened(text, size, weight):
    """One line that fits, with an ellipsis where something was left out."""
    if length(text, size, weight) <= WIDTH:
        return text
    while text and length(f"{text}…", size, weight) > WIDTH:
        text = text[:-1]
    return f"{text.rstrip()}…"


# --- Letters, of two files: see scripts/make_fonts.py


def write(pen, spot, line, fill, size, weight):
    left, top = spot
    for words, face in runs(line, size, weight):
        pen.text((left, top), words, fill=fill, font=face)
        left += face.getlength(words)


def length(line, size, weight):
    return sum(face.getlength(words) for words, face in runs(line, size, weight))


def runs(line, size, weight):
    """(words, font) for each stretch of a line that one of the files has."""
    for name, letters in itertools.groupby(line, file_with):
        yield "".join(letters), font(size, weight, name or theme.FONTS[0])


def drawable(text: str) -> str:
    """The words on one line; "" where most of it is in a script that the typeface does not have."""
    text = on_one_line(text)
    found = "".join(letter for letter in text if file_with(letter))
    return found if 2 * len(found) > len(text) and any(map(str.isalnum, found)) else ""


@lru_cache(maxsize=4096)
def file_with(letter: str) -> str:
    """The file that has a letter; "" for none."""
    for name in theme.FONTS:
        face = font(40, 400, name)
        if letter.isspace() or bytes(face.getmask(letter)) != bytes(face.getmask("\uffff")):
            return name
    return ""


@lru_cache(maxsize=64)
def font(size, weight, name):
    face = ImageFont.truetype(settings.BASE_DIR / "static" / name, size)
    face.set_variation_by_axes([weight])
    return face
