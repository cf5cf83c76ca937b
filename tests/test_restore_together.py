"""A backup is restored while somebody saves."""

import threading

from django.contrib.auth.models import User
from django.db import transaction

from conference.backup import backup
from conference.restore import check, restore
from tests.factories import make_superuser
from tests.test_publishing_together import at_once


def test_what_is_saved_while_a_backup_is_restored_is_not_mixed_into_it(shared_database, settings, tmp_path):
    folder = tmp_path / "backups"
    [made] = at_once(lambda: [make_superuser("kari"), backup(folder)][1])
    is_written, is_restored = threading.Event(), threading.Event()

    def save():
        with transaction.atomic():
            make_superuser("ola")
            is_written.set()
            assert not is_restored.wait(1), "it did not wait for whoever was saving"

    def put_back():
        assert is_written.wait(60)
        restore(check(made))
        is_restored.set()

    at_once(save, put_back)
    [names] = at_once(lambda: list(User.objects.values_list("username", flat=True)))
    assert names == ["kari"]
