"""What a new release keeps of the one before it: addresses, cancellations, and how often a calendar entry has changed."""

import datetime as dt
from dataclasses import replace

from programme.values import Part, Session, Slot
from programme.whole import FormerSlug, Gone, Programme

KINDS = {"session": "sessions", "person": "people", "room": "rooms", "track": "tracks", "topic": "topics"}


def remember(new: Programme, old: Programme | None, at: dt.datetime) -> Programme:
    """`new` with the memory of `old`, as if it were published at `at`.

    Sessions and parts that were released and are gone, or have no time any more, are kept as cancelled (title, times and
    place only); addresses that changed lead on; parts whose calendar entry changed get the next SEQUENCE (RFC 5545, 3.8.7.4) and `at`.
    """
    old = old or replace(new, sessions=(), people=(), rooms=(), tracks=(), topics=())
    new = replace(new, sessions=tuple(with_gone_parts(session, old, new) for session in new.sessions))
    new = replace(new, gone_sessions=gone_sessions(new, old), gone=gone(new, old), former_slugs=former_slugs(new, old))
    new = replace(new, history=old.history)
    before = {slot.part.uuid: (slot.part, calendar_facts(old, slot)) for slot in every_slot(old)}
    return replace(
        new,
        sessions=tuple(numbered(session, new, before, at) for session in new.sessions),
        gone_sessions=tuple(numbered(session, new, before, at) for session in new.gone_sessions),
    )


def every_slot(programme):
    for session in programme.sessions + programme.gone_sessions:
        yield from session.slots + session.gone_slots


def numbered(session: Session, new: Programme, before: dict, at: dt.datetime) -> Session:
    def number(slot: Slot) -> Part:
        if slot.part.uuid not in before:
            return replace(slot.part, sequence=0, changed_at=at)
        was, facts = before[slot.part.uuid]
        changed = facts != calendar_facts(new, slot)
        return replace(slot.part, sequence=was.sequence + changed, changed_at=at if changed else was.changed_at)

    return replace(session, parts=tuple(map(number, session.slots)), gone_parts=tuple(map(number, session.gone_slots)))


def calendar_facts(programme: Programme, slot: Slot):
    """All that a calendar entry shows, so that equal facts mean an equal entry."""
    session, part = slot.session, slot.part
    instead = programme.with_uuid(session.replaced_by) if slot.is_cancelled else None
    return (
        *(programme.slug, programme.language, programme.timezone, programme.venue_name, programme.venue_address),
        *(programme.venue_latitude, programme.venue_longitude),
        slot.is_cancelled,
        *(session.slug, session.title, session.subtitle, session.lead, session.notice),
        *(session.spoken_languages, session.interpreted_to, session.has_captions, session.has_sign_language),
        *(session.livestream_url, instead and instead.title),
        *(part.title, part.description, part.starts_at, part.ends_at, part.room and (part.room.name, part.room.slug)),
        [
            (a.person.name, a.person.affiliation, a.person.title, a.person.organisation, a.contribution)
            for a in slot.speakers
        ],
        [(a.person.name, a.person.affiliation, a.person.title, a.person.organisation) for a in slot.moderators],
        [(q.text, q.addressed_to and q.addressed_to.name) for q in slot.questions],
        session.track and session.track.name,
        [topic.name for topic in session.topics],
        (slot.number, slot.of),
    )


def with_gone_parts(session: Session, old: Programme, new: Programme) -> Session:
    was = old.with_uuid(session.uuid)
    if was is None:
        return session
    timed = {part.uuid for part in session.parts if part.is_scheduled}
    return replace(session, gone_parts=tuple(tombstones(was, new, except_for=timed)))


def gone_sessions(new: Programme, old: Programme) -> tuple[Session, ...]:
    here = {session.uuid for session in new.sessions}
    return tuple(
        Session(
            uuid=was.uuid,
            slug=was.slug,
            title=was.title,
            is_cancelled=True,
            is_gone=True,
            gone_parts=tuple(tombstones(was, new)),
        )
        for was in old.sessions + old.gone_sessions
        if was.uuid not in here
    )


def tombstones(was: Session, new: Programme, except_for=frozenset()):
    """The scheduled parts of a session as it was, without people, questions or texts."""
    rooms = {room.uuid: room for room in new.rooms}
    for slot in was.slots + was.gone_slots:
        part = slot.part
        if part.is_scheduled and part.uuid not in except_for:
            yield Part(
                uuid=part.uuid,
                title=part.title,
                starts_at=part.starts_at,
                ends_at=part.ends_at,
                room=rooms.get(part.room.uuid) if part.room else None,
                sequence=part.sequence,
                changed_at=part.changed_at,
                once_about=part.once_about or once_about(slot),
            )


def once_about(slot: Slot):
    session, room = slot.session, slot.room
    things = (*slot.people, *session.topics, *filter(None, [session.track, room]))
    return tuple(thing.uuid for thing in things)


def gone(new: Programme, old: Programme) -> tuple[Gone, ...]:
    """People, rooms, tracks and topics that had an address and have none now."""
    kinds = [(kind, name) for kind, name in KINDS.items() if kind != "session"]
    here = {value.uuid for _kind, name in kinds for value in getattr(new, name)}
    lost = [Gone(kind, value.slug, value.uuid) for kind, name in kinds for value in getattr(old, name)]
    return tuple(each_once(value for value in (*old.gone, *lost) if value.uuid not in here))


def former_slugs(new: Programme, old: Programme) -> tuple[FormerSlug, ...]:
    now = {value.uuid: value.slug for name in KINDS.values() for value in getattr(new, name)} | {new.uuid: new.slug}
    was = [("conference", old)] + [(kind, value) for kind, name in KINDS.items() for value in getattr(old, name)]
    changed = [FormerSlug(kind, v.slug, v.uuid) for kind, v in was if now.get(v.uuid, v.slug) != v.slug]
    taken = {(kind, value.slug) for kind, name in KINDS.items() for value in getattr(new, name)}
    return tuple(each_once(f for f in (*old.former_slugs, *changed) if (f.kind, f.slug) not in taken))


def each_once(values):
    return dict.fromkeys(values)
