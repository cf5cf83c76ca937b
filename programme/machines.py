"""What search engines and other programs read: structured data (schema.org), sitemap, robots.txt."""

import io
from functools import lru_cache

from django.conf import settings
from lxml import etree
from PIL import Image

from programme import addresses, markup
from programme.values import Person, Session
from programme.whole import Programme

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
STATUS = "https://schema.org/"
FAVICON_SIZES = [(16, 16), (32, 32), (48, 48)]  # pixels


def event(page, session: Session) -> dict:
    """A session as a schema.org Event, with a subEvent for each part where there are several."""
    programme = page.programme
    whole = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": f"urn:uuid:{session.uuid}",
        "name": page.words(session.title),
        "url": addresses.absolute(addresses.path("session", page.language, programme.slug, slug=session.slug)),
        "description": markup.text(page.words(session.lead) or page.words(session.description)),
        "image": addresses.absolute(addresses.path("session_card", page.language, programme.slug, slug=session.slug)),
        "inLanguage": list(session.spoken_languages),
        "eventStatus": f"{STATUS}{status(page, session)}",
        "eventAttendanceMode": f"{STATUS}{'Mixed' if session.livestream_url else 'Offline'}EventAttendanceMode",
        "performer": [*(person(page, a.person) for a in session.all_speakers), *roles(page, session.all_moderators)],
        "superEvent": conference(page),
    }
    parts = [part(page, slot) for slot in session.slots if slot.part.is_scheduled]
    if len(parts) == 1:
        whole |= {key: parts[0][key] for key in ("startDate", "endDate", "location")}
        before = moved_from(page, session)
        whole["previousStartDate"] = before and before.astimezone(programme.zone).isoformat()
    elif parts:
        whole["startDate"] = min(each["startDate"] for each in parts)
        whole["endDate"] = max(each["endDate"] for each in parts)
        whole["location"] = parts[0]["location"]
        whole["subEvent"] = parts
    return {key: value for key, value in whole.items() if value}


def status(page, session) -> str:
    """The name of a schema.org EventStatusType."""
    if session.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if moved_from(page, session) else "EventScheduled"


def moved_from(page, session):
    """The start that a release told before its newest change of time; None where it never changed."""
    spots = (news.before for _told, news in page.programme.news_of(session) if news.kind == "moved" and news.before)
    return next((spot.starts_at for spot in spots if spot.starts_at), None)


def part(page, slot) -> dict:
    zone = page.programme.zone
    return {
        "@type": "Event",
        "@id": f"urn:uuid:{slot.part.uuid}",
        "name": page.words(slot.part.title) or page.words(slot.session.title),
        "startDate": slot.starts_at.astimezone(zone).isoformat(),
        "endDate": slot.ends_at.astimezone(zone).isoformat(),
        "location": place(page, slot.room),
    }


def place(page, room=None) -> dict:
    programme = page.programme
    venue = page.words(programme.venue_name) or page.words(programme.name)
    name = f"{page.words(room.name)}, {venue}" if room else venue
    found = {"@type": "Place", "name": name, "address": programme.venue_address or venue}
    if programme.venue_latitude is not None and programme.venue_longitude is not None:
        found["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": programme.venue_latitude,
            "longitude": programme.venue_longitude,
        }
    return found


def person(page, value: Person) -> dict:
    found = {
        "@type": "Person",
        "name": value.name,
        "jobTitle": page.words(value.title),
        "affiliation": organisation(page.words(value.organisation)),
        "url": addresses.absolute(addresses.path("person", page.language, page.programme.slug, slug=value.slug)),
    }
    return {key: words for key, words in found.items() if words}


def organisation(name: str) -> dict | None:
    return {"@type": "Organization", "name": name} if name else None


def roles(page, moderators):
    """Moderators, said to be moderators (schema.org Role)."""
    return [
        {"@type": "PerformanceRole", "roleName": "moderator", "performer": person(page, a.person)} for a in moderators
    ]


def conference(page) -> dict:
    programme = page.programme
    return {
        "@type": "Event",
        "@id": f"urn:uuid:{programme.uuid}",
        "name": page.words(programme.name),
        "startDate": programme.starts_on.isoformat(),
        "endDate": programme.ends_on.isoformat(),
        "location": place(page),
        "url": addresses.absolute(addresses.path("front", page.language, programme.slug)),
    }


def whole_conference(page) -> dict:
    """The conference as a schema.org Event of its own, for its front page."""
    programme = page.programme
    spoken = dict.fromkeys(code for session in programme.sessions for code in session.spoken_languages)
    found = {
        "@context": "https://schema.org",
        **conference(page),
        "description": markup.text(page.words(programme.tagline) or page.words(programme.description)),
        "image": addresses.absolute(addresses.path("card", page.language, programme.slug)),
        "inLanguage": list(spoken),
        "eventStatus": f"{STATUS}EventScheduled",
        "sameAs": programme.website,
    }
    return {key: value for key, value in found.items() if value}


def sitemaps(programmes: tuple[Programme, ...]) -> bytes:
    """The index of sitemaps (sitemaps.org 0.9): one for each conference and language."""
    root = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap={None: SITEMAP})
    for programme in programmes:
        for language in programme.languages:
            entry = etree.SubElement(root, f"{{{SITEMAP}}}sitemap")
            etree.SubElement(entry, f"{{{SITEMAP}}}loc").text = url(programme, language, "sitemap", {})
            etree.SubElement(entry, f"{{{SITEMAP}}}lastmod").text = programme.published_at.isoformat(timespec="seconds")
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def sitemap(programme: Programme, language: str) -> bytes:
    """Every page of a conference in a language, each with its siblings in the others."""
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "xhtml": XHTML})
    for name, kwargs in pages_of(programme):
        entry = etree.SubElement(root, f"{{{SITEMAP}}}url")
        addresses_in = {code: url(programme, code, name, kwargs) for code in programme.languages}
        etree.SubElement(entry, f"{{{SITEMAP}}}loc").text = addresses_in[language]
        for code, address in addresses_in.items():
            etree.SubElement(entry, f"{{{XHTML}}}link", {"rel": "alternate", "hreflang": code, "href": address})
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def pages_of(programme):
    names = ("front", "programme", "speakers", "changes", "calendar", "accessibility", "personal_data")
    yield from ((name, {}) for name in names)
    yield from (("day", {"day": day.date}) for day in programme.days)
    yield from (("session", {"slug": session.slug}) for session in programme.sessions)
    things = (
        ("person", programme.people),
        ("room", programme.rooms),
        ("track", programme.tracks),
        ("topic", programme.topics),
    )
    yield from ((kind, {"slug": thing.slug}) for kind, those in things for thing in those)


def url(programme, language, name, kwargs):
    return addresses.absolute(addresses.path(name, language, programme.slug, **kwargs))


def robots() -> bytes:
    """robots.txt (RFC 9309): all may read the public pages."""
    return f"User-agent: *\nDisallow: /admin/\nDisallow: /preview/\nAllow: /\n\nSitemap: {settings.PUBLIC_URL}/sitemap.xml\n".encode()


@lru_cache(maxsize=1)
def favicon() -> bytes:
    """The icon as an .ico file."""
    drawn = io.BytesIO()
    with Image.open(settings.BASE_DIR / "static" / "icons" / "192.png") as icon:
        icon.save(drawn, "ICO", sizes=FAVICON_SIZES)
    return drawn.getvalue()
