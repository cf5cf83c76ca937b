"""Saving people. They belong to one conference's import: namesakes at another conference are other people."""

from conference.recording import touched
from programme.imports.match import PEOPLE
from programme.imports.rows import Schedule
from programme.imports.saving import Kept, Names, Saving, slug_from
from speakers.models import Person, family_name_first

LONGEST_NAME = 200


def save_people(saving: Saving, schedule: Schedule):
    people = schedule.people
    pairs = saving.matched("person", people, PEOPLE)
    wanted = [imported.target for imported in pairs.values()]
    by_uuid = {person.uuid: person for chunk in chunks(wanted, 500) for person in Person.objects.filter(uuid__in=chunk)}
    is_first = len(pairs) < len(people)
    slugs = Names(Person.objects.values_list("slug", flat=True) if is_first else ())
    new = []
    for number, row in enumerate(people):
        imported = pairs.get(number)
        if imported:
            keep_known(saving, row, imported, by_uuid.get(imported.target))
        else:
            new.append((row, new_person(saving, row, slugs)))
    Person.objects.bulk_create([person for _row, person in new])
    touched(*(person for _row, person in new))
    for row, person in new:
        key = saving.remember("person", row, person.uuid, said_of(saving, row))
        saving.keep("person", row.key, Kept(key, person.pk, row.name))
    saving.report.counts["person"]["new"] += len(new)


def chunks(values, size):
    return [values[start : start + size] for start in range(0, len(values), size)]


def new_person(saving, row, slugs):
    if len(row.name) > LONGEST_NAME:
        saving.note("too-long", row.name[:80], "name")
    name = fitting(row.name)
    person = Person(
        name=name,
        sort_name=family_name_first(name)[:LONGEST_NAME],
        slug=slugs.new(slug_from(row.slug, name, otherwise="person")),
    )
    if row.biography:
        setattr(person, saving.column("biography"), row.biography)
    person.links = links_of(row)
    return person


def fitting(name):
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def links_of(row):
    return [{"title": title, "url": address} for title, address in row.links]


def said_of(saving, row):
    """An empty biography is said, too: one that the source takes back is taken back here."""
    return {"name": fitting(row.name), saving.column("biography"): row.biography, "links": links_of(row)}


def keep_known(saving, row, imported, person):
    """A person of an earlier import, as the source has them now. One whom staff have deleted stays deleted."""
    said, before = said_of(saving, row), imported.said.get("name", "")
    changed = person is not None and saving.update(person, imported.said, said, row.name)
    if changed and "name" in changed and person.sort_name == family_name_first(before):
        person.sort_name = family_name_first(person.name)
        person.save(update_fields=["sort_name", "changed_at"])
    saving.report.counts["person"]["changed" if changed else "same"] += 1
    saving.record(imported, row, said)
    saving.keep("person", row.key, Kept(imported.key, person.pk if person else None, row.name))
