"""Every kind of page that staff see, over the demo as it is some days before it begins."""

import datetime as dt

from django.utils import timezone
from reversion.models import Revision

from programme.demo.load import load
from programme.models import PreviewLink
from programme.publish import publish
from sessions.known import remember
from sessions.problems import problems_of
from tests.forms import open_form

DAY = dt.date(2030, 1, 31)
SESSIONS = "/admin/conference_sessions"


def a_busy_desk(client, user):
    """The demo with two releases, a history, something deleted, a problem that is known, and changes that wait."""
    conference = load(DAY)
    publish(conference)
    session = conference.sessions.get(slug="bussholdeplassen")
    room = conference.rooms.first()
    for row, changes in (
        (session, {"notice_nb": "Flyttet."}),
        (session, {"lead_nb": "Kort."}),
        (room, {"capacity": 4}),
    ):
        client.post(form_of(row), open_form(client, form_of(row)) | changes)
    publish(conference)
    remember(problems_of(conference)[0], conference, user, [])
    client.post(f"{form_of(session)[:-7]}history/{Revision.objects.earliest('pk').pk}/")
    gone = conference.sessions.get(slug="tolken-er-ogsa-i-rommet")
    client.post(f"{form_of(gone)[:-7]}delete/", {"post": "yes"})
    PreviewLink.objects.create(conference=conference, made_by=user, expires_at=timezone.now() + dt.timedelta(days=7))
    return conference


def form_of(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def pages_of(conference) -> dict[str, str]:
    """{kind of page: its path}."""
    return {
        **{"front desk": "/admin/", "problems": "/admin/problems/"},
        **of_sessions(conference),
        **of_people(the_seed(conference).speakers.first().person),
        **of_the_house(conference),
        **of_the_board(f"/admin/board/{conference.slug}/{DAY}/", the_seed(conference).parts.first()),
        **of_releases(conference),
        **{"password": "/admin/password_change/", "app": f"{SESSIONS}/"},
    }


def the_seed(conference):
    return conference.sessions.get(slug="sammen-mot-menneskehandel")


def of_sessions(conference):
    session, changed = the_seed(conference), form_of(conference.sessions.get(slug="bussholdeplassen"))[:-7]
    some = ",".join(str(pk) for pk in conference.sessions.values_list("pk", flat=True).order_by("pk")[:3])
    return {
        "sessions": f"{SESSIONS}/session/",
        "sessions, none found": f"{SESSIONS}/session/?q=qqqqqq",
        "session": form_of(session),
        "new session": f"{SESSIONS}/session/add/",
        "session, what it was": f"{changed}history/",
        "session, going back": f"{changed}history/{Revision.objects.earliest('pk').pk}/",
        "session, to be deleted": f"{form_of(session)[:-7]}delete/",
        "sessions that were deleted": f"{SESSIONS}/session/deleted/",
        "session, to be cancelled": f"/admin/bulk/cancel/?sessions={session.pk}",
        "sessions, to be changed": f"/admin/bulk/change/?sessions={some}",
        "sessions, to be duplicated": f"/admin/bulk/duplicate/?sessions={some}",
    }


def of_people(person):
    return {
        "people": "/admin/speakers/person/",
        "person": form_of(person),
        "new person": "/admin/speakers/person/add/",
        "new person in a window": "/admin/speakers/person/add/?_popup=1&_to_field=id",
        "person, to be deleted": f"{form_of(person)[:-7]}delete/",
    }


def of_the_house(conference):
    room = conference.rooms.first()
    return {
        "conferences": "/admin/conference/conference/",
        "conference": form_of(conference),
        "new conference": "/admin/conference/conference/add/",
        "conference, to be copied": f"/admin/bulk/conference/{conference.pk}/",
        "rooms": "/admin/conference/room/",
        "room": form_of(room),
        "room, to be deleted": f"{form_of(room)[:-7]}delete/",
        "tracks": f"{SESSIONS}/track/",
        "new track": f"{SESSIONS}/track/add/",
        "topics": f"{SESSIONS}/topic/",
        "formats": f"{SESSIONS}/format/",
    }


def of_the_board(day, part):
    return {"board": day, "board as a list": f"{day}?list", "part on the board": f"/admin/board/part/{part.pk}/"}


def of_releases(conference):
    release = "/admin/programme/release"
    first, last = (conference.releases.order_by("number")[n].pk for n in (0, 1))
    return {
        "releases": f"{release}/",
        "release": f"{release}/{last}/change/",
        "release, to be restored": f"{release}/{first}/restore/",
        "releases compared": f"{release}/{last}/change/?with=1",
        "review": f"{release}/review/{conference.pk}/",
        "preview links": f"{release}/links/{conference.pk}/",
    }


def two_writers(client, session):
    """What the later one is asked: the answer to a form whose text somebody else has changed meanwhile."""
    mine = open_form(client, form_of(session))
    theirs = open_form(client, form_of(session))
    client.post(form_of(session), theirs | {"lead_nb": "Deres."})
    return client.post(form_of(session), mine | {"lead_nb": "Min."})
