"""Staff plan a release for a moment; the timer publishes what was reviewed, once, and nothing that came after."""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.html import strip_tags

from programme.models import PlannedRelease, Release
from programme.planned import due, publish_planned
from programme.publish import programme_of
from tests.factories import make_conference, make_person, make_release, make_room, make_session, make_staff

pytestmark = pytest.mark.django_db
EVENING = dt.datetime(2030, 1, 20, 19, tzinfo=dt.UTC)  # 20:00 in Oslo
MORNING = dt.datetime(2030, 1, 21, 7, tzinfo=dt.UTC)  # 08:00 in Oslo
TOMORROW_AT_EIGHT = {"when": "later", "day": "2030-01-21", "time": "08:00"}


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def clock():
    with time_machine.travel(EVENING, tick=False) as travelling:
        yield travelling


@pytest.fixture
def conference(clock):
    conference = make_conference()
    make_session("Sammen")
    make_release(conference)
    return conference


@pytest.fixture
def publisher(client, conference):
    client.force_login(make_staff("view_session", "programme.publish", name="kari"))
    client.cookies["django_language"] = "en"
    return client


def review_of(conference):
    return reverse("admin:programme_release_review", args=[conference.pk])


def press(staff, conference, only=None, **fields):
    """Review, tick some sessions (or leave all ticked), and press the button."""
    page = staff.get(review_of(conference))
    choices = [told.choice.value for group in page.context["groups"] for told in group.shown + group.folded]
    ticked = choices if only is None else [f"session:{session.uuid}" for session in only]
    sent = {"reviewed": page.context["seal"], "choosing": "1", "change": ticked} | fields
    return staff.post(review_of(conference), sent, follow=True)


def text_of(response):
    return " ".join(strip_tags(response.content.decode()).split())


def public_titles(conference):
    release = Release.objects.filter(conference=conference).order_by("-number").first()
    return {session.title["nb"] for session in programme_of(release).sessions}


def test_what_is_planned_is_published_when_its_moment_comes(publisher, conference, clock, capsys):
    chosen, other = make_session("Ny post", "15:00"), make_session("Annen post", "16:00")
    page = press(publisher, conference, only=[chosen], note="Velkommen!", **TOMORROW_AT_EIGHT)
    assert "Planned for Monday 21 January 2030, 08:00." in text_of(page)
    assert "1 change is planned for Monday 21 January 2030, 08:00 Planned by kari." in text_of(page)
    assert "Planned: Monday 21 January 2030, 08:00" in text_of(publisher.get(reverse("admin:index")))

    call_command("publish_due")
    assert Release.objects.count() == 1
    clock.move_to(MORNING)
    call_command("publish_due")
    call_command("publish_due")

    assert capsys.readouterr().out == "Release 2 of “sammen” is published, as planned.\n"
    assert public_titles(conference) == {"Sammen", "Ny post"}
    made = Release.objects.get(number=2)
    assert (made.published_at, made.published_by.username, made.note) == (MORNING, "kari", "Velkommen!")
    page = text_of(publisher.get(review_of(conference)))
    assert "1 change waits" in page
    assert other.title_nb in page
    assert "planned for" not in page


def test_words_written_after_planning_wait(publisher, conference, clock):
    session = make_session("Slik det var")
    press(publisher, conference, **TOMORROW_AT_EIGHT)
    session.title_nb = "Slik det ble"
    session.save()

    assert "1 of these changes has been edited since" in text_of(publisher.get(review_of(conference)))
    clock.move_to(MORNING)
    call_command("publish_due")

    assert public_titles(conference) == {"Sammen", "Slik det var"}
    assert "“Slik det var” → “Slik det ble”" in text_of(publisher.get(review_of(conference)))


def test_what_was_withdrawn_is_not_published(publisher, conference, clock):
    hidden, cancelled, deleted = (make_session(title) for title in ("Skjult", "Avlyst", "Slettet"))
    make_session("Som planlagt")
    press(publisher, conference, **TOMORROW_AT_EIGHT)
    hidden.state = "draft"
    hidden.save()
    cancelled.cancel()
    deleted.delete()

    assert "3 changes are left out of it" in text_of(publisher.get(review_of(conference)))
    clock.move_to(MORNING)
    call_command("publish_due")

    assert public_titles(conference) == {"Sammen", "Som planlagt"}


def test_what_was_published_since_is_not_put_back(publisher, conference, clock):
    session, other = make_session("Første utkast"), make_session("Annen post")
    press(publisher, conference, **TOMORROW_AT_EIGHT)
    clock.shift(60)
    session.title_nb = "Rettet"
    session.save()
    press(publisher, conference, only=[session])
    assert public_titles(conference) == {"Sammen", "Rettet"}

    clock.move_to(MORNING)
    call_command("publish_due")

    assert public_titles(conference) == {"Sammen", "Rettet", other.title_nb}
    assert "Everything is published." in text_of(publisher.get(reverse("admin:index")))


def test_staff_call_it_off_or_publish_it_at_once(publisher, conference, clock):
    make_session("Ny post")
    for act, told in (("call off", "is called off"), ("publish", "Release 2 is published.")):
        press(publisher, conference, **TOMORROW_AT_EIGHT)
        planned = PlannedRelease.objects.get(state="waiting")
        address = reverse("admin:programme_planned", args=[planned.pk])
        assert told in text_of(publisher.post(address, {"act": act}, follow=True))
        assert "Too late" in text_of(publisher.post(address, {"act": act}, follow=True))

    clock.move_to(MORNING)
    call_command("publish_due")
    assert Release.objects.count() == 2


def test_what_is_planned_is_not_published_before_by_mistake(publisher, conference):
    planned, other = make_session("Hemmelig til i morgen"), make_session("Åpen")
    press(publisher, conference, only=[planned], **TOMORROW_AT_EIGHT)

    page = publisher.get(review_of(conference))
    ticked = {told.description.subject: told.choice.is_ticked for told in page.context["groups"][0].shown}
    assert ticked == {"“Hemmelig til i morgen”": False, "“Åpen”": True}
    assert "Planned. Tick it to publish it already now." in text_of(page)
    press(publisher, conference, only=[other])
    assert public_titles(conference) == {"Sammen", "Åpen"}


def test_one_release_is_planned_at_a_time(publisher, conference):
    make_session("Ny post")
    press(publisher, conference, **TOMORROW_AT_EIGHT)

    assert "Another release is planned already." in text_of(press(publisher, conference, **TOMORROW_AT_EIGHT))
    assert PlannedRelease.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"when": "later"}, "Write the day and the time"),
        ({"when": "later", "day": "2030-01-21", "time": "25:00"}, "Write the day and the time"),
        ({"when": "later", "day": "2030-01-20", "time": "19:59"}, "That moment has passed."),
        ({"when": "now", "day": "2030-01-21", "time": "08:00"}, "but chose to publish now. Choose which."),
    ],
)
def test_a_moment_that_is_none_is_asked_for_again(publisher, conference, fields, told):
    make_session("Ny post")
    answer = press(publisher, conference, note="Velkommen!", **fields)

    assert answer.status_code == 400
    assert told in text_of(answer)
    assert "Velkommen!" in answer.content.decode()
    assert (PlannedRelease.objects.count(), Release.objects.count()) == (0, 1)


def test_a_failure_is_told_and_tried_again(publisher, conference, clock, capsys):
    make_session("Ny post")
    press(publisher, conference, **TOMORROW_AT_EIGHT)
    planned = PlannedRelease.objects.get()
    kept = planned.programme
    PlannedRelease.objects.update(programme=kept | {"schema": 99})
    clock.move_to(MORNING)

    with pytest.raises(CommandError, match="1 planned release could not be published"):
        call_command("publish_due")
    assert "programme schema 99 is not known" in capsys.readouterr().err
    assert "Planned for Monday 21 January 2030, 08:00, and not published" in text_of(
        publisher.get(reverse("admin:index"))
    )
    page = text_of(publisher.get(review_of(conference)))
    assert "It could not be published: ValueError: programme schema 99 is not known." in page

    address = reverse("admin:programme_planned", args=[planned.pk])
    assert "It could not be published" in text_of(publisher.post(address, {"act": "publish"}, follow=True))

    PlannedRelease.objects.update(programme=kept)
    call_command("publish_due")
    assert public_titles(conference) == {"Sammen", "Ny post"}
    assert PlannedRelease.objects.get().failure == ""


def test_staff_are_told_when_the_timer_does_not_run(publisher, conference, clock):
    make_session("Ny post")
    press(publisher, conference, **TOMORROW_AT_EIGHT)
    clock.move_to(MORNING + dt.timedelta(minutes=11))

    assert "08:00, and not published" in text_of(publisher.get(reverse("admin:index")))
    assert "Its moment has come, and it is not published yet." in text_of(publisher.get(review_of(conference)))


def test_the_loser_of_a_race_publishes_nothing(publisher, conference, clock):
    make_session("Ny post")
    press(publisher, conference, **TOMORROW_AT_EIGHT)
    clock.move_to(MORNING)
    [first], [second] = due(MORNING), due(MORNING)

    assert publish_planned(first).release.number == 2
    assert publish_planned(second) is None


def test_who_may_not_publish_may_not_plan(client, conference):
    make_session("Ny post")
    client.force_login(make_staff("view_session"))
    sent = {"choosing": "1", "change": []} | TOMORROW_AT_EIGHT
    assert client.post(review_of(conference), sent).status_code == 403
    planned = PlannedRelease.objects.create(conference=conference, due_at=MORNING, chosen=[], programme={})
    assert client.post(reverse("admin:programme_planned", args=[planned.pk]), {"act": "call off"}).status_code == 403


# --- Choosing


def test_staff_publish_one_change_and_the_other_waits(publisher, conference):
    room = make_room("Rom 2")
    first = make_session("Første", room=room, speakers=[make_person("Ann")])
    make_session("Andre")

    page = text_of(publisher.get(review_of(conference)))
    assert "Takes along: Room “Rom 2”" in page
    press(publisher, conference, only=[first])

    assert public_titles(conference) == {"Sammen", "Første"}
    made = programme_of(Release.objects.get(number=2))
    assert [room.name["nb"] for room in made.rooms] == ["Rom 2"]
    assert "1 change waits to be published." in text_of(publisher.get(reverse("admin:index")))


def test_nothing_chosen_is_nothing_published(publisher, conference):
    make_session("Ny post")
    answer = press(publisher, conference, only=[])

    assert answer.status_code == 400
    assert "Nothing is chosen. Tick at least one change." in text_of(answer)
    assert b" checked" not in answer.content.partition(b'name="when"')[0]


def test_all_or_none_is_ticked_without_a_script(publisher, conference):
    make_session("Ny post")
    boxes = {}
    for tick in ("none", "all"):
        answer = publisher.post(review_of(conference), {"choosing": "1", "tick": tick, "note": "Hei"})
        boxes[tick] = answer.context["groups"][0].shown[0].choice.is_ticked
        assert "Hei" in answer.content.decode()

    assert boxes == {"none": False, "all": True}
    assert Release.objects.count() == 1


def test_a_session_without_a_title_waits_and_the_rest_is_published(publisher, conference, clock):
    good, bad = make_session("God"), make_session("Sammen igjen")
    make_release(conference)
    clock.shift(60)
    for session, title in ((good, "Bedre"), (bad, "")):
        for language in ("nb", "nn", "en", "fr"):
            setattr(session, f"title_{language}", title if language == "nb" else "")
        session.save()

    page = publisher.get(review_of(conference))
    assert "Not published until this is corrected: A public session has no title." in text_of(page)
    assert "1 change cannot be published yet and stays as it was" in text_of(page)
    press(publisher, conference)

    assert public_titles(conference) == {"Sammen", "Bedre", "Sammen igjen"}
    assert "1 change waits to be published." in text_of(publisher.get(reverse("admin:index")))


def test_a_room_that_is_taken_away_stays_where_it_is_still_used(publisher, conference):
    room = make_room("Gammelt rom")
    session = make_session("I rommet", room=room)
    make_release(conference)
    session.parts.update(room=None)
    uuid = room.uuid
    room.delete()

    assert "Stays where it is in use if you leave out: “I rommet”" in text_of(publisher.get(review_of(conference)))
    page = publisher.get(review_of(conference))
    sent = {"reviewed": page.context["seal"], "choosing": "1", "change": [f"room:{uuid}"]}
    assert "nothing to publish" in text_of(publisher.post(review_of(conference), sent, follow=True))


# --- The note


def test_the_note_is_read_in_the_visitors_language(publisher, conference, visitor):
    make_session("Ny post")
    press(publisher, conference, **{"note": "Vi maler salen.", "note-fr": "On repeint la salle."})

    assert "On repeint la salle." in visitor.get("/fr/sammen/changes/").text
    assert '<span lang="nb">Vi maler salen.</span>' in visitor.get("/en/sammen/changes/").text
    assert "On repeint la salle." in visitor.get("/fr/sammen/changes.atom").text
    assert "Vi maler salen." in visitor.get("/en/sammen/changes.atom").text
    page = text_of(publisher.get(reverse("admin:programme_release_change", args=[Release.objects.get(number=2).pk])))
    assert "Vi maler salen." in page
    assert "On repeint la salle." in page


def test_a_note_is_written_in_the_first_language_or_not_at_all(publisher, conference):
    make_session("Ny post")
    answer = press(publisher, conference, **{"note-fr": "On repeint la salle."})

    assert answer.status_code == 400
    assert "Write the note in the first language too" in text_of(answer)
    assert "On repeint la salle." in answer.content.decode()


# --- Releases side by side


def test_any_two_releases_are_compared(publisher, conference):
    for title in ("To", "Tre"):
        make_session(title)
        make_release(conference)
    first, third = Release.objects.get(number=1), Release.objects.get(number=3)

    def compared(here, with_number):
        address = reverse("admin:programme_release_change", args=[here.pk])
        return text_of(publisher.get(address, {"compare": with_number}))

    page = compared(third, 1)
    assert "Changes since release 1" in page
    assert "“To” new" in page
    assert "“Tre” new" in page
    page = compared(first, 3)
    assert "From release 3 back to release 1" in page
    assert "“To” taken off the programme" in page
    assert "Changes since release 2" in compared(third, "nonsense")
