"""Conferences and rooms in the admin."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from conference.admin_belonging import OfConference
from conference.admin_fields import ColourWidget, PictureInput, SiteLanguages
from conference.admin_languages import InLanguages
from conference.admin_lists import Folded
from conference.admin_order import Ordered
from conference.models import Conference, Room

admin.site.site_header = "Plenum"
admin.site.site_title = "Plenum"
admin.site.index_title = _("The conference")
admin.site.enable_nav_sidebar = False


@admin.register(Conference)
class ConferenceAdmin(Folded, InLanguages, TranslationAdmin):
    in_markdown = ["description"]
    change_form_template = "admin/conference_form.html"
    searched = ["name"]
    list_display = ["__str__", "starts_on", "ends_on", "is_current"]
    empty_text = _("There is no conference yet. Add the first one: its name and days are enough to begin with.")
    fieldsets = [
        (None, {"fields": ["name", "tagline", "description"]}),
        (_("Days and languages"), {"fields": [("starts_on", "ends_on", "timezone"), "languages", "is_current"]}),
        (_("Warnings"), {"fields": ["minutes_between_rooms"]}),
        (_("Venue"), {"fields": ["venue_name", "venue_address", ("venue_latitude", "venue_longitude")]}),
        (_("Looks"), {"fields": ["accent_colour", "logo"]}),
        (_("Addresses"), {"fields": ["website", "contact_email", "slug"]}),
    ]

    def get_changeform_initial_data(self, request):
        """The first conference is the current one, unless its organisers say otherwise."""
        first = not Conference.objects.filter(is_current=True).exists()
        return {"is_current": first} | super().get_changeform_initial_data(request)

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


@admin.register(Room)
class RoomAdmin(Ordered, Folded, OfConference, InLanguages, TranslationAdmin):
    searched = ["name"]
    counted = "parts"
    fields = ["conference", "name", "description", "accessibility", "is_step_free", "capacity", "slug"]
    list_display = ["__str__", "capacity", "sessions_count"]
    empty_text = _("There are no rooms yet. Add the rooms of the venue, then sessions can be put into them.")
