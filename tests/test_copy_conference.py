"""Next year's conference begins as this year's: rooms and words at once, sessions as drafts; nothing of it is public."""

import datetime as dt
import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from conference.models import Conference
from programme.models import Imported
from sessions.models import DiscussionQuestion, Material, Part, Session
from speakers.copy_conference import NO_SESSIONS, UNSCHEDULED, Coming, copy_conference
from speakers.models import Moderator, Person, Speaker
from tests.factories import (
    a_picture,
    make_conference,
    make_format,
    make_material,
    make_moderator,
    make_part,
    make_person,
    make_question,
    make_release,
    make_room,
    make_session,
    make_speaker,
    make_staff,
    make_topic,
    make_track,
)
from tests.forms import errors_on, open_form, words_on

pytestmark = pytest.mark.django_db
NEXT_YEAR = dt.date(2031, 1, 30)
DUPLICATE = "/admin/bulk/duplicate/"


def a_full_session():
    """A session in two parts with everything that can belong to one."""
    session = make_session(
        "Sammen", at="13:00", room=make_room(), track=make_track(), format=make_format(), topics=[make_topic()],
        title_fr="Ensemble", lead_nb="Kom", notice_nb="Flyttet", image=a_picture(), image_alt_nb="En sal",
        spoken_languages=["nb"], recording_url="https://example.org/film", replaced_by=make_session("En annen"),
    )  # fmt: skip
    second = make_part(session, "14:00", title_nb="Del 2")
    speaker = make_speaker(session, make_person("Anousheh Karvar"), part=second, contribution_nb="åpning")
    make_moderator(session, make_person("Tina Davis"))
    make_question(session, "Hva nå?", part=second, addressed_to=speaker, note_nb="Bare til deg", audience="moderators")
    make_material(session, link="", file=ContentFile(b"%PDF-1.7", name="rapport.pdf"))
    return session


def everything(session):
    """What a copy has in common with its original, as values without keys."""
    return {
        "words": (
            session.title_fr,
            session.lead_nb,
            session.image.name,
            session.image_alt_nb,
            session.spoken_languages,
        ),
        "headings": (str(session.track), str(session.format), [str(topic) for topic in session.topics.all()]),
        "parts": [(part.title_nb, part.position) for part in session.parts.all()],
        "speakers": [(s.person, s.contribution_nb, s.part and s.part.title_nb) for s in session.speakers.all()],
        "moderators": [(m.person, m.part) for m in session.moderators.all()],
        "questions": [
            (q.text_nb, q.note_nb, q.audience, q.part.title_nb, q.addressed_to.person) for q in session.questions.all()
        ],
        "materials": [(m.title_nb, m.kind, content_of(m.file)) for m in session.materials.all()],
    }


def content_of(file):
    with file.storage.open(file.name) as stored:
        return stored.read()


def copied(old, starts_on=NEXT_YEAR, **coming):
    return copy_conference(old, starts_on, {"nb": "Neste", "en": "Next"}, coming=Coming(**coming)).conference


def clock(part):
    return part.starts_at.astimezone(part.session.conference.zone).strftime("%Y-%m-%d %H:%M")


def test_next_years_conference_has_rooms_words_and_sessions_on_its_own_days(settings):
    session = a_full_session()
    old = session.conference
    make_release(old)
    Imported.objects.create(conference=old, source="schedule.xml", kind="session", key="1", target=session.uuid)
    new = copied(old)

    assert (new.name_nb, new.name_en, new.slug) == ("Neste", "Next", "neste")
    assert (new.starts_on, new.ends_on) == (NEXT_YEAR, NEXT_YEAR + dt.timedelta(days=1))
    assert (new.is_current, new.current_release, new.releases.count()) == (False, None, 0)
    assert not Imported.objects.filter(conference=new).exists()
    copy = new.sessions.get(slug=session.slug)
    assert everything(copy) == everything(session)
    assert copy.state == "draft"
    assert [clock(part) for part in copy.parts.all()] == ["2031-01-30 13:00", "2031-01-30 14:00"]
    for row in (copy.track, copy.format, copy.topics.get(), copy.parts.first().room):
        assert row.conference == new
    assert Person.objects.count() == 2
    session.refresh_from_db()
    assert session.state == "public"


def test_times_of_day_stay_when_the_next_conference_is_in_summer():
    make_session("Sent", at="2030-02-01 23:30", minutes=90)
    new = copied(Conference.objects.get(), dt.date(2031, 7, 1))
    part = new.sessions.get().parts.get()
    assert clock(part) == "2031-07-02 23:30"
    assert part.ends_at - part.starts_at == dt.timedelta(minutes=90)


def test_what_staff_leave_behind_is_left_behind():
    old = a_full_session().conference
    bare = copied(old, headings=frozenset(), sessions=UNSCHEDULED, people=False, questions=False, materials=False)
    assert [bare.rooms.count(), bare.tracks.count(), bare.topics.count(), bare.formats.count()] == [0, 0, 0, 0]
    assert bare.sessions.count() == 2
    assert set(bare.sessions.values_list("track", "format")) == {(None, None)}
    assert set(Part.objects.filter(session__conference=bare).values_list("starts_at", "room")) == {(None, None)}
    for model in (Speaker, Moderator, DiscussionQuestion, Material):
        assert not model.objects.filter(session__conference=bare).exists()
    assert copied(old, sessions=NO_SESSIONS).sessions.count() == 0


def test_cancelled_sessions_come_along_only_when_asked_for():
    make_session("Holdt"), make_session("Avlyst", state="cancelled")
    old = Conference.objects.get()
    assert [str(session) for session in copied(old).sessions.all()] == ["Holdt"]
    assert copied(old, cancelled=True).sessions.count() == 2


def test_all_of_it_is_made_or_nothing_and_no_file_stays_behind(settings):
    old = a_full_session().conference
    make_conference("Tatt", slug="tatt")
    files = set(settings.MEDIA_ROOT.rglob("*.pdf"))
    with pytest.raises(IntegrityError):
        copy_conference(old, NEXT_YEAR, {"nb": "Neste"}, "tatt")
    assert Conference.objects.count() == 2
    assert set(settings.MEDIA_ROOT.rglob("*.pdf")) == files


def test_a_copy_asks_the_database_as_often_for_many_sessions_as_for_few():
    old, counts = make_conference(), []
    for size in (2, 10):
        for number in range(size):
            session = make_session(
                f"Post {size} {number}", room=make_room(f"R{size}{number}"), topics=[make_topic(f"T{size}{number}")]
            )
            speaker = make_speaker(session, make_person(f"P{size}{number}"))
            (
                make_question(session, addressed_to=speaker),
                make_material(session),
                make_moderator(session, speaker.person),
            )
        with CaptureQueriesContext(connection) as asked:
            copied(old)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 40
    assert Session.objects.count() == 12 + 2 + 12


def test_a_copy_is_taken_back_whole(staff):
    session = a_full_session()
    link = f"/admin/bulk/conference/{session.conference_id}/"
    form = open_form(staff, link, form_id="copy-conference") | {"name_nb": "Neste"}
    done = staff.post(link, form, follow=True)
    assert Conference.objects.count() == 2
    step = html.fromstring(done.content.decode()).xpath("//button[@name='step']/@value")[0]
    staff.post("/admin/undo/", {"step": step})
    assert Conference.objects.get() == session.conference
    assert (Session.objects.count(), Person.objects.count()) == (2, 2)


# --- The page and the command


def test_staff_copy_a_conference_from_its_form_and_go_on_in_the_new_one(staff):
    session = make_session(conference=make_conference("Sammen 2030", name_en="Together 2030"))
    old = session.conference
    link = f"/admin/bulk/conference/{old.pk}/"
    assert link in staff.get(f"/admin/conference/conference/{old.pk}/change/").content.decode()
    form = open_form(staff, link, form_id="copy-conference")
    assert (form["name_nb"], form["name_en"], form["starts_on"]) == ("Sammen 2031", "Together 2031", "2031-01-30")
    answer = staff.post(link, form | {"starts_on": "2031-02-06"}, follow=True)
    new = Conference.objects.exclude(pk=old.pk).get()
    assert answer.redirect_chain[-1][0] == f"/admin/conference/conference/{new.pk}/change/"
    assert "with 1 session as a draft" in words_on(answer)
    assert clock(new.sessions.get().parts.get()) == "2031-02-06 13:00"
    assert new.sessions.get().title_nb == session.title_nb
    old.name_en = new.name_en
    old.save()
    assert "Together 2031 (2031)Together 2031 (2030)" in words_on(staff.get("/admin/"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"starts_on": "soon"}, "Enter a valid date."),
        ({"starts_on": "9999-12-31"}, "There is no such year in our calendar."),
        ({"name_nb": "", "name_nn": "", "name_en": "", "name_fr": ""}, "Give the new conference a name in at least one language."),
        ({"sessions": "all"}, "Select a valid choice. all is not one of the available choices."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(staff, wrong, words):
    conference = make_conference()
    link = f"/admin/bulk/conference/{conference.pk}/"
    answer = staff.post(link, open_form(staff, link, form_id="copy-conference") | wrong)
    assert words in errors_on(answer)
    assert Conference.objects.count() == 1


def test_only_who_may_make_conferences_copies_one(client):
    conference = make_conference()
    link = f"/admin/bulk/conference/{conference.pk}/"
    translator = make_staff()
    translator.groups.add(Group.objects.get(name="Translators"))
    for user in (translator, make_staff("change_session", "add_session"), make_staff("add_conference")):
        client.force_login(user)
        assert client.get(link).status_code == 403
        assert client.post(link, {"starts_on": "2031-01-30", "name_nb": "X", "sessions": "none"}).status_code == 403
    assert Conference.objects.count() == 1


def say(*arguments, **options):
    out = io.StringIO()
    call_command("copy_conference", *arguments, stdout=out, **options)
    return out.getvalue()


def test_an_operator_copies_a_conference(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    make_session(conference=make_conference("Sammen 2030", slug="sammen"))
    assert "“sammen-2031” is made, from 2031-01-30, with 1 session as a draft." in say("sammen", "sammen-2031")
    assert Conference.objects.get(slug="sammen-2031").name_nb == "Sammen 2031"
    say("sammen", "tom", "--starts-on", "2032-02-01", "--name", "Tom", "--without", "sessions", "rooms")
    assert Conference.objects.get(slug="tom").sessions.count() == 0
    for wrong in [
        ("nobody", "x"),
        ("sammen", "tom"),
        ("sammen", "not a slug"),
        ("sammen", "x", "--starts-on", "soon"),
        ("sammen", "x", "--starts-on", "9999-12-31"),
    ]:
        with pytest.raises(CommandError):
            say(*wrong)
    assert Conference.objects.count() == 3
