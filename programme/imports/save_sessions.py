"""Saving sessions, each with one part, its speakers and materials: new ones in bulk, known ones field by field."""

from dataclasses import asdict

from django.db.models import Prefetch

from conference.recording import about_to_change, touched
from conference.translated import in_any_language
from programme.imports.match import SESSIONS
from programme.imports.rows import Schedule, SessionRow
from programme.imports.save_lists import new_materials, new_speakers, update_materials, update_people
from programme.imports.saving import Names, Saving, slug_from
from sessions.models import Material, Part, Session
from speakers.models import Speaker

TEXTS = ("title", "subtitle", "lead", "description", "notice")
PART_FIELDS = ("times", "room")
LISTS = ("people", "materials")


def save_sessions(saving: Saving, schedule: Schedule):
    """Every row of the file, and then what the file no longer has."""
    pairs = saving.matched("session", schedule.sessions, SESSIONS)
    known, new = [], []
    for number, row in enumerate(schedule.sessions):
        said = said_of(saving, row)
        if number in pairs:
            known.append((row, pairs[number], said))
        else:
            new.append((row, said))
    update_known(saving, known)
    create_new(saving, new)
    cancel_missing(saving, schedule, pairs)


def said_of(saving, row: SessionRow) -> dict:
    """All that the source says of a session, as JSON; other rows by their Imported keys."""
    key = {
        kind: kept.key if (kept := saving.kept[kind].get(getattr(row, kind))) else ""
        for kind in ("format", "track", "room")
    }
    return {
        **{saving.column(name): getattr(row, name) for name in TEXTS},
        "state": Session.State.CANCELLED.value if row.is_cancelled else Session.State.PUBLIC.value,
        "spoken_languages": list(row.spoken_languages),
        "recording_url": row.recording_url,
        **key,
        "times": [row.starts_at.isoformat(), row.ends_at.isoformat()] if row.starts_at else [],
        "people": [saving.kept["person"][key].key for key in row.people if key in saving.kept["person"]],
        "materials": [[material.link, material.title, material.kind] for material in row.materials],
    }


def create_new(saving, new):
    slugs = Names(Session.objects.filter(conference=saving.conference).values_list("slug", flat=True) if new else ())
    made = [(row, said, new_session(saving, row, said, slugs)) for row, said in new]
    Session.objects.bulk_create([session for _row, _said, session in made])
    parts = [new_part(saving, row, session) for row, _said, session in made]
    Part.objects.bulk_create(parts)
    Speaker.objects.bulk_create(
        speaker for _row, said, session in made for speaker in new_speakers(saving, said, session)
    )
    Material.objects.bulk_create(
        material for _row, said, session in made for material in new_materials(saving, said["materials"], session)
    )
    for (row, said, session), part in zip(made, parts, strict=True):
        saving.remember("session", row, session.uuid, said | {"part": str(part.uuid)})
    touched(*(session for _row, _said, session in made))
    saving.report.counts["session"]["new"] += len(made)


def new_session(saving, row, said, slugs):
    texts = {saving.column(name): getattr(row, name) for name in TEXTS if getattr(row, name)}
    return Session(
        conference=saving.conference,
        slug=slugs.new(slug_from(row.slug, row.title, otherwise="session")),
        state=said["state"],
        spoken_languages=said["spoken_languages"],
        recording_url=row.recording_url,
        format_id=saving.pk_of("format", said["format"]),
        track_id=saving.pk_of("track", said["track"]),
        **texts,
    )


def new_part(saving, row, session):
    kept = saving.kept["room"].get(row.room)
    return Part(session=session, starts_at=row.starts_at, ends_at=row.ends_at, room_id=kept.pk if kept else None)


def update_known(saving, known):
    """Sessions of earlier imports; the database is asked only for those of which the source says something new."""
    here = set(Session.objects.filter(conference=saving.conference).values_list("uuid", flat=True)) if known else set()
    news = [(row, imported, said) for row, imported, said in known if says_anew(row, imported, said)]
    targets = sessions_of(saving, [imported for _row, imported, _said in news])
    about_to_change(*targets.values())
    for row, imported, _said in known:
        if imported.target not in here:
            saving.note("deleted", row.title)
    for row, imported, said in news:
        session = targets.get(imported.target)
        if session and (changed := update_session(saving, row, imported, said, session)):
            saving.report.changes.append((row.title, changed))
        saving.record(imported, row, said)
    count = saving.report.counts["session"]
    count["changed"] += len(saving.report.changes)
    count["same"] += len(known) - len(saving.report.changes)


def says_anew(row, imported, said):
    return any(imported.said.get(name) != value for name, value in said.items()) or asdict(
        row.identity
    ) != imported.said.get("is")


def sessions_of(saving, imported):
    wanted = {row.target for row in imported}
    speakers = Prefetch("speakers", Speaker.objects.select_related("person"))  # SQLite cannot prefetch 1,000 people
    sessions = Session.objects.filter(conference=saving.conference).prefetch_related(
        "parts", speakers, "moderators", "materials"
    )
    return {session.uuid: session for session in sessions if session.uuid in wanted} if wanted else {}


def update_session(saving, row, imported, said, session):
    """The names of the fields that changed."""
    before = imported.said
    own = {name: value for name, value in said.items() if name not in (*PART_FIELDS, *LISTS, "state")}
    changed = [
        *saving.update(session, before, own, row.title),
        *update_part(saving, before, said, session, row.title),
        *update_people(saving, before.get("people", []), said["people"], session),
        *update_materials(saving, before.get("materials", []), said["materials"], session),
        *update_state(saving, before.get("state"), said["state"], session),
    ]
    return changed


def update_part(saving, before, said, session, title):
    """Time and room are those of the part that the import made; staff may have added others, or deleted it."""
    part = next((part for part in session.parts.all() if str(part.uuid) == before.get("part")), None)
    if part is not None:
        return saving.update(part, before, {name: said[name] for name in PART_FIELDS}, title)
    if any(before.get(name) != said[name] for name in PART_FIELDS):
        saving.note("part-deleted", title)
    return []


def title_and_start(saving, session):
    """How the report names a session: several are often called the same."""
    title = in_any_language(session, "title")
    starts = [part.starts_at for part in session.parts.all() if part.starts_at]
    return f"{title} ({min(starts).astimezone(saving.conference.zone):%Y-%m-%d %H:%M})" if starts else title


def update_state(saving, before, state, session):
    """What the source says anew about the state. A session that staff keep as a draft stays one."""
    if before == state or session.state in (state, Session.State.DRAFT):
        return []
    if state == Session.State.CANCELLED:
        session.cancel(replaced_by=session.replaced_by)
        return ["state"]
    session.show()
    if before == "gone":
        saving.report.back.append(title_and_start(saving, session))
    return ["state"]


def cancel_missing(saving, schedule, pairs):
    """Sessions that the file no longer has are cancelled, never deleted. Rows that could not be read are not missing."""
    found = {imported.pk for imported in pairs.values()}
    kept = {identity.guid or identity.id for identity in schedule.unreadable} - {""}
    missing = [
        imported
        for imported in saving.known["session"]
        if imported.pk not in found
        and imported.said.get("state") != "gone"
        and not {imported.said["is"]["guid"], imported.said["is"]["id"]} & kept
    ]
    targets = sessions_of(saving, missing)
    about_to_change(*targets.values())
    for imported in missing:
        session = targets.get(imported.target)
        if session is not None:
            if session.state == Session.State.PUBLIC:
                session.cancel(replaced_by=session.replaced_by)
            saving.report.cancelled.append(title_and_start(saving, session))
        imported.said = imported.said | {"state": "gone"}
        saving.changed.append(imported)
