"""Putting things back as the history knows them, with the same keys, uuids and addresses."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference.documents import Document, Key, model_of, related, rows_of
from conference.steps import GONE, columns_in, name_in, name_then, versions_of


class Missing(Exception):
    """A row cannot be without something that is gone."""


def put_back(key: Key, document: Document | None, now: Document | None) -> list[str]:
    """Make one thing what its document says, with its rows; without a document, delete it. Within `recorded`.

    `now` is how it is at present, None for what is gone: only what differs is written. Gives, in sentences, what could
    not be put back: everything else is as it was.
    """
    now, problems = now or {}, []
    if document is None:
        model_of(key.label)._base_manager.get(pk=key.pk).delete() if now else None
        return problems
    for row in now:
        if row not in document:
            model_of(row.label)._base_manager.filter(pk=row.pk).delete()
    changed = [row for row in in_order(key, document) if now.get(row) != document[row]]
    make_way([row for row in changed if row in now])
    for row in changed:
        write(row, document[row], now.get(row, {}), problems)
    return problems


def in_order(key, document):
    """The rows of a document, those that others point at first."""
    labels = [key.label, *(related(model_of(key.label), name)._meta.label_lower for name in rows_of(model_of(key.label)))]  # fmt: skip
    return sorted(document, key=lambda row: (labels.index(row.label), row.pk))


def make_way(rows):
    """Let people exchange their rows: for a moment each names somebody who does not exist. (See sessions/admin_rows.py.)"""
    for row in rows:
        if has_person(model_of(row.label)):
            model_of(row.label)._base_manager.filter(pk=row.pk).update(person_id=-F("pk"))


def has_person(model):
    return any(field.name == "person" for field in model._meta.concrete_fields)


def write(key: Key, columns: dict, now: dict, problems: list[str]):
    """One row, or a sentence that says why not."""
    model = model_of(key.label)
    name = name_in(key, columns) or str(model._meta.verbose_name)
    try:
        with transaction.atomic():
            write_row(key, columns, now, problems)
    except (IntegrityError, Missing) as reason:
        if has_person(model):
            model._base_manager.filter(pk=key.pk).delete()  # it made way for others
        said = str(reason) if isinstance(reason, Missing) else _("Something else stands in its place now.")
        problems.append(_("“%(name)s” could not be put back. %(reason)s") % {"name": name, "reason": said})


def write_row(key, columns, now, problems):
    model = model_of(key.label)
    row = model._base_manager.filter(pk=key.pk).first() if now else None
    row = row or model(pk=key.pk)
    news = {name for name, value in columns.items() if name not in now or now[name] != value}
    if has_person(model):
        news.add("person")
    for field in model._meta.concrete_fields:
        if field.name in news:
            setattr(row, field.attname, value_for(field, columns[field.name], problems))
    if {"slug", "is_current"} & news:
        stand_aside(row, problems)
    with override(settings.LANGUAGE_CODE):  # the untranslated columns follow the active language
        row.save()
    for field in model._meta.many_to_many:
        if field.name in news:
            put_list_back(row, field, columns[field.name], problems)


def put_list_back(row, field, keys, problems):
    there = field.related_model._base_manager.filter(pk__in=keys)
    problems += [gone(field, pk) for pk in keys if pk not in {other.pk for other in there}]
    getattr(row, field.name).set(there)


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
    name = (last and name_then(last)) or f"{pk}"
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
    write(key, columns_in(last), {}, [])
    return model_of(key.label)._base_manager.filter(pk=key.pk).exists()
