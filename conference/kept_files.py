"""Files that were sent with a form that cannot be saved yet: kept aside, so that nobody has to find them again."""

import secrets
from datetime import timedelta

from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

FOLDER, SALT = "unsaved", "plenum.unsaved"
LONGEST = timedelta(days=2)


def keep_files(files) -> str:
    """Store uploaded files under names that nobody can guess, and give the word that finds them again."""
    throw_away_old()
    kept = {}
    for name, file in files.items():
        file.seek(0)
        kept[name] = [default_storage.save(f"{FOLDER}/{secrets.token_urlsafe(24)}.bin", file), file.name]
    return signing.dumps(kept, salt=SALT)


def kept_files(word: str) -> dict:
    """{name of the input: [file]} of files that were kept; nothing for a word that is not ours or too old."""
    try:
        kept = signing.loads(word, salt=SALT, max_age=LONGEST) if word else {}
    except signing.BadSignature:
        return {}
    there = {name: each for name, each in kept.items() if default_storage.exists(each[0])}
    return {name: [reopened(*each)] for name, each in there.items()}


def reopened(path, name):
    with default_storage.open(path) as file:
        return SimpleUploadedFile(name, file.read())


def throw_away_old():
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < timezone.now() - LONGEST:
            default_storage.delete(path)
