"""Small decisions about what a foreign word means: is it a break, which colour, what kind of material."""

import colorsys
import re

WORDS_OF_BREAKS = (
    "break breaks pause pausen pauses lunch luncheon lunsj middag breakfast frokost frühstück dinner supper "
    "coffee kaffee kaffe café cafe tea tee mittag mittagessen mittagspause abendessen abendbrot kaffeepause "
    "teepause lunchpause déjeuner dejeuner dîner descanso comida almuerzo desayuno cena pausa pranzo pauza "
    "catering brunch snack snacks"
)
BREAK_WORDS = frozenset(WORDS_OF_BREAKS.split())
WORDS_BESIDE_THEM = (
    "morning afternoon evening midday noon short long second first conference and & + / the a und et og y e de du "
    "au the with stretch bio networking late early"
)
FILLERS = frozenset(WORDS_BESIDE_THEM.split())


def is_break(kind: str, title: str, has_people: bool) -> bool:
    """True for a type that is a break, and for "Lunch" or "Afternoon break" where nobody speaks."""
    return only_break_words(kind) or (not has_people and only_break_words(title))


def only_break_words(words):
    found = re.findall(r"[^\W\d_]+|[&+/]", words.casefold())
    return any(word in BREAK_WORDS for word in found) and all(word in BREAK_WORDS | FILLERS for word in found)


def read_colour(text: str) -> str:
    """ "#rrggbb" from "#RGB", "rrggbb" or "#rrggbb"; "" for anything else."""
    digits = text.strip().removeprefix("#").lower()
    if re.fullmatch(r"[0-9a-f]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}" if re.fullmatch(r"[0-9a-f]{6}", digits) else ""


def nth_colour(number: int) -> str:
    """A colour for the nth track: hues as far from each other as they can be, however many tracks there are."""
    red, green, blue = colorsys.hls_to_rgb((0.58 + number * 0.618034) % 1, 0.42, 0.5)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def kind_of_material(stated: str, title: str, address: str) -> str:
    """A value of Material.Kind, guessed from the type the source gives, the title and the file's name."""
    words = f"{stated} {title}".casefold()
    path = address.casefold().partition("?")[0]
    if re.search(
        r"\b(video|videos|audio|recording|recordings|aufzeichnung|opptak|webm|mp4|ogg|youtube)\b", words
    ) or path.endswith((".webm", ".mp4", ".ogv", ".ogg", ".mkv", ".avi")):
        return "video"
    if re.search(r"\b(slides?|folien|presentation|präsentation|lysark)\b", words) or path.endswith(
        (".odp", ".pptx", ".ppt")
    ):
        return "slides"
    return "paper" if re.search(r"\b(paper|article|handout|proceedings)\b", words) else "link"


def readable_slug(slug: str, acronym: str) -> str:
    """The source's slug where it reads well, "39c3-opening-ceremony" → "opening-ceremony"; "" where ours would be better."""
    slug = slug.strip().removeprefix(f"{acronym.lower()}-")
    is_readable = re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", slug) and not re.search(r"-\d{3,}(-|\Z)", slug)
    return slug if is_readable and len(slug) <= 60 else ""
