"""Who may do what: editors write everything, translators words and nothing else, publishers also publish."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.utils import translation

from conference import account_words
from conference.models import Conference
from sessions.models import Part, Session
from speakers.models import Person, Speaker
from tests.factories import (
    a_picture,
    make_conference,
    make_material,
    make_part,
    make_person,
    make_question,
    make_room,
    make_session,
    make_speaker,
    make_staff,
    make_superuser,
    make_topic,
    make_track,
)
from tests.forms import errors_on, open_form, words_on
from tests.session_form import address

pytestmark = pytest.mark.django_db
LISTS = ["conference/conference", "conference/room", "conference_sessions/session", "conference_sessions/track",
         "conference_sessions/topic", "conference_sessions/format", "speakers/person"]  # fmt: skip


def member_of(client, group):
    user = make_staff(name=group.lower())
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def editor(client):
    return member_of(client, "Editors")


@pytest.fixture
def translator(client):
    return member_of(client, "Translators")


@pytest.fixture
def publisher(client):
    return member_of(client, "Publishers")


def test_an_editor_writes_everything_but_does_not_publish_or_make_users(editor):
    session = make_session()
    for name in LISTS:
        assert editor.get(f"/admin/{name}/").status_code == 200
        assert editor.get(f"/admin/{name}/add/").status_code == 200
    form = open_form(editor, address(session)) | {"title_nb": "Ny tittel", "state": "draft"}
    assert editor.post(address(session), form).status_code == 302
    session.refresh_from_db()
    assert (session.title_nb, session.state) == ("Ny tittel", "draft")
    user = editor.get("/admin/").wsgi_request.user
    assert not user.has_perm("programme.publish")
    assert editor.get("/admin/auth/user/").status_code == 403
    assert (
        editor.post(f"/admin/conference/conference/{session.conference_id}/delete/", {"post": "yes"}).status_code == 403
    )


def test_a_publisher_writes_and_publishes(publisher):
    session = make_session()
    form = open_form(publisher, address(session)) | {"title_nb": "Ny tittel"}
    assert publisher.post(address(session), form).status_code == 302
    assert publisher.get("/admin/").wsgi_request.user.has_perm("programme.publish")


def test_a_translator_writes_words_in_every_list_of_a_session(translator):
    session = make_session()
    make_speaker(session), make_question(session)
    form = open_form(translator, address(session))
    written = {"title_fr": "Ensemble", "parts-0-title_fr": "Première", "speakers-0-contribution_fr": "ouverture", "questions-0-text_fr": "Pourquoi ?"}  # fmt: skip
    assert translator.post(address(session), form | written).status_code == 302

    session.refresh_from_db()
    assert session.title_fr == "Ensemble"
    assert session.parts.get().title_fr == "Première"
    assert session.speakers.get().contribution_fr == "ouverture"
    assert session.questions.get().text_fr == "Pourquoi ?"


def test_a_translator_who_forges_a_form_changes_nothing_but_words(translator):
    room, track, other = make_room(), make_track(), make_track("Annet")
    session = make_session(room=room, track=track, topics=[make_topic()], spoken_languages=["no"], image=a_picture())
    person, somebody = make_person(), make_person("Somebody else")
    speaker, question = make_speaker(session, person), make_question(session)
    before = everything_but_words(session, speaker, question)
    forged = open_form(translator, address(session)) | {
        "title_fr": "Ensemble", "title_nb": "Sammen", "state": "cancelled", "track": other.pk, "topics": [], "is_featured": "on",
        "slug": "taken-over", "spoken_languages": ["fr"], "image-clear": "on", "livestream_url": "https://example.org",
        "conference": "99", "image_credit": "me",
        "parts-0-day": "2030-02-01", "parts-0-start": "03:00", "parts-0-end": "04:00", "parts-0-room": "", "parts-0-position": "7",
        "parts-0-DELETE": "on", "speakers-0-person": somebody.pk, "speakers-0-part_row": "parts-0", "speakers-0-DELETE": "on",
        "questions-0-audience": "moderators", "questions-0-addressed_to_row": "speakers-0", "questions-0-DELETE": "on",
        "parts-TOTAL_FORMS": "2", "parts-1-title_nb": "Smuglet inn", "parts-1-day": "2030-01-31", "parts-1-session": session.pk,
        "speakers-TOTAL_FORMS": "2", "speakers-1-person": somebody.pk, "speakers-1-session": session.pk,
        "materials-TOTAL_FORMS": "1", "materials-0-title_nb": "Smuglet", "materials-0-link": "https://example.org", "materials-0-kind": "link",
    }  # fmt: skip
    answer = translator.post(address(session), forged)

    assert answer.status_code == 302, errors_on(answer)
    for row in (session, speaker, question):
        row.refresh_from_db()
    assert session.title_fr == "Ensemble"
    assert everything_but_words(session, speaker, question) == before


def everything_but_words(session, *rows):
    session = Session.objects.get(pk=session.pk)
    lists = [session, *session.parts.all(), *session.speakers.all(), *session.questions.all(), *session.materials.all()]
    plain = [type(row).objects.values().get(pk=row.pk) for row in [*lists, *rows]]
    words = (
        "title",
        "subtitle",
        "lead",
        "description",
        "contribution",
        "text",
        "note",
        "image_alt",
        "notice",
        "changed_at",
        "version",
    )
    kept = [{name: value for name, value in row.items() if not name.startswith(words)} for row in plain]
    return kept, list(session.topics.all())


def test_a_translator_can_write_even_when_a_file_has_got_lost(translator, settings):
    session = make_session(image=a_picture())
    make_material(session, link="", file=a_picture(name="report.pdf"))
    for file in settings.MEDIA_ROOT.rglob("*.*"):
        file.unlink()
    form = open_form(translator, address(session)) | {"title_fr": "Ensemble"}
    assert translator.post(address(session), form).status_code == 302
    session.refresh_from_db()
    assert session.title_fr == "Ensemble"
    assert session.image.name
    assert session.materials.get().file.name


def test_a_translator_adds_deletes_moves_and_cancels_nothing(translator):
    session, room = make_session(), make_room()
    make_room("Lillesalen", position=2)
    person = make_person("Nobody yet")
    for name in LISTS:
        assert translator.get(f"/admin/{name}/").status_code == 200
        assert translator.get(f"/admin/{name}/add/").status_code == 403
        assert translator.post(f"/admin/{name}/add/", {"name": "x", "name_nb": "x", "title_nb": "x"}).status_code == 403
    assert translator.post(f"/admin/speakers/person/{person.pk}/delete/", {"post": "yes"}).status_code == 403
    assert translator.post(f"{address(session).removesuffix('change/')}delete/", {"post": "yes"}).status_code == 403
    for action in ("cancel", "hide", "delete_selected"):
        chosen = {"action": action, "_selected_action": session.pk, "post": "yes"}
        translator.post("/admin/conference_sessions/session/", chosen)
    translator.post("/admin/conference/room/", {"move_down": room.pk})
    translator.post("/admin/conference/room/", {"whole_order": f"{room.pk + 1},{room.pk}"})

    session.refresh_from_db(), room.refresh_from_db()
    assert (session.state, room.position) == ("public", 0)
    assert Session.objects.count() == Conference.objects.count() == Part.objects.count() == 1
    assert Person.objects.count() == 1
    assert not translator.get("/admin/").wsgi_request.user.has_perm("programme.publish")


def test_a_translator_changes_only_words_of_people_rooms_and_conferences(translator):
    person, room = make_person(contact_email="a@example.org"), make_room(capacity=40)
    sent = {
        f"/admin/speakers/person/{person.pk}/change/": {"title_fr": "Présidente", "name": "Hacked", "contact_email": "x@example.org", "links": "https://x.example"},
        f"/admin/conference/room/{room.pk}/change/": {"name_fr": "Grande salle", "capacity": "3", "slug": "hacked"},
        f"/admin/conference/conference/{room.conference_id}/change/": {"name_fr": "Ensemble", "starts_on": "2031-01-01", "languages": ["fr"]},
    }  # fmt: skip
    for path, forged in sent.items():
        answer = translator.post(path, open_form(translator, path) | forged)
        assert answer.status_code == 302, errors_on(answer)
    person.refresh_from_db(), room.refresh_from_db()
    conference = room.conference
    conference.refresh_from_db()
    assert (person.title_fr, person.name, person.contact_email, person.links) == (
        "Présidente",
        "Anousheh Karvar",
        "a@example.org",
        [],
    )
    assert (room.name_fr, room.capacity, room.slug) == ("Grande salle", 40, "storsalen")
    assert (conference.name_fr, conference.starts_on, len(conference.languages)) == (
        "Ensemble",
        dt.date(2030, 1, 31),
        4,
    )


def test_a_translator_is_shown_no_way_to_do_what_is_not_theirs(translator):
    session = make_session()
    make_part(session)
    page = translator.get(address(session)).content.decode()
    assert "data-add-row" not in page
    assert "data-remove hidden" not in page
    assert "deletelink" not in page
    assert 'data-move="' not in page
    assert "move_up" not in translator.get("/admin/conference/room/").content.decode()


def test_staff_without_a_group_see_nothing(client):
    session = make_session()
    client.force_login(make_staff())
    assert client.get(address(session)).status_code == 403
    assert client.post(address(session), {"title_nb": "x"}).status_code == 403
    assert client.get("/admin/speakers/person/").status_code == 403


def test_staff_who_may_only_look_change_nothing(client):
    session = make_session()
    make_speaker(session)
    client.force_login(make_staff("view_session", "view_part", "view_speaker"))
    answer = client.get(address(session))
    assert "Sammen mot menneskehandel" in words_on(answer)
    assert client.post(address(session), {"title_nb": "x"}).status_code == 403


def test_somebody_not_signed_in_is_asked_to_sign_in(client):
    session = make_session()
    assert client.get(address(session))["Location"].startswith("/admin/login/")
    assert client.post("/admin/choose/", {"conference": session.conference_id})["Location"].startswith("/admin/login/")


def test_choosing_a_conference_leads_nowhere_else(client):
    make_conference()
    client.force_login(make_superuser())
    sent = {"conference": Conference.objects.get().pk}
    assert client.post("/admin/choose/", sent | {"next": "https://evil.example/"})["Location"] == "/admin/"
    assert (
        client.post("/admin/choose/", sent | {"next": "/admin/speakers/person/"})["Location"]
        == "/admin/speakers/person/"
    )
    assert client.post("/admin/choose/", {"conference": "99"}).status_code == 404
    assert client.get("/admin/choose/").status_code == 405
    assert Speaker.objects.count() == 0


def test_groups_and_permissions_are_named_in_the_readers_language(client):
    client.force_login(make_superuser())
    client.cookies["django_language"] = "nb"
    editors = Group.objects.get(name="Editors")

    with translation.override("nb"):
        wanted = [account_words.group_in_words(editors), str(Session._meta.verbose_name_plural)]
    listed = words_on(client.get("/admin/auth/group/"))
    assert "Editors" not in client.get("/admin/auth/group/").text  # nor where only a screen reader says it
    assert 'alt="True"' not in client.get("/admin/auth/user/").text
    page = words_on(client.get(f"/admin/auth/group/{editors.pk}/change/"))

    assert wanted[0] in listed
    assert f": {wanted[1]}" in page
    assert "Can add session" not in page


def test_staff_who_may_not_open_a_page_are_led_back_to_their_desk(client):
    make_conference()
    client.force_login(make_staff("view_session"))
    client.cookies["django_language"] = "en"

    answer = client.get("/admin/conference/room/add/")

    assert answer.status_code == 403
    assert 'href="/admin/"' in answer.content.decode()
    assert "Sign in as somebody" not in answer.content.decode()
