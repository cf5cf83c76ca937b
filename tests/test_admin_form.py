"""Staff write a session on one form: the rows of the page, in any order, each pointing at the others."""

import pytest

from sessions.models import Session
from tests.factories import make_conference, make_person, make_superuser
from tests.forms import errors_on, open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_superuser())
    return client


def test_staff_enter_a_new_session_with_everything_at_once(staff):
    make_conference()
    karvar, ulstein, davis = make_person("Anousheh Karvar"), make_person("Dag Inge Ulstein"), make_person("Tina Davis")
    form = open_form(staff, "/admin/conference_sessions/session/add/")
    form.update({
        "title_nb": "Sammen mot menneskehandel",
        "parts-TOTAL_FORMS": "2",
        "parts-0-title_nb": "Del 1", "parts-0-day": "2030-01-31", "parts-0-start": "13:00", "parts-0-end": "13.45",
        "parts-1-title_nb": "Del 2", "parts-1-day": "2030-01-31", "parts-1-start": "1400", "parts-1-end": "15",
        "speakers-0-person": ulstein.pk, "speakers-0-part_row": "parts-0", "speakers-0-contribution_nb": "åpningsord",
        "speakers-1-person": karvar.pk, "speakers-1-part_row": "parts-1",
        "moderators-0-person": davis.pk, "moderators-0-part_row": "",
        "questions-0-text_nb": "Hva er status?", "questions-0-part_row": "parts-1", "questions-0-addressed_to_row": "speakers-1",
    })  # fmt: skip

    answer = staff.post("/admin/conference_sessions/session/add/", form)

    assert answer.status_code == 302, errors_on(answer)
    session = Session.objects.get()
    first, second = session.parts.all()
    assert (first.title_nb, second.title_nb) == ("Del 1", "Del 2")
