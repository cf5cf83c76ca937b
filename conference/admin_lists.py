"""Lists that staff search and filter."""

import re
from functools import reduce
from operator import and_, or_

from django.apps import apps
from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator

from conference.numbers import whole_number
from conference.translated import columns_of

ALIKE = {
    letter: f"[{letters}]"
    for letters in ["aàáâãäåæ", "cç", "eèéêëæ", "iìíîï", "nñ", "oòóôõöøœ", "uùúûü", "yýÿ"]
    for letter in letters
}


def pattern(word):
    """A regular expression that finds a word in any case, and however its letters are marked: “asne” finds “Åsne”."""
    return "".join(ALIKE.get(letter, re.escape(letter)) for letter in word.casefold())


def columns(model, field, path=""):
    """The columns of a field: one for each language where it is translated. `path` leads to the model: "parts__"."""
    names = translator.get_options_for_model(model).all_fields if translated(model) else {}
    found = [column for _code, column in columns_of(field)] if field in names else [field]
    return [path + column for column in found]


def translated(model):
    return model in translator.get_registered_models()


def without(lines, beginnings):
    """Nested lists of lines, without those that begin so."""
    kept = [line for line in lines if isinstance(line, list) or not line.startswith(beginnings)]
    return [without(line, beginnings) if isinstance(line, list) else line for line in kept]


def yes_or_nothing(claim):
    """What a column says of a claim, in words: the stock admin's icon would only be readable in English."""
    return _("yes") if claim else ""


class Headed:
    """A list whose heading says what it holds, where Django tells staff to select something."""

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title} | (extra_context or {}))


class Folded(Headed):
    """Search for every word, in any language and any case, in the fields that `searched` names ("parts__title" …)."""

    searched = ()
    search_fields = ("pk",)  # only says that the list can be searched: get_search_fields() knows the columns
    show_full_result_count = False
    list_per_page = 100

    def get_deleted_objects(self, objs, request):
        """What would go, without the rows that do nothing but join two others, such as a session and a topic."""
        going, counts, *rest = super().get_deleted_objects(objs, request)
        joins = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
        counts = {name: count for name, count in counts.items() if name not in {j.verbose_name_plural for j in joins}}
        return without(going, tuple(f"{capfirst(join.verbose_name)}: " for join in joins)), counts, *rest

    def lookup_allowed(self, lookup, value, request):
        """Not by patterns: a broken one is an error of the database, and a clever one keeps it busy."""
        return not lookup.endswith("regex") and super().lookup_allowed(lookup, value, request)

    def get_search_fields(self, request):
        return [column for name in self.searched for column in self.columns_of(name)]

    def columns_of(self, name):
        *way, field = name.split("__")
        model = self.model
        for step in way:
            model = model._meta.get_field(step).related_model
        return columns(model, field, "".join(f"{step}__" for step in way))

    def get_search_results(self, request, queryset, search_term):
        """What a form searches for, as somebody types, is of the conference that it names."""
        conference = whole_number(request.GET.get("conference")) if "field_name" in request.GET else None
        queryset = queryset if conference is None else queryset.filter(conference=conference)
        words = search_term.split()[:10]
        found = [
            reduce(or_, (Q(**{f"{column}__iregex": pattern(word)}) for column in self.get_search_fields(request)))
            for word in words
        ]
        many = any("__" in name for name in self.searched)
        return (queryset.filter(reduce(and_, found)) if found else queryset), many


def how_many(model, field):
    """A subquery that counts the rows of a model that point here with `field`."""
    rows = model._default_manager.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(rows.annotate(n=Count("pk", distinct=True)).values("n")), 0)


class Counted:
    """A list with a column that says how many sessions each row has."""

    counted = "sessions"  # what points at the row, seen from it

    def get_queryset(self, request):
        relation = self.opts.get_field(self.counted)
        return (
            super()
            .get_queryset(request)
            .annotate(how_many=how_many(relation.related_model, relation.remote_field.name))
        )

    @admin.display(description=_("sessions"), ordering="how_many")
    def sessions_count(self, row):
        return row.how_many
