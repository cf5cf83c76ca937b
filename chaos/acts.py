"""What staff do, done as they do it: a session saved in the admin, a schedule imported, a programme published.

Each act leaves one mark in several rows, so that half of it could be seen.
"""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from conference.models import Conference
from programme.codec import from_json
from programme.imports.save import save
from programme.imports.schedule_xml import SOURCE, parse
from programme.models import Release
from programme.publish import publish
from sessions.models import Session
from tests.forms import open_form
from tests.schedule_files import a_file, an_event

EDITED, IMPORTED = "edited", "imported"  # the two conferences
EVENTS = 30  # in a file that is imported
FIELDS = ("title_nb", "subtitle_nb", "lead_nb", "parts-0-title_nb", "parts-0-description_nb")


def staff() -> Client:
    user = get_user_model().objects.filter(is_superuser=True).first()
    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def save_session(mark: str, number: int = 0, client=None):
    """The form of one session, opened and saved with the mark in five fields of two rows. Raises ValueError if refused."""
    client = client or staff()
    pk = Session.objects.get(conference__slug=EDITED, slug=f"session-{number}").pk
    address = reverse("admin:conference_sessions_session_change", args=[pk])
    sent = open_form(client, address, "session_form") | dict.fromkeys(FIELDS, mark)
    answer = client.post(address, sent)
    if answer.status_code != 302:
        raise ValueError(f"the form was refused: {answer.status_code}")


def import_schedule(mark: str):
    """Thirty sessions, each with the mark as its title."""
    events = [
        an_event(mark, f'id="{number}"', start=f"{8 + number // 4:02}:{number % 4 * 15:02}") for number in range(EVENTS)
    ]
    schedule = parse(a_file(*events), "Europe/Oslo")
    with transaction.atomic():
        save(schedule, IMPORTED, SOURCE, "nb")


def publish_again(slug: str = EDITED):
    with override("nb"):
        return publish(Conference.objects.get(slug=slug))


# --- Whether it is whole


def marks_of_session(number: int = 0) -> set[str]:
    session = Session.objects.get(conference__slug=EDITED, slug=f"session-{number}")
    part = session.parts.get()
    return {session.title_nb, session.subtitle_nb, session.lead_nb, part.title_nb, part.description_nb}


def marks_of_import() -> set[str]:
    sessions = Session.objects.filter(conference__slug=IMPORTED)
    marks = set(sessions.values_list("title_nb", flat=True))
    return marks if sessions.count() in (0, EVENTS) else marks | {"some are missing"}


def problems_of_releases(slug: str) -> list[str]:
    """What is wrong with the releases of a conference: a gap, one that cannot be read or says another number, a mixture."""
    conference = Conference.objects.get(slug=slug)
    releases = list(Release.objects.filter(conference=conference).order_by("number"))
    found = [] if [r.number for r in releases] == list(range(1, len(releases) + 1)) else ["a gap in the numbers"]
    if releases and conference.current_release_id != releases[-1].pk:
        found.append("the newest is not the current one")
    for release in releases:
        programme = from_json(release.programme)
        if programme.number != release.number:
            found.append(f"{release.number} says it is {programme.number}")
        if mixed(slug, programme):
            found.append(f"{release.number} is a mixture")
    return found


def mixed(slug, programme) -> bool:
    if slug == IMPORTED:
        return len({session.title.get("nb") for session in programme.sessions}) > 1
    # a session that was never saved has different words in each of its fields
    touched = [s for s in programme.sessions if s.subtitle.get("nb")]
    return any(
        len({s.title["nb"], s.subtitle["nb"], s.lead["nb"], s.parts[0].title["nb"], s.parts[0].description["nb"]}) > 1
        for s in touched
    )
