"""Somebody asks to be erased: what goes, what stays, and what comes back when it must not."""

import datetime as dt
import uuid

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_noop

from conference.documents import documents, key_of
from conference.kept_files import keep_files
from conference.recording import recorded
from conference.steps import latest_documents
from programme import lifeboat
from programme.erase import NobodyThere, erase
from programme.erased_json import without
from programme.models import Erased, PreviewLink, Release
from programme.offline import version
from programme.planned import plan
from programme.publish import published, seal
from programme.shelf import shelf
from programme.take import take
from sessions.models import Session
from speakers.models import Person
from tests.erased import change, every_row, traces_in_rows
from tests.factories import (
    a_picture,
    make_conference,
    make_moderator,
    make_person,
    make_question,
    make_release,
    make_session,
    make_speaker,
    make_superuser,
)

pytestmark = pytest.mark.django_db

KARI = {
    "name": "Kari Zebrowski",
    "title": "zebra-tittel",
    "title_fr": "zebra-titre",
    "organisation": "zebra-org",
    "affiliation": "zebra-parti",
    "pronouns": "zebra-hun",
    "pronunciation": "zebra-uttale",
    "biography": "zebra-biografi",
    "photo_alt": "zebra-alt",
    "photo_credit": "zebra-foto",
    "links": [{"title": "zebra", "url": "https://zebra.example/"}],
    "contact_email": "kari@zebra.example",
}


@pytest.fixture
def kari():
    """Somebody who has been everywhere: on stage, in questions, releases, plans, the history and what is gone by now."""
    conference, boss = make_conference(), make_superuser()
    kari = make_person(**KARI, photo=a_picture(1000, 800))
    opening = make_session("Åpning", speakers=[kari], lead="Møt KARI  zebrowski og Tina Davis.")
    make_moderator(opening, make_person("Tina Davis", biography="Skriver bok med Kari Zebrowski."))
    make_question(opening, "Hva nå?", addressed_to=opening.speakers.get())
    evening = make_session("Kveld", at="19:00", parts=1)
    make_speaker(evening, kari, evening.parts.get(), contribution="zebra-bidrag")
    make_moderator(make_session("Natt", at="22:00"), kari)
    change(kari, by=boss, name="Kari Zebrowski Hansen", photo=a_picture(1200, 900, "#aa3322"))
    change(opening, by=boss, lead_nb="Møt Kari Zebrowski Hansen.")
    make_release(note="Kari Zebrowski Hansen holder åpningen")
    change(evening, lead_nb="Om kvelden")
    make_release()
    evening.delete()
    change(kari, slug="kari-z")
    make_release()
    change(opening, lead_nb="Møt gjestene.")
    change(Person.objects.get(name="Tina Davis"), biography_nb="Skriver bok.")
    conference.refresh_from_db()
    wanted = {("person", kari.uuid), ("session", opening.uuid)}
    note = {"nb": "Hilsen Kari Zebrowski Hansen"}
    plan(conference, boss, timezone.now() + dt.timedelta(days=1), note, wanted, seal(conference, take(conference)))
    PreviewLink.objects.create(conference=conference, made_for="Kari Zebrowski Hansen", expires_at=timezone.now())
    keep_files({"photo": a_picture(1200, 900, "#aa3322")})
    return kari


def test_nothing_in_the_database_or_the_files_knows_who_was_erased(kari):
    assert len(traces_in_rows()) == 5  # there was something to find
    assert len(list(django_settings.MEDIA_ROOT.rglob("*.*"))) == 7

    done = erase(kari.uuid)

    assert traces_in_rows() == []
    assert [path for path in django_settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert (done.releases, done.sessions, done.files) == (3, 2, 7)
    assert list(Erased.objects.values_list("uuid", flat=True)) == [kari.uuid]
    assert [name for name, rows in every_row().items() if str(kari.uuid) in rows] == ["programme_erased"]


def test_sessions_stay_with_an_empty_place(kari, visitor):
    erase(kari.uuid)

    page = visitor.get("/nb/sammen/sessions/apning/").text
    assert "Tina Davis" in page
    assert "Hva nå?" in page
    assert "zebr" not in page.lower()
    opening = Session.objects.get(slug="apning")
    assert [opening.speakers.count(), opening.moderators.count(), opening.version] == [0, 1, 3]
    assert latest_documents([key_of(opening)]) == documents([key_of(opening)])


def test_running_processes_calendars_and_devices_take_the_new_release(kari, visitor, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    conference = kari.speaking.first().session.conference
    before = published(conference)
    first = {path: visitor.get(path) for path in ("/nb/sammen/speakers/", "/nb/sammen/sessions/apning.ics")}
    assert visitor.get("/nb/sammen/speakers/kari-z/").status_code == 200
    keep_files_beside()
    assert "Zebrowski" in files_beside()

    erase(kari.uuid)

    conference.refresh_from_db()
    after = published(conference)
    assert (after.number, after.published_at, after.revision) == (before.number, before.published_at, 1)
    assert version(after) != version(before)
    for path, answer in first.items():
        again = visitor.get(path, headers={"if-none-match": answer.headers["ETag"]})
        assert (again.status_code, "zebr" in again.text.lower()) == (200, False)
    assert b"SEQUENCE:0" in first["/nb/sammen/sessions/apning.ics"].content
    assert b"SEQUENCE:1" in visitor.get("/nb/sammen/sessions/apning.ics").content
    assert visitor.get("/nb/sammen/speakers/kari-z/").status_code == 404
    assert visitor.get("/nb/sammen/speakers/kari-zebrowski/").status_code == 404
    assert "/speakers/kari" not in visitor.get("/en/sammen/search/?q=zebrowski").text
    keep_files_beside()
    assert "zebr" not in files_beside().lower()


def keep_files_beside():
    shelf.forget()
    shelf.show(shelf.ask())
    shelf.keep_files()


def files_beside():
    return "".join(file.read_text() for file in lifeboat.folder().iterdir())


def test_publishing_afterwards_tells_nothing_of_them(kari):
    erase(kari.uuid)
    opening = Session.objects.get(slug="apning")
    change(opening, lead_nb="Nå begynner det")

    release = make_release()

    assert release.number == 4
    assert traces_in_rows() == []
    assert release.programme.get("revision", 0) == 0


def test_somebody_of_the_same_name_and_the_picture_of_others_stay():
    kari, other = make_person("Kari Zebrowski"), make_person("Kari Zebrowski", slug="den-andre")
    picture = a_picture().read()
    for person in (kari, other):
        person.photo = ContentFile(picture, name="kari.jpg")
        person.save()
    session = make_session(lead="Med Kari Zebrowski", speakers=[kari, other])
    make_release()

    erase(kari.uuid)

    assert default_storage.exists(other.photo.name)
    programme = published(Session.objects.get().conference)
    assert [person.slug for person in programme.people] == ["den-andre"]
    assert programme.sessions[0].lead["nb"] == "Med Kari Zebrowski"
    assert session.speakers.get().person == other


def test_somebody_whom_staff_have_deleted_is_erased_from_what_remembers_them(kari):
    pk = kari.pk
    kari.speaking.all().delete()
    kari.moderating.all().delete()
    with recorded(None, gettext_noop("Deleted"), about=[kari]):
        kari.delete()
    make_release()

    erase(Person(pk=pk, uuid=kari.uuid).uuid)

    assert traces_in_rows() == []


def test_nobody_is_erased_who_is_not_there():
    make_session()
    with pytest.raises(NobodyThere):
        erase(uuid.uuid4())
    assert not Erased.objects.exists()


def test_a_single_word_is_no_name_to_look_for_in_texts():
    mark = make_person("Mark")
    make_session(lead="Mark your calendars, Mark Twain", speakers=[mark])
    make_release()

    erase(mark.uuid)

    programme = Release.objects.get().programme
    assert programme["sessions"][0]["lead"] == {"nb": "Mark your calendars, Mark Twain"}
    assert programme["people"] == []


def test_a_release_of_an_older_plenum_is_rewritten_in_its_own_words(kari):
    release = Release.objects.first()
    old = release.programme | {"schema": 1, "history": [{"number": 1, "note": "Kari Zebrowski kommer"}]}

    new = without(old, str(kari.uuid), {"Kari Zebrowski", "Kari Zebrowski Hansen"}, timezone.now())

    assert (new["schema"], new["history"][0]["note"]) == (1, "… kommer")
    assert "zebr" not in str(new).lower()
    assert without(new, str(kari.uuid), {"Kari Zebrowski"}, timezone.now()) is new


def test_addresses_that_named_them_stay_only_where_the_public_reads_at_them():
    kari = make_person("Kari Zebrowski")
    session = make_session("Møt Kari Zebrowski", slug="mot-kari-zebrowski", speakers=[kari])
    make_release()
    change(session, title_nb="Et møte", slug="et-mote")
    make_release()

    erase(kari.uuid)

    assert traces_in_rows("zebrowski") == []
    assert Release.objects.get(number=1).programme["sessions"][0]["slug"] == f"mot-{str(session.uuid)[:8]}"
    assert Release.objects.get(number=2).programme["sessions"][0]["slug"] == "et-mote"
