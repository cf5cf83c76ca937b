"""A visitor sees what has changed, in words, on a page, in a feed and on the session itself."""

import datetime as dt

import pytest
import time_machine
from lxml import etree

from tests.factories import make_conference, make_part, make_release, make_room, make_session, moment

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def moved():
    """A session that was moved to another room and time, one that is new, one cancelled and one deleted."""
    make_conference()
    session = make_session("Samtale", at="13:00", room=make_room("Storsalen"))
    cancelled, deleted = make_session("Avlyst"), make_session("Slettet")
    make_release()
    part = session.parts.get()
    part.room, part.starts_at, part.ends_at = make_room("Loftet"), moment("14:00"), moment("15:00")
    part.save()
    cancelled.cancel()
    deleted.delete()
    make_session("Splitter ny")
    return make_release(note="Vi har flyttet litt.")


def test_the_changes_page_tells_what_moved_where(visitor, moved):
    page = visitor.get("/en/sammen/changes/").text

    assert "Vi har flyttet litt." in page
    assert "31 January, 13:00–14:00, Storsalen → 31 January, 14:00–15:00, Loftet" in page
    for title in ("Samtale", "Avlyst", "Slettet", "Splitter ny"):
        assert title in page
    assert page.index("release 2") < page.index("release 1")
    assert "published for the first time" in page


def test_a_session_page_tells_its_own_history(visitor, moved):
    assert (
        "13:00–14:00, Storsalen → 31 January, 14:00–15:00, Loftet" in visitor.get("/en/sammen/sessions/samtale/").text
    )
    assert 'id="changes"' in visitor.get("/en/sammen/sessions/avlyst/").text
    assert "taken off the programme" in visitor.get("/en/sammen/sessions/slettet/").text


def test_mended_words_are_no_news(visitor):
    session = make_session("Samtale")
    make_release()
    session.lead_nb = "Bedre sagt"
    session.save()
    make_release()

    assert "Texts were improved" in visitor.get("/en/sammen/changes/").text
    assert 'id="changes"' not in visitor.get("/en/sammen/sessions/samtale/").text


def test_a_part_that_comes_and_goes_is_told(visitor):
    session = make_session("Samtale")
    make_release()
    second = make_part(session, "15:00", title="Del to")
    make_release()
    second.delete()
    make_release()

    page = visitor.get("/en/sammen/changes/").text.partition("release 3")[2]
    assert page.count("part 2") == 2
    assert page.index(">taken off the programme<") < page.index(">new<")


def test_the_feed_is_valid_atom_and_changes_only_with_a_release(visitor, moved):
    first = visitor.get("/en/sammen/changes.atom")
    feed = etree.fromstring(first.content)

    assert first.headers["Content-Type"].startswith("application/atom+xml")
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id").rpartition(":")[2] for entry in entries] == ["2", "1"]
    assert "“Avlyst” – cancelled" in entries[0].findtext(f"{ATOM}summary")
    assert dt.datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == moved.published_at


def test_news_survives_a_restored_release(visitor, moved):
    from programme.publish import restore

    restore(moved.conference.releases.get(number=1))

    page = visitor.get("/en/sammen/changes/").text
    assert "release 3" in page
    assert "back on the programme" in page


def test_what_moves_shortly_before_or_during_the_conference_is_marked_for_everybody(visitor):
    with time_machine.travel("2030-01-20 12:00+01:00", tick=False):
        session = make_session("Samtale", at="13:00", room=make_room("Storsalen"))
        calm = make_session("Rolig", at="15:00")
        make_release()
        calm.parts.update(starts_at=moment("16:00"), ends_at=moment("17:00"))
        make_release()
    with time_machine.travel("2030-01-30 12:00+01:00", tick=False):
        session.parts.update(starts_at=moment("14:00"), ends_at=moment("15:00"))
        make_session("Splitter ny", at="17:00")
        make_release()

    for view in ("list", "grid"):
        marks = etree.HTML(visitor.get(f"/en/sammen/programme/?view={view}").text).xpath(
            "//strong[contains(@class, 'news-mark')]"
        )
        shown = {(mark.text, mark.get("hidden") is None) for mark in marks}
        assert shown == {("moved", True), ("new", True), ("moved", False)}
