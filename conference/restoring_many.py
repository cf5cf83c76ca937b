"""Putting much back at once, in a number of queries that does not grow with it: undoing what was done to many sessions.

Only what is plain is written here. What can stand in something's way is left to `restoring`, thing by thing: addresses,
people on stage, lists, files, words (whose columns follow each other), and rows that are not there any more.
"""

from collections import defaultdict

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from modeltranslation.fields import TranslationField

from conference.documents import AT_ONCE, Document, Key, model_of

IN_THE_WAY = {"slug", "is_current", "person"}


def write_plain(before: dict[Key, Document], now: dict[Key, Document]) -> dict[Key, Document]:
    """Write the plain rows of some documents as they were before. Gives how everything is then, as far as that is known."""
    done = {}
    for (label, names), rows in plain_rows(before, now).items():
        rows = without_missing(model_of(label), names, rows)
        if written(model_of(label), names, rows):
            done |= rows
    return {
        key: document and {row: done.get(row, columns) for row, columns in document.items()}
        for key, document in now.items()
    }


def plain_rows(before, now) -> dict[tuple[str, tuple[str, ...]], dict[Key, dict]]:
    """{(model, columns that are to change): {row: all its columns as they were}}."""
    found = defaultdict(dict)
    for key, document in before.items():
        for row in (document or {}).keys() & (now.get(key) or {}).keys():
            was, columns = document[row], now[key][row]
            names = tuple(sorted(name for name in was if name not in columns or columns[name] != was[name]))
            if names and all(is_plain(model_of(row.label), name) for name in names):
                found[row.label, names][row] = was
    return found


def is_plain(model, name) -> bool:
    if name in IN_THE_WAY or name not in {field.name for field in model._meta.concrete_fields}:
        return False
    field = model._meta.get_field(name)
    return not (field.unique or isinstance(field, models.FileField | TranslationField))


def without_missing(model, names, rows):
    """The rows that point at nothing that is gone."""
    for field in (model._meta.get_field(name) for name in names):
        if isinstance(field, models.ForeignKey):
            wanted = {columns[field.name] for columns in rows.values()} - {""}
            there = {"", *field.related_model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True)}
            rows = {row: columns for row, columns in rows.items() if columns[field.name] in there}
    return rows


def written(model, names, rows) -> bool:
    """Whether the rows could be written, all of them."""
    fields = [model._meta.get_field(name) for name in names]
    noted = {"changed_at": timezone.now()} if hasattr(model, "changed_at") else {}
    instances = [
        instance(model, row.pk, noted | {field.attname: value_of(field, columns[field.name]) for field in fields})
        for row, columns in rows.items()
    ]
    try:
        with transaction.atomic():
            model._base_manager.bulk_update(instances, [*names, *noted], batch_size=AT_ONCE)
    except IntegrityError:
        return False
    return True


def instance(model, pk, values):
    """A row of which no more is known; made as from the database, for modeltranslation takes its time over others."""
    made = model.from_db(None, [model._meta.pk.attname], [pk])
    vars(made).update(values)
    return made


def value_of(field, value):
    if value == "" and field.null:
        return None
    return value if isinstance(field, models.ForeignKey) else field.to_python(value)


def delete(keys: list[Key]):
    """Delete rows in their order, all of one model that follow each other at once."""
    groups: list[tuple[str, list[int]]] = []
    for key in keys:
        if not groups or groups[-1][0] != key.label:
            groups.append((key.label, []))
        groups[-1][1].append(key.pk)
    for label, pks in groups:
        model_of(label)._base_manager.filter(pk__in=pks).delete()
