"""What staff can change of many sessions at once, in words."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from conference.admin_fields import day_name
from conference.clock import times_of_day
from conference.language_names import language_name, own_name
from sessions.models import Session
from sessions.planned import Planned

TIME, MODERATOR = "time", "moderator"


def facts_of(plan: Planned, about: Iterable[str], zone: dt.tzinfo) -> dict[str, str]:
    """{what: how it is, in the active language} of a session. `about`: fields of Session, "room", MODERATOR and TIME."""
    return {name: FACTS[name](plan, zone) if name in FACTS else said(getattr(plan.session, name)) for name in about}


def names_of(about: Iterable[str]) -> dict[str, str]:
    """{what: what it is called}, in the words of the form."""
    beside = {"room": _("room"), MODERATOR: _("moderator"), TIME: _("time")}
    return {name: beside.get(name) or name_of(name) for name in about}


def name_of(field: str) -> str:
    """The name of a field of Session, with the language that a column is in."""
    column = Session._meta.get_field(field)
    if not hasattr(column, "translated_field"):
        return str(column.verbose_name)
    words = {"field": column.translated_field.verbose_name, "language": own_name(column.language)}
    return _("%(field)s (%(language)s)") % words


def said(value):
    return str(value) if value else _("nothing")


def rooms_of(parts):
    return ", ".join(dict.fromkeys(str(part.room or _("no room yet")) for part in parts)) or _("no part")


def moderators_of(moderators):
    return ", ".join(dict.fromkeys(str(each.person) for each in moderators)) or _("no moderator")


def times_of(parts, zone):
    return "; ".join(time_of(part, zone) for part in parts) or _("no part")


def time_of(part, zone):
    if not part.starts_at:
        return _("no time yet")
    starts, ends = part.starts_at.astimezone(zone), part.ends_at.astimezone(zone)
    return f"{day_name(starts.date())} {times_of_day(starts, ends)}"


FACTS = {
    "state": lambda plan, zone: str(plan.session.get_state_display()),
    "track": lambda plan, zone: str(plan.session.track or _("no track")),
    "format": lambda plan, zone: str(plan.session.format or _("no format")),
    "room": lambda plan, zone: rooms_of(plan.parts),
    MODERATOR: lambda plan, zone: moderators_of(plan.moderators),
    TIME: lambda plan, zone: times_of(plan.parts, zone),
    "spoken_languages": lambda plan, zone: (
        ", ".join(map(language_name, plan.session.spoken_languages)) or _("not said")
    ),
}
