"""What a device needs in order to show a conference without a network: the list of what to keep, the worker that
keeps it, and the manifest with which it can be installed."""

import hashlib
import json
from functools import lru_cache

from django.conf import settings
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext

from programme import theme
from programme.page import Answer, Page
from programme.whole import Programme

WORKER = settings.BASE_DIR / "static" / "offline" / "worker.js"
MADE_OF = ("templates/programme/*", "static/*", "static/modules/*", "static/parts/*", "locale/*/LC_MESSAGES/*.mo")
NAMES = (
    *("front", "programme", "mine", "mine_sessions", "mine_json", "search", "suggestions", "speakers", "changes"),
    *("calendar", "accessibility", "personal_data"),
)
ICONS = [
    ("icons/192.png", "192x192", "any"),
    ("icons/512.png", "512x512", "any"),
    ("icons/maskable.png", "512x512", "maskable"),
]


@lru_cache(maxsize=1)
def build() -> str:
    """Changes whenever this installation would make other pages of the same programme."""
    files = sorted(file for pattern in MADE_OF for file in settings.BASE_DIR.glob(pattern) if file.is_file())
    return hashlib.blake2b(b"".join(file.read_bytes() for file in files), digest_size=6).hexdigest()


def version(programme: Programme) -> str:
    """Names what all pages of a programme show: the same on each of them, another one after a release or an update."""
    known = f"{programme.number} {programme.published_at} {programme.revision} {theme.version(programme)} {build()}"
    return f"{programme.number}-{hashlib.blake2b(known.encode(), digest_size=6).hexdigest()}"


# --- Answers


def worker(page):
    """The service worker. Where it stands decides what it may answer for: one conference in one language."""
    return Answer(WORKER.read_bytes(), "text/javascript; charset=utf-8")


def version_json(page):
    """Asked for again and again by open pages, so it is small."""
    return as_json({"version": version(page.programme)})


def offline_json(page):
    """The release, and the addresses that make it up in one language, the most needed first."""
    found = dict.fromkeys([*files(page), *pages(page)])
    return as_json({"version": version(page.programme), "addresses": list(found)})


def offline(page):
    """Shown in place of a page that was not kept."""
    return page.html("offline.html", noindex=True)


def manifest(page):
    """The web app manifest (https://www.w3.org/TR/appmanifest/)."""
    programme = page.programme
    with translation.override(page.language):
        shortcuts = [(gettext("My programme"), "mine"), (gettext("Programme"), "programme"), (gettext("On now"), "now")]
    return as_json(
        {
            "id": page.url("front"),
            "name": page.words(programme.name),
            "description": page.words(programme.tagline),
            "lang": page.language,
            "start_url": page.url("front"),
            "scope": page.url("front"),
            "display": "standalone",
            "background_color": theme.PAPER["light"],
            "theme_color": theme.PAPER["light"],
            "icons": [
                {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
                for name, sizes, purpose in ICONS
            ],
            "shortcuts": [{"name": name, "url": page.url(address)} for name, address in shortcuts],
        },
        "application/manifest+json; charset=utf-8",
    )


def as_json(value, content_type="application/json; charset=utf-8"):
    return Answer(json.dumps(value, ensure_ascii=False).encode(), content_type)


# --- What is kept


def pages(page: Page):
    programme = page.programme
    yield page.url("offline")
    yield from (page.url(name) for name in NAMES)
    yield f"{page.url('programme')}?view=list"
    for day in programme.days:
        yield from (page.url("day", day=day.date) + view for view in ("", "?view=list", "?view=grid"))
    for kind, things in (
        ("session", programme.sessions + programme.gone_sessions),
        ("room", programme.rooms),
        ("track", programme.tracks),
        ("topic", programme.topics),
        ("person", programme.people),
    ):
        yield from (page.url(kind, slug=thing.slug) for thing in things)


def files(page: Page):
    """What the pages are shown with. Modules ask for each other by their plain names, pages by those of this build."""
    yield page.url("style", version=theme.version(page.programme))
    yield page.url("manifest")
    yield from (static(name) for name in (*theme.FONTS, "icon.svg", "icons/192.png"))
    for module in sorted((settings.BASE_DIR / "static" / "modules").glob("*.js")):
        yield static(f"modules/{module.name}")
        yield f"{settings.STATIC_URL}modules/{module.name}"
