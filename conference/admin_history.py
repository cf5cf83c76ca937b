"""The admin of what has a history: every save, action, move and deletion is a step that can be undone where it is told."""

import re
from collections import Counter
from contextlib import suppress

from django.contrib.admin.utils import unquote
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_noop

from conference import history_pages, made_once
from conference.admin_together import Together
from conference.documents import has_history, key_of, owners
from conference.numbers import whole_number
from conference.recording import about_keys, recorded, touched
from conference.undo_button import offer_undo

ADDED, CHANGED, DELETED = gettext_noop("Added"), gettext_noop("Changed"), gettext_noop("Deleted")

SAVED = "plenum_saved"  # a cookie for scripts: words of texts that were saved


class NotSaved(Exception):
    """Carries the page that says so past the end of the transaction, which is taken back."""

    def __init__(self, answer):
        self.answer = answer


class WithHistory(Together):
    """Mixed into a ModelAdmin of a model that keep_history() names."""

    def _changeform_view(self, request, object_id, form_url, extra_context):
        view = super()._changeform_view
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        add_row(request)
        if not object_id and "_draft" not in request.POST and (made := self.made_already(request)):
            return made
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and obj is None:
            return history_pages.gone_meanwhile(self, request, unquote(object_id))
        try:
            with recorded(request.user, CHANGED if obj else ADDED, about=[obj] if obj else []) as recording:
                asked = None if "_draft" in request.POST else self.together(request, object_id)
                answer = asked or view(request, object_id, form_url, extra_context)
                if answer.status_code in (200, 409) and "_popup" not in request.POST:
                    raise NotSaved(answer)
        except NotSaved as page:
            return page.answer
        offer_undo(request, recording.revision)
        return saved_draft(request, answer)

    def made_already(self, request):
        """The way to what was made from this form, for who went back to it; None where the form is to be looked at."""
        made, is_same = made_once.made_from(request, self.model)
        if made and is_same:
            return made_once.lead_there(request, made)
        return made_once.show_again(request, made) if made else None

    def response_add(self, request, obj, post_url_continue=None):
        made_once.remember(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def get_form(self, request, obj=None, **kwargs):
        """A draft that comes back from the device is shown like a form with errors, and never saved by that."""
        form = super().get_form(request, obj, **kwargs)
        if "_draft" in request.POST:
            form.is_valid = check_only  # the class is this request's own
        return form

    def together(self, request, object_id):
        """The page that asks, if it has to be asked. The row is locked by now, so it is read again."""
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        may = obj is not None and self.has_change_permission(request, obj)
        return self.brought_together(request, obj) if may else None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        touched(obj)

    def _delete_view(self, request, object_id, extra_context):
        if request.method != "POST":
            obj = self.get_object(request, unquote(object_id))
            told = {"keeps": what_stays([obj]) if obj else [], "comes_back": True}
            return super()._delete_view(request, object_id, told | (extra_context or {}))
        with recorded(request.user, DELETED) as recording:
            answer = super()._delete_view(request, object_id, extra_context)
        offer_undo(request, recording.revision)
        return answer

    def delete_model(self, request, obj):
        with recorded(request.user, DELETED):
            about_keys(affected([obj]))
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with recorded(request.user, DELETED):
            about_keys(affected(queryset))
            super().delete_queryset(request, queryset)

    def changelist_view(self, request, extra_context=None):
        """Whatever a list is told to do is one step."""
        if request.method != "POST":
            return super().changelist_view(request, {"deleted_list": True} | (extra_context or {}))
        with recorded(request.user) as recording:
            answer = super().changelist_view(request, extra_context)
        offer_undo(request, recording.revision)
        return answer

    # --- pages

    def get_urls(self):
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("<int:pk>/history/<int:step>/", view(self.version_view), name=f"{name}_version"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        return history_pages.history(self, request, unquote(object_id))

    def version_view(self, request, pk, step):
        return history_pages.version(self, request, pk, step)

    def deleted_view(self, request):
        return history_pages.deleted(self, request)


def add_row(request):
    """Where no script adds rows, a button asks for the form as it was written, with one more of them."""
    name = f"{request.POST.get('_more_row')}-TOTAL_FORMS"
    number = whole_number(request.POST.get(name))
    if number is not None:
        request.POST = request.POST.copy()
        request.POST.update({"_draft": "1"})
        request.POST[name] = str(number + 1)


def check_only(form):
    form.full_clean()
    return False


def saved_draft(request, answer):
    """Tell the browser which of the texts that it keeps are saved now; it reads the cookie and forgets them."""
    if word := made_once.word_of(request):
        known = [each for each in request.COOKIES.get(SAVED, "").split("_") if re.fullmatch(r"[0-9a-f-]{8,40}", each)]
        kept = "_".join([word, *known][:8])
        answer.set_cookie(SAVED, kept, max_age=7 * 24 * 3600, path="/admin/", secure=request.is_secure(), samesite="Lax")  # fmt: skip
    return answer


def what_stays(rows) -> list:
    """[(what, how many)] of those that point at rows which are deleted: they stay, and point at nothing."""
    collector = Collector(using="default")
    try:
        collector.collect(rows)
    except (ProtectedError, RestrictedError):  # nothing goes: the page says why
        return []
    going = {(type(row), row.pk) for group in [*collector.data.values(), *collector.fast_deletes] for row in group}
    counts = Counter(
        type(row)
        for (field, _value), groups in collector.field_updates.items()
        for row in (row for group in groups for row in group)
        if (type(row), row.pk) not in going and (has_history(field.model) or field.model in owners())
    )
    return [(capfirst(model._meta.verbose_name_plural), count) for model, count in counts.items()]


def affected(rows) -> list:
    """The keys of everything that deleting rows would delete or change."""
    collector = Collector(using="default")
    collector.collect(rows)
    groups = [*collector.data.values(), *collector.fast_deletes]
    groups += [group for groups in collector.field_updates.values() for group in groups]
    keys = {}
    for row in (row for group in groups for row in group):
        with suppress(LookupError):
            keys[key_of(row)] = None
    return list(keys)
