"""Every kind of public page, in a browser: where it is, how it is unfolded, and what axe-core finds wrong with it."""

import datetime as dt

from axe_playwright_python.base import AXE_SCRIPT

LANGUAGES = ["nb", "nn", "en", "fr"]
KINDS = {  # {kind of page: its path after /<language>/}; see paths()
    "front": "sammen/",
    "programme": "sammen/programme/?view=list",
    "programme with filters": "sammen/programme/?access=step-free&language=fr",
    "programme without results": "sammen/programme/?track=vern&topic=sprak&format=pause",
    "programme for print": "sammen/programme/?view=print",
    "day": "sammen/programme/{day}/",
    "day as a grid": "sammen/programme/{day}/?view=grid",
    "session in parts": "sammen/sessions/sammen-mot-menneskehandel/",
    "session with questions": "sammen/sessions/den-som-arbeider-om-natta/",
    "session that is cancelled": "sammen/sessions/havnas-oyne/",
    "session that has changed": "sammen/sessions/bussholdeplassen/",
    "session without a time": "sammen/sessions/apen-time-hos-erfaringspanelet/",
    "session that is gone": "sammen/sessions/tolken-er-ogsa-i-rommet/",
    "people": "sammen/speakers/",
    "person": "sammen/speakers/anousheh-karvar/",
    "room": "sammen/rooms/storsalen/",
    "room now": "sammen/rooms/storsalen/now/",
    "track": "sammen/tracks/samarbeid/",
    "topic": "sammen/topics/delmal-8-7/",
    "now": "sammen/now/",
    "search": "sammen/search/",
    "search with results": "sammen/search/?q=menneske",
    "search without results": "sammen/search/?q=qqqqqq",
    "my programme": "sammen/mine/",
    "shared programme": "sammen/mine/?s={ids}",
    "calendar": "sammen/calendar/",
    "changes": "sammen/changes/",
    "accessibility": "sammen/accessibility/",
    "personal data": "sammen/personal-data/",
    "for other websites": "sammen/for-websites/",
    "programme in another website": "sammen/embed/",
    "offline": "sammen/offline/",
    "not found": "sammen/nowhere/",
    "all conferences": "",
    "not found on the site": "nowhere/",
}
UNFOLD = """() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const [cell, field] = [".grid td a", "#q"].map((one) => document.querySelector(one));
  cell?.focus();
  if (cell || !field?.checkVisibility()) return false;
  field.focus();
  field.value = "sa";
  field.dispatchEvent(new Event("input"));
  return true;
}"""
HAS_WIDTH = """async (width) => {
  for (let frame = 0; frame < 600 && innerWidth !== width; frame++) await new Promise(requestAnimationFrame);
}"""
USUAL_RULES = {"resultTypes": ["violations"], "preload": False}
EVERY_RULE = USUAL_RULES | {"rules": {"target-size": {"enabled": True}}}  # off unless asked for
LOOK = """async (options) => {
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 200))]);
}"""


def paths(language: str, day: dt.date, ids: str) -> dict[str, str]:
    """{kind of page: its path} in the demo that begins on a day; `ids` are those of some of its sessions."""
    return {kind: f"/{language}/{path.format(day=day, ids=ids)}" for kind, path in KINDS.items()}


def unfold(page):
    """Open everything on a page that can be opened: filters, menus, suggestions, what the grid shows of a session in focus."""
    if page.evaluate(UNFOLD):
        page.wait_for_selector("#q[aria-expanded=true]")


def findings(page, rules=EVERY_RULE):
    """[(rule, [markup of the first places])]: what axe-core objects to on a page as it stands, with no colour on its way."""
    page.emulate_media(reduced_motion="reduce")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [tuple(each) for each in page.evaluate(LOOK, rules)]


def violations(page):
    """The same, by the rules that axe-core goes by unless asked for more."""
    return findings(page, USUAL_RULES)


def is_wider_than_its_window(page, width, text):
    """Whether a page must be scrolled sideways at a width in pixels, with text of some size in percent."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(HAS_WIDTH, width)
    page.evaluate("text => document.documentElement.style.fontSize = `${text}%`", text)
    return page.evaluate("document.documentElement.scrollWidth") > width
