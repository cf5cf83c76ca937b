"""Rows as plain values, the way the history keeps them: a session whole, with its parts, people, questions and materials.

A Document is {Key: {column: JSON value}}, its own row first. Two documents are equal when nothing that people can
change is different: a column in which the software counts or notes the time is not in them.
"""

import json
from functools import cache
from typing import NamedTuple

import reversion
from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from modeltranslation.translator import translator

NOT_KEPT = {"created_at", "changed_at", "version", "current_release"}
AT_ONCE = 500  # rows asked for in one query: SQLite takes so many parameters for sure
_rows: dict[str, tuple[str, ...]] = {}  # label of a model → the relations whose rows belong to it


class Key(NamedTuple):
    label: str  # of the model: "speakers.person"
    pk: int


Document = dict[Key, dict]


def keep_history(model: type[Model], rows=()):
    """Let a model have a history. `rows`: relations whose rows belong to it ("parts"). Once, before the first step."""
    _rows[model._meta.label_lower] = tuple(rows)
    for kept in [model, *(related(model, name) for name in rows)]:
        reversion.register(kept, fields=columns_kept(kept), follow=rows if kept is model else ())


def has_history(model: type[Model]) -> bool:
    return model._meta.label_lower in _rows


def models_kept() -> list[type[Model]]:
    return [model_of(label) for label in _rows]


def rows_of(model: type[Model]) -> tuple[str, ...]:
    return _rows[model._meta.label_lower]


def related(model, name):
    return model._meta.get_field(name).related_model


def columns_kept(model) -> list[str]:
    """Every column and list of references; of a translated field its languages, for it is only a copy of one of them."""
    known = model in translator.get_registered_models()
    copies = set(translator.get_options_for_model(model).all_fields) if known else set()
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [field.name for field in fields if not field.primary_key and field.name not in NOT_KEPT | copies]


@cache
def model_of(label: str) -> type[Model]:
    return apps.get_model(label)


@cache
def owners() -> dict[type[Model], tuple[str, str]]:
    """{model of a row: (label of what it belongs to, the column that says so)}."""
    return {
        related(model, name): (model._meta.label_lower, model._meta.get_field(name).remote_field.name)
        for model in models_kept()
        for name in rows_of(model)
    }


def key_of(row: Model) -> Key:
    """The key of a row's document; a row that belongs to another is in that one's. LookupError: no history is kept."""
    if has_history(type(row)):
        return Key(row._meta.label_lower, row.pk)
    if type(row) in owners():
        label, owner = owners()[type(row)]
        return Key(label, getattr(row, f"{owner}_id"))
    raise LookupError(f"No history is kept of {row._meta.label}.")


def documents(keys: list[Key]) -> dict[Key, Document]:
    """The documents of what is stored now, in a number of queries that does not grow with theirs; without what is gone."""
    found = {}
    for label in dict.fromkeys(key.label for key in keys):
        wanted = [key.pk for key in keys if key.label == label]
        for start in range(0, len(wanted), AT_ONCE):
            found |= documents_of(model_of(label), wanted[start : start + AT_ONCE])
    return found


def documents_of(model, pks):
    rows = read(model, pk__in=pks)
    found = {key: {key: columns} for key, columns in rows.items()}
    for child in (related(model, name) for name in rows_of(model)):
        _label, owner = owners()[child]
        for key, columns in read(child, **{f"{owner}__in": pks}).items():
            found[Key(model._meta.label_lower, columns[owner])][key] = columns
    return found


def read(model, **condition):
    lists = [field.name for field in model._meta.many_to_many]
    rows = list(model._base_manager.filter(**condition).prefetch_related(*lists).order_by("pk"))
    found = serializers.serialize("python", rows, fields=columns_kept(model))
    found = json.loads(json.dumps(found, cls=DjangoJSONEncoder))  # all at once: much quicker than row by row
    return {Key(entry["model"], entry["pk"]): in_order(entry["fields"], lists) for entry in found}


def in_order(columns, lists):
    """Lists of references have no order of their own; NULL and "", and one line end or the other, are the same to people."""
    return {name: sorted(value) if name in lists else plain(value) for name, value in columns.items()}


def plain(value):
    """The value without what a form changes on its way: browsers send line ends as CR LF."""
    return "" if value is None else value.replace("\r\n", "\n") if isinstance(value, str) else value
