"""What staff may ask for many sessions at once: each form makes a Wish of sessions.bulk out of what was filled in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from modeltranslation.utils import build_localized_fieldname

from conference.admin_fields import SpokenLanguages, day_name
from conference.admin_lists import columns
from conference.language_names import own_name
from conference.translated import columns_of, in_any_language
from sessions.admin_times import days_of
from sessions.bulk import CHANGED_MANY, Wish
from sessions.models import Session
from speakers.copying import Along
from speakers.models import Moderator, Person

MOST_MINUTES = 7 * 24 * 60
NONE, EVERYBODY = "none", "everybody"
LONG = 30  # rows; more are searched


class BulkForm(forms.Form):
    """A form about some sessions of one conference; `sessions` is a list of them."""

    class Media:
        js = [
            "admin/js/vendor/jquery/jquery.min.js",
            "admin/js/vendor/select2/select2.full.min.js",
            "admin/js/jquery.init.js",
        ]
        css = {"screen": ["admin/css/vendor/select2/select2.min.css", "admin/css/autocomplete.css"]}

    def __init__(self, conference, sessions, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conference, self.sessions = conference, sessions
        self.offer()

    def offer(self):
        """Fill in the choices that the conference has."""


class ChangeForm(BulkForm):
    """Room, track, format, state, moderator, languages and times. What is left empty stays as it is."""

    said = CHANGED_MANY
    room = forms.ChoiceField(required=False, label=gettext_lazy("room"))
    track = forms.ChoiceField(required=False, label=gettext_lazy("track"))
    format = forms.ChoiceField(required=False, label=gettext_lazy("format"))
    state = forms.ChoiceField(required=False, label=gettext_lazy("state"))
    joins = forms.ChoiceField(
        required=False,
        label=gettext_lazy("add a moderator"),
        help_text=gettext_lazy("To the whole session. Who moderates a part of it already stays there."),
        widget=forms.Select(attrs={"data-choose-one": ""}),
    )
    leaves = forms.ChoiceField(required=False, label=gettext_lazy("take a moderator away"))
    spoken_languages = SpokenLanguages(required=False, label=gettext_lazy("spoken in"))
    day = forms.ChoiceField(
        required=False,
        label=gettext_lazy("day"),
        help_text=gettext_lazy("Each session starts on this day, at its time of day."),
    )
    minutes = forms.IntegerField(
        required=False,
        label=gettext_lazy("minutes later"),
        min_value=-MOST_MINUTES,
        max_value=MOST_MINUTES,
        help_text=gettext_lazy("15 is a quarter of an hour later, −15 earlier."),
        widget=forms.NumberInput(attrs={"step": 1}),
    )

    def offer(self):
        self.rows = {name: {str(row.pk): row for row in rows.all()} for name, rows in self.of_conference().items()}
        nothing = {"room": _("No room"), "track": _("No track"), "format": _("No format")}
        for name, rows in self.rows.items():
            self.fields[name].choices = [leave(), (NONE, nothing[name]), *((pk, str(row)) for pk, row in rows.items())]
            if len(rows) > LONG:
                self.fields[name].widget.attrs["data-choose-one"] = ""
        shown = [Session.State.PUBLIC, Session.State.DRAFT]
        self.fields["state"].choices = [leave(), *((state.value, state.label) for state in shown)]
        self.days = {day.isoformat(): day for day in days_of(self.conference)}
        self.fields["day"].choices = [leave(), *((key, day_name(day)) for key, day in self.days.items())]
        self.offer_people()

    def offer_people(self):
        self.people = {
            str(person.pk): person for person in Person.objects.only("name", *columns(Person, "organisation"))
        }
        self.fields["joins"].choices = [leave(), *((pk, with_organisation(row)) for pk, row in self.people.items())]
        chosen = [session.pk for session in self.sessions]
        there = Moderator.objects.filter(session__in=chosen).order_by().values_list("person", flat=True).distinct()
        self.moderating = {str(pk) for pk in there}
        named = [(pk, str(person)) for pk, person in self.people.items() if pk in self.moderating]
        everybody = [(EVERYBODY, _("Everybody who moderates now"))] if named else []
        self.fields["leaves"].choices = [leave(), *everybody, *named]

    def of_conference(self):
        return {"room": self.conference.rooms, "track": self.conference.tracks, "format": self.conference.formats}

    def wish(self) -> Wish:
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [], 0)}
        named = {name: self.rows[name].get(said[name]) for name in self.rows if name in said}
        parts = {name: named.pop(name) for name in ("room",) if name in named}
        fields = named | {name: said[name] for name in ("state", "spoken_languages") if name in said}
        joins = self.people.get(said.get("joins"))
        return Wish(fields, parts, said.get("minutes", 0), self.days.get(said.get("day")), joins, self.leave(joins))

    def leave(self, joins) -> frozenset[int]:
        """The keys of those who moderate no more; who is added at the same time stays."""
        said = self.cleaned_data["leaves"]
        leaving = self.moderating if said == EVERYBODY else {said} - {""}
        return frozenset(int(pk) for pk in leaving) - {joins and joins.pk}


def with_organisation(person):
    organisation = in_any_language(person, "organisation")
    return f"{person}, {organisation}" if organisation else str(person)


def leave():
    return "", _("Leave as it is")


class CancelForm(BulkForm):
    """What becomes of sessions that do not take place, and what the public is told."""

    KEEP, REPLACE, HIDE, BRING_BACK = "keep", "replace", "hide", "bring back"

    outcome = forms.ChoiceField(label=gettext_lazy("What should happen?"), widget=forms.RadioSelect, required=True)
    replaced_by = forms.ChoiceField(
        required=False,
        label=gettext_lazy("replaced by"),
        widget=forms.Select(attrs={"data-choose-one": ""}),
    )
    clears_notice = forms.BooleanField(required=False, label=gettext_lazy("Take away the notices that stand there now"))

    def offer(self):
        self.others = self.sessions_beside()
        titled = sorted(((str(pk), str(row)) for pk, row in self.others.items()), key=lambda pair: pair[1].casefold())
        self.fields["replaced_by"].choices = [("", _("Choose a session")), *titled]
        self.fields["outcome"].choices = outcomes(self.sessions)
        self.initial.setdefault("outcome", self.fields["outcome"].choices[0][0])
        maximum = Session._meta.get_field("notice").max_length
        for code in self.conference.languages:
            label, attrs = own_name(code), {"lang": code, "class": "vTextField"}
            field = forms.CharField(required=False, label=label, max_length=maximum, widget=forms.TextInput(attrs))
            self.fields[notice(code)] = field

    def sessions_beside(self):
        chosen = {session.pk for session in self.sessions}
        others = self.conference.sessions.on_programme().exclude(state=Session.State.CANCELLED)
        titles = others.only("conference", "state", *columns(Session, "title"))
        return {row.pk: row for row in titles if row.pk not in chosen}

    @property
    def said(self) -> str:
        """What the history says of it."""
        return SAID[self.cleaned_data["outcome"]]

    @property
    def notices(self):
        """The fields of the notice, one for each language of the conference."""
        return [self[notice(code)] for code in self.conference.languages]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == self.REPLACE and not cleaned.get("replaced_by"):
            raise ValidationError({"replaced_by": _("Choose the session that takes its place.")})
        return cleaned

    def wish(self) -> Wish:
        said, outcome = self.cleaned_data, self.cleaned_data["outcome"]
        if outcome == self.HIDE:
            return Wish({"state": Session.State.DRAFT})
        instead = self.others.get(int(said["replaced_by"])) if outcome == self.REPLACE else None
        state = Session.State.PUBLIC if outcome == self.BRING_BACK else Session.State.CANCELLED
        return Wish({"state": state, "replaced_by": instead} | self.told())

    def told(self):
        """{column: words} of the notice; none of them where nothing was written and nothing is to be taken away."""
        said = {notice(code): self.cleaned_data[notice(code)] for code in self.conference.languages}
        if self.cleaned_data["clears_notice"]:
            return dict.fromkeys((column for _code, column in columns_of("notice")), "") | said
        return {column: words for column, words in said.items() if words}


SAID = {
    CancelForm.KEEP: gettext_noop("Cancelled"),
    CancelForm.REPLACE: gettext_noop("Cancelled, and replaced by another session"),
    CancelForm.HIDE: gettext_noop("Taken off the programme"),
    CancelForm.BRING_BACK: gettext_noop("Brought back onto the programme"),
}


def notice(code):
    return build_localized_fieldname("notice", code)


def outcomes(sessions):
    """[(value, words)] of what can become of these sessions; the likeliest first."""
    form = CancelForm
    cancel = [
        (form.KEEP, _("Keep it on the programme, marked as cancelled")),
        (form.REPLACE, _("Mark it as cancelled, and point to another session")),
        (form.HIDE, _("Hide it: take it off the programme")),
    ]
    back = [(form.BRING_BACK, _("Bring it back: it takes place after all"))]
    if all(session.state == Session.State.CANCELLED for session in sessions):
        return back + cancel
    return cancel + (back if any(session.state == Session.State.CANCELLED for session in sessions) else [])


class DuplicateForm(BulkForm):
    """What comes along into copies of sessions."""

    SAME, NONE = "same", "none"
    times = forms.ChoiceField(label=gettext_lazy("Times and rooms"), widget=forms.RadioSelect, initial=NONE)
    people = forms.BooleanField(required=False, initial=True, label=gettext_lazy("people on stage"))
    questions = forms.BooleanField(required=False, initial=True, label=gettext_lazy("questions for the discussion"))
    materials = forms.BooleanField(required=False, initial=True, label=gettext_lazy("materials; files are copied"))

    def offer(self):
        self.fields["times"].choices = [
            (self.NONE, _("Not scheduled yet: the copy gets its time and room later")),
            (self.SAME, _("At the same time and in the same room, to be moved from there")),
        ]

    def along(self) -> Along:
        said = self.cleaned_data
        days = 0 if said["times"] == self.SAME else None
        return Along(days, people=said["people"], questions=said["questions"], materials=said["materials"])
