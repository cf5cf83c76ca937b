"""Backups in their folder: which are made, which are kept, and what is left of one that was killed."""

import fcntl
import os

import pytest
from django.core.management import CommandError, call_command

from conference.backup import backup, backups_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_killed_backup_left_is_cleared_away(demo, settings):
    settings.BACKUP_DIR.mkdir(parents=True)
    left, held = settings.BACKUP_DIR / ".plenum-left", settings.BACKUP_DIR / ".plenum-held"
    left.write_text("half")
    with held.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        made = backup(settings.BACKUP_DIR)
        assert set(settings.BACKUP_DIR.iterdir()) == {held, made}


def test_a_backup_from_the_future_keeps_no_other_from_being_made(demo, settings):
    """As after a day on which the clock was a year ahead."""
    made = backup(settings.BACKUP_DIR)
    future = made.rename(made.with_name("plenum-2999-01-01T000000.000000Z.tar.gz"))
    os.utime(future, (32472144000, 32472144000))
    call_command("backup", "--every", "24", "--keep", "1")
    [kept] = backups_in(settings.BACKUP_DIR)
    assert kept != future


def test_only_the_newest_backups_are_kept(demo, settings):
    made = [backup(settings.BACKUP_DIR) for _each in range(3)]
    call_command("backup", "--keep", "2")

    kept = backups_in(settings.BACKUP_DIR)
    assert len(kept) == 2
    assert kept[1] == made[2]


def test_a_timer_that_starts_again_makes_no_backup_too_many(demo, settings, capsys):
    for _start in range(3):
        call_command("backup", "--every", "24", "--keep", "14")
    [made] = backups_in(settings.BACKUP_DIR)
    assert f"{made} is new enough." in capsys.readouterr().out
    yesterday = made.stat().st_mtime - 24 * 3600
    os.utime(made, (yesterday, yesterday))
    call_command("backup", "--every", "24")
    assert len(backups_in(settings.BACKUP_DIR)) == 2


def test_a_folder_that_cannot_be_written_to_is_named(demo, tmp_path):
    (tmp_path / "a file").write_text("")
    with pytest.raises(CommandError, match=r"No backup was made.*a file"):
        call_command("backup", "--to", str(tmp_path / "a file" / "folder"))
