"""Saving a schedule that was read from a file: one transaction, keyed on what the source calls its rows."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from conference.audit import Act, note
from conference.models import Conference
from conference.recording import about_to_change, recorded, touched
from conference.translated import language_codes
from programme.imports.match import SESSIONS
from programme.imports.report import Report
from programme.imports.rows import Identity, Refused, Schedule
from programme.imports.save_headings import save_headings
from programme.imports.save_people import save_people
from programme.imports.save_sessions import save_sessions
from programme.imports.saving import Saving
from programme.imports.without_erased import without_erased
from programme.models import Imported

IMPORTED = gettext_noop("Imported from a file")
ONE_DAY = dt.timedelta(days=1)  # nights before and after belong to it


def language_for(schedule: Schedule, conference: Conference | None, source: str, asked_for: str = "") -> str:
    """The language that the texts of a file are put into: the one asked for, that of the last import, the conference's first.

    For a conference that is still to be made: the language most sessions are in, if the site has it, else English.
    Raises Refused for one that the site or the conference does not have.
    """
    ours = language_codes()
    if conference is None:
        otherwise = "en" if "en" in ours else ours[0]
        language = asked_for or (schedule.conference.spoken if schedule.conference.spoken in ours else otherwise)
    else:
        last = Imported.objects.filter(conference=conference, source=source, kind="conference").first()
        language = asked_for or (last.said.get("language") if last else "") or conference.language
        ours = conference.languages
    if language not in ours:
        raise Refused(
            _("“%(language)s” is not one of the languages %(languages)s.")
            % {"language": language, "languages": ", ".join(ours)}
        )
    return language


@transaction.atomic
def save(schedule: Schedule, slug: str, source: str, language: str, by=None) -> Report:
    """Make the conference called `slug` what the file says, and report what that changed. A conference that is not there is made.

    It is one step of the history, made `by` a User, or None for a command. Raises Refused, with the database as it was,
    where the file is another conference's.
    """
    with recorded(by, IMPORTED):
        note(Act.IMPORTED, by, what=source, conference=slug)
        return save_all(schedule, slug, source, language)


def save_all(schedule, slug, source, language):
    conference = Conference.objects.select_for_update().filter(slug=slug).first()
    report = Report(is_new=conference is None, notes=list(schedule.notes))
    with override(language):  # the untranslated columns follow the active language
        conference = conference or make_conference(schedule, slug, language)
        about_to_change(conference) if not report.is_new else touched(conference)
        saving = Saving(conference, language, source, report)
        saving.load()
        schedule = without_erased(saving, schedule)
        refuse_another_conference(saving, schedule)
        save_conference(saving, schedule)
        save_headings(saving, schedule)
        save_people(saving, schedule)
        save_sessions(saving, schedule)
        note_days(saving, schedule)
        saving.finish()
    return report


def make_conference(schedule, slug, language):
    row = schedule.conference
    ours = language_codes()
    return Conference.objects.create(
        slug=slug,
        timezone=row.timezone,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        languages=[language, *(code for code in ours if code != language)],
        is_current=not Conference.objects.filter(is_current=True).exists(),
    )


def refuse_another_conference(saving, schedule):
    """A file that shares nothing with the last one would cancel every session: more likely somebody took the wrong file."""
    known = saving.known["session"]
    if not known:
        return
    name = saving.conference.slug
    if not schedule.sessions:
        raise Refused(
            _("The file has no events, though %(count)d were imported into “%(name)s” before.")
            % {"count": len(known), "name": name}
        )
    last = next((imported.said["is"] for imported in saving.known["conference"]), None)
    is_other = last and last != asdict(identity_of(schedule.conference))
    pairs = saving.matched("session", schedule.sessions, SESSIONS) if is_other else {}
    if is_other and 10 * sum(is_same(schedule.sessions[number], other) for number, other in pairs.items()) < len(known):
        message = _(
            "Hardly any of the events that were imported into “%(name)s” before are in this file: it seems to be another conference’s."
        )
        raise Refused(message % {"name": name})


def is_same(row, imported):
    """Whether an event known by its key is more than a number that comes again next year."""
    now, last = row.identity, imported.said["is"]
    return now.guid != "" or now.name == last["name"] or now.starts_at == last["starts_at"]


def identity_of(row):
    return Identity(name=row.name, starts_at=row.starts_on.isoformat())


def save_conference(saving, schedule):
    """A conference that was made from a file follows it; one that staff made keeps its own name, days and place."""
    row = schedule.conference
    known = next(iter(saving.known["conference"]), None)
    said = {"language": saving.language, "made": saving.report.is_new if known is None else known.said["made"]}
    if said["made"]:
        fields = said_of(saving, row)
        changed = saving.update(saving.conference, known.said if known else {}, fields, row.name)
        saving.report.conference += [] if saving.report.is_new else changed
        said |= fields
    if saving.conference.timezone != row.timezone:
        saving.note("zone", f"{saving.conference.timezone}, {row.timezone}")
    if known is None:
        saving.made.append(
            Imported(
                conference=saving.conference,
                source=saving.source,
                kind="conference",
                key="conference",
                target=saving.conference.uuid,
                said=said | {"is": asdict(identity_of(row))},
            )
        )
    elif known.said != (now := known.said | said | {"is": asdict(identity_of(row))}):
        known.said = now
        saving.changed.append(known)


def said_of(saving, row):
    return {
        **{saving.column(name): getattr(row, name) for name in ("name", "tagline", "venue_name")},
        "days": [row.starts_on.isoformat(), row.ends_on.isoformat()],
        "venue_address": row.venue_address,
        "website": row.website,
        **({"accent_colour": row.accent_colour} if row.accent_colour else {}),
    }


def note_days(saving, schedule):
    """Events at other times than the conference: most often the file's fault, sometimes the conference's days."""
    conference, zone = saving.conference, saving.conference.zone
    for row in schedule.sessions:
        day = row.starts_at.astimezone(zone).date() if row.starts_at else None
        if day and not (conference.starts_on - ONE_DAY <= day <= conference.ends_on + ONE_DAY):
            saving.note("days", f"{day.isoformat()} {row.title}")
