"""Whatever is put into a form of the admin, or into its address: a page with words, and never a failure."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from conference.models import Conference
from programme.models import PreviewLink, Release
from programme.planned import plan
from programme.publish import published, seal
from programme.selected import keys
from programme.take import take
from tests.factories import make_full_session, make_release, make_superuser
from tests.forms import errors_on, fields_of
from tests.fuzzing import ODD, examples, odd_words
from tests.test_hostile_public import as_wire

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """One of everything, with the addresses of every kind of page that staff have: {name: address}."""
    session = make_full_session()
    conference = session.conference
    release, boss = make_release(), make_superuser()
    session.lead_nb = "Nytt"
    session.save()
    conference.refresh_from_db()
    taken = take(conference)
    plan(conference, boss, timezone.now(), {}, keys(published(conference), taken), seal(conference, taken))
    PreviewLink.objects.create(conference=conference, expires_at=timezone.now())
    rows = {
        "conference/conference": conference, "conference/room": session.parts.get().room,
        "conference_sessions/track": session.track, "conference_sessions/topic": session.topics.get(),
        "conference_sessions/format": session.format, "conference_sessions/session": session,
        "speakers/person": session.speakers.get().person, "auth/user": boss, "auth/group": Group.objects.first(),
    }  # fmt: skip
    return boss, addresses(rows, conference, session, release)


def addresses(rows, conference, session, release):
    part = session.parts.get().pk
    lists = [f"/admin/{name}/" for name in rows] + ["/admin/programme/release/", "/admin/"]
    forms = [f"/admin/{name}/{page}" for name, row in rows.items() for page in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/", f"{row.pk}/history/")]  # fmt: skip
    return lists, [
        *forms,
        *(f"/admin/speakers/person/{page}/" for page in ("deleted", "99999999999999999999/change")),
        *(f"/admin/programme/release/{page}/" for page in (f"review/{conference.pk}", f"planned/{conference.pk}", f"links/{conference.pk}", f"{release.pk}/restore", f"{release.pk}/change")),
        *(f"/admin/people/{rows['speakers/person'].pk}/{page}/" for page in ("stored", "copy", "erase")),
        *(f"/admin/bulk/{page}/" for page in ("change", "cancel", "duplicate", f"conference/{conference.pk}")),
        *(f"/admin/board/{page}" for page in ("sammen/", "sammen/2030-01-31/", "sammen/0001-01-01/", "sammen/9999-12-31/", "sammen/9999-12-31/day.json", f"part/{part}/", f"part/{part}/problems.json", f"part/{part}/undo/")),
        *(f"/admin/{page}/" for page in ("problems", "problems/if", f"problems/if/{session.pk}", "undo", "presence", "choose", "language", "login", "password_change", "autocomplete")),
        *("/admin/preview/sammen/nb/sammen/", "/admin/releases/sammen/1/view/nb/sammen/", "/admin/as-if/x/", "/admin/jsi18n/"),
    ]  # fmt: skip


COUNTS = ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"]
changes = st.lists(
    st.tuples(st.integers(0, 400), st.one_of(odd_words, st.sampled_from(ODD), st.none())), min_size=1, max_size=6
)
ADD = [
    *("action", "_selected_action", "select_across", "index", "_save", "_continue", "_draft", "_draft_key", "_bring_back"),
    *("_popup", "_to_field", "next", "version", "about", "revoke", "reviewed", "wanted", "note", "due_at", "name", "starts_at"),
    *("whole_order", "move_up", "move_down", "_more_row", "_kept", "_seen", "seen", "way_back", "look", "go", "sessions", "from"),
    *("change", "tick", "choosing", "when", "day", "time", "act", "days", "made_for", "picture", "problem", "again"),
    *("ends_at", "room", "session", "ids", "minutes", "apply", "post", "step", "language", "conference", "merge", "_base"),
    *(f"{prefix}-{count}" for prefix in ("parts", "speakers", "questions", "materials", "moderators") for count in COUNTS),
]  # fmt: skip
additions = st.dictionaries(st.sampled_from(ADD), odd_words, max_size=4)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def encodable(words):
    """As a browser would send it: no lone surrogates."""
    return words.encode("utf-8", "replace").decode()


def changed(form, changes, added):
    """The form with some of its fields saying something else, or missing."""
    sent = dict(form)
    for place, words in changes:
        name = list(form)[place % len(form)] if form else "name"
        if words is None:
            sent.pop(name, None)
        else:
            sent[name] = encodable(words)
    return sent | {name: encodable(words) for name, words in added.items()}


@examples(60)
@given(st.integers(0, 200), changes, additions)
def test_no_form_of_the_admin_fails(house, number, changes, added):
    user, (_lists, pages) = house
    address = pages[number % len(pages)]
    with transaction.atomic():
        client = client_of(user)
        shown = client.get(address)
        assert shown.status_code < 500
        answer = client.post(address, changed(form_on(shown), changes, added))
        assert answer.status_code < 500, address
        transaction.set_rollback(True)


def form_on(answer):
    """What the first form of a page would send; {} for a page without one."""
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return {}
    try:
        return fields_of(answer.content)
    except (IndexError, ValueError):
        return {}


QUERY = [
    *("q", "o", "p", "e", "all", "_facets", "_popup", "_to_field", "photo", "at", "conference", "state", "day", "problems", "missing"),
    *("conference__id__exact", "pk__in", "name__regex", "password__startswith", "room__in", "next", "language", "compare", "session", "ids"),
    *("app_label", "model_name", "field_name", "term", "_changelist_filters"),
]  # fmt: skip


@examples(60)
@given(st.integers(0, 200), st.dictionaries(st.sampled_from(QUERY), odd_words, min_size=1, max_size=3))
def test_no_address_of_the_admin_fails(house, number, query):
    user, (lists, pages) = house
    every = [*lists, *lists, *pages]
    address = every[number % len(every)]
    with transaction.atomic():
        answer = client_of(user).get(address, {name: encodable(words) for name, words in query.items()})
        assert answer.status_code < 500, address
        transaction.set_rollback(True)


@examples(60)
@given(
    st.integers(0, 200),
    odd_words,
    st.sampled_from(
        ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=" + "x" * 100]
    ),
)
def test_no_body_that_is_no_form_makes_it_fail(house, number, words, kind):
    user, (_lists, pages) = house
    address = pages[number % len(pages)]
    with transaction.atomic():
        assert client_of(user).post(address, as_wire(words), content_type=kind).status_code < 500, address
        transaction.set_rollback(True)


def test_the_house_is_whole(house):
    user, (lists, pages) = house
    client = client_of(user)
    answers = {address: client.get(address).status_code for address in lists + pages}
    assert set(answers.values()) <= {200, 301, 302, 400, 403, 404, 405}
    assert sum(status == 200 for status in answers.values()) > 60
    assert Conference.objects.count() == Release.objects.count() == 1


def test_a_broken_pattern_in_an_address_is_no_question_to_the_database(house):
    user, _pages = house
    answer = client_of(user).get("/admin/conference_sessions/format/", {"name__regex": "["})
    assert answer.status_code == 400


@pytest.mark.parametrize("key", ["\\", "9" * 30, "a\0b"])
def test_a_person_that_can_be_none_is_told_on_the_form(house, key):
    user, (_lists, pages) = house
    address = next(
        page for page in pages if page.startswith("/admin/conference_sessions/session/") and "change" in page
    )
    client = client_of(user)
    form = form_on(client.get(address)) | {"speakers-0-person": key, "lead_fr": "Ne perdez rien"}

    answer = client.post(address, form)

    assert answer.status_code == 200
    assert "Ne perdez rien" in answer.text
    assert errors_on(answer)


@pytest.mark.parametrize("digits", ["9" * 30, "9" * 5000, "٣"])
def test_numbers_that_no_row_has_are_no_failure(house, digits):
    user, (_lists, pages) = house
    client = client_of(user)
    session = next(
        page for page in pages if page.startswith("/admin/conference_sessions/session/") and "change" in page
    )
    form = form_on(client.get(session))
    sent = [
        *(("/admin/conference/room/", {name: f"{digits},1"}) for name in ("whole_order", "move_up")),
        *(("/admin/choose/", {"conference": digits}), ("/admin/undo/", {"step": digits})),
        *(("/admin/conference_sessions/session/add/", {"conference": digits}), ("/admin/problems/if/", {"conference": digits})),
        *((session, form | {name: digits}) for name in ("parts-TOTAL_FORMS", "parts-0-position", "parts-0-id", "speakers-0-person")),
        (session, form | {"_more_row": "parts", "parts-TOTAL_FORMS": digits}),
    ]  # fmt: skip
    assert [(path, status) for path, data in sent if (status := client.post(path, data).status_code) >= 500] == []


@pytest.mark.parametrize(
    "address",
    [
        "/admin/autocomplete/?app_label=speakers&model_name=speaker&field_name=person&term=a%00",
        "/admin/conference/entry/?who=%00",
        "/admin/conference_sessions/session/?q=%00",
        "/admin/conference_sessions/session/%00/change/",
    ],
)
def test_a_character_that_no_database_looks_for_is_refused_in_words(house, address):
    client = client_of(house[0])
    client.cookies["django_language"] = "nb"
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 400
        assert "</html>" in answer.text
