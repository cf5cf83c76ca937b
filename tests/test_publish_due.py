"""Staff plan a release for a moment; the timer publishes what was reviewed, once, and nothing that came after."""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from programme.models import PlannedRelease, Release
from programme.planned import due, publish_planned
from tests.factories import make_session, make_staff
from tests.forms import words_on
from tests.reviewing import press, public_titles, review_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_terminal")]
EVENING = dt.datetime(2030, 1, 20, 19, tzinfo=dt.UTC)  # 20:00 in Oslo
MORNING = dt.datetime(2030, 1, 21, 7, tzinfo=dt.UTC)  # 08:00 in Oslo
TOMORROW_AT_EIGHT = {"when": "later", "day": "2030-01-21", "time": "08:00"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(EVENING, tick=False) as travelling:
        yield travelling


def test_what_is_planned_is_published_when_its_moment_comes(publisher, released, clock, capsys):
    chosen, other = make_session("Ny post", "15:00"), make_session("Annen post", "16:00")
    page = press(publisher, released, only=[chosen], note="Velkommen!", **TOMORROW_AT_EIGHT)
    assert "Planned for Monday 21 January 2030, 08:00." in words_on(page)
    assert "1 change is planned for Monday 21 January 2030, 08:00 Planned by kari." in words_on(page)
    assert "Planned: Monday 21 January 2030, 08:00" in words_on(publisher.get(reverse("admin:index")))

    call_command("publish_due")
    assert Release.objects.count() == 1
    clock.move_to(MORNING)
    call_command("publish_due")
    call_command("publish_due")

    assert capsys.readouterr().out == "Release 2 of “sammen” is published, as planned.\n"
    assert public_titles(released) == {"Sammen", "Ny post"}
    made = Release.objects.get(number=2)
    assert (made.published_at, made.published_by.username, made.note) == (MORNING, "kari", "Velkommen!")
    page = words_on(publisher.get(review_of(released)))
    assert "1 change waits" in page
    assert other.title_nb in page
    assert "planned for" not in page


def test_words_written_after_planning_wait(publisher, released, clock):
    session = make_session("Slik det var")
    press(publisher, released, **TOMORROW_AT_EIGHT)
    session.title_nb = "Slik det ble"
    session.save()

    assert "1 of these changes has been edited since" in words_on(publisher.get(review_of(released)))
    clock.move_to(MORNING)
    call_command("publish_due")

    assert public_titles(released) == {"Sammen", "Slik det var"}
    assert "“Slik det var” → “Slik det ble”" in words_on(publisher.get(review_of(released)))


def test_what_was_withdrawn_is_not_published(publisher, released, clock):
    hidden, cancelled, deleted = (make_session(title) for title in ("Skjult", "Avlyst", "Slettet"))
    make_session("Som planlagt")
    press(publisher, released, **TOMORROW_AT_EIGHT)
    hidden.state = "draft"
    hidden.save()
    cancelled.cancel()
    deleted.delete()

    assert "3 changes are left out of it" in words_on(publisher.get(review_of(released)))
    clock.move_to(MORNING)
    call_command("publish_due")

    assert public_titles(released) == {"Sammen", "Som planlagt"}


def test_what_was_published_since_is_not_put_back(publisher, released, clock):
    session, other = make_session("Første utkast"), make_session("Annen post")
    press(publisher, released, **TOMORROW_AT_EIGHT)
    clock.shift(60)
    session.title_nb = "Rettet"
    session.save()
    press(publisher, released, only=[session])
    assert public_titles(released) == {"Sammen", "Rettet"}

    clock.move_to(MORNING)
    call_command("publish_due")

    assert public_titles(released) == {"Sammen", "Rettet", other.title_nb}
    assert "Everything is published." in words_on(publisher.get(reverse("admin:index")))


def test_staff_call_it_off_or_publish_it_at_once(publisher, released, clock):
    make_session("Ny post")
    for act, told in (("call off", "is called off"), ("publish", "Release 2 is published.")):
        press(publisher, released, **TOMORROW_AT_EIGHT)
        planned = PlannedRelease.objects.get(state="waiting")
        address = reverse("admin:programme_planned", args=[planned.pk])
        assert told in words_on(publisher.post(address, {"act": act}, follow=True))
        assert "Too late" in words_on(publisher.post(address, {"act": act}, follow=True))

    clock.move_to(MORNING)
    call_command("publish_due")
    assert Release.objects.count() == 2


def test_what_is_planned_is_not_published_before_by_mistake(publisher, released):
    planned, other = make_session("Hemmelig til i morgen"), make_session("Åpen")
    press(publisher, released, only=[planned], **TOMORROW_AT_EIGHT)

    page = publisher.get(review_of(released))
    ticked = {told.description.subject: told.choice.is_ticked for told in page.context["groups"][0].shown}
    assert ticked == {"“Hemmelig til i morgen”": False, "“Åpen”": True}
    assert "Planned. Tick it to publish it already now." in words_on(page)
    press(publisher, released, only=[other])
    assert public_titles(released) == {"Sammen", "Åpen"}


def test_one_release_is_planned_at_a_time(publisher, released):
    make_session("Ny post")
    press(publisher, released, **TOMORROW_AT_EIGHT)

    assert "Another release is planned already." in words_on(press(publisher, released, **TOMORROW_AT_EIGHT))
    assert PlannedRelease.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"when": "later"}, "Write the day and the time"),
        ({"when": "later", "day": "2030-01-21", "time": "25:00"}, "Write the day and the time"),
        ({"when": "later", "day": "0001-01-01", "time": "00:00"}, "Write the day and the time"),
        ({"when": "later", "day": "2030-01-20", "time": "19:59"}, "That moment has passed."),
        ({"when": "now", "day": "2030-01-21", "time": "08:00"}, "but chose to publish now. Choose which."),
    ],
)
def test_a_moment_that_is_none_is_asked_for_again(publisher, released, fields, told):
    make_session("Ny post")
    answer = press(publisher, released, note="Velkommen!", **fields)

    assert answer.status_code == 400
    assert told in words_on(answer)
    assert "Velkommen!" in answer.content.decode()
    assert (PlannedRelease.objects.count(), Release.objects.count()) == (0, 1)


def test_a_failure_is_told_and_tried_again(publisher, released, clock, capsys):
    make_session("Ny post")
    press(publisher, released, **TOMORROW_AT_EIGHT)
    planned = PlannedRelease.objects.get()
    kept = planned.programme
    PlannedRelease.objects.update(programme=kept | {"schema": 99})
    clock.move_to(MORNING)

    with pytest.raises(CommandError, match="1 planned release could not be published"):
        call_command("publish_due")
    assert "programme schema 99 is not known" in capsys.readouterr().err
    assert "Planned for Monday 21 January 2030, 08:00, and not published" in words_on(
        publisher.get(reverse("admin:index"))
    )
    page = words_on(publisher.get(review_of(released)))
    assert "It could not be published: ValueError: programme schema 99 is not known." in page

    address = reverse("admin:programme_planned", args=[planned.pk])
    assert "It could not be published" in words_on(publisher.post(address, {"act": "publish"}, follow=True))

    PlannedRelease.objects.update(programme=kept)
    call_command("publish_due")
    assert public_titles(released) == {"Sammen", "Ny post"}
    assert PlannedRelease.objects.get().failure == ""


def test_staff_are_told_when_the_timer_does_not_run(publisher, released, clock):
    make_session("Ny post")
    press(publisher, released, **TOMORROW_AT_EIGHT)
    clock.move_to(MORNING + dt.timedelta(minutes=11))

    assert "08:00, and not published" in words_on(publisher.get(reverse("admin:index")))
    assert "Its moment has come, and it is not published yet." in words_on(publisher.get(review_of(released)))


def test_the_loser_of_a_race_publishes_nothing(publisher, released, clock):
    make_session("Ny post")
    press(publisher, released, **TOMORROW_AT_EIGHT)
    clock.move_to(MORNING)
    [first], [second] = due(MORNING), due(MORNING)

    assert publish_planned(first).release.number == 2
    assert publish_planned(second) is None


def test_who_may_not_publish_may_not_plan(client, released):
    make_session("Ny post")
    client.force_login(make_staff("view_session"))
    sent = {"choosing": "1", "change": []} | TOMORROW_AT_EIGHT
    assert client.post(review_of(released), sent).status_code == 403
    planned = PlannedRelease.objects.create(conference=released, due_at=MORNING, chosen=[], programme={})
    assert client.post(reverse("admin:programme_planned", args=[planned.pk]), {"act": "call off"}).status_code == 403
