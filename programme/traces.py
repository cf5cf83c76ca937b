"""Where somebody is known: all that must go when they are erased, and all that they can have a copy of."""

from dataclasses import dataclass, field
from uuid import UUID

from reversion.models import Version

from conference.pictures import measures
from conference.steps import columns_in, kind_of
from programme.models import Imported, PlannedRelease, Release
from speakers.models import Person, Speaker


@dataclass
class Traces:
    """What one person is known by, now and formerly."""

    uuid: UUID
    pks: set[int] = field(default_factory=set)  # of their rows
    names: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)  # paths of the largest sizes
    speaking: set[int] = field(default_factory=set)  # primary keys of their rows as speakers

    def add(self, name, picture):
        self.names |= {name} - {""}
        self.pictures |= {picture} if picture and measures(picture) else set()

    @property
    def is_known(self) -> bool:
        return bool(self.pks or self.names)


def traces_of(uuid: UUID) -> Traces:
    """All that the database, the history, the releases and the imports know somebody by."""
    found = Traces(uuid)
    for person in Person.objects.filter(uuid=uuid):
        found.pks.add(person.pk)
        found.add(person.name, person.photo.name)
    for version in versions_of_person(uuid):
        found.pks.add(int(version.object_id))
        found.add(columns_in(version).get("name", ""), columns_in(version).get("photo", ""))
    for stored in (stored for model in (Release, PlannedRelease) for stored in one_by_one(model)):
        person = entry_of(stored.programme, uuid)
        if person:
            found.add(person["name"], (person.get("photo") or {}).get("src", ""))
    for imported in Imported.objects.filter(target=uuid, kind="person"):
        found.add(imported.said.get("name", ""), "")
    found.speaking = {int(version.object_id) for version in versions_on_stage(Speaker, found.pks)}
    found.speaking |= set(Speaker.objects.filter(person__in=found.pks).values_list("pk", flat=True))
    return found


def entry_of(programme: dict, uuid: UUID) -> dict | None:
    """What a stored programme says of somebody."""
    return next((person for person in programme.get("people", ()) if person["uuid"] == str(uuid)), None)


def one_by_one(model):
    """Every release or planned release; only one of them in memory."""
    for pk in list(model.objects.order_by("pk").values_list("pk", flat=True)):
        yield model.objects.get(pk=pk)


def versions_of_person(uuid):
    return Version.objects.filter(content_type=kind_of(Person), serialized_data__contains=f'"{uuid}"')


def versions_on_stage(model, people):
    """Versions of rows that put somebody on stage."""
    for pk in people:
        told = Version.objects.filter(content_type=kind_of(model), serialized_data__contains=f'"person": {pk}')
        yield from (version for version in told if columns_in(version).get("person") == pk)
