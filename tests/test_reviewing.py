"""Staff choose at the review what is published, write a note to it, and compare releases."""

import pytest
from django.urls import reverse

from programme.models import Release
from programme.publish import programme_of
from tests.factories import make_person, make_release, make_room, make_session
from tests.forms import words_on
from tests.reviewing import press, public_titles, review_of

pytestmark = pytest.mark.django_db


def test_staff_publish_one_change_and_the_other_waits(publisher, released):
    room = make_room("Rom 2")
    first = make_session("Første", room=room, speakers=[make_person("Ann")])
    make_session("Andre")

    page = words_on(publisher.get(review_of(released)))
    assert "Takes along: Room “Rom 2”" in page
    press(publisher, released, only=[first])

    assert public_titles(released) == {"Sammen", "Første"}
    made = programme_of(Release.objects.get(number=2))
    assert [room.name["nb"] for room in made.rooms] == ["Rom 2"]
    assert "1 change waits to be published." in words_on(publisher.get(reverse("admin:index")))


def test_nothing_chosen_is_nothing_published(publisher, released):
    make_session("Ny post")
    answer = press(publisher, released, only=[])

    assert answer.status_code == 400
    assert "Nothing is chosen. Tick at least one change." in words_on(answer)
    assert b" checked" not in answer.content.partition(b'name="when"')[0]


def test_all_or_none_is_ticked_without_a_script(publisher, released):
    make_session("Ny post")
    boxes = {}
    for tick in ("none", "all"):
        answer = publisher.post(review_of(released), {"choosing": "1", "tick": tick, "note": "Hei"})
        boxes[tick] = answer.context["groups"][0].shown[0].choice.is_ticked
        assert "Hei" in answer.content.decode()

    assert boxes == {"none": False, "all": True}
    assert Release.objects.count() == 1


def test_a_session_without_a_title_waits_and_the_rest_is_published(publisher, released):
    good, bad = make_session("God"), make_session("Sammen igjen")
    make_release(released)
    for session, title in ((good, "Bedre"), (bad, "")):
        for language in ("nb", "nn", "en", "fr"):
            setattr(session, f"title_{language}", title if language == "nb" else "")
        session.save()

    page = publisher.get(review_of(released))
    assert "Not published until this is corrected: A public session has no title." in words_on(page)
    assert "1 change cannot be published yet and stays as it was" in words_on(page)
    press(publisher, released)

    assert public_titles(released) == {"Sammen", "Bedre", "Sammen igjen"}
    assert "1 change waits to be published." in words_on(publisher.get(reverse("admin:index")))


def test_a_room_that_is_taken_away_stays_where_it_is_still_used(publisher, released):
    room = make_room("Gammelt rom")
    session = make_session("I rommet", room=room)
    make_release(released)
    session.parts.update(room=None)
    uuid = room.uuid
    room.delete()

    assert "Stays where it is in use if you leave out: “I rommet”" in words_on(publisher.get(review_of(released)))
    page = publisher.get(review_of(released))
    sent = {"reviewed": page.context["seal"], "choosing": "1", "change": [f"room:{uuid}"]}
    assert "nothing to publish" in words_on(publisher.post(review_of(released), sent, follow=True))


# --- The note


def test_the_note_is_read_in_the_visitors_language(publisher, released, visitor):
    make_session("Ny post")
    press(publisher, released, **{"note": "Vi maler salen.", "note-fr": "On repeint la salle."})

    assert "On repeint la salle." in visitor.get("/fr/sammen/changes/").text
    assert '<span lang="nb">Vi maler salen.</span>' in visitor.get("/en/sammen/changes/").text
    assert "On repeint la salle." in visitor.get("/fr/sammen/changes.atom").text
    assert "Vi maler salen." in visitor.get("/en/sammen/changes.atom").text
    page = words_on(publisher.get(reverse("admin:programme_release_change", args=[Release.objects.get(number=2).pk])))
    assert "Vi maler salen." in page
    assert "On repeint la salle." in page


def test_a_note_is_written_in_the_first_language_or_not_at_all(publisher, released):
    make_session("Ny post")
    answer = press(publisher, released, **{"note-fr": "On repeint la salle."})

    assert answer.status_code == 400
    assert "Write the note in the first language too" in words_on(answer)
    assert "On repeint la salle." in answer.content.decode()


# --- Releases side by side


def test_any_two_releases_are_compared(publisher, released):
    for title in ("To", "Tre"):
        make_session(title)
        make_release(released)
    first, third = Release.objects.get(number=1), Release.objects.get(number=3)

    def compared(here, with_number):
        address = reverse("admin:programme_release_change", args=[here.pk])
        return words_on(publisher.get(address, {"compare": with_number}))

    page = compared(third, 1)
    assert "Changes since release 1" in page
    assert "“To” new" in page
    assert "“Tre” new" in page
    page = compared(first, 3)
    assert "From release 3 back to release 1" in page
    assert "“To” taken off the programme" in page
    assert "Changes since release 2" in compared(third, "nonsense")
