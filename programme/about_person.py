"""Everything that is stored about one person, as plain values: for a page, and for the copy that they can ask for."""

import io
import json
import zipfile

from django.core.files.storage import default_storage
from django.utils import timezone

from conference.documents import columns_kept
from conference.steps import columns_in
from programme.models import Imported, PlannedRelease, Release
from programme.traces import entry_of, one_by_one, versions_of_person
from sessions.models import DiscussionQuestion
from speakers.models import Moderator, Person, Speaker


def everything_about(person: Person) -> dict:
    """JSON values, complete; it reads every release, so it takes a moment."""
    return {
        "copied_at": timezone.now().isoformat(timespec="seconds"),
        "person": fields_of(person),
        "on_stage": [*on_stage(Speaker, "speaker", person), *on_stage(Moderator, "moderator", person)],
        "questions": questions_to(person),
        "history": history_of(person),
        "releases": releases_with(person),
        "imports": imports_of(person),
    }


def fields_of(row) -> dict:
    """Every column that people can fill in, in all languages."""
    own = {name: value_of(getattr(row, name)) for name in columns_kept(type(row))}
    return own | {"created_at": row.created_at.isoformat(), "changed_at": row.changed_at.isoformat()}


def value_of(value):
    return value if value is None or isinstance(value, int | list) else str(value)


def on_stage(model, role, person):
    for row in model.objects.filter(person=person).select_related("session__conference", "part__room", "session"):
        parts = [row.part] if row.part else row.session.parts.select_related("room")
        yield {
            "role": role,
            "conference": str(row.session.conference),
            "session": str(row.session),
            "state": row.session.state,
            "contribution": words_of(row, "contribution"),
            "parts": [{"starts_at": part.starts_at and part.starts_at.isoformat(), "room": str(part.room or "")} for part in parts],
        }  # fmt: skip


def words_of(row, stem) -> dict:
    """{column: words} of a translated field, as far as it has any."""
    columns = (name for name in columns_kept(type(row)) if name.startswith(f"{stem}_"))
    return {name: getattr(row, name) for name in columns if getattr(row, name)}


def questions_to(person):
    asked = DiscussionQuestion.objects.filter(addressed_to__person=person).select_related("session")
    return [
        {"session": str(q.session), "audience": q.audience} | words_of(q, "text") | words_of(q, "note") for q in asked
    ]


def history_of(person):
    """How their fields were at each step, the newest first; without who changed them, for that is about somebody else."""
    versions = versions_of_person(person.uuid).select_related("revision").order_by("-revision_id")
    return [
        {"at": each.revision.date_created.isoformat(timespec="seconds"), "fields": columns_in(each)}
        for each in versions
    ]


def releases_with(person):
    """Every release and planned release that names them, with what it says."""
    found = []
    for stored in (stored for model in (Release, PlannedRelease) for stored in one_by_one(model)):
        entry = entry_of(stored.programme, person.uuid)
        if entry:
            released = isinstance(stored, Release)
            found.append(
                {
                    "conference": str(stored.conference),
                    "release": stored.number if released else None,
                    "at": (stored.published_at if released else stored.due_at).isoformat(timespec="seconds"),
                    "said": entry,
                }
            )
    return found


def imports_of(person):
    rows = Imported.objects.filter(target=person.uuid, kind="person").select_related("conference")
    return [{"conference": str(row.conference), "source": row.source, "key": row.key, "said": row.said} for row in rows]


def copy_of(person: Person) -> bytes:
    """A zip file: person.json, and the photo where there is one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        told = json.dumps(everything_about(person), ensure_ascii=False, indent=2)
        file.writestr("person.json", told)
        if person.photo and default_storage.exists(person.photo.name):
            with person.photo.open() as photo:
                file.writestr(f"photo.{person.photo.name.rpartition('.')[2]}", photo.read())
    return packed.getvalue()
