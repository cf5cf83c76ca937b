"""Ways to look at the list of sessions."""

import datetime as dt

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin_fields import day_name
from conference.chosen import chosen_conference
from conference.language_names import own_name
from conference.models import Conference
from sessions.admin_times import days_of
from sessions.models import Part, Session
from speakers.languages_done import incomplete_in
from speakers.models import Moderator


def conference_in_list(request):
    """The conference whose sessions the list shows; None when it shows all of them."""
    asked = request.GET.get("in", "")
    return (
        Conference.objects.filter(pk=asked).first()
        if asked.isdecimal()
        else None
        if asked
        else chosen_conference(request)
    )


class OfTheConference(SimpleListFilter):
    """A filter whose choices are rows of the conference that the list shows."""

    rows, path = "", ""

    def lookups(self, request, model_admin):
        conference = conference_in_list(request)
        return [(str(row.pk), str(row)) for row in getattr(conference, self.rows).all()] if conference else []

    def queryset(self, request, sessions):
        value = self.value() or ""
        return (
            sessions.filter(Exists(Session.objects.filter(pk=OuterRef("pk"), **{self.path: value})))
            if value.isdecimal()
            else sessions
        )


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
        return [("moderator", _("no moderator")), ("time", _("no time")), ("room", _("no room"))]

    def queryset(self, request, sessions):
        parts = Part.objects.filter(session=OuterRef("pk"))
        moderators = Moderator.objects.filter(session=OuterRef("pk"))
        found = {
            "moderator": ~Exists(moderators) & ~Q(format__is_break=True),
            "time": ~Exists(parts) | Exists(parts.filter(starts_at__isnull=True)),
            "room": ~Exists(parts) | Exists(parts.filter(room__isnull=True)),
        }
        return sessions.filter(found[self.value()]) if self.value() in found else sessions


class IncompleteFilter(SimpleListFilter):
    title, parameter_name = gettext_lazy("not complete in"), "incomplete"

    def lookups(self, request, model_admin):
        conference = conference_in_list(request)
        return [(code, own_name(code)) for code in conference.languages] if conference else []

    def queryset(self, request, sessions):
        codes = [code for code, _name in self.lookup_choices]
        return sessions.filter(incomplete_in(self.value())) if self.value() in codes else sessions
