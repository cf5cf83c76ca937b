"""The stylesheet of a conference: ours, with its accent and tracks in colours that can be read on paper and in the dark."""

import hashlib
import re
from functools import lru_cache

from coloraide import Color
from django.conf import settings
from django.templatetags.static import static

from programme.whole import Programme

PAPER = {"light": "#fbfaf6", "dark": "#171613"}
INK = {"light": "#1a1916", "dark": "#ece8de"}
WASH = {"light": "#f2efe7", "dark": "#211f1b"}
CELL = {"light": 0.0, "dark": 0.08}  # how much ink the paper of the grid's cells has; static/parts/grid.css
ON_NOW = {"light": 0.06, "dark": 0.16}  # and how much accent, while a session is on
READABLE = 4.6  # contrast ratio; WCAG 2.2, 1.4.3 asks for 4.5
FALLBACK = "#1f6f54"
FONTS = tuple(f"fonts/schibsted-grotesk{which}.woff2" for which in ("", "-some", "-more"))


def surfaces(mode: str) -> tuple[str, ...]:
    """What words stand on in light or in dark, as "#rrggbb": paper, wash, a cell of the grid."""
    return PAPER[mode], WASH[mode], mixed(PAPER[mode], INK[mode], CELL[mode])


def mixed(paper: str, colour: str, share: float) -> str:
    """The color-mix(in srgb) of CSS: a paper with some share (0 to 1) of a colour in it; "#rrggbb"."""
    return Color(paper).mix(colour, share, space="srgb").to_string(hex=True)


def readable(colour: str, *papers: str, share: float = 0.0) -> str:
    """The nearest lightness of a colour at which it can be read as text; "#rrggbb".

    It can be read on each of the papers, and on the first of them with some share (0 to 1) of the colour itself in it.
    """
    found = parsed(colour)
    step = -0.01 if Color(papers[0]).luminance() > 0.5 else 0.01
    while True:
        tone = fitted(found).to_string(hex=True)
        if all(Color(tone).contrast(paper) >= READABLE for paper in (*papers, mixed(papers[0], tone, share))):
            return tone
        found["lightness"] += step


def parsed(colour: str):
    """A colour in OKLCH; of words that name none, the house's own."""
    try:
        return Color(colour).convert("oklch")
    except ValueError:
        return Color(FALLBACK).convert("oklch")


def fitted(colour):
    return colour.clone().convert("srgb").fit("srgb", method="oklch-chroma").clip()


def track_colour(colour: str, *papers: str) -> str:
    """A track's hue at one lightness and a modest strength, so that no track shouts."""
    found = parsed(colour)
    found["lightness"] = 0.74 if Color(papers[0]).luminance() < 0.5 else 0.52
    found["chroma"] = min(max(found["chroma"], 0.0), 0.13)
    return readable(fitted(found).to_string(hex=True), *papers)


@lru_cache(maxsize=64)
def colours(accent: str, tracks: tuple[tuple[str, str], ...], mode: str) -> str:
    papers, share = surfaces(mode), ON_NOW[mode]
    tone = readable(accent, *papers, share=share)
    on_tone = max(("#ffffff", "#171613"), key=lambda ink: Color(tone).contrast(ink))
    on_now = mixed(papers[0], tone, share)
    lines = [f":root{{--accent:{tone};--on-accent:{on_tone}}}"]
    lines += [f".track-{slug}{{--track:{track_colour(colour, *papers, on_now)}}}" for slug, colour in tracks]
    return "\n".join(lines)


@lru_cache(maxsize=1)
def base() -> str:
    """plenum.css and, after it, what parts of the pages bring along (static/parts/)."""
    folder = settings.BASE_DIR / "static"
    css = "\n".join(file.read_text() for file in (folder / "plenum.css", *sorted(folder.glob("parts/*.css"))))
    for font in FONTS:
        css = css.replace(f'url("{font}")', f'url("{static(font)}")')
    return smaller(css)


def smaller(css: str) -> str:
    """CSS without comments and needless space. One before a colon is needed: `main :is(p)` is what stands within main."""
    plain = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return re.sub(r" ?([{};,]) ?|(:) ", r"\1\2", plain).replace(";}", "}").strip()


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
