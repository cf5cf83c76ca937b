"""Every address below /admin/ is asked for, as everybody: who gets in is what the table says, and an address that is not in it fails."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from django.views.generic import RedirectView

from conference.audit import Entry
from conference.recording import recorded, touched
from programme.planned import plan
from programme.publish import seal
from programme.take import take
from speakers.bulk_asked import SALT
from tests.factories import make_full_session, make_release, make_staff, make_superuser

pytestmark = pytest.mark.django_db

# Who gets in: v visitors, n staff without a right, t translators, e editors, p publishers, s superusers.
EVERYBODY, STAFF, READERS, WRITERS, PUBLISHERS, SUPERUSERS, NOBODY = "vnteps", "nteps", "teps", "eps", "ps", "s", ""
CONTENT = ["conference", "room", "track", "topic", "format", "session", "person"]
PAGES_OF_CONTENT = {  # of each kind of row: who may look (GET), who may send (POST)
    "changelist": (READERS, READERS),
    "add": (WRITERS, WRITERS),
    "change": (READERS, READERS),  # translators: what they change besides words is refused (test_roles.py)
    "delete": (WRITERS, WRITERS),
    "history": (READERS, READERS),
    "version": (WRITERS, WRITERS),
    "deleted": (READERS, WRITERS),
}
RULES = {f"{model} {page}": who for model in CONTENT for page, who in PAGES_OF_CONTENT.items()} | {
    "conference delete": (SUPERUSERS, SUPERUSERS),
    # where forms were in an older Django: only a way to where they are
    **{f"{model} before": (STAFF, STAFF) for model in [*CONTENT, "release", "user", "group"]},
    # the programme
    "choose_conference": (NOBODY, STAFF),
    "board": (READERS, NOBODY),
    "board_day": (READERS, NOBODY),
    "board_json": (READERS, NOBODY),
    "board_part": (READERS, WRITERS),
    "board_part_problems": (READERS, NOBODY),
    "board_undo": (NOBODY, NOBODY),  # nothing was moved that could go back: test_board.py
    "bulk_change": (WRITERS, WRITERS),
    "bulk_cancel": (WRITERS, WRITERS),
    "bulk_duplicate": (WRITERS, WRITERS),
    "copy_conference": (WRITERS, WRITERS),
    "as_if": (WRITERS, WRITERS),
    "as-if/<str:token>/<path:path>": (WRITERS, WRITERS),
    "problems": (READERS, READERS),
    "know_problem": (NOBODY, WRITERS),
    "what_if": (NOBODY, WRITERS),
    "undo": (NOBODY, WRITERS),
    "presence": (NOBODY, READERS),
    "autocomplete": (READERS, NOBODY),
    # publishing
    "preview": (READERS, READERS),
    "preview/<slug:slug>/<path:path>": (READERS, READERS),
    "release_view": (READERS, READERS),
    "releases/<slug:slug>/<int:number>/view/<path:path>": (READERS, READERS),
    "release changelist": (READERS, READERS),
    "release change": (READERS, READERS),
    "release history": (READERS, READERS),
    "release add": (NOBODY, NOBODY),
    "release delete": (NOBODY, NOBODY),
    "release restore": (PUBLISHERS, PUBLISHERS),
    "programme_release_review": (READERS, PUBLISHERS),
    "programme_planned": (PUBLISHERS, PUBLISHERS),
    "programme_preview_links": (PUBLISHERS, PUBLISHERS),
    # what is stored about somebody
    "person_stored": (WRITERS, WRITERS),
    "person_copy": (NOBODY, WRITERS),
    "person_erase": (PUBLISHERS, PUBLISHERS),
    # accounts
    **{
        f"user {page}": (SUPERUSERS, SUPERUSERS)
        for page in ("changelist", "add", "change", "delete", "history", "signing_in")
    },
    "user password_change": (SUPERUSERS, SUPERUSERS),
    **{f"group {page}": (SUPERUSERS, SUPERUSERS) for page in ("changelist", "add", "change", "delete", "history")},
    "entry changelist": (SUPERUSERS, SUPERUSERS),
    "entry csv": (SUPERUSERS, SUPERUSERS),
    # one's own
    "login": (EVERYBODY, EVERYBODY),
    "code": (NOBODY, NOBODY),  # who is not half-way is sent back to the password
    "logout": ("v", EVERYBODY),
    "set_language": (EVERYBODY, EVERYBODY),
    "index": (STAFF, STAFF),
    "account": (STAFF, STAFF),
    "second_factor": (STAFF, STAFF),
    "new_codes": (STAFF, STAFF),
    "remove_factor": (STAFF, STAFF),
    "password_change": (STAFF, STAFF),
    "password_change_done": (STAFF, NOBODY),
    "jsi18n": (STAFF, NOBODY),
    "app_list": (READERS, READERS),
    "view_on_site": (NOBODY, NOBODY),  # rows have no address: the programme has
}
OTHERS = {  # addresses that name another row than the model they stand under
    "board_part": "part",
    "board_part_problems": "part",
    "board_undo": "part",
    "copy_conference": "conference",
    "person_stored": "person",
    "person_copy": "person",
    "person_erase": "person",
    "programme_planned": "plan",
    "programme_release_review": "conference",
    "programme_preview_links": "conference",
}
OURS = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(conference|sessions|speakers|programme|auth|otp)[a-z_]*_')


@pytest.fixture
def things():
    """One row of everything that an address can name, and the values that addresses are filled in with."""
    session = make_full_session()
    conference, part, somebody = session.conference, session.parts.get(), make_staff(name="somebody")
    release = make_release()
    named = (conference, part.room, session.track, session.topics.get(), session.format, session, release, somebody)
    rows = {row._meta.model_name: row for row in named} | {
        "entry": Entry.objects.first(),
        "person": session.speakers.get().person,
        "group": Group.objects.get(name="Editors"),
        "part": part,
    }
    steps = {}
    for name in CONTENT:
        with recorded(somebody, "") as recording:
            touched(rows[name])
            type(rows[name]).objects.filter(pk=rows[name].pk).update(slug="changed")
        steps[name] = recording.revision.pk
    conference.refresh_from_db()
    fixed = {"conference": conference.slug, "slug": conference.slug, "date": "2030-01-31", "number": release.number,
             "token": signing.dumps(["change", conference.pk, str(session.pk), {"state": ["draft"]}], salt=SALT, compress=True), "path": f"nb/{conference.slug}/", "app_label": "conference",
             "content_type_id": ContentType.objects.get_for_model(session).pk}  # fmt: skip
    planned = plan(
        conference, somebody, timezone.now() + dt.timedelta(days=1), {}, None, seal(conference, take(conference))
    )
    return rows | {"plan": planned}, steps, fixed


def addresses(things):
    """{what an address is called in the table: the address} of everything below /admin/, filled in with what is there."""
    rows, steps, fixed = things
    found = {}
    for route, pattern in patterns(get_resolver()):
        if not route.startswith("admin/") or "(?P<url>" in route:
            continue
        model = OTHERS.get(pattern.name) or next((m for m in rows if re.match(rf"admin/\w+/{m}/", route)), "session")
        pk = rows[model].pk
        values = fixed | {"pk": pk, "object_id": pk, "id": pk, "step": steps.get(model, 0)}
        route = re.sub(r"\^\(\?P<app_label>.*\)/\$", "<app_label>/", route)
        is_old = getattr(pattern.callback, "view_class", None) is RedirectView
        name = f"{model} before" if is_old else pattern.name or route.removeprefix("admin/")
        label = re.sub(rf"^(conference|conference_sessions|speakers|programme|auth)_{model}_", f"{model} ", name)
        found[label] = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda name, values=values: str(values[name[1]]), route)
    found["autocomplete"] += "?app_label=speakers&model_name=speaker&field_name=person&term=a"
    return found


def patterns(resolver, before=""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from patterns(pattern, route)


def a_member_of(group):
    user = make_staff(name=group.lower())
    user.groups.add(Group.objects.get(name=group))
    return user


def got_in(client, method, address, sent, writes_nothing):
    """Whether an address opened. What refuses has written nothing, and what was written is taken back."""
    cookies, written = client.cookies.copy(), []

    def watch(execute, sql, *rest):
        if OURS.match(sql) and not re.search("conference_(entry|presence)", sql):
            written.append(sql)
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(watch):
        answer = client.get(address) if method == "GET" else client.post(address, sent)
        transaction.set_rollback(True)
    client.cookies = cookies
    assert answer.status_code < 500, (method, address)
    sent_away = answer.headers.get("Location", "").startswith("/admin/login/")
    opened = answer.status_code not in (403, 404, 405) and not sent_away
    assert not written or (opened and not writes_nothing), (method, address, written)
    return opened


def test_every_address_of_the_admin_opens_for_whom_the_table_says(things):
    people = {"v": None, "n": make_staff(), "t": a_member_of("Translators"), "e": a_member_of("Editors"),
              "p": a_member_of("Publishers"), "s": make_superuser()}  # fmt: skip
    clients = {letter: Client() for letter in people}
    for letter, user in people.items():
        if user:
            clients[letter].force_login(user)
    room, step = things[0]["room"], things[1]["room"]
    sent = {"post": "yes", "act": "factor", "action": "delete_selected", "_selected_action": "1", "step": step,
            "about": f"conference.room.{room.pk}", "conference": room.conference_id, "language": "nb"}  # fmt: skip
    found, visited = {}, 0
    for label, address in addresses(things).items():
        for method in ("GET", "POST"):
            opened = [
                letter for letter, client in clients.items() if got_in(client, method, address, sent, letter in "vn")
            ]
            found.setdefault(label, []).append("".join(opened))
            visited += len(clients)
    assert found == {label: list(rule) for label, rule in RULES.items()}
    assert visited == len(RULES) * 2 * len(people) > 1000


def test_no_address_of_the_admin_takes_what_another_site_has_sent(things):
    """What comes without the token of a form of ours, in the browser of who may do everything."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_superuser())
    found = {label: client.post(address, {"post": "yes"}).status_code for label, address in addresses(things).items()}
    assert {label: status for label, status in found.items() if status != 403} == {}
    assert len(found) > 100
