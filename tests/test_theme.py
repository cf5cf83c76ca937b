"""Whatever colour an organiser picks, everybody can read what is written in it, on it and beside it (WCAG 2.2, 1.4.3, 1.4.11)."""

import re

import pytest
from coloraide import Color
from django.conf import settings
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from programme import theme

pytestmark = pytest.mark.once
MODES = ["light", "dark"]
TEXT, SHAPE = 4.5, 3.0  # contrast ratios
picked = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
hardest = [
    example(colour)
    for colour in ("#000000", "#ffffff", "#ffff00", "#777777", "#808080", "#00ffff", "#0000ff", "#ff00ff")
]


def with_the_hardest(test):
    """The same test, with black, white, yellow, grey and the like among its examples."""
    for each in hardest:
        test = each(test)
    return hypothesis_settings(deadline=None, max_examples=40)(test)


def variables(css):
    """{name: value} of the custom properties in a piece of CSS."""
    return dict(re.findall(r"--([\w-]+):\s*([^;}]+)", css))


def own_colours(mode):
    """The colours of plenum.css that no organiser chooses."""
    light, dark = re.findall(r":root \{(.*?)\}", (settings.BASE_DIR / "static/plenum.css").read_text(), re.DOTALL)[:2]
    return variables(light) | (variables(dark) if mode == "dark" else {})


def surfaces(mode, accent):
    """What words stand on: paper, wash, a cell of the grid, and one that is on now."""
    paper = theme.PAPER[mode]
    return [*theme.surfaces(mode), theme.mixed(paper, accent, theme.ON_NOW[mode])]


def contrast(colour, *papers):
    return min(Color(colour).contrast(paper) for paper in papers)


@pytest.mark.parametrize("mode", MODES)
@with_the_hardest
@given(accent=picked)
def test_a_visitor_can_read_any_accent_and_what_stands_on_it(mode, accent):
    found = variables(theme.colours(accent, (), mode))
    everywhere = surfaces(mode, found["accent"])
    pointed_at = theme.mixed(found["accent"], theme.INK[mode], 0.18)  # .button:hover
    assert contrast(found["accent"], *everywhere) >= TEXT  # words, and with that lines, stars and the ring of the focus
    assert contrast(found["on-accent"], found["accent"], pointed_at) >= TEXT
    assert contrast(pointed_at, *theme.surfaces(mode)) >= SHAPE


@pytest.mark.parametrize("mode", MODES)
@with_the_hardest
@given(accent=picked)
def test_a_visitor_can_read_the_house_s_own_colours_beside_any_accent(mode, accent):
    own, found = own_colours(mode), variables(theme.colours(accent, (), mode))
    for name in ("ink", "muted", "warn"):
        assert contrast(own[name], *surfaces(mode, found["accent"])) >= TEXT, name
    assert contrast(own["strong-line"], *theme.surfaces(mode)) >= SHAPE


@pytest.mark.parametrize("mode", MODES)
@with_the_hardest
@given(colour=picked)
def test_a_visitor_can_read_the_name_of_a_track_in_any_colour_beside_any_accent(mode, colour):
    for accent in ("#000000", "#ffffff", "#ffff00", colour):
        found = variables(theme.colours(accent, (("music", colour),), mode))
        assert contrast(found["track"], *surfaces(mode, found["accent"])) >= TEXT


@pytest.mark.parametrize("mode", MODES)
def test_the_colours_that_are_counted_with_are_those_of_the_stylesheet(mode):
    own = own_colours(mode)
    assert (own["paper"], own["ink"], own["wash"]) == (theme.PAPER[mode], theme.INK[mode], theme.WASH[mode])
    grid = (settings.BASE_DIR / "static/parts/grid.css").read_text()
    share = f"color-mix(in srgb, var(--accent) {theme.ON_NOW[mode]:.0%}, var(--paper))"
    assert f"--on: {share}" in grid
    cell = (
        f"color-mix(in srgb, var(--ink) {theme.CELL[mode]:.0%}, var(--paper))" if theme.CELL[mode] else "var(--paper)"
    )
    assert f"--cell: {cell}" in grid


@pytest.mark.parametrize("accent", ["", "no colour", "#12345", "red; } body { display: none"])
def test_what_is_no_colour_gives_the_house_s_own(accent):
    assert theme.colours(accent, (), "light") == theme.colours(theme.FALLBACK, (), "light")


def test_what_is_meant_within_something_else_is_so_in_the_stylesheet_that_is_served(settings):
    sheets = (settings.BASE_DIR / "static").glob("**/*.css")
    ours = [file.read_text() for file in sheets if file.name == "plenum.css" or file.parent.name == "parts"]
    meant = [
        selector
        for css in ours
        for selector in re.findall(r"[\w)\]] :(?=[a-z])", re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    ]

    assert len(meant) > 20
    assert len(re.findall(r"[\w)\]] :(?=[a-z])", theme.base())) == len(meant)
