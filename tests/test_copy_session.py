"""A session again: a draft with everything that belongs to it, or with what staff tick."""

import pytest

from sessions.models import Session
from tests.factories import make_session
from tests.forms import words_on
from tests.test_bulk import DUPLICATE
from tests.test_copy_conference import a_full_session, clock, everything

pytestmark = pytest.mark.django_db


def test_a_duplicate_is_a_draft_with_everything_that_belongs_to_the_session(staff):
    session = a_full_session()
    answer = staff.post(DUPLICATE, {"sessions": session.pk, "go": "1", "times": "same", "people": "on", "questions": "on", "materials": "on"})  # fmt: skip
    copy = Session.objects.order_by("pk").last()

    assert answer["Location"] == f"/admin/conference_sessions/session/{copy.pk}/change/"
    assert everything(copy) == everything(session) | {
        "words": ("Ensemble (copie)", *everything(session)["words"][1:])
    } or (
        everything(copy)["words"][0] == "Ensemble (copy)"  # as long as the sentence is not translated
    )
    assert copy.state == "draft"
    assert copy.title_nb.startswith("Sammen (")
    assert copy.title_en is None
    assert (copy.uuid != session.uuid, copy.slug) == (True, f"{session.slug}-2")
    assert [clock(part) for part in copy.parts.all()] == [clock(part) for part in session.parts.all()]
    assert [part.room for part in copy.parts.all()] == [part.room for part in session.parts.all()]
    assert (copy.notice_nb, copy.recording_url, copy.replaced_by) == (None, "", None)
    assert copy.materials.get().file.name != session.materials.get().file.name
    assert not {part.uuid for part in copy.parts.all()} & {part.uuid for part in session.parts.all()}


def test_a_duplicate_leaves_behind_what_staff_do_not_tick(staff):
    session = a_full_session()
    staff.post(DUPLICATE, {"sessions": session.pk, "go": "1", "times": "none"})
    copy = Session.objects.order_by("pk").last()
    assert [(part.starts_at, part.room) for part in copy.parts.all()] == [(None, None)] * 2
    for rows in (copy.speakers, copy.moderators, copy.questions, copy.materials):
        assert rows.count() == 0


def test_a_question_to_somebody_who_stays_behind_is_put_to_everybody(staff):
    session = a_full_session()
    staff.post(DUPLICATE, {"sessions": session.pk, "go": "1", "times": "none", "questions": "on"})
    question = Session.objects.order_by("pk").last().questions.get()
    assert question.addressed_to is None
    assert question.part.title_nb == "Del 2"


def test_many_are_duplicated_and_each_has_an_address_of_its_own(staff):
    first, second = make_session("Lik"), make_session("Lik")
    page = words_on(staff.get(DUPLICATE, {"sessions": f"{first.pk},{second.pk}"}))
    assert "Duplicate 2 sessions" in page
    sent = {"sessions": f"{first.pk},{second.pk}", "go": "1", "times": "none"}
    answer = staff.post(DUPLICATE, sent, follow=True)
    assert "2 copies were made, as drafts." in words_on(answer)
    slugs = list(Session.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == 4


def test_a_very_long_title_and_address_can_be_copied(staff):
    session = make_session("T" * 300, slug="s" * 120)
    staff.post(DUPLICATE, {"sessions": session.pk, "go": "1", "times": "none"})
    copy = Session.objects.order_by("pk").last()
    assert (len(copy.title_nb), len(copy.slug) <= 120) == (300, True)
    assert copy.title_nb.endswith(")")


def test_a_material_whose_file_is_lost_is_left_out(staff, settings):
    session = a_full_session()
    for file in settings.MEDIA_ROOT.rglob("*.pdf"):
        file.unlink()
    staff.post(DUPLICATE, {"sessions": session.pk, "go": "1", "times": "none", "materials": "on"})
    assert Session.objects.order_by("pk").last().materials.count() == 0
