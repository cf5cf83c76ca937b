"""One moderator added to many sessions at once, or taken away."""

import pytest
from reversion.models import Revision

from tests.factories import make_moderator, make_person, make_session
from tests.forms import words_on
from tests.test_bulk import CHANGE, SESSIONS, asked, lines, look_and_press

pytestmark = pytest.mark.django_db


def test_staff_let_somebody_moderate_many_and_take_somebody_away_in_one_step_that_can_be_undone(staff):
    tina, ola, kari = make_person("Tina Davis", organisation_nb="Norad"), make_person("Ola"), make_person("Kari")
    first, second = make_session("A", at="10:00", moderators=[ola, kari]), make_session("B", moderators=[tina])
    third = make_session("C", at="15:00")
    make_moderator(third, tina, part=third.parts.get())
    page = staff.get(CHANGE, asked(first, second, third))
    assert "Tina Davis, Norad" in words_on(page)
    page = staff.post(CHANGE, asked(first, second, third, look="1", joins=tina.pk, leaves=ola.pk))
    assert lines(page) == {"A": ["Moderator before: Ola, Kari → after: Kari, Tina Davis"]}
    assert "2 sessions stay as they are." in words_on(page)
    assert "Tina Davis is on stage" in words_on(
        staff.post(CHANGE, asked(first, look="1", joins=tina.pk, minutes="180"))
    )

    everybody = asked(first, second, third, joins=tina.pk, leaves="everybody")
    page = look_and_press(staff, CHANGE, first, second, third, joins=tina.pk, leaves="everybody")
    assert lines(page) == {"A": ["Moderator before: Ola, Kari → after: Tina Davis"]}
    assert [moderators(session) for session in (first, second, third)] == [["Tina Davis"]] * 3
    assert third.moderators.get().part == third.parts.get()
    assert "This would change nothing" in words_on(staff.post(CHANGE, everybody | {"look": "1"}))
    history = words_on(staff.get(f"{SESSIONS}{first.pk}/history/"))
    assert "Tina Davis" in history

    staff.post("/admin/undo/", {"step": Revision.objects.latest("pk").pk})
    assert moderators(first) == ["Ola", "Kari"]
    look_and_press(staff, CHANGE, first, second, third, leaves="everybody")
    assert [moderators(session) for session in (first, second, third)] == [[]] * 3


def moderators(session):
    return [str(each) for each in session.moderators.all()]
