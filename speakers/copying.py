"""Copies of sessions with all that belongs to them: drafts with addresses of their own, in the same conference or another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.base import File
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import override
from modeltranslation.translator import translator

from conference.admin_lists import columns, translated
from conference.models import Conference
from conference.slugs import first_free
from sessions.models import DiscussionQuestion, Material, Part, Session
from sessions.shifting import shifted
from speakers.models import Moderator, Speaker

OF_THAT_ONE_TIME = ("notice", "replaced_by", "livestream_url", "recording_url")  # what is not true of a copy
MADE_ANEW = {"id", "uuid", "version", "created_at", "changed_at"}
LONGEST_STEM = 100  # characters of an address, so that a number fits behind it
AT_ONCE = 500  # rows in one INSERT


@dataclass(frozen=True)
class Along:
    """What comes along when sessions are copied.

    `days`: how many days later the copies take place; None: they are not scheduled. `headings` is {(model, primary key):
    row} for what rooms, tracks, topics and formats become; None: the copies keep those of the original.
    """

    days: int | None = 0
    people: bool = True
    questions: bool = True
    materials: bool = True
    headings: dict | None = field(default=None)

    def of(self, row):
        """What a row that sessions point at becomes; None for one that stays behind."""
        return row if self.headings is None or row is None else self.headings.get((type(row), row.pk))


def copy_of(row: models.Model, **changes) -> models.Model:
    """A new row, not stored yet, with what every column of a row holds, in all languages, and these changes.

    It gets a uuid of its own.
    """
    left_out = {*MADE_ANEW, *changes, *translated_fields(type(row))}
    columns = [column for column in row._meta.concrete_fields if column.name not in left_out]
    return type(row)(**{column.attname: plain(getattr(row, column.attname)) for column in columns} | changes)


def translated_fields(model):
    """The names whose columns follow the active language, beside those with a language of their own."""
    return translator.get_options_for_model(model).all_fields if translated(model) else ()


def plain(value):
    return value.name if isinstance(value, FieldFile) else value


@transaction.atomic
def copy_sessions(
    sessions: models.QuerySet,
    into: Conference,
    along: Along,
    titled: Callable[[str, str], str] = lambda title, language: title,
) -> list[Session]:
    """Copies of sessions as drafts, in the order of the sessions. `titled(title, language)` gives their titles.

    The number of queries does not grow with that of the sessions, but for INSERTs of AT_ONCE rows or what the database
    takes. Files that a material has are copied; those that are made are taken away again when anything fails.
    """
    made = Made(list(sessions.select_related("format", "track").order_by("pk")), into, along)
    try:
        with override(settings.LANGUAGE_CODE):  # the columns without a language follow the active one
            return made.everything(titled)
    except BaseException:
        made.take_files_away()
        raise


class Made:
    """The rows of copies while they are being made: {primary key of the original: copy} for each kind."""

    def __init__(self, originals: list[Session], into: Conference, along: Along):
        self.originals, self.into, self.along = originals, into, along
        self.sessions, self.parts, self.speakers, self.files = {}, {None: None}, {None: None}, []

    def everything(self, titled) -> list[Session]:
        self.sessions = self.stored(Session, zip(self.originals, self.copies(titled), strict=True))
        self.parts |= self.copied(Part, self.part)
        self.join_topics()
        if self.along.people:
            self.speakers |= self.copied(Speaker, self.on_stage)
            self.copied(Moderator, self.on_stage)
        if self.along.questions:
            self.copied(DiscussionQuestion, self.question)
        if self.along.materials:
            self.copied(Material, self.material)
        return list(self.sessions.values())

    def copied(self, model, made) -> dict:
        rows = model.objects.filter(session__in=list(self.sessions))
        if model is Part:
            rows = rows.select_related("room")
        return self.stored(model, ((row, copy) for row in rows if (copy := made(row)) is not None))

    def stored(self, model, pairs) -> dict:
        originals, copies = zip(*pairs, strict=True) if (pairs := list(pairs)) else ((), ())
        model.objects.bulk_create(copies, batch_size=AT_ONCE)
        return {original.pk: copy for original, copy in zip(originals, copies, strict=True)}

    # --- one of each kind

    def copies(self, titled) -> Iterator[Session]:
        taken = set(self.into.sessions.values_list("slug", flat=True))
        for session in self.originals:
            copy = copy_of(session, **self.of_the_copy(session) | titles(session, titled))
            copy.slug = first_free(session.slug[:LONGEST_STEM], taken)
            taken.add(copy.slug)
            yield copy

    def of_the_copy(self, session):
        names = [column for name in OF_THAT_ONE_TIME for column in columns(Session, name)]
        empty = {name: session._meta.get_field(name).get_default() for name in names}
        heads = {"track": self.along.of(session.track), "format": self.along.of(session.format)}
        return {"conference": self.into, "state": Session.State.DRAFT} | heads | empty

    def part(self, part):
        times = {"starts_at": None, "ends_at": None, "room": None}
        if self.along.days is not None:
            times = {"room": self.along.of(part.room)}
            if part.starts_at:
                starts_at, ends_at = shifted(part, self.into.zone, self.along.days)
                times |= {"starts_at": starts_at, "ends_at": ends_at}
        return copy_of(part, session=self.sessions[part.session_id], **times)

    def on_stage(self, appearance):
        where = {"session": self.sessions[appearance.session_id], "part": self.parts[appearance.part_id]}
        return copy_of(appearance, **where)

    def question(self, question):
        where = {"session": self.sessions[question.session_id], "part": self.parts[question.part_id]}
        return copy_of(question, addressed_to=self.speakers.get(question.addressed_to_id), **where)

    def material(self, material):
        file = self.file_like(material.file) if material.file else ""
        if file or material.link:
            return copy_of(material, session=self.sessions[material.session_id], file=file)
        return None  # its file is lost

    def file_like(self, file):
        """The name of a copy of a stored file, in a folder of its own; "" where it is lost."""
        if not file.storage.exists(file.name):
            return ""
        with file.storage.open(file.name) as content:
            name = file.field.generate_filename(file.instance, file.name.rpartition("/")[2])
            self.files.append((file.storage, file.storage.save(name, File(content))))
        return self.files[-1][1]

    def join_topics(self):
        join = Session.topics.through
        pairs = join.objects.filter(session__in=list(self.sessions)).select_related("topic").order_by("pk")
        found = ((self.sessions[pair.session_id], self.along.of(pair.topic)) for pair in pairs)
        join.objects.bulk_create([join(session=s, topic=t) for s, t in found if t], batch_size=AT_ONCE)

    def take_files_away(self):
        for storage, name in self.files:
            storage.delete(name)


def titles(session, titled: Callable[[str, str], str]) -> dict:
    """{column: words} of the copy's title in each language in which the session has one; shortened where it must be."""
    found = {}
    for column in columns(Session, "title"):
        words, field = getattr(session, column), Session._meta.get_field(column)
        if words:
            too_long = max(0, len(titled(words, field.language)) - field.max_length)
            found[column] = titled(words[: len(words) - too_long], field.language)
    return found
