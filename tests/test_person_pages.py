"""Staff show what is stored about a person, hand out a copy, and erase them; an operator can, too."""

import io
import json
import zipfile

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from lxml import html

from conference.audit import Act, Entry
from conference.documents import columns_kept
from conference.pictures import measures
from programme.models import Erased, Release
from programme.publish import published
from sessions.models import Session
from speakers.models import Person
from tests.admin_pages import form_of
from tests.factories import (
    a_picture,
    make_conference,
    make_moderator,
    make_person,
    make_question,
    make_release,
    make_room,
    make_session,
    make_speaker,
    make_staff,
    make_superuser,
)
from tests.forms import open_form, words_on
from tests.test_erasing import KARI, change, traces_in_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari():
    kari = make_person(**KARI, photo=a_picture(500, 400))
    session = make_session("Åpning", lead="Kari Zebrowski åpner.")
    make_question(session, "Hva nå?", addressed_to=make_speaker(session, kari), note="Spør pent")
    make_moderator(make_session("Kveld", state="draft"), kari)
    make_release()
    change(kari, by=make_superuser("zebra-sjef"), name="Kari Zebrowski Hansen")
    return kari


def address(person, page):
    return f"/admin/people/{person.pk}/{page}/"


def sign_in(client, group):
    user = make_staff()
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


def test_an_editor_sees_all_that_is_stored_about_a_person_and_the_way_to_it(client, kari):
    sign_in(client, "Editors")
    assert address(kari, "stored") in client.get(f"/admin/speakers/person/{kari.pk}/change/").text

    words = words_on(client.get(address(kari, "stored")))

    for word in ("zebra-titre", "zebra-uttale", "kari@zebra.example", "https://zebra.example/", "Åpning", "Kveld"):
        assert word in words
    assert "release 1" in words
    assert "2 earlier versions" in words


def test_a_copy_holds_every_field_and_the_photo(client, kari):
    sign_in(client, "Editors")

    answer = client.post(address(kari, "copy"))

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{kari.slug}.zip"'
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    told = json.loads(packed.read("person.json"))
    with kari.photo.open() as photo:
        assert packed.read("photo.webp") == photo.read()
    assert set(columns_kept(Person)) <= set(told["person"])
    assert {name: told["person"][name] for name in ("name", "title_fr", "contact_email")} == {
        "name": "Kari Zebrowski Hansen", "title_fr": "zebra-titre", "contact_email": "kari@zebra.example"
    }  # fmt: skip
    assert [(each["role"], each["session"], each["state"]) for each in told["on_stage"]] == [
        ("speaker", "Åpning", "public"), ("moderator", "Kveld", "draft")
    ]  # fmt: skip
    assert told["questions"][0]["note_nb"] == "Spør pent"
    assert [each["fields"]["name"] for each in told["history"]] == ["Kari Zebrowski Hansen", "Kari Zebrowski"]
    assert [(each["release"], each["said"]["name"]) for each in told["releases"]] == [(1, "Kari Zebrowski")]
    entry = Entry.objects.get(act=Act.PERSON_HANDED_OUT)
    assert (entry.facts, entry.by.groups.get().name) == ({"number": kari.pk}, "Editors")
    assert "zebra-sjef" not in answer.content.decode("latin-1") + json.dumps(told)


def test_a_publisher_reads_what_will_happen_and_confirms_with_the_name(client, kari):
    sign_in(client, "Publishers")
    page = client.get(address(kari, "erase"))
    words = words_on(page)
    assert "They are taken off 2 places on stage" in words
    assert "1 release that has been published is rewritten" in words
    assert "Kari Zebrowski åpner." in words  # as they were called before

    wrong = client.post(address(kari, "erase"), {"name": "Kari"})
    assert wrong.status_code == 400
    assert "That is not the name. Nothing was erased." in words_on(wrong)
    assert Person.objects.filter(pk=kari.pk).exists()

    answer = client.post(address(kari, "erase"), {"name": " kari zebrowski  hansen"}, follow=True)

    assert "The person is erased, and 1 release is rewritten." in words_on(answer)
    assert "Texts that still may mention them" in words_on(answer)
    assert "Kari Zebrowski åpner." in words_on(answer)
    assert f"/admin/conference_sessions/session/{Session.objects.get(slug='apning').pk}/change/" in answer.text
    assert traces_in_rows("zebrowski") == ["conference_sessions_session"]  # a text that staff edit by hand
    assert list(Erased.objects.values_list("uuid", flat=True)) == [kari.uuid]
    assert Entry.objects.get(act=Act.PERSON_ERASED).facts == {"number": str(kari.pk)}


def files():
    return {path.name for path in settings.MEDIA_ROOT.rglob("*.webp")}


def test_pictures_of_sessions_that_show_somebody_go_where_staff_say_so(client, visitor):
    """Uploaded, replaced twice, published in between; then every byte of the files and the database is searched."""
    kari, tina = make_person("Kari Zebrowski", photo=a_picture(700, 500, "#123456")), make_person("Tina Davis")
    session = make_session("Åpning", speakers=[kari, tina], image=a_picture(1000, 700, "#111111"))
    other = make_session("Kveld", at="19:00", image=a_picture(1000, 700, "#444444"), moderators=[tina])
    make_release()
    sign_in(client, "Publishers")
    for colour in ("#222222", "#333333"):
        for row, field, width in ((session, "image", 1000), (kari, "photo", 800)):
            there = form_of(row)
            sent = open_form(client, there) | {field: a_picture(width, 700, colour)}
            assert client.post(there, sent).status_code == 302
        make_release()
    there = address(kari, "erase")
    page = client.get(there)
    offered = [each.get("value") for each in html.fromstring(page.content.decode()).xpath("//input[@name='picture']")]
    assert len(offered) == 3
    assert other.image.name not in offered
    before = files()
    session.refresh_from_db()
    stays = next(path for path in offered if path != session.image.name)
    gone = [path for path in offered if path != stays]

    client.post(there, {"name": "Kari Zebrowski", "picture": [*gone, other.image.name, "pictures/../x.webp"]})

    kept = {name for path in (stays, other.image.name) for name in measures(path)[2].values()}
    assert files() == {path.rpartition("/")[2] for path in kept}
    assert len(before) == len(kept) + 12
    assert traces_in_rows("zebrowski") == []
    assert not [path for path in gone if traces_in_rows(path.rpartition("/")[2].removesuffix(".webp"))]
    assert default_storage.exists(other.image.name)
    shown = visitor.get("/nb/sammen/sessions/apning/").text
    assert "Tina Davis" in shown
    assert "<img" not in shown
    assert Release.objects.latest("number").revision == 1


def test_texts_that_may_mention_somebody_are_listed_with_the_way_to_their_form(client):
    kari = make_person("Kari Zebrowski")
    make_conference(description="Møt KARI ZEBROWSKI")
    session = make_session("Samtale", lead_fr="Avec Kari Zebrowski, enfin", slug="kari-zebrowski-snakker")
    make_question(session, "Hva vil Zebrowski?")
    make_person("Tina", biography="Zebrowskis venn")
    make_room("Galleriet", description="Oppkalt etter Kari Zebrowski")
    client.force_login(make_superuser())

    page = client.get(address(kari, "erase"))

    words = words_on(page)
    assert "Avec Kari Zebrowski, enfin" in words
    assert "Hva vil Zebrowski?" in words
    assert "Møt KARI ZEBROWSKI" in words
    assert "Oppkalt etter Kari Zebrowski" in words
    assert "Zebrowskis" not in words
    assert page.text.count(f"/admin/conference_sessions/session/{session.pk}/change/") == 3


@pytest.mark.parametrize(
    ("group", "stored", "erased"), [("Translators", 403, 403), ("Editors", 200, 403), ("Publishers", 200, 200)]
)
def test_who_may_see_and_who_may_erase(client, kari, group, stored, erased):
    sign_in(client, group)
    assert client.get(address(kari, "stored")).status_code == stored
    assert client.post(address(kari, "copy")).status_code == stored
    assert client.get(address(kari, "erase")).status_code == erased
    assert client.get("/admin/people/999999999/stored/").status_code == (403 if stored == 403 else 404)
    assert client.get(address(kari, "copy")).status_code == 405
    assert ("erase/" in client.get(address(kari, "stored")).text) == (erased == 200)


def test_nothing_is_brought_back_by_a_form_that_was_open(client, kari):
    sign_in(client, "Publishers")
    open_session = open_form(
        client, f"/admin/conference_sessions/session/{Session.objects.get(slug='apning').pk}/change/"
    )
    open_person = open_form(client, f"/admin/speakers/person/{kari.pk}/change/")
    session = f"/admin/conference_sessions/session/{Session.objects.get(slug='apning').pk}/change/"
    client.post(address(kari, "erase"), {"name": kari.name})

    answer = client.post(session, open_session | {"lead_nb": "Ingen nevnt"})
    assert answer.status_code in (200, 302, 409)
    answer = client.post(f"/admin/speakers/person/{kari.pk}/change/", open_person | {"name": "Kari Zebrowski"})
    assert answer.status_code in (302, 404, 409)
    answer = client.post(f"/admin/speakers/person/{kari.pk}/change/", open_person | {"_bring_back": "1"})

    assert answer.status_code < 500
    assert not Person.objects.filter(name__contains="Zebrowski").exists()
    assert "Bring it back" not in words_on(client.get("/admin/speakers/person/deleted/"))


def test_an_operator_erases_somebody_by_the_address_of_their_page(kari, capsys, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    call_command("erase_person", kari.slug, "--yes")
    said = capsys.readouterr().out
    assert "2 sessions have an empty place, 1 releases" in said
    assert "Åpning: Kari Zebrowski åpner. http://127.0.0.1:8000/admin/conference_sessions/session/" in said
    assert published(Release.objects.get().conference).people == ()
    with pytest.raises(CommandError, match="Nobody here has the address “nobody”"):
        call_command("erase_person", "nobody", "--yes")
    with pytest.raises(CommandError, match="Nothing is known of"):
        call_command("erase_person", "00000000-0000-4000-8000-000000000000", "--yes")


def test_an_operator_who_does_not_say_yes_erases_nobody(kari, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_person", kari.slug)
    assert Person.objects.filter(pk=kari.pk).exists()
