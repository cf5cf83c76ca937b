"""Putting things back as the history knows them, with the same keys, uuids and addresses."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference.documents import Document, Key, model_of, related, rows_of
from conference.steps import GONE, columns_in, name_in, versions_of


class Missing(Exception):
    """A row cannot be without something that is gone."""


def put_back(key: Key, document: Document | None) -> list[str]:
    """Make one thing what its document says, with its rows; without a document, delete it. Within `recorded`.

    Gives, in sentences, what could not be put back: everything else is as it was.
    """
    found = model_of(key.label)._base_manager.filter(pk=key.pk).first()
    if document is None:
        if found:
            found.delete()
        return []
    problems = []
    for name in reversed(rows_of(model_of(key.label))) if found else ():
        getattr(found, name).all().delete()
    write(key, document[key], problems)
    for row in in_order(key, document):
        write(row, document[row], problems)
    return problems


def in_order(key, document):
    """The rows of a document, those that others point at first."""
    labels = [related(model_of(key.label), name)._meta.label_lower for name in rows_of(model_of(key.label))]
    return sorted((row for row in document if row != key), key=lambda row: (labels.index(row.label), row.pk))


def write(key: Key, columns: dict, problems: list[str]):
    """One row, or a sentence that says why not."""
    name = name_in(key, columns) or str(model_of(key.label)._meta.verbose_name)
    try:
        with transaction.atomic():
            write_row(key, columns, problems)
    except (IntegrityError, Missing) as reason:
        said = str(reason) if isinstance(reason, Missing) else _("Something else stands in its place now.")
        problems.append(_("“%(name)s” could not be put back. %(reason)s") % {"name": name, "reason": said})


def write_row(key, columns, problems):
    model = model_of(key.label)
    row = model._base_manager.filter(pk=key.pk).first() or model(pk=key.pk)
    lists = {field.name: field for field in model._meta.many_to_many}
    for name, value in columns.items():
        field = next((field for field in model._meta.concrete_fields if field.name == name), None)
        if field is not None:
            setattr(row, field.attname, value_for(field, value, problems))
    stand_aside(row, problems)
    with override(settings.LANGUAGE_CODE):  # the untranslated columns follow the active language
        row.save()
    for name, field in lists.items():
        there = field.related_model._base_manager.filter(pk__in=columns.get(name, []))
        problems += [gone(field, pk) for pk in columns.get(name, []) if pk not in {other.pk for other in there}]
        getattr(row, name).set(there)


def value_for(field, value, problems):
    """The value as the column takes it; what it points at may be gone."""
    if value == "" and field.null:
        return None
    if isinstance(field, models.ForeignKey):
        if field.related_model._base_manager.filter(pk=value).exists():
            return value
        if not field.null:
            raise Missing(gone(field, value))
        problems.append(gone(field, value))
        return None
    if isinstance(field, models.FileField) and value and not field.storage.exists(value):
        problems.append(_("The file “%(name)s” is not there any more.") % {"name": value.rpartition("/")[2]})
        return ""
    return field.to_python(value)


def gone(field, pk):
    """The sentence that something is gone, with the name that it had last."""
    key = Key(field.related_model._meta.label_lower, pk)
    last = versions_of(key).first()
    name = last.object_repr if last and last.object_repr else f"{pk}"
    words = {"kind": field.verbose_name, "name": name}
    return _("%(kind)s: “%(name)s” has been deleted.") % words


def stand_aside(row, problems):
    """Leave what others have taken meanwhile: the address, the place of the current conference."""
    others = type(row)._base_manager.exclude(pk=row.pk)
    columns = {field.name for field in row._meta.concrete_fields}
    if "slug" in columns:
        near = {"conference_id": row.conference_id} if "conference" in columns else {}
        if others.filter(slug=row.slug, **near).exists():
            problems.append(_("Its address “%(slug)s” belongs to something else now, so it gets a new one.") % {"slug": row.slug})  # fmt: skip
            row.slug = ""
    if getattr(row, "is_current", False) and others.filter(is_current=True).exists():
        problems.append(_("Another conference is the current one now."))
        row.is_current = False


def revive(key: Key) -> bool:
    """Put back one row that somebody deleted, as the history knows it last. Whether that was possible."""
    last = versions_of(key).exclude(format=GONE).first()
    if last is None:
        return False
    write(key, columns_in(last), [])
    return model_of(key.label)._base_manager.filter(pk=key.pk).exists()
