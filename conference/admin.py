"""Conferences and rooms in the admin."""

import zoneinfo

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modeltranslation.admin import TranslationAdmin

from conference import admin_accounts, admin_audit  # noqa: F401 -- register users and groups, and the audit log
from conference.admin_belonging import OfConference
from conference.admin_fields import ColourWidget, PictureInput, SiteLanguages
from conference.admin_history import WithHistory
from conference.admin_languages import InLanguages, InLanguagesForm
from conference.admin_lists import Folded, yes_or_nothing
from conference.admin_order import Ordered
from conference.chosen import KEY as CHOSEN
from conference.clock import time_of_day
from conference.models import Conference, Room
from conference.recording import touched

admin.site.site_header = "Plenum"
admin.site.site_title = "Plenum"
admin.site.index_title = _("The conference")


MOST_ROOMS = 100


class ConferenceForm(InLanguagesForm):
    """Without a last day, a conference has one day."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "ends_on" in self.fields:
            self.fields["ends_on"].required = False
            self.fields["ends_on"].help_text = _("Leave it empty for a conference of one day.")

    def clean(self):
        cleaned = super().clean()
        return cleaned | {"ends_on": cleaned.get("ends_on") or cleaned.get("starts_on")}


class NewConferenceForm(ConferenceForm):
    """The first rooms can be named with the conference, so that its first session can take place in one of them."""

    first_rooms = forms.CharField(
        required=False,
        label=_("first rooms"),
        help_text=_("One on each line, if you know them. More can be added later."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_first_rooms(self):
        names = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["first_rooms"].splitlines()))))
        if any(len(name) > Room._meta.get_field("name").max_length for name in names):
            raise forms.ValidationError(_("The name of a room is too long. Write each room on a line of its own."))
        if len(names) > MOST_ROOMS:
            raise forms.ValidationError(
                _("Name at most %(most)d rooms here. More can be added later."), params={"most": MOST_ROOMS}
            )
        return names


@admin.register(Conference)
class ConferenceAdmin(WithHistory, Folded, InLanguages, TranslationAdmin):
    form = ConferenceForm
    in_markdown = ["description"]
    change_form_template = "admin/conference_form.html"
    searched = ["name"]
    list_display = ["__str__", "starts_on", "ends_on", "shown_as_current"]
    empty_text = _("There is no conference yet. Add the first one: its name and days are enough to begin with.")
    fieldsets = [
        (None, {"fields": ["name", "tagline", "description"]}),
        (_("Days and languages"), {"fields": [("starts_on", "ends_on", "timezone"), "languages", "is_current"]}),
        (_("Warnings"), {"fields": ["minutes_between_rooms"]}),
        (_("Venue"), {"fields": ["venue_name", "venue_address", ("venue_latitude", "venue_longitude")]}),
        (_("Looks"), {"fields": ["accent_colour", "logo"]}),
        (_("Addresses"), {"fields": ["website", "contact_email", "slug"]}),
    ]

    @admin.display(description=_("is the current conference"), ordering="is_current")
    def shown_as_current(self, conference):
        return yes_or_nothing(conference.is_current)

    def get_fieldsets(self, request, obj=None):
        """A new conference needs a name, days and languages; all else can wait until it is there."""
        words, days, *others = super().get_fieldsets(request, obj)
        if obj:
            return [words, days, *others]
        days_only = [line for line in days[1]["fields"] if line != "is_current"]
        return [(None, {"fields": words[1]["fields"][:1]}), (days[0], {"fields": [*days_only, "first_rooms"]})]

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **({} if obj else {"form": NewConferenceForm}) | kwargs)

    def save_model(self, request, obj, form, change):
        """The first conference is the current one."""
        obj.is_current = obj.is_current if change else not Conference.objects.filter(is_current=True).exists()
        super().save_model(request, obj, form, change)
        add_rooms(obj, form.cleaned_data.get("first_rooms", ()))
        if change and "timezone" in form.changed_data:
            self.tell_of_clocks(request, obj, zoneinfo.ZoneInfo(form.initial["timezone"]))

    def tell_of_clocks(self, request, conference, before):
        """Another zone leaves every session at its moment, where the clocks now show another time."""
        first = conference.sessions.filter(parts__starts_at__isnull=False).order_by("parts__starts_at")
        for starts_at in first.values_list("parts__starts_at", flat=True)[:1]:
            then, now = (time_of_day(starts_at.astimezone(zone)) for zone in (before, conference.zone))
            words = _("The clocks of the sessions changed with the time zone: what began at %(then)s now begins at %(now)s. If it should not, undo this, or choose all sessions in the list and change their time.")  # fmt: skip
            messages.warning(request, words % {"then": then, "now": now})

    def response_post_save_add(self, request, obj):
        """Who makes a conference works on it, and sees on the front desk what comes next."""
        request.session[CHOSEN] = obj.pk
        return redirect("admin:index")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "languages":
            kwargs["form_class"] = SiteLanguages
        elif db_field.name in ("starts_on", "ends_on"):
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        elif db_field.name == "accent_colour":
            kwargs["widget"] = ColourWidget
        elif db_field.name == "logo":
            kwargs |= {"form_class": PictureInput, "widget": PictureInput.widget}
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def add_rooms(conference, names):
    """Give a new conference its first rooms, named in its first language."""
    with override(conference.language):
        touched(*(Room.objects.create(conference=conference, name=name, position=n) for n, name in enumerate(names, 1)))


@admin.register(Room)
class RoomAdmin(WithHistory, Ordered, Folded, OfConference, InLanguages, TranslationAdmin):
    searched = ["name"]
    counted = "parts"
    fields = ["conference", "name", "description", "accessibility", "is_step_free", "capacity", "slug"]
    list_display = ["__str__", "capacity", "sessions_count"]
    empty_text = _("There are no rooms yet. Add the rooms of the venue, then sessions can be put into them.")
