"""An operator backs everything up with one command, and gets it back with another."""

import gzip
import io
import json
import os
import pwd
import re
import tarfile
import zlib
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override
from django_otp.plugins.otp_totp.models import TOTPDevice

from conference import archive
from conference.audit import Entry
from conference.audit_words import in_words
from conference.backup import backup, backups_in
from conference.models import Conference
from conference.restore import check, restore
from conference.templatetags.history import moment
from sessions.models import Session

PAGES = [
    *("nb/sammen/", "fr/sammen/programme/", "nn/sammen/speakers/", "en/sammen/sessions/sammen-mot-menneskehandel/"),
    *("nb/sammen/programme.ics", "nb/sammen/schedule.xml", "nb/sammen/changes.atom"),
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(demo):
    """An installation with the demo and a user."""
    kari = User.objects.create_user("kari", password="a long password", is_staff=True)
    kari.groups.add(Group.objects.get_or_create(name="Editors")[0])


def all_rows():
    models = archive.models_at(archive.applied_targets())
    return {model._meta.db_table: list(archive.lines_of(model)) for model in models}


def all_files(settings):
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def pages(visitor):
    return {path: visitor.get(f"/{path}").content for path in PAGES}


def lose_everything(settings):
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        for model in archive.models_at(archive.applied_targets()):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            path.unlink()


def test_what_was_lost_comes_back_to_the_last_byte(house, settings, capsys, client):
    kari = User.objects.get(username="kari")
    key = TOTPDevice.objects.create(user=kari, name="app").key
    client.force_login(User.objects.create_superuser("grete"))
    rows, files = all_rows(), all_files(settings)
    assert len(files) > 5
    call_command("backup")
    [made] = backups_in(settings.BACKUP_DIR)
    assert made.stat().st_mode & 0o077 == 0, "a backup is for the operator alone"

    lose_everything(settings)
    call_command("restore", str(made))

    found = all_rows()
    said = found["conference_entry"].pop()
    assert found == rows
    assert b"backup restored" in said
    assert all_files(settings) == files
    assert User.objects.get(username="kari").check_password("a long password")
    assert TOTPDevice.objects.get(user__username="kari").key == key
    assert client.get("/admin/").status_code == 200, "who is signed in stays so"
    Session.objects.create(conference=Conference.objects.get(), title="The next one gets a number of its own")


def test_a_visitor_reads_the_same_pages_after_a_restore(house, settings, visitor):
    from programme.middleware import answers
    from programme.shelf import shelf

    before = pages(visitor)
    made = backup(settings.BACKUP_DIR)
    lose_everything(settings)
    restore(check(made))
    shelf.empty()
    answers.empty()

    assert all(page.status_code == 200 for page in map(visitor.get, map("/{}".format, PAGES)))
    assert pages(visitor) == before


def test_what_is_here_is_never_replaced_without_being_asked_and_kept(house, settings, capsys):
    made = backup(settings.BACKUP_DIR)
    Conference.objects.update(slug="otherwise")
    with pytest.raises(CommandError, match="something here already"):
        call_command("restore", str(made))
    assert Conference.objects.get().slug == "otherwise"

    call_command("restore", str(made), "--replace")

    assert Conference.objects.get().slug == "sammen"
    kept = re.search(r"backed up into (\S+)\.\n", capsys.readouterr().out)[1]
    restore(check(Path(kept)))
    assert Conference.objects.get().slug == "otherwise"


def test_the_audit_log_says_what_was_backed_up_and_the_restored_one_what_was_restored(house, settings):
    """The log that is restored is the older one: it says itself that it was put back, and where the newer one is."""
    operator = pwd.getpwuid(os.getuid()).pw_name
    Entry.objects.forget_before(timezone.now())
    call_command("backup")
    call_command("backup", "--every", "24")
    [made] = backups_in(settings.BACKUP_DIR)
    assert said_by_log("en") == [f"Made the backup {made.name}, on the command line as {operator}."]

    call_command("restore", str(made), "--replace")

    [kept] = set(backups_in(settings.BACKUP_DIR)) - {made}
    at = moment(check(made).at)
    [said] = said_by_log("en")
    assert said == f"Restored the backup {made.name}, made on {at}, on the command line as {operator}. What was here before is in {kept.name}."  # fmt: skip
    assert "Det som var her før, ligger i" in said_by_log("nb")[0]
    assert str(settings.BACKUP_DIR) not in str(Entry.objects.values_list("facts", flat=True))
    lose_everything(settings)
    call_command("restore", str(made))
    assert said_by_log("en") == [f"Restored the backup {made.name}, made on {at}, on the command line as {operator}."]


def said_by_log(language):
    with override(language):
        return [in_words(entry) for entry in Entry.objects.all()]


def test_a_backup_before_an_upgrade_is_made_where_the_log_takes_no_entry(house, settings, caplog):
    call_command("migrate", "conference", "0006", verbosity=0)
    try:
        call_command("backup")
    finally:
        call_command("migrate", verbosity=0)

    check(*backups_in(settings.BACKUP_DIR))
    assert "not in the audit log" in caplog.text


def test_an_older_backup_is_brought_up_to_date(house, settings):
    """As after an upgrade: the tables in the file lack a column that there is now."""
    call_command("migrate", "conference", "0004", verbosity=0)
    made = backup(settings.BACKUP_DIR)
    call_command("migrate", verbosity=0)
    Session.objects.all().delete()

    restore(check(made))

    assert Session.objects.count() > 5
    assert Conference.objects.get().minutes_between_rooms == 5
    assert archive.applied_targets() == archive.newest_targets()


@pytest.mark.parametrize(
    "how", ["cut", "changed", "newer", "nonsense", "missing", "scrambled", "another", "another's manifest"]
)
def test_a_bad_backup_is_refused_before_anything_is_touched(house, settings, how):
    made = backup(settings.BACKUP_DIR)
    spoil(made, how)
    before = all_rows()

    with pytest.raises(CommandError) as refused:
        call_command("restore", str(made), "--replace")

    assert str(made) in str(refused.value)
    assert all_rows() == before


def spoil(path, how):
    data = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "nonsense":
        path.write_bytes(b"This is no archive.")
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "scrambled":
        path.write_bytes(scrambled(gzip.decompress(data)))
    elif how.startswith("another"):
        another(path, how)
    else:
        rewrite(path, data, how)


def scrambled(data) -> bytes:
    """Packed so that the half of the largest file cannot be unpacked (RFC 1951, 3.2.3: there is no such block)."""
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        largest = max(tar, key=lambda entry: entry.size)
    packer = zlib.compressobj(wbits=31)
    good = packer.compress(data[: largest.offset_data + largest.size // 2])
    return good + packer.flush(zlib.Z_FULL_FLUSH) + b"\x07" * 40


def another(path, how):
    """A packed file of another program."""
    with tarfile.open(path, "w:gz") as tar:
        folder, manifest = tarfile.TarInfo("folder"), tarfile.TarInfo(archive.MANIFEST)
        folder.type, manifest.size = tarfile.DIRTYPE, 2
        tar.addfile(*([manifest, io.BytesIO(b"[]")] if "manifest" in how else [folder]))


def rewrite(path, data, how):
    with tarfile.open(fileobj=io.BytesIO(data)) as old, tarfile.open(path, "w:gz") as new:
        for entry in old:
            body = old.extractfile(entry).read()
            if how == "changed" and entry.name.endswith("conference_conference.jsonl"):
                body = body.replace(b"sammen", b"sommer")
            if how == "newer" and entry.name == archive.MANIFEST:
                manifest = json.loads(body)
                manifest["migrations"].append(["conference", "9999_from_the_future"])
                body = json.dumps(manifest).encode()
            entry.size = len(body)
            new.addfile(entry, io.BytesIO(body))


@pytest.mark.parametrize("conference", ["0004", None])
def test_a_restore_that_fails_half_way_changes_nothing(house, settings, monkeypatch, conference):
    """Also where the backup is an older one, for which the tables have to be changed, too."""
    if conference:
        call_command("migrate", "conference", conference, verbosity=0)
    made = backup(settings.BACKUP_DIR)
    call_command("migrate", verbosity=0)
    before = all_rows()
    checked = check(made)
    rows_of_session = archive.insert

    def fails_at_sessions(model, lines):
        if model._meta.model_name == "session":
            raise OSError("The disk does not answer.")
        return rows_of_session(model, lines)

    monkeypatch.setattr(archive, "insert", fails_at_sessions)
    with pytest.raises(OSError, match="does not answer"):
        restore(checked)

    assert archive.applied_targets() == archive.newest_targets()
    assert all_rows() == before


def test_files_that_find_no_room_stop_a_restore_before_anything_is_touched(house, settings):
    made = backup(settings.BACKUP_DIR)
    Conference.objects.update(slug="otherwise")
    before, root = (all_rows(), all_files(settings)), Path(settings.MEDIA_ROOT)
    in_the_way = root.with_name(f"{root.name}.new")
    in_the_way.write_text("")
    with pytest.raises(CommandError, match=re.escape(str(in_the_way))):
        call_command("restore", str(made), "--replace")
    assert (all_rows(), all_files(settings)) == before
    in_the_way.unlink()
    call_command("restore", str(made), "--replace")
    assert Conference.objects.get().slug == "sammen"
