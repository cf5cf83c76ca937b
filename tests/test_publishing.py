"""Staff publish: what waits, in words, is reviewed, published, looked at again and restored."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from programme.models import Release
from programme.publish import published
from programme.shelf import shelf
from tests.factories import make_part, make_release, make_room, make_session, make_staff, moment
from tests.forms import words_on

pytestmark = pytest.mark.django_db


def signed_in(client, *permissions):
    client.force_login(make_staff(*permissions))
    client.cookies["django_language"] = "en"
    return client


def header(staff):
    return words_on(staff.get(reverse("admin:index")))


def review(staff, conference):
    return staff.get(reverse("admin:programme_release_review", args=[conference.pk]))


def press_publish(staff, conference, note=""):
    """Review, and press the button on the page that was read."""
    sent = {"reviewed": review(staff, conference).context["seal"], "note": note}
    return staff.post(reverse("admin:programme_release_review", args=[conference.pk]), sent, follow=True)


def public(client, path):
    shelf.forget()
    return client.get(path)


def test_staff_edit_review_publish_and_restore(staff, conference):
    room, other = make_room("Storsalen"), make_room("Rom B")
    session = make_session("Sammen", "13:00", room=room)
    assert "3 changes" not in header(staff)
    assert "Nothing is published yet" in words_on(review(staff, conference))
    assert press_publish(staff, conference).status_code == 200
    assert "Everything is published." in header(staff)

    make_part(session, "15:00", room=room)
    session.parts.update(room=other)
    part = session.parts.first()
    part.starts_at, part.ends_at = moment("14:00"), moment("15:00")
    part.save()

    assert "1 change waits to be published." in header(staff)
    page = words_on(review(staff, conference))
    assert "part 1: 13:00 → 14:00" in page
    assert "part 1: room Storsalen → Rom B" in page
    assert "part 2: new part: Thursday 31 January 2030 15:00–16:00, Rom B" in page

    page = words_on(press_publish(staff, conference, note="The hall is being painted."))
    assert "Release 2 is published. Look at the public page." in page
    assert "The hall is being painted." in page
    assert "Everything is published." in header(staff)
    assert "Nothing waits to be published." in words_on(review(staff, conference))
    assert [part.room.name["nb"] for part in published_now(conference).sessions[0].parts] == ["Rom B", "Rom B"]

    first = Release.objects.get(number=1)
    url = reverse("admin:programme_release_restore", args=[first.pk])
    assert "part 1: 14:00 → 13:00" in words_on(staff.get(url))
    assert "Release 3 is published." in words_on(staff.post(url, follow=True))
    assert [part.room.name["nb"] for part in published_now(conference).sessions[0].parts] == ["Storsalen"]
    assert "1 change waits to be published." in header(staff)
    assert "The public reads just this already." in words_on(staff.post(url, follow=True))


def published_now(conference):
    conference.refresh_from_db()
    return published(conference)


def test_nothing_is_published_when_nothing_has_changed(staff, conference):
    make_session()
    assert make_release(conference).number == 1

    assert make_release(conference) is None
    assert "nothing to publish" in words_on(press_publish(staff, conference))
    assert Release.objects.count() == 1


def test_staff_are_asked_again_when_somebody_edited_while_they_read(staff, conference):
    session = make_session()
    make_release(conference)
    session.title_nb = "Sammen nå"
    session.save()
    read = review(staff, conference)
    session.title_nb = "Sammen for alltid"
    session.save()

    url = reverse("admin:programme_release_review", args=[conference.pk])
    answer = staff.post(url, {"reviewed": read.context["seal"], "note": "New title"})

    assert answer.status_code == 409
    assert "Nothing is published yet: look again" in words_on(answer)
    assert "Sammen for alltid" in words_on(answer)
    assert "New title" in answer.content.decode()
    assert Release.objects.count() == 1
    staff.post(url, {"reviewed": answer.context["seal"], "note": "New title"})
    assert Release.objects.count() == 2


def test_staff_are_asked_again_when_somebody_published_while_they_read(staff, conference):
    session = make_session()
    make_release(conference)
    session.cancel()
    read = review(staff, conference)
    make_release(conference)

    answer = staff.post(
        reverse("admin:programme_release_review", args=[conference.pk]), {"reviewed": read.context["seal"]}
    )

    assert answer.status_code == 409
    assert Release.objects.count() == 2


def test_an_editor_reads_the_review_but_cannot_publish(client, conference):
    make_session()
    editor = signed_in(client, "view_session", "change_session")

    page = review(editor, conference)
    assert "You may look, but not publish." in words_on(page)
    assert b'name="reviewed"' not in page.content
    url = reverse("admin:programme_release_review", args=[conference.pk])
    assert editor.post(url, {"reviewed": page.context["seal"]}).status_code == 403
    assert not Release.objects.exists()

    release = make_release(conference)
    assert editor.get(reverse("admin:programme_release_change", args=[release.pk])).status_code == 200
    assert editor.post(reverse("admin:programme_release_restore", args=[release.pk])).status_code == 403


def test_a_publisher_who_is_no_superuser_publishes(client, conference):
    make_session()
    publisher = signed_in(client, "view_session", "programme.publish")

    press_publish(publisher, conference)

    release = Release.objects.get()
    assert release.published_by.username.startswith("staff-")
    page = words_on(publisher.get(reverse("admin:programme_release_change", args=[release.pk])))
    assert f"by {release.published_by.username}" in page


@pytest.mark.parametrize("permissions", [None, ()])
def test_nobody_else_sees_anything_of_it(client, conference, permissions):
    make_session("Secret")
    release = make_release(conference)
    if permissions is not None:
        signed_in(client, *permissions)
    pages = [
        reverse("admin:programme_release_review", args=[conference.pk]),
        reverse("admin:programme_release_change", args=[release.pk]),
        reverse("admin:programme_release_restore", args=[release.pk]),
        "/admin/preview/sammen/nb/sammen/",
        "/admin/releases/sammen/1/view/nb/sammen/",
    ]

    answers = [client.get(page) for page in pages]

    assert {answer.status_code for answer in answers} == {302 if permissions is None else 403}
    assert not any("Secret" in answer.content.decode() for answer in answers)


def test_releases_are_listed_and_cannot_be_touched(staff, conference):
    session = make_session()
    release = make_release(conference, note="The first one")
    session.cancel()
    make_release(conference)

    page = words_on(staff.get(reverse("admin:programme_release_changelist")))
    assert "release 2" in page
    assert "The first one" in page
    assert staff.get(reverse("admin:programme_release_add")).status_code == 403
    assert staff.post(reverse("admin:programme_release_delete", args=[release.pk])).status_code == 403
    assert staff.get(reverse("admin:programme_release_change", args=[0])).status_code == 404
    page = words_on(staff.get(reverse("admin:programme_release_change", args=[Release.objects.get(number=2).pk])))
    assert "“Sammen mot menneskehandel” cancelled" in page


def test_a_past_release_can_be_looked_at(staff, conference):
    session = make_session("Sammen")
    make_release(conference)
    session.title_nb = "Sammen nå"
    session.save()
    make_release(conference)

    page = words_on(staff.get("/admin/releases/sammen/1/view/nb/sammen/sessions/sammen/"))

    assert "This is release 1" in page
    assert "Sammen nå" not in page
    assert staff.get("/admin/releases/sammen/9/view/").status_code == 404


# --- The command


def test_the_operator_publishes_by_command(conference, capsys):
    make_session()

    call_command("publish", "sammen", "--note", "From the server")
    call_command("publish", "sammen")

    out = capsys.readouterr().out
    assert "Release 1 of “sammen” is published, with 2 changes." in out
    assert "Nothing has changed in “sammen” since the last release." in out
    assert Release.objects.get().note == "From the server"


def test_the_operator_is_told_which_conferences_there_are(conference):
    with pytest.raises(CommandError, match=r"There is no conference “samen”\. There is: sammen\."):
        call_command("publish", "samen")
