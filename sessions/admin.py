"""Words that sessions are sorted by, and the lists of rows that the form of a session holds (speakers.admin puts them
together, because speakers stand above sessions and imports point one way)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from conference.admin_belonging import OfConference, Searched, limit_to_conference
from conference.admin_fields import ColourWidget, DocumentInput
from conference.admin_history import WithHistory
from conference.admin_languages import InLanguages
from conference.admin_lists import Folded, yes_or_nothing
from conference.admin_order import Ordered
from conference.admin_swatch import swatch
from conference.chosen import conference_of
from sessions.admin_rows import RowForm, RowFormSet, RowReference, blank_rows, part_reference
from sessions.admin_times import PartForm, PartFormSet
from sessions.models import DiscussionQuestion, Format, Material, Part, Topic, Track


class RowsOfSession(InLanguages):
    """Mixed into an inline: a list of rows on the form of a session, in an order that can be changed."""

    form, formset = RowForm, RowFormSet
    template = "admin/rows.html"
    classes = ()

    def get_extra(self, request, obj=None, **kwargs):
        return blank_rows(self.prefix(), obj or self.parent_model()) if self.has_add_permission(request, obj) else 0

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Searched(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def prefix(self):
        return self.opts.get_field("session").remote_field.related_name


class PartsOfSession(RowsOfSession, TranslationStackedInline):
    model = Part
    form, formset = PartForm, PartFormSet
    add_text = _("Add a part")
    note_text = _("Times are those of the clocks at the conference: %(zone)s.")
    fieldsets = [(None, {"fields": ["title", ("day", "start", "end", "end_day", "room"), "description"]})]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.conference = conference_of(request, obj)
        limit_to_conference(formset.form.base_fields, ["room"], formset.conference)
        return formset


class QuestionForm(RowForm):
    part_row = part_reference()
    addressed_to_row = RowReference("speakers", _("Anybody"), label=_("addressed to"))


class QuestionsOfSession(RowsOfSession, TranslationStackedInline):
    model = DiscussionQuestion
    form = QuestionForm
    add_text = _("Add a question")
    fieldsets = [
        (None, {"fields": ["text", ("part_row", "addressed_to_row", "audience")]}),
        (_("Note to the moderator"), {"fields": ["note"], "classes": ["collapse"]}),
    ]


class MaterialsOfSession(RowsOfSession, TranslationStackedInline):
    model = Material
    add_text = _("Add material")
    fieldsets = [(None, {"fields": ["title", ("kind", "link", "file")]})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "file":
            kwargs |= {"form_class": DocumentInput, "widget": DocumentInput.widget}
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class HeadingAdmin(WithHistory, Ordered, Folded, OfConference, InLanguages, TranslationAdmin):
    """Tracks, topics and formats: a name, and a place among the others."""

    fields = ["conference", "name", "slug"]
    list_display = ["__str__", "sessions_count"]
    searched = ["name"]


@admin.register(Track)
class TrackAdmin(HeadingAdmin):
    fields = ["conference", "name", "colour", "slug"]
    list_display = ["__str__", "shown_colour", "sessions_count"]
    empty_text = _("There are no tracks yet. A track is a thread through the programme, such as “Rights” or “Climate”.")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "colour":
            kwargs["widget"] = ColourWidget
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("colour"))
    def shown_colour(self, track):
        return swatch(track.colour)


@admin.register(Topic)
class TopicAdmin(HeadingAdmin):
    empty_text = _(
        "There are no topics yet. A session may have many, such as the sustainable development goals it is about."
    )


@admin.register(Format)
class FormatAdmin(HeadingAdmin):
    fields = ["conference", "name", "is_break", "slug"]
    list_display = ["__str__", "shown_as_break", "sessions_count"]
    empty_text = _(
        "There are no formats yet. A format says what kind of session it is, such as “plenary”, “workshop” or “break”."
    )

    @admin.display(description=_("is a break"), ordering="is_break")
    def shown_as_break(self, format):
        return yes_or_nothing(format.is_break)
