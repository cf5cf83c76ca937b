"""The stylesheet of a conference: ours, with its accent and tracks in colours that can be read on paper and in the dark."""

import hashlib
from functools import lru_cache

from coloraide import Color
from django.conf import settings
from django.templatetags.static import static

from programme.whole import Programme

PAPER = {"light": "#fbfaf6", "dark": "#171613"}
READABLE = 4.6  # contrast ratio; WCAG 2.2, 1.4.3 asks for 4.5
FALLBACK = "#1f6f54"


def readable(colour: str, paper: str) -> str:
    """The nearest lightness of a colour at which it can be read as text on a paper; "#rrggbb"."""
    try:
        found = Color(colour).convert("oklch")
    except ValueError:
        found = Color(FALLBACK).convert("oklch")
    step = -0.01 if Color(paper).luminance() > 0.5 else 0.01
    while 0 < found["lightness"] < 1 and fitted(found).contrast(paper) < READABLE:
        found["lightness"] += step
    return fitted(found).to_string(hex=True)


def fitted(colour):
    return colour.clone().convert("srgb").fit("srgb", method="oklch-chroma").clip()


def track_colour(colour: str, paper: str) -> str:
    """A track's hue at one lightness and a modest strength, so that no track shouts."""
    try:
        found = Color(colour).convert("oklch")
    except ValueError:
        found = Color(FALLBACK).convert("oklch")
    dark = Color(paper).luminance() < 0.5
    found["lightness"] = 0.74 if dark else 0.52
    found["chroma"] = min(max(found["chroma"], 0.0), 0.13)
    return readable(fitted(found).to_string(hex=True), paper)


@lru_cache(maxsize=64)
def colours(accent: str, tracks: tuple[tuple[str, str], ...], mode: str) -> str:
    paper = PAPER[mode]
    tone = readable(accent, paper)
    on_tone = max(("#ffffff", "#171613"), key=lambda ink: Color(tone).contrast(ink))
    lines = [f":root{{--accent:{tone};--on-accent:{on_tone}}}"]
    lines += [f".track-{slug}{{--track:{track_colour(colour, paper)}}}" for slug, colour in tracks]
    return "\n".join(lines)


@lru_cache(maxsize=1)
def base() -> str:
    """plenum.css and, after it, what parts of the pages bring along (static/parts/)."""
    folder = settings.BASE_DIR / "static"
    css = "\n".join(file.read_text() for file in (folder / "plenum.css", *sorted(folder.glob("parts/*.css"))))
    font = "fonts/schibsted-grotesk.woff2"
    return css.replace(f'url("{font}")', f'url("{static(font)}")')


@lru_cache(maxsize=16)
def composed(accent, tracks) -> str:
    light, dark = colours(accent, tracks, "light"), colours(accent, tracks, "dark")
    return f"{base()}\n{light}\n@media (prefers-color-scheme:dark){{{dark}}}\n"


def stylesheet(programme: Programme) -> str:
    """The CSS of a programme's pages."""
    return composed(programme.accent_colour, tuple((track.slug, track.colour) for track in programme.tracks))


def version(programme: Programme) -> str:
    """Changes whenever the stylesheet does."""
    return hashlib.blake2b(stylesheet(programme).encode(), digest_size=6).hexdigest()
