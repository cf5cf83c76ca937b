"""Walking the public pages as a visitor does."""

from urllib.parse import urldefrag, urljoin

from django.conf import settings
from lxml import html

from programme import addresses, theme
from programme.urls import of_a_conference


class Links:
    """The addresses that a page points at, and its ids."""

    def __init__(self, page):
        tree = html.document_fromstring(page)
        self.addresses = [address for address in tree.xpath("//@href | //@src") if address]
        self.ids = tree.xpath("//@id")


def path_of(address, page):
    """The path on this site that an address on a page leads to; None for another site, a mail or a calendar app."""
    address = urldefrag(urljoin(f"http://here{page}", address)).url
    for root in ("http://here", settings.PUBLIC_URL):
        if address.startswith(f"{root}/"):
            return address.removeprefix(root)
    return None


def crawl(visitor, start, most=2000):
    """{path: response} of everything a visitor can reach by following links from a page."""
    found, waiting = {}, [start]
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith(("/static/", "/media/", "/admin/")):
            continue
        assert len(found) < most, "the crawler found too many pages"
        found[path] = visitor.get(path)
        if found[path].headers.get("Content-Type", "").startswith("text/html"):
            targets = [path_of(address, path) for address in Links(found[path].text).addresses]
            waiting += [target for target in targets if target]
        elif "Location" in found[path].headers:
            waiting.append(found[path].headers["Location"])
    return found


def every_public_page(visitor, conference):
    """The text of every page and file of a published conference, in all its languages."""
    start = f"/{conference.languages[0]}/{conference.slug}/"
    return {path: response.content.decode() for path, response in crawl(visitor, start).items()}


def every_address(programme):
    """{name of a pattern in programme/urls.py: [path, …]}: every address that there is for what a programme holds."""
    slugs = {
        "session": [session.slug for session in programme.sessions + programme.gone_sessions],
        "person": [person.slug for person in programme.people],
        **{kind: [each.slug for each in getattr(programme, f"{kind}s")] for kind in ("room", "track", "topic")},
    }
    found = {}
    for pattern in of_a_conference:
        kind = pattern.name.partition("_")[0].replace("part", "session")
        for kwargs in arguments(pattern, slugs.get(kind, ()), programme):
            for language in programme.languages:
                address = addresses.path(pattern.name, language, programme.slug, **kwargs)
                found.setdefault(pattern.name, []).append(address)
    return found


def arguments(pattern, slugs, programme):
    """What a pattern can be filled with."""
    names = set(pattern.pattern.converters)
    if names == {"day"}:
        return [{"day": day.date} for day in programme.days]
    if names == {"slug", "number"}:
        sessions = programme.sessions
        return [{"slug": s.slug, "number": slot.number} for s in sessions for slot in s.slots]
    if names == {"version"}:
        return [{"version": theme.version(programme)}]
    return [{"slug": slug} for slug in slugs] if names else [{}]
