"""The history: who changed what, and the way back."""

import pytest
from django.utils.translation import gettext_noop
from reversion.models import Revision

from conference.documents import documents, key_of
from conference.recording import recorded, touched
from conference.steps import latest_documents
from sessions.models import Session
from tests.factories import make_part, make_person, make_session, make_superuser

pytestmark = pytest.mark.django_db


def test_staff_leave_a_step_that_knows_before_and_after():
    session = make_session("Før", speakers=[make_person()])
    staff = make_superuser()
    with recorded(staff, gettext_noop("Changed"), about=[session]) as recording:
        session.title_nb = "Etter"
        session.save()
        make_part(session, "15:00")

    assert recording.revision.user == staff
    assert Session.objects.get().version == 2
    assert Revision.objects.count() == 2
    key = key_of(session)
    assert latest_documents([key]) == documents([key])
    assert len(documents([key])[key]) == 4  # the session, two parts, a speaker


def test_a_step_that_changes_nothing_leaves_no_trace():
    session = make_session()
    with recorded(None, about=[session]) as recording:
        session.save()
        touched(session)
    assert recording.revision is None
    assert not Revision.objects.exists()
    assert Session.objects.get().version == 1
