"""Who is on stage, out of the many shapes that <person> has had, and which mentions are the same person."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element  # nosec B405 # a value; nothing is parsed here

from programme.imports.links import host_of, whole_address
from programme.imports.rows import Identity, PersonRow
from programme.imports.texts import markdown, one_line
from programme.imports.xml_tree import words_of

NAMES = ("public_name", "full_public_name", "name")


@dataclass(frozen=True)
class Mention:
    """One <person> element."""

    guid: str
    id: str
    name: str
    slug: str = ""
    biography: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Found:
    people: tuple[PersonRow, ...]
    keys: dict  # Mention -> the key of its person


def people_of(event) -> list:
    """The elements that each name one person: <person> or <speaker>, listed or alone, or names in one <persons> with commas."""
    found = []
    for element in event:
        if element.tag in ("persons", "speakers"):
            inside = [child for child in element if child.tag in ("person", "speaker")]
            found += inside or [person_called(name) for name in re.split(r"[,;\n]", element.text or "") if name.strip()]
        elif element.tag in ("person", "speaker"):
            found.append(element)
    return found


def person_called(name):
    element = Element("person")
    element.text = name
    return element


def name_of(element):
    stated = (one_line(words_of(element, path)) for path in NAMES)
    first_and_last = " ".join(filter(None, (one_line(words_of(element, path)) for path in ("first_name", "last_name"))))
    texts = (*stated, first_and_last, one_line(words_of(element)), one_line(element.get("name") or ""))
    return next(filter(None, texts), "")


def read_person(element, base_url="") -> Mention:
    """A person from text, text and href, or children; from an event or from the list at the top (FOSDEM 2026)."""
    biographies = [markdown(words_of(element, path), base_url) for path in ("biography", "extended_biography")]
    address = whole_address(element.get("href") or element.get("url") or words_of(element, "url"), base_url)
    return Mention(
        guid=(
            element.get("guid") or words_of(element, "guid") or element.get("code") or words_of(element, "code")
        ).strip()[:100],
        id=usable((element.get("id") or words_of(element, "id")).strip())[:100],
        name=name_of(element),
        slug=words_of(element, "slug") or (element.get("slug") or ""),
        biography="\n\n".join(dict.fromkeys(filter(None, biographies))),
        links=((host_of(address), address),) if address else (),
    )


def usable(number):
    return "" if re.fullmatch(r"[0-]*", number) else number  # 0: the source had none to give


def same_people(mentions: list[Mention], listed: list[Mention]) -> Found:
    """One row for each person, in the order of the file; what the list at the top says is added."""
    named = {mention.id: mention.name for mention in listed if mention.id}
    full = {
        mention: mention if mention.name else replace(mention, name=named.get(mention.id, "")) for mention in mentions
    }
    by_id = ids_are_keys([full[mention] for mention in mentions])
    keys = keys_of([mention for mention in full.values() if mention.name], by_id)
    rows = {}
    for mention in full.values():
        if mention in keys:
            rows[keys[mention]] = merged(rows.get(keys[mention]), mention, keys[mention], by_id)
    for mention in listed:
        key = own_key(mention, by_id)
        if key in rows:
            rows[key] = merged(rows[key], mention, key, by_id)
    return Found(tuple(rows.values()), {mention: keys[full[mention]] for mention in mentions if full[mention] in keys})


def keys_of(mentions, by_id):
    """{mention: key}. Who is mentioned by name alone is the one of that name who has a guid or an id, if there is just one.

    Not in merged files, where the "Rainer" of one system is seldom the "Rainer" of another.
    """
    keys = {mention: own_key(mention, by_id) for mention in mentions}
    if not by_id:
        return keys
    of_name = defaultdict(set)
    for mention, key in keys.items():
        if not key.startswith("name "):
            of_name[mention.name.casefold()].add(key)
    return {
        mention: min(others)
        if key.startswith("name ") and len(others := of_name[mention.name.casefold()]) == 1
        else key
        for mention, key in keys.items()
    }


def ids_are_keys(mentions):
    """Whether an id names a person: no id has two names, and a name that comes again comes with the same id somewhere.

    Merged files give one id to several people; FOSDEM 2007 gave every mention an id of its own.
    """
    names, mentions_of, times = defaultdict(set), defaultdict(int), defaultdict(int)
    for mention in mentions:
        if mention.id:
            names[mention.id].add(mention.name.casefold())
            mentions_of[mention.id] += 1
            times[mention.name.casefold()] += 1
    one_name_each = all(len(found) == 1 for found in names.values())
    comes_again = any(count > 1 for count in mentions_of.values()) or not any(count > 1 for count in times.values())
    return one_name_each and comes_again


def own_key(mention, by_id):
    if mention.guid:
        return f"guid {mention.guid}"
    return f"id {mention.id}" if by_id and mention.id else f"name {mention.name.casefold()}"


def merged(row, mention, key, by_id):
    if row is None:
        identity = Identity(guid=mention.guid, id=mention.id if by_id else "", name=mention.name)
        return PersonRow(key, identity, mention.name, mention.slug, mention.biography, mention.links)
    return replace(
        row,
        slug=row.slug or mention.slug,
        biography=max(row.biography, mention.biography, key=len),
        links=tuple(dict.fromkeys(row.links + mention.links)),
    )
