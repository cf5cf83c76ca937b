"""take(): everything public in one conference, out of the database, as a frozen Programme."""

from collections import defaultdict

from conference.models import Conference
from conference.pictures import measures
from conference.translated import all_languages_of
from programme.values import (
    Appearance,
    Format,
    Link,
    Material,
    Part,
    Person,
    Picture,
    Programme,
    Question,
    Room,
    Session,
    Text,
    Topic,
    Track,
)
from sessions.models import DiscussionQuestion


def take(conference: Conference) -> Programme:
    """What the public would read if the conference were published now, without what earlier releases remember."""
    people = {}
    rooms = {room.pk: take_room(room) for room in conference.rooms.all()}
    tracks = {t.pk: Track(t.uuid, t.slug, words(t, "name"), t.colour) for t in conference.tracks.all()}
    topics = {t.pk: Topic(t.uuid, t.slug, words(t, "name")) for t in conference.topics.all()}
    formats = {f.pk: Format(f.uuid, f.slug, words(f, "name"), f.is_break) for f in conference.formats.all()}
    shared = rooms, tracks, topics, formats, people
    sessions = [take_session(row, *shared) for row in conference.sessions.on_programme().with_details()]
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
        logo=take_picture(conference.logo),
        rooms=tuple(rooms.values()),
        tracks=tuple(tracks.values()),
        topics=tuple(topics.values()),
        formats=tuple(formats.values()),
        people=tuple(sorted(people.values(), key=lambda person: (person.sort_name.casefold(), person.slug))),
        sessions=tuple(sorted(sessions, key=in_order)),
    )


def in_order(session):
    return session.starts_at is None, session.starts_at.timestamp() if session.starts_at else 0, session.slug


def words(row, field) -> Text:
    return Text(all_languages_of(row, field))


def take_picture(file, alt=None, credit=""):
    measured = file and measures(file.name)
    if not measured:
        return None
    width, height, sizes = measured
    return Picture(file.name, width, height, tuple(sizes.items()), alt or Text(), credit)


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


def take_person(row, people):
    if row.pk not in people:
        people[row.pk] = Person(
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
    return people[row.pk]


def take_session(row, rooms, tracks, topics, formats, people):
    speakers, moderators, questions = defaultdict(list), defaultdict(list), defaultdict(list)
    by_pk = {}
    for appearance in row.speakers.all():
        person = by_pk[appearance.pk] = take_person(appearance.person, people)
        speakers[appearance.part_id].append(Appearance(appearance.uuid, person, words(appearance, "contribution")))
    for appearance in row.moderators.all():
        moderators[appearance.part_id].append(Appearance(appearance.uuid, take_person(appearance.person, people)))
    for question in row.questions.all():
        text = words(question, "text")
        if text and question.audience == DiscussionQuestion.Audience.PUBLIC:
            questions[question.part_id].append(Question(question.uuid, text, by_pk.get(question.addressed_to_id)))
    return Session(
        uuid=row.uuid,
        slug=row.slug,
        title=words(row, "title"),
        subtitle=words(row, "subtitle"),
        lead=words(row, "lead"),
        description=words(row, "description"),
        format=formats.get(row.format_id),
        track=tracks.get(row.track_id),
        topics=tuple(topics[topic.pk] for topic in row.topics.all() if topic.pk in topics),
        picture=take_picture(row.image, words(row, "image_alt"), row.image_credit),
        is_cancelled=row.state == row.State.CANCELLED,
        notice=words(row, "notice"),
        replaced_by=row.replaced_by.uuid if row.replaced_by and row.replaced_by.is_on_programme else None,
        is_featured=row.is_featured,
        spoken_languages=tuple(row.spoken_languages),
        interpreted_to=tuple(row.interpreted_to),
        has_captions=row.has_captions,
        has_sign_language=row.has_sign_language,
        livestream_url=row.livestream_url,
        recording_url=row.recording_url,
        materials=tuple(take_material(material) for material in row.materials.all()),
        speakers=tuple(speakers[None]),
        moderators=tuple(moderators[None]),
        questions=tuple(questions[None]),
        parts=tuple(
            Part(
                uuid=part.uuid,
                title=words(part, "title"),
                description=words(part, "description"),
                starts_at=part.starts_at,
                ends_at=part.ends_at,
                room=rooms.get(part.room_id),
                speakers=tuple(speakers[part.pk]),
                moderators=tuple(moderators[part.pk]),
                questions=tuple(questions[part.pk]),
            )
            for part in row.parts.all()
        ),
    )


def take_material(row):
    return Material(row.uuid, words(row, "title"), row.link or row.file.url, row.kind)
