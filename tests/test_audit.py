"""The audit log: what happens to accounts and to the programme is kept, in words, and nobody can change it."""

import csv
import datetime as dt
import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from conference.audit import Act, Entry, NeverChanged, note
from conference.audit_words import in_words
from programme.models import PreviewLink
from programme.planned import call_off, plan, planned_of
from programme.publish import publish, restore, seal
from programme.take import take
from sessions.models import Session
from tests.factories import make_conference, make_session, make_staff, make_superuser
from tests.forms import words_on

pytestmark = pytest.mark.django_db
LOG = "/admin/conference/entry/"


def log(**wanted):
    """What the log says, the oldest first."""
    with override("en"):
        return [(entry.by_name, in_words(entry)) for entry in Entry.objects.filter(**wanted).order_by("pk")]


def forget_all():
    Entry.objects.forget_before(timezone.now())


def sign_in(client, name, password="correct horse"):
    return client.post("/admin/login/?next=/admin/", {"username": name, "password": password})


def test_signing_in_and_out_is_kept_with_the_address(client):
    make_staff(name="kari")
    forget_all()
    sign_in(client, "kari", "wrong")
    sign_in(client, "hunter2", "a password in the wrong place")
    sign_in(client, "kari")
    client.post("/admin/logout/")

    assert log() == [
        ("", "Failed to sign in as kari."),
        ("", "Failed to sign in as a name that nobody has."),
        ("kari", "Signed in."),
        ("kari", "Signed out."),
    ]
    assert Entry.objects.filter(act=Act.SIGNED_IN).get().address == "127.0.0.1"
    assert not Entry.objects.filter(facts__icontains="hunter2").exists()


def test_trying_without_an_end_does_not_fill_the_log(client):
    for _attempt in range(5):
        sign_in(client, "nobody", "wrong")

    assert Entry.objects.filter(act=Act.SIGN_IN_FAILED).count() == 1


def test_what_accounts_and_groups_may_do_is_kept_wherever_it_is_changed(client):
    boss, kari = make_superuser("boss"), make_staff(name="kari")
    client.force_login(boss)
    forget_all()
    kari.groups.add(Group.objects.get(name="Editors"))
    kari.user_permissions.add(*Permission.objects.filter(codename__in=["publish", "share"]))
    kari.groups.clear()
    kari.is_superuser, kari.email = True, "kari@example.org"
    kari.save()
    kari.set_password("another long password")
    kari.save()
    Group.objects.get(name="Translators").permissions.remove(Permission.objects.get(codename="translate"))
    Group.objects.create(name="Hosts")
    client.post(f"/admin/auth/user/{kari.pk}/delete/", {"post": "yes"})

    assert log() == [
        ("", "Changed the user kari. New: Editors."),
        ("", "Changed the user kari. New: Publishing – Can publish a programme; Publishing – Can share previews with people outside."),
        ("", "Changed the user kari. Taken away: Editors."),
        ("", "Changed the user kari. New: superuser status. Changed: email address."),
        ("", "Changed the password of kari."),
        ("", "Changed the group Translators. Taken away: Conference – Can translate texts, and change nothing else."),
        ("", "Added the group Hosts."),
        ("boss", "Deleted the user kari."),
    ]  # fmt: skip


def test_what_is_published_planned_shared_and_taken_out_is_kept(client):
    session, boss = make_session(), make_superuser("boss")
    conference = session.conference
    client.force_login(boss)
    forget_all()
    first = publish(conference, boss)
    Session.objects.update(title_nb="Nytt")
    publish(conference)
    restore(first, boss)
    conference.refresh_from_db()
    plan(conference, boss, timezone.now() + dt.timedelta(days=1), {}, None, seal(conference, take(conference)))
    call_off(planned_of(conference))
    client.post(f"/admin/programme/release/links/{conference.pk}/", {"days": "7"})
    client.post(f"/admin/programme/release/links/{conference.pk}/", {"revoke": PreviewLink.objects.get().pk})
    call_command("export_programme", conference.slug, format="ical")

    link = PreviewLink.objects.get().pk
    said = log()
    assert said.pop(3)[1].startswith("Planned a release of “Sammen” for ")
    assert said == [
        ("boss", "Published release 1 of “Sammen”."),
        ("", "Published release 2 of “Sammen”."),
        ("boss", "Published release 1 of “Sammen” again, as release 3."),
        ("", "Called off the planned release of “Sammen”."),
        ("boss", f"Made preview link {link} to “Sammen”."),
        ("boss", f"Revoked preview link {link} to “Sammen”."),
        ("", "Exported sammen (ical)."),
    ]


def test_nobody_changes_or_deletes_an_entry(client):
    client.force_login(make_superuser())
    entry = Entry.objects.first()
    for act in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(facts={})):
        with pytest.raises(NeverChanged):
            act()
    for address in (f"{entry.pk}/change/", f"{entry.pk}/delete/", "add/"):
        assert client.post(LOG + address, {"post": "yes"}).status_code == 404
    client.post(LOG, {"action": "delete_selected", "_selected_action": entry.pk, "post": "yes"})
    assert Entry.objects.filter(pk=entry.pk).exists()


def test_the_log_is_read_in_words_and_taken_out_as_a_file_that_runs_nothing(client):
    make_conference()
    client.force_login(make_superuser("boss"))
    note(Act.GROUP_ADDED, group="Hosts")
    Entry.objects.create(act=Act.USER_DELETED, by_name="=cmd|'/c calc'!A1", facts={"user": "kari"})
    client.cookies["django_language"] = "nb"

    listed = words_on(client.get(f"{LOG}?about=accounts"))
    filtered = words_on(client.get(f"{LOG}?about=publishing"))
    answer = client.get(f"{LOG}log.csv?about=accounts")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert "La til gruppen Hosts." in listed
    assert "La til gruppen Hosts." not in filtered
    assert rows[1][1:] == ["'=cmd|'/c calc'!A1", "Slettet brukeren kari.", ""]
    assert len(rows) == Entry.objects.filter(act__in=[Act.USER_ADDED, Act.GROUP_ADDED, Act.USER_DELETED]).count() + 1
    assert Entry.objects.filter(act=Act.EXPORTED).get().by_name == "boss"
    assert client.get(f"{LOG}?who=boss&at__year=2026&about=nonsense").status_code == 200


def test_only_who_may_look_sees_the_log(client):
    client.force_login(make_staff())
    assert client.get(LOG).status_code == client.get(f"{LOG}log.csv").status_code == 403
    client.force_login(make_staff("conference.view_entry"))
    assert client.get(LOG).status_code == 200
