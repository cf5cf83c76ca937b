"""What a device is told to keep, and what makes the programme installable."""

import json

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.factories import make_person, make_release, make_room, make_session, make_superuser, make_topic, make_track
from tests.pages import Links

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    room, track, topic = make_room(), make_track("Samarbeid"), make_topic("Arbeid")
    return make_session("Sammen", room=room, track=track, topics=[topic], speakers=[make_person("Kari")])


def told(visitor, name, language="nb"):
    return json.loads(visitor.get(f"/{language}/sammen/{name}").content)


def test_everything_that_is_to_be_kept_is_there_and_of_one_release(visitor, session):
    gone = make_session("Borte")
    make_release()
    gone.delete()
    make_release()

    for language in ("nb", "fr"):
        found = told(visitor, "offline.json", language)
        assert found["version"].startswith("2-")
        pages = [address for address in found["addresses"] if address.startswith(f"/{language}/sammen/")]
        for address in pages:
            response = visitor.get(address)
            assert response.status_code == 200, address
            if response.headers["Content-Type"].startswith("text/html"):
                assert f'data-version="{found["version"]}"' in response.text, address
        assert {f"/{language}/sammen/{path}" for path in ("sessions/sammen/", "sessions/borte/", "speakers/kari/")} <= {
            *pages
        }
        assert all(finders.find(a.removeprefix("/static/")) for a in found["addresses"] if a.startswith("/static/"))
        assert len(found["addresses"]) == len(set(found["addresses"])) > 25


def test_a_page_that_is_kept_finds_all_it_is_shown_with(visitor, session):
    make_release()
    kept = told(visitor, "offline.json")["addresses"]

    page = visitor.get("/nb/sammen/sessions/sammen/").text

    needed = [a for a in Links(page).addresses if a.endswith((".js", ".css", ".woff2", ".webmanifest"))]
    assert len(needed) >= 5
    assert set(needed) <= set(kept)


def test_the_version_changes_with_every_release_and_with_nothing_else(visitor, session):
    make_release()
    first = told(visitor, "version.json")
    make_session("Venter")
    assert told(visitor, "version.json") == first == {"version": told(visitor, "offline.json")["version"]}
    make_release()
    assert told(visitor, "version.json") != first
    assert told(visitor, "version.json", "fr") == told(visitor, "version.json", "nb")


def test_news_of_a_release_is_not_held_back_by_caches(visitor, session):
    make_release()
    for address in ("version.json", "offline.json", ""):
        assert "max-age=0, s-maxage=1, " in visitor.get(f"/nb/sammen/{address}").headers["Cache-Control"]


def test_the_worker_stands_where_it_may_answer_for_one_conference_in_one_language(visitor, session):
    make_release()
    response = visitor.get("/fr/sammen/sw.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in response.headers["Content-Security-Policy"]
    assert 'data-scope="/fr/sammen/"' in visitor.get("/fr/sammen/").text


def test_a_preview_is_never_kept_and_cannot_be_installed(client, session):
    make_release()
    client.force_login(make_superuser())

    page = client.get(reverse("preview", args=["sammen"]) + "nb/sammen/sessions/sammen/")

    assert page.status_code == 200
    assert "sw.js" not in page.text
    assert "webmanifest" not in page.text
    assert 'id="offline"' not in page.text


def test_the_manifest_names_the_conference_in_its_language_and_has_its_icons(visitor, session):
    make_release()
    manifest = told(visitor, "manifest.webmanifest", "fr")

    assert (manifest["lang"], manifest["name"], manifest["scope"]) == ("fr", "Sammen", "/fr/sammen/")
    assert (
        visitor.get("/fr/sammen/manifest.webmanifest").headers["Content-Type"].startswith("application/manifest+json")
    )
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])
    assert all(visitor.get(shortcut["url"]).status_code == 200 for shortcut in manifest["shortcuts"])
