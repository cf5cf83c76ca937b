"""Ways to look at the list of people."""

from django.contrib.admin import SimpleListFilter
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.models import Conference
from sessions.models import Session


def with_appearances(people):
    """The people, each with `how_many` sessions they are on stage in, as speaker or moderator."""
    here = Session.objects.filter(Q(speakers__person=OuterRef("pk")) | Q(moderators__person=OuterRef("pk")))
    counted = here.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk", distinct=True))
    return people.annotate(how_many=Coalesce(Subquery(counted.values("n")), 0))


class HasPhoto(SimpleListFilter):
    title, parameter_name = gettext_lazy("photo"), "photo"

    def lookups(self, request, model_admin):
        return [("yes", _("with a photo")), ("no", _("without a photo"))]

    def queryset(self, request, people):
        found = {"yes": people.exclude(photo=""), "no": people.filter(photo="")}
        return found.get(self.value(), people)


class OnStageAt(SimpleListFilter):
    title, parameter_name = gettext_lazy("on stage at"), "at"

    def lookups(self, request, model_admin):
        return [(str(conference.pk), str(conference)) for conference in Conference.objects.all()]

    def queryset(self, request, people):
        if self.value() not in {key for key, _name in self.lookup_choices}:
            return people
        there = Session.objects.filter(conference_id=self.value())
        return people.filter(Q(pk__in=there.values("speakers__person")) | Q(pk__in=there.values("moderators__person")))
