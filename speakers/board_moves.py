"""Moving a part on the board: the form, the move, and taking it back. A move is saved whole, or not at all."""

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass

from django import forms
from django.core import signing
from django.http import Http404
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from conference.admin_fields import day_name
from conference.documents import Key
from conference.models import Conference
from conference.steps import versions_of
from conference.translated import all_languages_of
from conference.writers import name_of
from sessions.admin_times import PartForm, local_times
from sessions.edits import recorded
from sessions.models import Part
from sessions.problems import Problem, moved, plan_of, problems_if
from speakers.board import Place, about_places, place_in_words, place_of

SALT = "speakers.board"
MOVED = gettext_noop("Moved “%(name)s” on the board")
TAKEN_BACK = gettext_noop("Took back the move of “%(name)s” on the board")


class MoveForm(PartForm):
    """A day, from when to when, and a room. Without any time the part goes back to those that wait for one."""

    position = None
    field_order = ["day", "start", "end", "end_day", "room"]

    class Meta:
        model = Part
        fields = ["room"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        conference = self.instance.session.conference
        self.fields["room"].queryset = conference.rooms.order_by("position", "pk")
        self.fields["room"].empty_label = _("No room yet")
        self.offer_days(conference)
        self.offer_the_night_after(conference)

    def offer_the_night_after(self, conference):
        """What starts after midnight of the last day stands on the board of that day."""
        night = conference.ends_on + dt.timedelta(days=1)
        for name in ("day", "end_day"):
            known = {value for value, _words in self.fields[name].choices}
            if night.isoformat() not in known:
                self.fields[name].choices += [(night.isoformat(), day_name(night))]

    @property
    def place(self) -> Place:
        """Where the part would be, once the form is valid."""
        return place_of(self.instance)


@dataclass(frozen=True)
class Moved:
    """A part that stands somewhere else now, and what takes it back there: a signed text."""

    part: Part
    way_back: str


class MovedMeanwhile(Exception):
    """Somebody else moved the part since it was seen; `part` is as it stands now."""

    def __init__(self, part: Part):
        self.part = part


class Refused(Exception):
    """The form is not valid; nothing is saved."""

    def __init__(self, form: forms.Form):
        self.form = form


def move(pk: int, data: dict, user) -> Moved:
    """Put a part where a form says. `data["seen"]` is the place it was seen at, as str(Place); with `data["room_only"]`
    it keeps its times, to the second, also in the hour that the clocks tell twice.

    Raises Http404, MovedMeanwhile or Refused.
    """
    with step(pk, user, MOVED) as part:
        before = place_of(part)
        if data.get("seen") != str(before):
            raise MovedMeanwhile(part)
        if data.get("room_only"):
            data = data | {name: str(value or "") for name, value in local_times(part, part.session.conference).items()}
        form = MoveForm(data, instance=part)
        if not form.is_valid():
            raise Refused(form)
        return put(part, before)


def take_back(pk: int, way_back: str, user) -> Moved:
    """Put a part where it was before a move. Raises Http404 or MovedMeanwhile."""
    try:
        key, starts, ends, room, seen = signing.loads(way_back, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise Http404("No such move.") from error
    with step(pk, user, TAKEN_BACK) as part:
        before = place_of(part)
        if (key, seen) != (pk, str(before)):
            raise MovedMeanwhile(part)
        part.starts_at, part.ends_at = (parse_datetime(text) if text else None for text in (starts, ends))
        part.room = part.session.conference.rooms.filter(pk=room).first()
        return put(part, before)


@contextmanager
def step(pk, user, said):
    """A step of the history about one part, which nobody else changes meanwhile; Http404 without it."""
    found = Part.objects.select_related("session").filter(pk=pk).first()
    if found is None:
        raise Http404("No such part.")
    with recorded(user, said, about=[found], name=all_languages_of(found.session, "title") or title_of(found)):
        yield Part.objects.select_related("session__conference", "room").get(pk=pk)


def put(part, before) -> Moved:
    part.save(update_fields=["starts_at", "ends_at", "room", "changed_at"])
    starts, ends = (moment and moment.isoformat() for moment in (before.starts_at, before.ends_at))
    return Moved(part, signing.dumps([part.pk, starts, ends, before.room, str(place_of(part))], salt=SALT))


# --- In words


def title_of(part: Part) -> str:
    return str(part.session)


def moved_in_words(part: Part) -> str:
    words = {"session": title_of(part), "place": place_in_words(part.session.conference, place_of(part), part.room)}
    return _("“%(session)s” is moved: %(place)s.") % words


def meanwhile_in_words(part: Part) -> str:
    """What to say to who was too late: who was faster, and where the part stands now."""
    last = versions_of(Key(part._meta.label_lower, part.pk)).select_related("revision__user").first()
    who = last and last.revision.user
    words = {
        "session": title_of(part),
        "place": place_in_words(part.session.conference, place_of(part), part.room),
        "who": name_of(who),
    }
    if who:
        return _("%(who)s moved “%(session)s” meanwhile: %(place)s. Your move is not saved.") % words
    return _("“%(session)s” was moved meanwhile: %(place)s. Your move is not saved.") % words


def problems_of_move(part: Part, place: Place, conference: Conference) -> list[Problem]:
    """What would not fit together if a part were moved. Nothing is saved; a fixed number of queries."""
    room = conference.rooms.filter(pk=place.room).first() if place.room else None
    proposal = moved(plan_of(part.session), part.pk, place.starts_at, place.ends_at, room)
    return about_places(problems_if(conference, proposal))
