"""A picture of a session, for those who share its address: title, time and place on paper in the conference's accent."""

import io
from functools import lru_cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from programme import theme, wording
from programme.markup import on_one_line
from programme.values import Session
from programme.whole import Programme

SIZE = (1200, 630)  # pixels; what Open Graph and Twitter cards show whole
MARGIN = 72
TITLE_SIZES = (84, 72, 62, 54, 46, 40)
MOST_LINES = 4


def draw(programme: Programme, session: Session, language: str) -> bytes:
    """A PNG of SIZE in a language; the same session gives the same bytes."""
    paper, ink, muted = theme.PAPER["light"], "#1a1916", "#5c584f"
    accent = theme.readable(programme.accent_colour, paper)
    image = Image.new("RGB", SIZE, paper)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, SIZE[1]), fill=accent)

    def words(text):
        return text.best(language, programme.language)[0].replace("\u202f", "\u00a0")  # the typeface lacks the former

    heading = words(session.track.name) if session.track else words(session.format.name) if session.format else ""
    pen.text((MARGIN, 60), shortened(heading, font(34, 600)), fill=accent, font=font(34, 600))
    size, lines = fitted(words(session.title))
    for number, line in enumerate(lines):
        pen.text((MARGIN, 118 + number * size * 1.1), line, fill=ink, font=font(size, 700))
    foot = [", ".join(person.name for person in session.people), when(programme, session, language)]
    for number, line in enumerate(reversed(foot)):
        pen.text((MARGIN, 500 - number * 46), shortened(line, font(34, 400)), fill=ink, font=font(34, 400))
    pen.text((MARGIN, 552), shortened(words(programme.name), font(28, 600)), fill=muted, font=font(28, 600))
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


def fitted(title):
    """(size in pixels, lines): the largest size at which a title fits; lines that are too long shortened where none does."""
    for size in TITLE_SIZES:
        lines = wrapped(title, font(size, 700))
        is_narrow = all(shortened(line, font(size, 700)) == line for line in lines)
        if is_narrow and len(lines) <= MOST_LINES and len(lines) * size * 1.1 <= 320:
            return size, lines
    lines = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
    return size, [shortened(line, font(size, 700)) for line in lines]


def wrapped(text, face):
    lines = [""]
    for word in on_one_line(text).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= SIZE[0] - 2 * MARGIN or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shortened(text, face):
    """One line that fits, with an ellipsis where something was left out."""
    text = on_one_line(text)
    if face.getlength(text) <= SIZE[0] - 2 * MARGIN:
        return text
    while text and face.getlength(f"{text}…") > SIZE[0] - 2 * MARGIN:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=32)
def font(size, weight):
    face = ImageFont.truetype(settings.BASE_DIR / "static" / "fonts" / "schibsted-grotesk.woff2", size)
    face.set_variation_by_axes([weight])
    return face
