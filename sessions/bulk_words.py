"""What staff can change of many sessions at once, in words."""

from django.utils.translation import gettext as _

from conference.admin_fields import day_name
from conference.clock import times_of_day
from conference.language_names import language_name, own_name
from conference.translated import all_languages_of
from sessions.models import Session
from sessions.planned import Planned


def facts_of(plan: Planned, zone) -> dict[str, str]:
    """{what: how it is} of a session, in the active language and the words of its form."""
    session = plan.session
    facts = {
        name_of("state"): str(session.get_state_display()),
        name_of("track"): str(session.track or _("no track")),
        name_of("format"): str(session.format or _("no format")),
        _("room"): rooms_of(plan.parts),
        _("time"): times_of(plan.parts, zone),
        name_of("spoken_languages"): ", ".join(map(language_name, session.spoken_languages)) or _("not said"),
        name_of("replaced_by"): str(session.replaced_by or _("nothing")),
    }
    return facts | notices_of(session)


def name_of(field: str) -> str:
    return str(Session._meta.get_field(field).verbose_name)


def rooms_of(parts):
    return ", ".join(dict.fromkeys(str(part.room or _("no room yet")) for part in parts)) or _("no part")


def times_of(parts, zone):
    return "; ".join(time_of(part, zone) for part in parts) or _("no part")


def time_of(part, zone):
    if not part.starts_at:
        return _("no time yet")
    starts, ends = part.starts_at.astimezone(zone), part.ends_at.astimezone(zone)
    return f"{day_name(starts.date())} {times_of_day(starts, ends)}"


def notices_of(session):
    """The public message in every language that the site has, "" where there is none."""
    said = all_languages_of(session, "notice")
    codes = [field.language for field in session._meta.fields if field.name.startswith("notice_")]
    named = {
        code: _("%(field)s (%(language)s)") % {"field": name_of("notice"), "language": own_name(code)} for code in codes
    }
    return {named[code]: said.get(code, "") or _("nothing") for code in codes}
