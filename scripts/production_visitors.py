"""What visitors find on an installation, and what they do not: the docstring is the line in the table."""

import contextlib
import gzip
import re
from functools import partial

import brotli
import freshness
from observatory import Seen, points, score
from production_site import PAGE, must, until


def pages_over_https(site):
    """Public pages over HTTPS, plain HTTP is led there, with HSTS"""
    status, headers, _body = site.get(PAGE)
    must(status == 200 and "max-age" in headers["strict-transport-security"], status, headers)
    must("set-cookie" not in headers, headers)
    status, headers, _body = site.get("/nb/", port=site.http)
    must(status == 301 and headers["location"].startswith("https://"), status, headers)


def kept_and_compressed(site):
    """Compressed, kept by nginx, 304 for who has it"""
    for name, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)):
        site.get(PAGE, Accept_Encoding=name)
        _status, headers, body = site.get(PAGE, Accept_Encoding=name)
        must(headers.get("content-encoding", "identity") == name, name, headers)
        must(b"</html>" in unpack(body), name)
        must("accept-encoding" in headers["vary"].lower(), headers)
    status, _headers, body = site.get(PAGE, If_None_Match=headers["etag"])
    must(status == 304 and not body, status)
    headers = site.get(PAGE, Accept_Encoding="br; q=0, gzip;q=0.5")[1]
    must(headers["content-encoding"] == "gzip", headers)


def sent_from_files(site):
    """Pages and calendars come from files, with the same headers and bytes as from Plenum, also by HEAD; all else from Plenum"""
    session = re.search(
        r'href="(/nb/sammen/sessions/[^"#?/]+)/"', site.get(PAGE, Accept_Encoding="identity")[2].decode()
    )[1]
    for path in (PAGE, "/nb/sammen/speakers/", f"{session}/", f"{session}.ics", "/nb/sammen/programme.ics"):
        for name in ("br", "gzip", "identity"):
            until(lambda p=path, n=name: is_file(site.get(p, Accept_Encoding=n)[1]), f"{path} in {name} is in no file")
            _status, headers, body = site.get(path, Accept_Encoding=name)
            ours = site.get(path, port=site.web, Accept_Encoding=name, **AS_NGINX_ASKS)
            must(compared(headers) == compared(ours[1]) and body == ours[2], path, headers, ours[1])
            status, again, body = site.get(path, Accept_Encoding=name, If_None_Match=headers["etag"])
            must(
                status == 304 and not body and compared(again).items() <= compared(headers).items(),
                path,
                again,
                headers,
            )
            status, again, body = site.get(path, "HEAD", Accept_Encoding=name)
            must((status, body, compared(again)) == (200, b"", compared(headers)), path, again)
    for path in (
        f"{PAGE}?topic=nowhere",
        "/nb/sammen/",
        "/nb/sammen/now/",
        "/nb/sammen/embed/",
        "/nb/sammen/version.json",
    ):
        must(site.get(path)[0] == 200 and not is_file(site.get(path)[1]), path)
    for path, expected in ((PAGE[:-1], 301), (f"{PAGE}.kept", 404), ("/nb/sammen/nowhere/", 404), ("/nb/now/", 404)):
        must(site.get(path)[0] == expected, path, site.get(path))
    must(site.get(PAGE, "POST")[0] == 405)


AS_NGINX_ASKS = {"Host": "localhost", "X_Forwarded_Proto": "https"}


def is_file(headers) -> bool:
    return "accept-ranges" in headers  # Plenum never sends parts of anything


def compared(headers) -> dict[str, str]:
    """What must be alike, whoever answers."""
    own = {"server", "date", "connection", "transfer-encoding", "etag", "last-modified", "accept-ranges"}
    return {name: value for name, value in headers.items() if name not in own}


def not_for_the_public(site):
    """What is for the operator is not for the public"""
    for path in ("/metrics", "/healthz", "/readyz"):
        status, _headers, _body = site.get(path)
        must(status == 404, path, status)
    must(site.get("/readyz", port=site.web)[0] == 200)
    with contextlib.suppress(OSError):  # nginx closes the connection without a word
        status, _headers, _body = site.get("/nb/", port=site.http, Host="elsewhere.example")
        must(status == 400, status)


def new_release_is_seen(site):
    """5 seconds after a new release is in the database, nobody is shown the old one, however often they had asked"""
    page = site.get(PAGE, Accept_Encoding="identity")[2].decode()
    session = re.search(r'href="(/nb/sammen/sessions/[^"#?/]+/)"', page)[1]
    pages = PAGE, "/nb/sammen/", session, "/nb/sammen/version.json"

    def seen(path):
        return freshness.release_of(site.get(path, Accept_Encoding="identity")[2])

    site.manage("shell", "-v0", "-c", RENAME)
    old = freshness.seconds_old({path: partial(seen, path) for path in pages}, lambda: site.manage("publish", "sammen"))
    print(f"   shown for so long: {', '.join(f'{path} {seconds:.1f} s' for path, seconds in old.items())}")
    must(max(old.values()) < 5, old)
    for path in pages[:3]:
        must(b"Ganske annerledes" in site.get(path, Accept_Encoding="identity")[2], path)


RENAME = """
from conference.models import Conference
Conference.objects.filter(slug="sammen").update(name_nb="Ganske annerledes")
"""


def pictures_and_styles(site):
    """Pictures and styles come with headers of their own"""
    _status, _headers, page = site.get("/nb/sammen/", Accept_Encoding="identity")
    style = re.search(rb'rel="stylesheet" href="([^"]+)"', page)[1].decode()
    picture = re.search(rb'="(/media/[^" ]+)', page)[1].decode()
    for path in (style, picture):
        status, headers, _body = site.get(path)
        must(status == 200 and "max-age" in headers["cache-control"], path, status, headers)
        must(headers["x-content-type-options"] == "nosniff", path, headers)


def while_plenum_is_away(site):
    """While Plenum is stopped, nginx still serves what was seen"""
    site.get(PAGE)
    site.stop("web")
    status, _headers, body = site.get(PAGE, Accept_Encoding="identity")
    must(status == 200 and b"</html>" in body, status)
    status, _headers, body = site.get("/fr/sammen/accessibility/", Accept_Encoding="identity")
    must(status == 503 and "Réessayez".encode() in body, status)
    site.start_web()
    must(site.get("/fr/sammen/accessibility/")[0] == 200)


def full_marks(site):
    """Full marks by the rules of Mozilla's HTTP Observatory: pages, pictures, errors, the sign-in"""
    front = site.get("/nb/sammen/", Accept_Encoding="identity")[2]
    pictures = [found.decode() for found in re.findall(rb'="(/media/[^" ]+)', front)]  # static files are parts of pages
    must(pictures, front)
    plain = {"Accept_Encoding": "identity"}
    pages = PAGE, "/nb/sammen/", "/nowhere/", "/admin/", "/admin/login/", "/preview/x/", "/metrics"
    for path in (*pages, *pictures[:6]):
        _status, headers, body = site.get_all(path, **plain)
        cookies = [value for name, value in headers if name == "set-cookie"]
        location = site.get(path, port=site.http)[1].get("location", "")
        html = body.decode() if dict(headers).get("content-type", "").startswith("text/html") else ""
        seen = Seen(f"{site.address}{path}", dict(headers), cookies, html, location)
        must(score(seen) >= (135 if cookies else 130), path, points(seen), headers)
