"""Every answer tells browsers what may be done with it: full marks by the rules of Mozilla's HTTP Observatory."""

import base64
import hashlib
import re
import runpy

import pytest
from django.test import Client
from django.urls import path
from observatory import Seen, directives, points, score

from conference import health, safety, urls
from programme import reply
from tests.factories import a_picture, make_person, make_release, make_session, make_staff

pytestmark = pytest.mark.django_db
PUBLIC = [
    *("", "programme/", "sessions/sammen/", "speakers/kari/", "now/", "search/?q=kari", "mine/", "changes/", "sw.js"),
    *("programme.ics", "schedule.xml", "changes.atom", "for-websites/", "accessibility/", "nowhere/"),
]
STAFF = [
    "",
    "conference_sessions/session/",
    "conference_sessions/session/add/",
    "password_change/",
    "nowhere/",
    "broken/",
]
FULL_MARKS = 130  # 100, and 10, 5, 5 and 10 for what goes beyond
WITH_COOKIES = 135


def broken(request):
    raise ZeroDivisionError


urlpatterns = [path("admin/broken/", broken), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def production(settings, monkeypatch, tmp_path):
    """The settings of an installation in which nothing but what is required is set."""
    for name in ("DEBUG", "DATABASE_URL", "SECURE_HSTS_SECONDS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "testserver", "VAR_DIR": tmp_path}.items():
        monkeypatch.setenv(name, str(value))
    found = runpy.run_path(str(settings.BASE_DIR / "conference" / "settings.py"))
    for name in found:
        if name.startswith(
            ("SECURE_", "SESSION_", "CSRF_", "X_FRAME", "CONTENT_SECURITY", "DEBUG", "PUBLIC_", "ALLOWED")
        ):
            setattr(settings, name, found[name])
    settings.ROOT_URLCONF = __name__
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "site.css").write_text("p {}")
    return settings


@pytest.fixture
def programme():
    make_session("Sammen", speakers=[make_person("Kari", photo=a_picture())])
    make_release()


def browser(**more):
    return Client(raise_request_exception=False, headers={"x-forwarded-proto": "https"}, **more)


def seen(response, address) -> Seen:
    headers = {name.lower(): value for name, value in response.headers.items()}
    is_html = headers.get("content-type", "").startswith("text/html")
    cookies = [morsel.OutputString() for morsel in response.cookies.values()]
    return Seen(f"https://testserver{address}", headers, cookies, response.text if is_html else "")


def marks(client, address):
    """The answer, its points by the Observatory's rules, and each rule's; besides, what those rules do not ask for."""
    response = client.get(address, secure=True)
    policy = directives(seen(response, address))
    assert {"'none'"} == policy["base-uri"] == policy["default-src"], address
    assert not policy.get("script-src", set()) - {"'self'"}, address
    if response.streaming:
        list(response)  # to its end, so that the file is closed
    return response, score(seen(response, address)), points(seen(response, address))


def test_public_answers_have_full_marks(production, programme):
    for page in PUBLIC:
        response, found, each = marks(browser(), f"/nb/sammen/{page}")
        assert found == FULL_MARKS, (page, each)
        assert response.headers["X-Frame-Options"] == "DENY", page
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", page
        assert "camera=()" in response.headers["Permissions-Policy"], page


def test_staff_pages_files_and_errors_have_full_marks(production, programme, visitor):
    staff = browser()
    staff.force_login(make_staff(is_superuser=True))
    photo = re.search(r'="(/media/[^" ]+)', visitor.get("/nb/sammen/speakers/kari/").text)[1]

    found = {page: marks(staff, f"/admin/{page}") for page in STAFF}
    found |= {page: marks(browser(), page) for page in ("/admin/", photo, "/preview/x/", "/media/no")}
    assert {page: each for page, (_response, marks, each) in found.items() if marks < FULL_MARKS} == {}
    statuses = {page: response.status_code for page, (response, *_marks) in found.items()}
    assert (statuses["broken/"], statuses["nowhere/"], statuses["/preview/x/"]) == (500, 404, 404)
    assert (statuses[""], statuses[photo]) == (200, 200)
    assert marks(browser(), "/admin/login/")[1] == WITH_COOKIES
    assert browser().get("/nb/", headers={"host": "elsewhere.example"}).headers["X-Frame-Options"] == "DENY"


def test_stylesheets_and_scripts_carry_only_what_means_something_for_them(production, programme):
    style = re.search(r'href="(/nb/sammen/style-[^"]+)"', browser().get("/nb/sammen/", secure=True).text)[1]
    for part_of_it in ("/static/site.css", style):
        part = browser().get(part_of_it, secure=True)
        part.close()
        assert part.status_code == 200
        assert part.headers["X-Content-Type-Options"] == "nosniff"
        assert part.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not {"Content-Security-Policy", "Permissions-Policy", "Access-Control-Allow-Origin"} & set(part.headers)
        assert "X-Request-ID" not in part.headers
    worker = re.search(r'data-worker="([^"]+)"', browser().get("/nb/sammen/", secure=True).text)[1]
    assert "default-src 'none'" in browser().get(worker, secure=True).headers["Content-Security-Policy"]


def test_what_nginx_says_by_itself_may_be_styled_as_it_is(settings):
    pages, own = ((settings.BASE_DIR / f"deploy/nginx/{name}.conf.template").read_text() for name in ("pages", "own"))
    style = re.search("<style>(.*?)</style>", pages)[1]
    assert f"style-src 'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in own
    assert len(re.findall(r"return \d+ '\$head<p>", pages)) == 3


def test_nginx_sends_what_plenum_would_and_closes_what_is_not_for_the_public(settings):
    """In words; `make production-check` asks nginx itself."""
    told = {name: (settings.BASE_DIR / f"deploy/nginx/{name}.conf.template").read_text() for name in ("pages", "own", "file")}  # fmt: skip
    file, own = (dict(re.findall(r'^add_header (\S+) "?(.*?)"?(?: always)?;$', told[name], re.M)) for name in ("file", "own"))  # fmt: skip
    assert {name: file[name] for name in reply.HEADERS} == reply.HEADERS
    style = " style-src 'sha256-"
    own["Content-Security-Policy"] = re.sub(f"{style}[^;]+;", "", own["Content-Security-Policy"])
    assert {name: own[name] for name in safety.HEADERS} == safety.HEADERS
    assert "max-age=${HSTS}" in file["Strict-Transport-Security"] == own["Strict-Transport-Security"]
    closed = re.findall(r"^location = (\S+) {\n  include own.conf;\n  return 404;", told["pages"], re.M)
    assert set(closed) == set(health.PROBES)
    assert re.search(r"^location \^~ /admin/login/ {\n  limit_req zone=", told["pages"], re.M)


def test_only_what_is_made_for_other_sites_can_be_shown_by_them(production, programme):
    response, found, _each = marks(browser(), "/nb/sammen/embed/")
    again = browser().get("/nb/sammen/embed/", secure=True, headers={"if-none-match": response.headers["ETag"]})
    for embedded in (response, again):
        assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in embedded.headers
        assert embedded.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (again.status_code, found) == (304, FULL_MARKS - 10)  # those for letting nobody else show it

    card = browser().get("/nb/sammen/sessions/sammen.png", secure=True)
    assert card.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize(
    ("headers", "most"),
    [
        ({"content-security-policy": "default-src 'none'; script-src 'unsafe-inline'"}, 80),
        ({"content-security-policy": "default-src 'self'"}, 125),
        ({"strict-transport-security": "max-age=3600"}, 120),
        ({"referrer-policy": "unsafe-url"}, 120),
        ({"x-content-type-options": ""}, 125),
        ({"access-control-allow-origin": "*", "access-control-allow-credentials": "true"}, 50),
    ],
)
def test_the_rules_take_points_for_what_is_not_safe(production, programme, headers, most):
    page = seen(browser().get("/nb/sammen/", secure=True), "/nb/sammen/")
    assert score(Seen(page.address, page.headers | headers, html=page.html)) <= most
