"""A backup from before somebody was erased brings nobody back."""

import json

import pytest
from django.core.management import call_command

from conference.backup import backup
from programme.erase import erase
from programme.models import Release
from sessions.models import Session
from speakers.models import Person
from tests.test_backup import all_rows, lose_everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_backup_from_before_an_erasure_is_restored_without_the_person(demo, settings, capsys, elsewhere):
    kari, session = Person.objects.get(slug="anousheh-karvar"), Session.objects.get(slug="bussholdeplassen")
    Session.objects.filter(pk=session.pk).update(lead_nb="Møt Anousheh Karvar der.")
    old = backup(settings.BACKUP_DIR)
    Session.objects.filter(pk=session.pk).update(lead_nb="Møt oss der.")
    erase(kari.uuid)
    call_command("backup")
    if elsewhere:
        lose_everything(settings)

    call_command("restore", old, "--replace")

    said = capsys.readouterr().out
    assert "1 person who had been erased since is erased again." in said
    assert f"Møt Anousheh Karvar der. http://127.0.0.1:8000/admin/conference_sessions/session/{session.pk}/" in said
    assert not Person.objects.filter(uuid=kari.uuid).exists()
    assert "Karvar" not in json.dumps([release.programme for release in Release.objects.all()])
    assert (settings.BACKUP_DIR / "erased.txt").read_text() == f"{kari.uuid}\n"


def test_who_was_erased_is_never_seen_in_the_restored_programme(demo, settings, monkeypatch):
    """They are erased again before anybody can read it; should the machine stop before, nothing was restored."""
    kari = Person.objects.get(slug="anousheh-karvar")
    old = backup(settings.BACKUP_DIR)
    erase(kari.uuid)
    before = all_rows()
    monkeypatch.setattr("programme.erase_again.mentions_of", stop)
    with pytest.raises(KeyboardInterrupt):
        call_command("restore", old, "--replace")
    assert all_rows() == before


def stop(names, uuid):
    raise KeyboardInterrupt
