"""What all rows have in common when they are saved: what the source said last time, and what staff have done since."""

import datetime as dt
from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace

from modeltranslation.utils import build_localized_fieldname

from conference.models import Conference
from conference.recording import about_to_change
from conference.slugs import slug_of
from programme.imports.match import match_or_forget_keys
from programme.imports.report import Report
from programme.imports.rows import Identity, Note
from programme.models import Imported

LONGEST_KEY = 280  # characters; Imported.key takes 300


@dataclass
class Kept:
    """A row of the source that has a row of ours."""

    key: str  # Imported.key
    pk: int | None  # None: staff have deleted it
    name: str = ""


@dataclass
class Saving:
    """One import while it is being saved."""

    conference: Conference
    language: str
    source: str
    report: Report
    known: dict = field(default_factory=dict)  # kind → [Imported]
    kept: dict = field(default_factory=lambda: defaultdict(dict))  # kind → {key of the file: Kept}
    by_key: dict = field(default_factory=lambda: defaultdict(dict))  # kind → {Imported.key: Kept}
    names: dict = field(default_factory=dict)  # kind → Names of the keys
    made: list = field(default_factory=list)  # Imported to be created
    changed: list = field(default_factory=list)  # Imported to be updated

    def load(self):
        self.known = defaultdict(list)
        for imported in Imported.objects.filter(conference=self.conference, source=self.source).order_by("pk"):
            self.known[imported.kind].append(imported)

    def matched(self, kind, rows, stages):
        """{position in rows: Imported}."""
        old = [self.identity_of(imported) for imported in self.known[kind]]
        pairs = match_or_forget_keys([row.identity for row in rows], old, stages)
        return {position: self.known[kind][other] for position, other in pairs.items()}

    def identity_of(self, imported):
        """What the source called it last; by the name it has in this language, where it came in several."""
        identity = Identity(**imported.said.get("is", {}))
        return replace(identity, name=imported.said.get(self.called, identity.name))

    @property
    def called(self):
        """Where Imported.said keeps the name that a heading is recognised by in the language of the file."""
        return f"called_{self.language}"

    def column(self, name):
        """The column of a translated field in the language of the file."""
        return build_localized_fieldname(name, self.language)

    def remember(self, kind, row, target, said):
        """A new Imported for a row that has just become one of ours."""
        key = self.free_key(kind, row.identity)
        said = {"is": asdict(row.identity)} | said
        self.made.append(
            Imported(conference=self.conference, source=self.source, kind=kind, key=key, target=target, said=said)
        )
        return key

    def free_key(self, kind, identity):
        if kind not in self.names:
            self.names[kind] = Names({imported.key for imported in self.known[kind]}, " #")
        stem = identity.guid or identity.id or " ".join((identity.name, identity.starts_at, identity.room))
        return self.names[kind].new(stem[:LONGEST_KEY].strip() or kind)

    def note(self, topic, about, name=""):
        self.report.notes.append(Note(topic, about, name))

    def update(self, target, before, said, about) -> list[str]:
        """Take over what the source says anew. Returns the fields that changed; `target` is saved if any did."""
        new = {name: value for name, value in said.items() if before.get(name) != value}
        changed = [name for name, value in new.items() if self.take_over(target, name, before.get(name), value, about)]
        if changed:
            about_to_change(target)
            target.save(update_fields=[*columns_of(target, changed), "changed_at"])
        return changed

    def record(self, imported, row, said):
        """Remember what the source says now, if that is anything new."""
        now = imported.said | said | {"is": asdict(row.identity)}
        if now != imported.said:
            imported.said = now
            self.changed.append(imported)

    def take_over(self, target, name, before, value, about):
        """Set one field; True if that changed it. Says so where staff had written something else."""
        now = self.value_of(target, name)
        if now == value:
            return False
        if now not in (before, "", [], None):
            self.report.overwritten.append((about, name, self.in_words(target, name)))
        self.set_value(target, name, value)
        return True

    def value_of(self, target, name):
        """The value of a field in the words of the source: keys for other rows, ISO 8601 for times."""
        if name == "times":
            return [moment.astimezone(dt.UTC).isoformat() for moment in (target.starts_at, target.ends_at) if moment]
        if name == "days":
            return [target.starts_on.isoformat(), target.ends_on.isoformat()]
        if name in ("format", "track", "room"):
            return self.key_of(name, getattr(target, f"{name}_id"))
        value = getattr(target, name)
        return "" if value is None else value

    def set_value(self, target, name, value):
        if name == "times":
            target.starts_at, target.ends_at = map(dt.datetime.fromisoformat, value) if value else (None, None)
        elif name == "days":
            target.starts_on, target.ends_on = map(dt.date.fromisoformat, value)
        elif name in ("format", "track", "room"):
            setattr(target, f"{name}_id", self.pk_of(name, value))
        else:
            setattr(target, name, None if value == "" and target._meta.get_field(name).null else value)

    def keep(self, kind, key_of_file, kept):
        self.kept[kind][key_of_file] = self.by_key[kind][kept.key] = kept

    def key_of(self, kind, pk):
        if pk is None:
            return ""
        return next((kept.key for kept in self.by_key[kind].values() if kept.pk == pk), f"pk {pk}")

    def pk_of(self, kind, key):
        kept = self.by_key[kind].get(key)
        return kept.pk if kept else None

    def in_words(self, target, name):
        if name == "times":
            zone = self.conference.zone
            return " – ".join(
                f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in (target.starts_at, target.ends_at)
            )
        if name == "links":
            return ", ".join(link["url"] for link in target.links)
        value = self.value_of(target, name) if name == "days" else getattr(target, name)
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    def finish(self):
        Imported.objects.bulk_create(self.made)
        Imported.objects.bulk_update(self.changed, ["said"], batch_size=200)


def columns_of(target, names):
    """The database fields behind field names; the untranslated column goes with its translations."""
    pairs = {"times": ["starts_at", "ends_at"], "days": ["starts_on", "ends_on"]}
    for name in names:
        yield from pairs.get(name, [name])
        original = name.rpartition("_")[0]
        if original and original in {model_field.name for model_field in target._meta.get_fields()}:
            yield original


class Names:
    """Names that nobody has yet: the name asked for, or that with the next number."""

    def __init__(self, taken, separator="-"):
        self.taken, self.separator, self.numbers = set(taken), separator, {}

    def new(self, stem):
        number = self.numbers.get(stem, 1)
        name = stem if number == 1 else f"{stem}{self.separator}{number}"
        while name in self.taken:
            number += 1
            name = f"{stem}{self.separator}{number}"
        self.numbers[stem] = number
        self.taken.add(name)
        return name


def slug_from(*words, otherwise):
    """From the first words that make a slug."""
    return next(filter(None, (slug_of(some) for some in words)), otherwise)
