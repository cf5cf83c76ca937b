"""The form of a session, sent as a browser would."""

from tests.forms import errors_on, open_form

ADD = "/admin/conference_sessions/session/add/"


def address(session):
    return f"/admin/conference_sessions/session/{session.pk}/change/"


def send(staff, path, **changes):
    """Open a form, change some of it (`parts__0__start` for "parts-0-start"), and save it."""
    form = open_form(staff, path) | {name.replace("__", "-"): value for name, value in changes.items()}
    return staff.post(path, {name: value for name, value in form.items() if value is not None})


def saved(staff, path, **changes):
    answer = send(staff, path, **changes)
    assert answer.status_code == 302, errors_on(answer)
