"""Steps of the history in django-reversion's tables: written, and read back as documents."""

import json
from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname
from reversion.models import Revision, Version

from conference.documents import AT_ONCE, Document, Key, model_of, owners, plain, related, rows_of
from conference.translated import language_codes

GONE = "gone"  # Version.format of what a step deleted: its last columns, which reversion's own tools leave alone
FEW = 20  # documents up to which their rows are asked for one by one, not the whole step with them


def store(user, comment: str, kept: dict[Key, Document], gone: dict[Key, Document] | None = None) -> Revision:
    """Write one step: documents as they are after it, and those that it deleted as they were before."""
    revision = Revision.objects.create(date_created=timezone.now(), user=user, comment=comment)
    versions = [version(revision, key, columns) for document in kept.values() for key, columns in document.items()] + [
        version(revision, key, document[key], GONE) for key, document in (gone or {}).items()
    ]
    Version.objects.bulk_create(versions, batch_size=AT_ONCE)
    return revision


def version(revision, key: Key, columns: dict, form: str = "json") -> Version:
    return Version(
        revision=revision,
        object_id=str(key.pk),
        content_type=kind_of(model_of(key.label)),
        db="default",
        format=form,
        serialized_data=json.dumps([{"model": key.label, "pk": key.pk, "fields": columns}], ensure_ascii=False),
        object_repr=name_in(key, columns),
    )


def name_in(key: Key, columns: dict) -> str:
    """What a row is called in the active language, or else the first that has a name for it; "" for one without a name."""
    stem = getattr(model_of(key.label), "named_by", "title")
    codes = [get_language() or "", *language_codes()]
    names = [columns.get(build_localized_fieldname(stem, code)) for code in codes]
    return next(filter(None, [*names, columns.get(stem)]), "")


def name_then(version: Version) -> str:
    """The same of a row as a step kept it."""
    return name_in(key_in(version), columns_in(version))


# --- reading


def key_in(version: Version) -> Key:
    kind = ContentType.objects.get_for_id(version.content_type_id)
    return Key(f"{kind.app_label}.{kind.model}", int(version.object_id))


def columns_in(version: Version) -> dict:
    """The columns of a row, plain also where they were written before line ends were looked at."""
    return {name: plain(value) for name, value in json.loads(version.serialized_data)[0]["fields"].items()}


def versions_of(key: Key):
    """The versions of one row, the newest first."""
    kind = kind_of(model_of(key.label))
    return Version.objects.filter(content_type=kind, object_id=str(key.pk)).order_by("-revision_id")


def latest_documents(keys: list[Key]) -> dict[Key, Document]:
    """How the history knows these last; without those that it never knew, or knows to be gone."""
    return latest_before(None, keys)


def latest_before(step: int | None, keys: list[Key]) -> dict[Key, Document]:
    """The same, as it was before a step."""
    found = {}
    for label in dict.fromkeys(key.label for key in keys):
        wanted = [key for key in keys if key.label == label]
        for start in range(0, len(wanted), AT_ONCE):
            found |= latest_of(label, wanted[start : start + AT_ONCE], step)
    return found


def latest_of(label, keys, before):
    kind = kind_of(model_of(label))
    known = Version.objects.filter(content_type=kind, object_id__in=[str(key.pk) for key in keys])
    known = known.filter(revision__lt=before) if before else known
    last = known.order_by().values("object_id").annotate(last=Max("revision_id")).values_list("object_id", "last")
    steps = defaultdict(list)
    for pk, revision in last:
        steps[revision].append(Key(label, int(pk)))
    found = documents_at(steps)
    return {key: found[revision][key] for revision, there in steps.items() for key in there if key in found[revision]}


def documents_at(steps: dict[int, list[Key]]) -> dict[int, dict[Key, Document]]:
    """{step: {Key: Document}} of what each step kept of what is named with it; in a fixed number of queries."""
    found = {revision: {} for revision in steps}
    wanted = {revision: set(keys) for revision, keys in steps.items()}
    for entry in entries(steps):
        key, columns = key_in(entry), columns_in(entry)
        owner = owner_of(key, columns) or key
        if owner in wanted[entry.revision_id]:
            found[entry.revision_id].setdefault(owner, {})[key] = columns
    return {revision: whole(there) for revision, there in found.items()}


def whole(documents):
    """Each with its own row first; without rows of what is not there itself."""
    return {key: {key: document.pop(key)} | document for key, document in documents.items() if key in document}


def owner_of(key, columns):
    """The key of what a row belongs to; None for what belongs to nothing."""
    label, column = owners().get(model_of(key.label), ("", ""))
    return Key(label, columns.get(column)) if label else None


def entries(steps):
    """The stored versions of these documents and of their rows."""
    versions = Version.objects.filter(revision__in=steps).exclude(format=GONE)
    keys = {key for there in steps.values() for key in there}
    return versions.filter(among(keys)) if len(keys) <= FEW else versions


def among(keys):
    """A condition that spares the database and us most rows of a step that kept hundreds of sessions."""
    condition = Q(pk__in=[])
    for key in keys:
        condition |= Q(content_type=kind_of(model_of(key.label)), object_id=str(key.pk))
        for name in rows_of(model_of(key.label)):
            row = related(model_of(key.label), name)
            says = f'"{owners()[row][1]}": {key.pk}'
            ends = Q(serialized_data__contains=f"{says},") | Q(serialized_data__contains=f"{says}}}")
            condition |= Q(content_type=kind_of(row)) & ends
    return condition


def kind_of(model):
    return ContentType.objects.get_for_model(model)
