"""The files that show somebody: deleted in all their sizes, unless something else shows the very same picture."""

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import TextField
from django.db.models.functions import Cast
from reversion.models import Version

from conference.kept_files import FOLDER, throw_away_old
from conference.models import Conference
from conference.pictures import STORED_NAME, encodings, measures, open_picture
from programme.models import PlannedRelease, Release
from sessions.models import Session
from speakers.models import Person


def erase_pictures(paths: set[str]) -> int:
    """Delete pictures, and copies of them that wait for a form to be saved; the number of files."""
    going = {size for path in paths if not is_shown(path) for _width, size in sizes_of(path)}
    found = [path for path in {*going, *waiting(paths)} if default_storage.exists(path)]
    for path in found:
        default_storage.delete(path)
    return len(found)


def sizes_of(path):
    measured = measures(path)
    return measured[2].items() if measured else ()


def is_shown(path) -> bool:
    """Whether anything public, edited or remembered points at a picture."""
    stem = STORED_NAME.match(path)["stem"]
    rows = [(Person, "photo"), (Session, "image"), (Conference, "logo")]
    if any(model.objects.filter(**{column: path}).exists() for model, column in rows):
        return True
    programmes = (model.objects.annotate(text=Cast("programme", TextField())) for model in (Release, PlannedRelease))
    return (
        any(stored.filter(text__contains=stem).exists() for stored in programmes)
        or Version.objects.filter(serialized_data__contains=stem).exists()
    )


def waiting(paths) -> list[str]:
    """Files kept for forms that could not be saved yet, and would become one of these pictures."""
    throw_away_old()
    if not paths or not default_storage.exists(FOLDER):
        return []
    names = {path.rpartition("/")[2] for path in paths}
    there = (f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1])
    return [path for path in there if names & set(names_of(path))]


def names_of(path):
    try:
        with default_storage.open(path) as file:
            return encodings(open_picture(file))
    except ValidationError:
        return ()
