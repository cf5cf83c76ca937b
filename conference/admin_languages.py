"""Forms in several languages: the inputs of one field stand together, and translators may fill in those only."""

from itertools import groupby

from django import forms
from django.contrib.auth import get_permission_codename
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from conference.chosen import conference_of
from conference.language_names import own_name
from conference.translated import columns_of, language_codes

TRANSLATE = "conference.translate"


class InLanguagesForm(forms.ModelForm):
    """A form that knows where to show an error of a field that is split into languages."""

    def clean(self):
        """Browsers end lines in a way of their own: a text that nobody touched is the same text."""
        cleaned = super().clean()
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in cleaned.items()
        }

    def add_error(self, field, error):
        if field is None and hasattr(error, "error_dict"):
            shown = {}
            for name, errors in error.error_dict.items():
                shown.setdefault(self.shown_at(name), []).extend(errors)
            error = ValidationError(shown)
        super().add_error(field, error)

    def shown_at(self, name):
        stems = [name, f"{name}_row", *(column for _code, column in columns_of(name))]
        return next((stem for stem in stems if stem in self.fields), NON_FIELD_ERRORS)


def languages_in_order(conference):
    """The codes of the site's languages, those of the conference first, in its order."""
    ours = language_codes()
    first = [code for code in conference.languages if code in ours] if conference else []
    return first + [code for code in ours if code not in first]


def speak(field, db_field):
    """Tell a form field which language it is in; the name and the help belong to all its languages together."""
    original = db_field.translated_field
    field.language, field.language_name = db_field.language, own_name(db_field.language)
    field.label, field.group_name = original.verbose_name, original.name
    field.group_help, field.help_text = original.help_text, ""
    field.widget.attrs["lang"] = db_field.language


def only_words(form_class):
    """The same form with every field switched off but the translated ones; what is posted for those is not read."""

    class OnlyWords(form_class):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            for field in self.fields.values():
                field.disabled = field.disabled or not hasattr(field, "language")

    OnlyWords.__name__ = form_class.__name__
    return OnlyWords


class InLanguages:
    """Mixed into a TranslationAdmin or its inlines: languages side by side; translators change words and nothing else."""

    form = InLanguagesForm
    in_markdown = ()  # fields whose form says how to write bold words, lists and links

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs |= {"assume_scheme": "https", "widget": forms.URLInput}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(db_field, "translated_field"):
            speak(field, db_field)
            field.explains_markdown = db_field.translated_field.name in self.in_markdown
        return field

    def get_fieldsets(self, request, obj=None):
        order = languages_in_order(conference_of(request, obj))
        return [
            (name, options | {"fields": self.side_by_side(options["fields"], order)})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def side_by_side(self, names, order):
        """The names with the languages of one field drawn together into one line."""
        lines = []
        for original, group in groupby(names, lambda name: self.original_of(name)):
            group = list(group)
            lines += [tuple(sorted(group, key=lambda n: order.index(self.field(n).language)))] if original else group
        return lines

    def original_of(self, name):
        field = self.field(name)
        return field.translated_field.name if hasattr(field, "translated_field") else None

    def field(self, name):
        return self.all_fields().get(name) if isinstance(name, str) else None

    def all_fields(self):
        return {field.name: field for field in self.opts.get_fields()}

    # --- who may do what

    def has_edit_permission(self, request, obj=None):
        """Whether somebody may change everything, not only words."""
        return super().has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self.has_edit_permission(request, obj) or request.user.has_perm(TRANSLATE)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or self.has_change_permission(request, obj)

    def has_module_permission(self, request):
        return super().has_module_permission(request) or request.user.has_perm(TRANSLATE)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        return form if self.may_write(request, obj) else only_words(form)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if not self.may_write(request, obj):
            formset.form = only_words(formset.form)
        return formset

    def may_write(self, request, obj):
        codename = get_permission_codename("change" if obj else "add", self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")
