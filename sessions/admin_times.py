"""The form of a part: its times are a day and two times of day in the conference's zone, never in the server's or UTC."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin_fields import TimeOfDay, day_name
from conference.clock import times_of_day
from sessions.admin_rows import RowForm, RowFormSet
from sessions.models import Part

SMALL_HOURS = dt.time(6)
A_LONG_PART = dt.timedelta(hours=3)
TIMES = ["day", "start", "end", "end_day"]


class PartForm(RowForm):
    """When, where and what. A new part is always stored: it may be on the programme before its time is known."""

    day = forms.ChoiceField(required=False, label=gettext_lazy("day"))
    start = TimeOfDay(required=False, label=gettext_lazy("from"))
    end = TimeOfDay(required=False, label=gettext_lazy("to"))
    end_day = forms.ChoiceField(required=False, label=gettext_lazy("ends on"))

    def has_changed(self):
        return self.instance._state.adding or super().has_changed()

    def offer_days(self, conference):
        """Let the days of the conference be chosen, and any other days that the part has now."""
        self.conference = conference
        now = local_times(self.instance, conference)
        self.initial.update(now)
        days = sorted(
            {*days_of(conference), *(dt.date.fromisoformat(now[name]) for name in ("day", "end_day") if now[name])}
        )
        named = [(day.isoformat(), day_name(day)) for day in days]
        self.fields["day"].choices = [("", _("No day yet")), *named]
        self.fields["end_day"].choices = [("", _("the same day")), *named]

    def clean(self):
        cleaned = super().clean()
        if not any(name in self.errors for name in TIMES) and set(TIMES) & set(self.changed_data):
            self.instance.starts_at, self.instance.ends_at = self.times(cleaned)
            self.check_times()
        return cleaned

    def times(self, cleaned):
        day, start, end = cleaned["day"] or self.only_day(), cleaned["start"], cleaned["end"]
        if not start and not end:
            return None, None
        if not day:
            self.add_error("day", _("Choose the day, too."))
            return None, None
        day = dt.date.fromisoformat(day)
        end_day = dt.date.fromisoformat(cleaned["end_day"]) if cleaned["end_day"] else last_day(day, start, end)
        return self.moment("start", day, start), self.moment("end", end_day, end)

    def only_day(self):
        """The conference's day, when it has one only."""
        days = days_of(self.conference)
        return days[0].isoformat() if len(days) == 1 else ""

    def moment(self, name, day, time):
        if time is None:
            return None
        moment = dt.datetime.combine(day, time, tzinfo=self.conference.zone)
        if moment.astimezone(dt.UTC).astimezone(self.conference.zone).replace(tzinfo=None) != moment.replace(
            tzinfo=None
        ):
            self.add_error(name, _("The clocks are put forward that night: this time does not exist."))
        return moment

    def check_times(self):
        others = {field.name for field in self.instance._meta.fields} - {"starts_at", "ends_at"}
        try:
            if "day" not in self.errors:
                self.instance.validate_constraints(exclude=others)
        except ValidationError as error:
            self.add_error("end", error.messages)


class PartFormSet(RowFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.offer_days(self.conference)
        if "room" in form.fields:
            form.fields["room"].choices = self.rooms(form.fields["room"])

    def next_free_time(self):
        """Where a part could be put with one click; None without a conference, and for who may not add parts."""
        return next_free_time(self.conference) if self.conference and self.max_num else None

    def rooms(self, field):
        """The choices of rooms, asked for once for all rows."""
        if not hasattr(self, "_rooms"):
            self._rooms = list(field.choices)
        return self._rooms


@dataclass(frozen=True)
class FreeTime:
    """A time that nothing takes place at in a room, as the form of a part writes it."""

    day: str
    start: str
    end: str
    room: str  # the key of the room; "" for none
    words: str


def next_free_time(conference) -> FreeTime | None:
    """After the part that was edited last, in its room and as long as it; at nine o'clock on the first day before there is
    any, and on the next one rather than at night. None when the conference is over by then."""
    last = Part.objects.filter(session__conference=conference, starts_at__isnull=False).select_related("room").order_by("-changed_at", "-pk").first()  # fmt: skip
    length = min(last.ends_at - last.starts_at, A_LONG_PART) if last else dt.timedelta(minutes=45)
    room = last.room if last else conference.rooms.first()
    start = by_day(last.ends_at, conference) if last else nine_oclock(conference.starts_on, conference)
    for part in Part.objects.filter(room=room, ends_at__gt=start).order_by("starts_at") if room else ():
        if part.starts_at < start + length and start < part.ends_at:
            start = by_day(part.ends_at, conference)
    day, end = start.date(), (start + length).astimezone(conference.zone)
    if day not in days_of(conference):
        return None
    where = [f"{day_name(day, short=True)} {times_of_day(start, end)}", str(room) if room else ""]
    return FreeTime(day.isoformat(), f"{start:%H:%M}", f"{end:%H:%M}", str(room.pk) if room else "", ", ".join(filter(None, where)))  # fmt: skip


def nine_oclock(day, conference):
    return dt.datetime.combine(day, dt.time(9), conference.zone)


def by_day(moment, conference):
    """A moment in the conference's zone; for one in the small hours, nine o'clock."""
    local = moment.astimezone(conference.zone)
    return local if local.time() >= SMALL_HOURS else nine_oclock(local.date(), conference)


def days_of(conference):
    """The dates of the conference; none while there is no conference."""
    if conference is None:
        return []
    count = min((conference.ends_on - conference.starts_on).days + 1, 60)
    return [conference.starts_on + dt.timedelta(days=n) for n in range(count)]


def last_day(day, start, end):
    """The date on which a part ends that was given one day only: the next one for an evening past midnight."""
    return day + dt.timedelta(days=1) if start and end and end <= start and end <= SMALL_HOURS else day


def local_times(part, conference):
    """What the form shows of a part's times: {"day", "start", "end", "end_day"}."""
    if not (conference and part.starts_at and part.ends_at):
        return {"day": "", "start": None, "end": None, "end_day": ""}
    starts, ends = part.starts_at.astimezone(conference.zone), part.ends_at.astimezone(conference.zone)
    start, end = (moment.time().replace(microsecond=0) for moment in (starts, ends))
    usual = last_day(starts.date(), start, end) == ends.date()
    return {
        "day": starts.date().isoformat(),
        "start": start,
        "end": end,
        "end_day": "" if usual else ends.date().isoformat(),
    }
