"""Rows in an order that staff choose: with buttons, by keyboard, or by dragging."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from conference.admin_lists import Counted
from conference.numbers import whole_number
from conference.recording import recorded

MOVED = gettext_noop("Put in another order")


class Ordered(Counted):
    """A list whose rows are moved up and down. Without a script the buttons send the form."""

    ordering = ["position", "pk"]

    def get_list_display(self, request):
        display = list(super().get_list_display(request))
        return [*display, "mover"] if self.can_be_moved(request) else display

    def can_be_moved(self, request):
        """Only who may edit moves rows, and only where all are seen in their own order."""
        return self.has_edit_permission(request) and not {"o", "q"} & set(request.GET)

    @admin.display(description=gettext_lazy("order"))
    def mover(self, row):
        return render_to_string("admin/mover.html", {"row": row})

    def changelist_view(self, request, extra_context=None):
        moved = [name for name in ("move_up", "move_down", "whole_order") if name in request.POST]
        if moved and self.has_edit_permission(request):
            self.move(request, moved[0], request.POST[moved[0]])
            return HttpResponseRedirect(request.get_full_path())
        return super().changelist_view(request, extra_context)

    def move(self, request, how, sent):
        if how == "whole_order":
            rearrange(self.model, list(filter(None, map(whole_number, sent.split(",")))))
        else:
            row = self.model._default_manager.filter(pk=whole_number(sent) or 0).first()
            if row and shift(row, -1 if how == "move_up" else 1):
                messages.success(request, _("“%(name)s” was moved.") % {"name": row})


def siblings_of(row):
    return list(type(row)._default_manager.filter(conference_id=row.conference_id).order_by("position", "pk"))


def shift(row, by):
    """Move a row among the rows of its conference, one place. Whether there was a place to go to."""
    rows = siblings_of(row)
    here = rows.index(row)
    if not 0 <= here + by < len(rows):
        return False
    rows.insert(here + by, rows.pop(here))
    store_order(rows)
    return True


def rearrange(model, keys):
    """Put rows of one conference in the order of their keys; those not named keep their order, after them."""
    first = model._default_manager.filter(pk__in=keys[:1]).first()
    if first:
        order = {key: place for place, key in enumerate(keys)}
        store_order(sorted(siblings_of(first), key=lambda row: order.get(row.pk, len(order))))


def store_order(rows):
    """Write the places 1, 2, 3 …, as a step of the history."""
    moving = {place: row for place, row in enumerate(rows, 1) if row.position != place}
    with recorded(None, MOVED, about=moving.values()):
        for place, row in moving.items():
            type(row)._default_manager.filter(pk=row.pk).update(position=place, changed_at=timezone.now())
