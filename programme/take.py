"""take(): everything public in one conference, out of the database, as a frozen Programme."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet

from conference.models import Conference
from conference.pictures import measures
from conference.translated import all_languages_of
from programme.order import by_name, by_time
from programme.values import (
    Appearance,
    Format,
    Link,
    Material,
    Part,
    Person,
    Picture,
    Question,
    Room,
    Session,
    Text,
    Topic,
    Track,
)
from programme.whole import Programme
from sessions import models as sessions
from speakers import models as speakers


@dataclass(frozen=True)
class Shared:
    """What sessions point at, by primary key."""

    rooms: dict[int, Room]
    tracks: dict[int, Track]
    topics: dict[int, Topic]
    formats: dict[int, Format]
    people: dict[int, Person]
    sessions: dict[int, UUID]  # those on the programme


@dataclass(frozen=True)
class Lists:
    """The rows that belong to sessions: each a list for every session's primary key, in order."""

    topics: dict[int, list]
    parts: dict[int, list]
    questions: dict[int, list]
    materials: dict[int, list]
    speakers: dict[int, list]
    moderators: dict[int, list]


def take(conference: Conference, draft: sessions.Session | None = None) -> Programme:
    """What the public would read if the conference were published now, without what earlier releases remember; with one
    draft among it, if asked for, as it would look when it is public.

    A dozen queries, whatever the size. Rows are put together here, for Django's prefetching makes a manager for every
    list of every session, and takes three times as long.
    """
    on_programme = conference.sessions.on_programme()
    if draft:
        on_programme |= conference.sessions.filter(pk=draft.pk)
    rows = rows_of(on_programme)
    lists = take_lists(conference)
    shared = take_shared(conference, on_programme, rows)
    taken = [take_session(row, shared, lists) for row in rows]
    return Programme(
        uuid=conference.uuid,
        slug=conference.slug,
        name=words(conference, "name"),
        starts_on=conference.starts_on,
        ends_on=conference.ends_on,
        timezone=conference.timezone,
        languages=tuple(conference.languages),
        tagline=words(conference, "tagline"),
        description=words(conference, "description"),
        venue_name=words(conference, "venue_name"),
        venue_address=conference.venue_address,
        venue_latitude=float(conference.venue_latitude) if conference.venue_latitude is not None else None,
        venue_longitude=float(conference.venue_longitude) if conference.venue_longitude is not None else None,
        website=conference.website,
        contact_email=conference.contact_email,
        accent_colour=conference.accent_colour,
        logo=take_picture(conference.logo.name),
        rooms=tuple(shared.rooms.values()),
        tracks=tuple(shared.tracks.values()),
        topics=tuple(shared.topics.values()),
        formats=tuple(shared.formats.values()),
        people=tuple(sorted(shared.people.values(), key=by_name)),
        sessions=tuple(sorted(taken, key=by_time)),
    )


def take_shared(conference, on_programme, rows) -> Shared:
    here = Q(session__in=on_programme)
    talking, leading = (
        model.objects.filter(here).order_by().values("person") for model in (speakers.Speaker, speakers.Moderator)
    )
    people = rows_of(speakers.Person.objects.filter(Q(pk__in=talking) | Q(pk__in=leading)))
    return Shared(
        rooms={room.pk: take_room(room) for room in conference.rooms.all()},
        tracks={t.pk: Track(t.uuid, t.slug, words(t, "name"), t.colour) for t in conference.tracks.all()},
        topics={t.pk: Topic(t.uuid, t.slug, words(t, "name")) for t in conference.topics.all()},
        formats={f.pk: Format(f.uuid, f.slug, words(f, "name"), f.is_break) for f in conference.formats.all()},
        people={person.id: take_person(person) for person in people},
        sessions={row.id: row.uuid for row in rows},
    )


def take_lists(conference) -> Lists:
    def by_session(model):
        lists = defaultdict(list)
        for row in rows_of(model.objects.filter(session__conference=conference)):
            lists[row.session_id].append(row)
        return lists

    topics = sessions.Session.topics.through.objects.filter(session__conference=conference)
    return Lists(
        topics=by_first(topics.order_by("topic__position", "topic").values_list("session", "topic")),
        parts=by_session(sessions.Part),
        questions=by_session(sessions.DiscussionQuestion),
        materials=by_session(sessions.Material),
        speakers=by_session(speakers.Speaker),
        moderators=by_session(speakers.Moderator),
    )


def rows_of(queryset: QuerySet) -> list:
    """Rows as named tuples of their columns, which takes half as long as instances whose fields are translated."""
    names = [field.attname for field in queryset.model._meta.concrete_fields]
    return list(QuerySet(queryset.model, queryset.query).values_list(*names, named=True))


def by_first(couples) -> dict:
    lists = defaultdict(list)
    for first, second in couples:
        lists[first].append(second)
    return lists


def words(row, field) -> Text:
    return Text(all_languages_of(row, field))


def take_picture(name: str, alt=None, credit=""):
    measured = name and measures(name)
    if not measured:
        return None
    width, height, sizes = measured
    return Picture(name, width, height, tuple(sizes.items()), alt or Text(), credit)


def take_room(row):
    return Room(
        uuid=row.uuid,
        slug=row.slug,
        name=words(row, "name"),
        description=words(row, "description"),
        accessibility=words(row, "accessibility"),
        is_step_free=row.is_step_free,
        capacity=row.capacity,
    )


def take_person(row):
    return Person(
        uuid=row.uuid,
        slug=row.slug,
        name=row.name,
        sort_name=row.sort_name,
        title=words(row, "title"),
        organisation=words(row, "organisation"),
        affiliation=row.affiliation,
        pronouns=row.pronouns,
        pronunciation=row.pronunciation,
        biography=words(row, "biography"),
        photo=take_picture(row.photo, words(row, "photo_alt"), row.photo_credit),
        links=tuple(Link(link["title"], link["url"]) for link in row.links),
    )


def take_session(row, shared: Shared, lists: Lists):
    speaking = by_first(take_appearances(lists.speakers[row.id], shared))
    moderating = by_first(take_appearances(lists.moderators[row.id], shared))
    asked = by_first(take_questions(lists.questions[row.id], lists.speakers[row.id], shared))
    return Session(
        uuid=row.uuid,
        slug=row.slug,
        title=words(row, "title"),
        subtitle=words(row, "subtitle"),
        lead=words(row, "lead"),
        description=words(row, "description"),
        format=shared.formats.get(row.format_id),
        track=shared.tracks.get(row.track_id),
        topics=tuple(shared.topics[pk] for pk in lists.topics[row.id] if pk in shared.topics),
        picture=take_picture(row.image, words(row, "image_alt"), row.image_credit),
        is_cancelled=row.state == sessions.Session.State.CANCELLED,
        notice=words(row, "notice"),
        replaced_by=shared.sessions.get(row.replaced_by_id),
        is_featured=row.is_featured,
        spoken_languages=tuple(row.spoken_languages),
        interpreted_to=tuple(row.interpreted_to),
        has_captions=row.has_captions,
        has_sign_language=row.has_sign_language,
        livestream_url=row.livestream_url,
        recording_url=row.recording_url,
        materials=tuple(take_material(material) for material in lists.materials[row.id]),
        speakers=tuple(speaking[None]),
        moderators=tuple(moderating[None]),
        questions=tuple(asked[None]),
        parts=tuple(take_part(part, shared, speaking, moderating, asked) for part in lists.parts[row.id]),
    )


def take_part(row, shared, speaking, moderating, asked):
    return Part(
        uuid=row.uuid,
        title=words(row, "title"),
        description=words(row, "description"),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        room=shared.rooms.get(row.room_id),
        speakers=tuple(speaking[row.id]),
        moderators=tuple(moderating[row.id]),
        questions=tuple(asked[row.id]),
    )


def take_appearances(rows, shared):
    """(part's key or None, Appearance) of speakers or moderators."""
    for row in rows:
        if row.person_id not in shared.people:
            continue  # taken off the list between two queries of a preview; publishing sees one moment
        contribution = words(row, "contribution") if hasattr(row, "contribution") else Text()
        yield row.part_id, Appearance(row.uuid, shared.people[row.person_id], contribution)


def take_questions(rows, speaking, shared):
    """(part's key or None, Question) of the questions that the public sees."""
    people = {speaker.id: shared.people.get(speaker.person_id) for speaker in speaking}
    for row in rows:
        text = words(row, "text")
        if text and row.audience == sessions.DiscussionQuestion.Audience.PUBLIC:
            yield row.part_id, Question(row.uuid, text, people.get(row.addressed_to_id))


def take_material(row):
    return Material(row.uuid, words(row, "title"), row.link or default_storage.url(row.file), row.kind)
