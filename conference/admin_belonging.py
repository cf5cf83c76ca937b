"""Rows that belong to a conference: new ones go to the chosen one, and point at rows of the same conference only."""

import re
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db.models import Max
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.chosen import chosen_conference, conference_of
from conference.models import Conference
from conference.numbers import whole_number


class InConference(RelatedFieldWidgetWrapper):
    """A select whose “add another” adds to the conference of the form."""

    conference = None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if self.conference and "url_params" in context:
            context["url_params"] += f"&conference={self.conference.pk}"
        return context


def limit_to_conference(fields, names, conference):
    """Let form fields offer the rows of one conference only."""
    for name in names:
        field = fields.get(name)
        if field is not None:
            rows = field.queryset.model._default_manager
            field.queryset = rows.filter(conference=conference) if conference else rows.none()
            field.widget = in_conference(field.widget, conference)
            field.widget.choices = field.choices


class Searched(AutocompleteSelect):
    """A field that is searched as one types. What was sent and can be no key names nothing, and is shown as nothing."""

    def optgroups(self, name, value, attr=None):
        keys = [key for key in value if re.fullmatch(r"[0-9]{1,18}", str(key))]
        return super().optgroups(name, keys, attr)


class SearchInConference(Searched):
    """A field that is searched as one types, among the rows of the conference of the form (see Folded)."""

    conference = None

    def get_url(self):
        return f"{super().get_url()}?{urlencode({'conference': self.conference.pk})}" if self.conference else ""


def in_conference(widget, conference):
    if not isinstance(widget, RelatedFieldWidgetWrapper):
        return widget
    within = searched_in(widget.widget, conference) if isinstance(widget.widget, AutocompleteSelect) else widget.widget
    wrapper = InConference(within, widget.rel, widget.admin_site, can_add_related=widget.can_add_related)
    wrapper.conference = conference
    return wrapper


def searched_in(widget, conference):
    search = SearchInConference(widget.field, widget.admin_site, widget.attrs, widget.choices, widget.db)
    search.conference = conference
    return search


class ConferenceFilter(SimpleListFilter):
    """The chosen conference's rows, unless another one, or all of them, are asked for."""

    title = gettext_lazy("conference")
    parameter_name = "in"
    ALL = "all"

    def __init__(self, request, params, model, model_admin):
        self.chosen = chosen_conference(request)
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        conferences = [(str(conference.pk), str(conference)) for conference in Conference.objects.all()]
        return conferences if len(conferences) > 1 else []

    def value(self):
        return super().value() or (str(self.chosen.pk) if self.chosen else self.ALL)

    def choices(self, changelist):
        for value, title in [*self.lookup_choices, (self.ALL, _("All conferences"))]:
            link = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self.value() == value, "query_string": link, "display": title}

    def queryset(self, request, queryset):
        conference = whole_number(self.value())
        return queryset if conference is None else queryset.filter(conference_id=conference)


class OfConference:
    """Mixed into the admin of a model with a conference: it is the chosen one for a new row, and stays what it is."""

    list_filter = [ConferenceFilter]
    of_conference = ()  # fields that point at rows of the same conference

    def get_changeform_initial_data(self, request):
        return {"conference": conference_of(request)} | super().get_changeform_initial_data(request)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        belongs = form.base_fields.get("conference")
        if belongs is not None:
            belongs.widget, belongs.disabled = forms.HiddenInput(), obj is not None
        limit_to_conference(form.base_fields, self.of_conference, conference_of(request, obj))
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None and conference_of(request) is None:
            messages.info(request, _("First describe the conference. Everything else belongs to one."))
            return redirect(reverse("admin:conference_conference_add"))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["belongs_to"] = conference_of(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_post_save_add(self, request, obj):
        """The first of its kind leads back to the front desk, which says what comes next until the first release."""
        is_first = type(obj)._default_manager.filter(conference_id=obj.conference_id).count() == 1
        if is_first and obj.conference.current_release_id is None:
            return redirect("admin:index")
        return super().response_post_save_add(request, obj)

    def save_model(self, request, obj, form, change):
        if not change and hasattr(obj, "position") and not obj.position:
            siblings = type(obj)._default_manager.filter(conference_id=obj.conference_id)
            obj.position = (siblings.aggregate(last=Max("position"))["last"] or 0) + 1
        super().save_model(request, obj, form, change)
