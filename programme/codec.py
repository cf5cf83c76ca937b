"""A programme to JSON and back, exactly. Rooms, people and the like are written once and pointed at by uuid."""

import datetime as dt
from contextvars import ContextVar
from dataclasses import fields
from functools import lru_cache
from uuid import UUID

import cattrs

from programme.values import Format, Person, Room, Text, Topic, Track
from programme.whole import Programme

SCHEMA = 2
SHARED = {"rooms": Room, "tracks": Track, "topics": Topic, "formats": Format, "people": Person}
POINTED_AT = ContextVar("pointed at")  # {Room: {uuid: room}, …} of the programme that is being read


def to_json(programme: Programme) -> dict:
    """Plain dicts, lists, strings and numbers, with the schema version they are written in."""
    by_value, by_reference = writers()
    shared = {name: by_value.unstructure(getattr(programme, name)) for name in SHARED}
    rest = {
        f.name: by_reference.unstructure(getattr(programme, f.name)) for f in fields(Programme) if f.name not in SHARED
    }
    return {"schema": SCHEMA} | rest | shared


def from_json(data: dict) -> Programme:
    """The programme that to_json() wrote. Raises ValueError for a schema that this version does not know."""
    data = upgraded(data)
    by_value, by_reference = readers()
    shared = {kind: by_value.structure(data[name], tuple[kind, ...]) for name, kind in SHARED.items()}
    values = {kind: {str(value.uuid): value for value in found} for kind, found in shared.items()}
    references = {name: [str(value.uuid) for value in shared[kind]] for name, kind in SHARED.items()}
    before = POINTED_AT.set(values)
    try:
        return by_reference.structure(data | references, Programme)
    finally:
        POINTED_AT.reset(before)


def upgraded(data: dict) -> dict:
    """What an earlier version wrote, in today's schema. In the first one a note had no language."""
    if data.get("schema") == SCHEMA:
        return data
    if data.get("schema") != 1:
        raise ValueError(f"programme schema {data.get('schema')!r} is not known")
    first = data["languages"][0]
    history = [told | {"note": {first: told["note"]}} if "note" in told else told for told in data.get("history", ())]
    return data | {"schema": SCHEMA, "history": history}


@lru_cache(maxsize=1)
def readers():
    by_value = cattrs.Converter(detailed_validation=False)
    by_reference = cattrs.Converter(detailed_validation=False)
    for reader in (by_value, by_reference):
        reader.register_structure_hook(Text, lambda words, _type: Text(words))
        reader.register_structure_hook(UUID, lambda text, _type: UUID(text))
        reader.register_structure_hook(dt.datetime, lambda text, _type: dt.datetime.fromisoformat(text))
        reader.register_structure_hook(dt.date, lambda text, _type: dt.date.fromisoformat(text))
    for kind in SHARED.values():
        by_reference.register_structure_hook(kind, lambda uuid, kind: POINTED_AT.get()[kind][uuid])
    return by_value, by_reference


@lru_cache(maxsize=1)
def writers():
    by_value = cattrs.Converter(omit_if_default=True)
    by_reference = cattrs.Converter(omit_if_default=True)
    for writer in (by_value, by_reference):
        writer.register_unstructure_hook(Text, dict)
        writer.register_unstructure_hook(UUID, str)
        writer.register_unstructure_hook(dt.datetime, dt.datetime.isoformat)
        writer.register_unstructure_hook(dt.date, dt.date.isoformat)
    for kind in SHARED.values():
        by_reference.register_unstructure_hook(kind, lambda value: str(value.uuid))
    return by_value, by_reference
