"""Bringing much back at once that was deleted, in a number of queries that does not grow with it.

Only what nothing stands in the way of comes back here: what points at something that is gone, has lost a file, or finds
its address taken, is left to `restoring`, thing by thing, which can say so.
"""

from collections import defaultdict

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.translation import override

from conference.documents import AT_ONCE, Document, Key, model_of
from conference.restoring_many import value_of


def write_gone(before: dict[Key, Document], now: dict[Key, Document]) -> dict[Key, Document]:
    """Write documents again of which nothing is there. Gives how everything is then, as far as that is known."""
    gone = {key: document for key, document in before.items() if document and not now.get(key)}
    whole = without_missing(gone) if len(gone) > 1 else {}
    try:
        with (
            transaction.atomic(),
            override(settings.LANGUAGE_CODE),
        ):  # the untranslated columns follow the active language
            write([row for document in whole.values() for row in document.items()])
    except IntegrityError:
        return now
    return now | whole


def without_missing(gone):
    """The documents that point only at what is there, or comes back with them."""
    while True:
        coming = {row for document in gone.values() for row in document}
        wanted = {each for document in gone.values() for row in document.items() for each in references(*row)}
        missing = wanted - coming - there(wanted - coming)
        whole = {key: document for key, document in gone.items() if is_whole(document, missing)}
        if len(whole) == len(gone):
            return whole
        gone = whole


def is_whole(document, missing):
    return not any(missing.intersection(references(*row)) or has_lost_a_file(*row) for row in document.items())


def references(row: Key, columns: dict) -> set[Key]:
    """Everything that a row points at."""
    meta, found = model_of(row.label)._meta, set()
    for field in [*meta.concrete_fields, *meta.many_to_many]:
        value = columns.get(field.name)
        if field.is_relation and value:
            label = field.related_model._meta.label_lower
            found |= {Key(label, pk) for pk in (value if isinstance(value, list) else [value])}
    return found


def there(keys: set[Key]) -> set[Key]:
    found, by_label = set(), defaultdict(set)
    for key in keys:
        by_label[key.label].add(key.pk)
    for label, pks in by_label.items():
        rows = model_of(label)._base_manager.filter(pk__in=pks)
        found |= {Key(label, pk) for pk in rows.values_list("pk", flat=True)}
    return found


def has_lost_a_file(row, columns):
    files = (f for f in model_of(row.label)._meta.concrete_fields if isinstance(f, models.FileField))
    return any(columns.get(field.name) and not field.storage.exists(columns[field.name]) for field in files)


def write(rows):
    """Rows and their lists of references; foreign keys are looked at when the transaction ends, so in any order."""
    by_label, lists = defaultdict(list), defaultdict(list)
    for key, columns in rows:
        by_label[key.label].append(made(key, columns))
        for field in model_of(key.label)._meta.many_to_many:
            names = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
            through = field.remote_field.through
            lists[through] += [
                through(**dict(zip(names, (key.pk, pk), strict=True))) for pk in columns.get(field.name, ())
            ]
    for label, instances in by_label.items():
        model_of(label)._base_manager.bulk_create(instances, batch_size=AT_ONCE)
    for through, instances in lists.items():
        through._base_manager.bulk_create(instances, batch_size=AT_ONCE)


def made(key, columns):
    row = model_of(key.label)(pk=key.pk)
    for field in row._meta.concrete_fields:
        if field.name in columns:
            setattr(row, field.attname, value_of(field, columns[field.name]))
    return row
