"""People, and the one form of a session.

The form of a session is put together here, and not in sessions.admin, because it holds speakers and moderators, which
stand above sessions: imports point one way.
"""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from conference.admin_belonging import OfConference
from conference.admin_fields import LinksField, PictureInput, SpokenLanguages, thumbnail
from conference.admin_history import WithHistory
from conference.admin_languages import InLanguages
from conference.admin_lists import Folded, columns
from sessions.admin import MaterialsOfSession, PartsOfSession, QuestionsOfSession, RowsOfSession
from sessions.admin_rows import RowForm, RowFormSet, part_reference, save_rows
from sessions.models import Session
from speakers.admin_people import HasPhoto, OnStageAt, with_appearances
from speakers.admin_sessions import SessionList
from speakers.models import Moderator, Person, Speaker


class AppearanceForm(RowForm):
    part_row = part_reference()


class AppearanceFormSet(RowFormSet):
    def clean(self):
        """Nobody stands twice in the same part, as it will be once the marked parts are gone."""
        super().clean()
        seen = set()
        for form in self.live_forms():
            person = form.cleaned_data.get("person")
            where = person and (person, self.part_that_stays(form.cleaned_data.get("part_row")))
            if where in seen:
                form.add_error("person", _("This person is already on the list."))
            seen.update({where} if person else ())

    def part_that_stays(self, name):
        return "" if f"{name}-DELETE" in self.data else name or ""


class OnStage(RowsOfSession):
    """Mixed into an inline of speakers or moderators."""

    form, formset = AppearanceForm, AppearanceFormSet
    autocomplete_fields = ["person"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "person" and request.user.has_perm("speakers.add_person"):
            field.widget.widget.attrs |= {
                "data-new-address": reverse("admin:speakers_person_add"),
                "data-new-words": gettext("Add “%(name)s” (or write on: a comma, and a title)"),
                "data-new-titled": gettext("Add “%(name)s”, with the title “%(title)s”"),
                "data-new-failed": gettext("“%(name)s” could not be added. Try again, or use “New”."),
            }
        return field

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person")


class SpeakersOfSession(OnStage, TranslationStackedInline):
    model = Speaker
    add_text = _("Add a speaker")
    fieldsets = [(None, {"fields": [("person", "part_row"), "contribution"]})]


class ModeratorsOfSession(OnStage, admin.StackedInline):
    model = Moderator
    add_text = _("Add a moderator")
    fieldsets = [(None, {"fields": [("person", "part_row")]})]


@admin.register(Session)
class SessionAdmin(WithHistory, SessionList, Folded, OfConference, InLanguages, TranslationAdmin):
    """Everything about a session on one page, which reads like the page it makes."""

    in_markdown = ["description"]
    change_form_template = "admin/session_form.html"
    of_conference = ["format", "track", "topics", "replaced_by"]
    autocomplete_fields = ["replaced_by"]
    inlines = [PartsOfSession, SpeakersOfSession, ModeratorsOfSession, QuestionsOfSession, MaterialsOfSession]
    fieldsets = [
        (None, {"fields": ["conference", "title", "subtitle", "lead", "description"], "classes": ["words"]}),
        (_("Picture"), {"fields": ["image", "image_alt", "image_credit"], "classes": ["words"]}),
        (_("On the programme"), {"fields": ["state", "notice", "replaced_by", "is_featured"], "classes": ["aside"]}),
        (_("Format and theme"), {"fields": ["format", "track", "topics", "expected_attendance"], "classes": ["aside"]}),
        (
            _("Languages on stage"),
            {
                "fields": ["spoken_languages", "interpreted_to", "has_captions", "has_sign_language"],
                "classes": ["aside"],
            },
        ),
        (_("On the web"), {"fields": ["livestream_url", "recording_url", "slug"], "classes": ["aside"]}),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("spoken_languages", "interpreted_to"):
            kwargs["form_class"] = SpokenLanguages
        elif db_field.name == "image":
            kwargs |= {"form_class": PictureInput, "widget": PictureInput.widget}
        elif db_field.name == "track":
            kwargs["widget"] = forms.Select(attrs={"data-choose-one": ""})
        elif db_field.name == "topics":
            kwargs["widget"] = forms.SelectMultiple(attrs={"data-choose-many": ""})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "replaced_by" in form.base_fields:
            others = form.base_fields["replaced_by"]
            others.queryset = others.queryset.exclude(pk=obj and obj.pk).only("conference", *columns(Session, "title"))
        if "topics" in form.base_fields:
            form.base_fields["topics"].help_text = ""
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A draft that is saved as public is a form with another state: nothing else about it is different."""
        if "_public" in request.POST:
            request.POST = request.POST.copy()
            request.POST["state"] = Session.State.PUBLIC
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        is_draft = obj is None or obj.state == Session.State.DRAFT
        context["may_show"] = is_draft and self.may_write(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        form.save_m2m()
        save_rows(formsets, lambda formset: self.save_formset(request, form, formset, change=change))


@admin.register(Person)
class PersonAdmin(WithHistory, Folded, InLanguages, TranslationAdmin):
    in_markdown = ["biography"]
    change_form_template = "admin/person_form.html"
    searched = ["name", "sort_name", "organisation", "title", "affiliation"]
    list_display = ["shown_name", "organisation_and_title", "sessions_count", "has_photo"]
    list_filter = [HasPhoto, OnStageAt]
    ordering = ["sort_name", "pk"]
    empty_text = _("There is nobody here yet. People can be added here, or while you write a session.")
    fieldsets = [
        (None, {"fields": ["name", "title", "organisation", "affiliation", "biography"], "classes": ["words"]}),
        (_("Photo"), {"fields": ["photo", "photo_alt", "photo_credit"], "classes": ["words"]}),
        (_("For the moderator"), {"fields": ["pronouns", "pronunciation"], "classes": ["aside"]}),
        (_("Elsewhere"), {"fields": ["links", "contact_email"], "classes": ["aside"]}),
        (_("Lists and addresses"), {"fields": ["sort_name", "slug"], "classes": ["aside"]}),
    ]

    def get_queryset(self, request):
        return with_appearances(super().get_queryset(request))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "links":
            kwargs["form_class"] = LinksField
        elif db_field.name == "photo":
            kwargs |= {"form_class": PictureInput, "widget": PictureInput.widget}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("name"), ordering="sort_name")
    def shown_name(self, person):
        return person.name

    @admin.display(description=_("title and organisation"))
    def organisation_and_title(self, person):
        return ", ".join(filter(None, [person.title, person.organisation, person.affiliation]))

    @admin.display(description=_("sessions"), ordering="how_many")
    def sessions_count(self, person):
        return person.how_many

    @admin.display(description=_("photo"), ordering="photo")
    def has_photo(self, person):
        if not person.photo:
            return _("none")
        return format_html(
            '<img class="face" src="{}" alt="{}" width="40" height="40">', thumbnail(person.photo), _("yes")
        )
