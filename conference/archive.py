"""What a backup holds: one tar file with every table, every uploaded file, and a manifest with their checksums.

Tables are written row by row as JSON in words that every database understands, so that a backup of SQLite can be
restored into PostgreSQL and the other way round, by any later version of Plenum: the manifest names the migrations
that the tables were in, and they are read with the models of that moment.
"""

import datetime as dt
import decimal
import hashlib
import json
import uuid
from collections.abc import Iterator
from types import SimpleNamespace

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.sql import InsertQuery

FORMAT = 1
MANIFEST = "manifest.json"
TABLES, MEDIA = "tables/", "media/"
# Who is signed in, has a form open or mistyped a password just now is nothing to keep.
PASSING = {"sessions", "axes"}
ROWS_AT_ONCE = 200


class ArchiveError(Exception):
    """The archive cannot be used; the message says why, in the active language."""


def newest_targets() -> list[tuple[str, str]]:
    """The last migration of each app in this version of Plenum."""
    return sorted(MigrationExecutor(connection).loader.graph.leaf_nodes())


def applied_targets() -> list[tuple[str, str]]:
    """The last migration of each app that the database has."""
    loader = MigrationExecutor(connection).loader
    graph, applied = loader.graph, set(loader.applied_migrations)
    here = [node for node in applied if node in graph.nodes]
    return sorted(n for n in here if not any(c.key in applied and c.key[0] == n[0] for c in graph.node_map[n].children))


def models_at(targets) -> list:
    """The models as they were at these migrations. Raises KeyError where this Plenum does not know one of them."""
    apps = MigrationExecutor(connection).loader.project_state(list(targets)).apps
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and model._meta.app_label not in PASSING]


def name_of(model) -> str:
    return f"{TABLES}{model._meta.db_table}.jsonl"


def columns(model):
    return model._meta.local_concrete_fields


def lines_of(model) -> Iterator[bytes]:
    """Each row as one line of JSON: a list in the order of the model's columns, which the first line names."""
    fields = columns(model)
    yield line([field.attname for field in fields])
    rows = model._base_manager.order_by(model._meta.pk.attname).values_list(*[field.attname for field in fields])
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield line([plain(value) for value in row])


def line(values) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def plain(value):
    """A value of a column in JSON's words. Raises TypeError for one that has none."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, uuid.UUID | decimal.Decimal):
        return str(value)
    if value is None or isinstance(value, str | int | float | list | dict):
        return value
    raise TypeError(f"A backup cannot hold {value!r}.")


def insert(model, lines: Iterator[bytes]) -> int:
    """Write rows as they were, without anything that saving does beside. The number of rows."""
    named = {field.attname: field for field in columns(model)}
    fields = [named[name] for name in json.loads(next(lines))]
    count, batch = 0, []
    for text in lines:
        values = zip(fields, json.loads(text), strict=True)
        batch.append(SimpleNamespace(**{field.attname: field.to_python(value) for field, value in values}))
        if len(batch) == ROWS_AT_ONCE:
            count, batch = count + store(model, fields, batch), []
    return count + store(model, fields, batch)


def store(model, fields, rows) -> int:
    most = max(1, connection.ops.bulk_batch_size(fields, rows))
    for first in range(0, len(rows), most):
        query = InsertQuery(model)
        query.insert_values(fields, rows[first : first + most], raw=True)
        query.get_compiler(connection=connection).execute_sql()
    return len(rows)


class Summed:
    """A file that knows its SHA-256 when it has been read."""

    def __init__(self, file):
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size=-1) -> bytes:
        data = self.file.read(size)
        self.sum.update(data)
        return data

    @property
    def digest(self) -> str:
        return self.sum.hexdigest()
