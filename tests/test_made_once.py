"""Going back to the form of something new, and saving it again."""

import pytest

from sessions.models import Session
from tests.factories import make_conference
from tests.forms import fields_of, open_form, words_on

pytestmark = pytest.mark.django_db


def test_something_new_is_made_once_when_somebody_goes_back_to_its_form(staff):
    make_conference()
    add = "/admin/conference_sessions/session/add/"
    form = open_form(staff, add) | {"title_nb": "Åpning", "_draft_key": "0123abcd-1"}
    staff.post(add, form)
    session = Session.objects.get()

    again = staff.post(add, form)
    assert again.headers["Location"].endswith(f"/session/{session.pk}/change/")
    assert "“Åpning” is saved already" in words_on(staff.get(again.headers["Location"]))

    other = staff.post(add, form | {"lead_nb": "Ny ingress"})
    assert other.status_code == 200
    assert "“Åpning” was made from this form already" in words_on(other)
    kept = fields_of(other.content, "session_form")
    assert (kept["lead_nb"], kept["_draft_key"]) == ("Ny ingress", "")
    assert Session.objects.count() == 1

    staff.post(add, kept | {"_draft_key": "0123abcd-2"})
    assert Session.objects.count() == 2
    session.delete()
    staff.post(add, form)
    assert Session.objects.exclude(lead_nb="Ny ingress").count() == 1
