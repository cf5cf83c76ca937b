"""Walking the public pages as a visitor does."""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

from django.conf import settings


class Links(HTMLParser):
    """The addresses that a page points at, and its ids."""

    def __init__(self, html):
        super().__init__()
        self.addresses, self.ids = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.addresses += [found[name] for name in ("href", "src") if found.get(name)]
        self.ids += [found["id"]] if "id" in found else []


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
