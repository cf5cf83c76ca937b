"""Ways to look at the list of sessions."""

import datetime as dt

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin_fields import day_name
from conference.chosen import chosen_conference
from conference.language_names import own_name
from conference.models import Conference
from conference.numbers import whole_number
from sessions.admin_times import days_of
from sessions.models import Part, Session
from sessions.problems import Problem, counted
from speakers.findings import findings_of
from speakers.languages_done import incomplete_in
from speakers.whats_missing import NAMES, lacking


def conference_in_list(request):
    """The conference whose sessions the list shows; None when it shows all of them."""
    asked = request.GET.get("in")
    if not asked:
        return chosen_conference(request)
    return Conference.objects.filter(pk=whole_number(asked) or 0).first()


class OfTheConference(SimpleListFilter):
    """A filter whose choices are rows of the conference that the list shows."""

    rows, path = "", ""

    def lookups(self, request, model_admin):
        conference = conference_in_list(request)
        return [(str(row.pk), str(row)) for row in getattr(conference, self.rows).all()] if conference else []

    def queryset(self, request, sessions):
        row = whole_number(self.value())
        if row is None:
            return sessions
        return sessions.filter(Exists(Session.objects.filter(pk=OuterRef("pk"), **{self.path: row})))


class RoomFilter(OfTheConference):
    title, parameter_name, rows, path = gettext_lazy("room"), "room", "rooms", "parts__room"


class TrackFilter(OfTheConference):
    title, parameter_name, rows, path = gettext_lazy("track"), "track", "tracks", "track"


class FormatFilter(OfTheConference):
    title, parameter_name, rows, path = gettext_lazy("format"), "format", "formats", "format"


class StateFilter(SimpleListFilter):
    title, parameter_name = gettext_lazy("state"), "state"

    def lookups(self, request, model_admin):
        return Session.State.choices

    def queryset(self, request, sessions):
        return sessions.filter(state=self.value()) if self.value() in Session.State.values else sessions


class DayFilter(SimpleListFilter):
    """A day of the conference, from midnight to midnight in its zone."""

    title, parameter_name = gettext_lazy("day"), "day"

    def lookups(self, request, model_admin):
        self.conference = conference_in_list(request)
        return [(day.isoformat(), day_name(day)) for day in days_of(self.conference)]

    def queryset(self, request, sessions):
        day = next((day for day in days_of(self.conference) if day.isoformat() == self.value()), None)
        if day is None:
            return sessions
        there = Part.objects.filter(session=OuterRef("pk"), starts_at__gte=self.conference.midnight(day), starts_at__lt=self.conference.midnight(day + dt.timedelta(days=1)))  # fmt: skip
        return sessions.filter(Exists(there))


class MissingFilter(SimpleListFilter):
    title, parameter_name = gettext_lazy("what is missing"), "missing"

    def lookups(self, request, model_admin):
        return list(NAMES.items())

    def queryset(self, request, sessions):
        return sessions.filter(lacking(self.value())) if self.value() in NAMES else sessions


class ProblemFilter(SimpleListFilter):
    """Sessions that something does not fit together about, of one kind or of any."""

    title, parameter_name = gettext_lazy("problems"), "problem"

    def lookups(self, request, model_admin):
        found = problems_in_list(request)
        return [("any", _("Any problem (%(count)d)") % {"count": len(found)}), *counted(found)] if found else []

    def queryset(self, request, sessions):
        found = [p for p in problems_in_list(request) if self.value() in ("any", p.kind)]
        concerned = {session.pk for p in found for session in (p.session, p.other) if session}
        return sessions.filter(pk__in=concerned) if self.value() else sessions


def problems_in_list(request) -> tuple[Problem, ...]:
    """The problems of the conference whose sessions the list shows, looked for once; none where it shows all of them."""
    if not hasattr(request, "_problems_in_list"):
        conference = conference_in_list(request)
        request._problems_in_list = findings_of(conference).problems if conference else ()
    return request._problems_in_list


class IncompleteFilter(SimpleListFilter):
    title, parameter_name = gettext_lazy("not complete in"), "incomplete"

    def lookups(self, request, model_admin):
        conference = conference_in_list(request)
        return [(code, own_name(code)) for code in conference.languages] if conference else []

    def queryset(self, request, sessions):
        codes = [code for code, _name in self.lookup_choices]
        return sessions.filter(incomplete_in(self.value())) if self.value() in codes else sessions
