"""How templates put slots in time: by day, beside each other, and beside now. Needs `page` in the context."""

from django import template
from django.utils.html import format_html_join
from django.utils.translation import gettext

from programme import wording
from programme.pieces import piece
from programme.templatetags.programme_tags import here

register = template.Library()
MOST_PARTS = 3  # that a card leads to; the session's page has them all


@register.simple_tag(takes_context=True)
def slot_card(context, slot, **looks):
    """The card of a slot in a list. `looks`: heading ("h4"), with_date, with_picture."""
    return piece(context["page"], "_slot.html", slot, **looks)


@register.simple_tag(takes_context=True)
def grid_item(context, cell, grid):
    """What stands in a cell of the grid."""
    return piece(context["page"], "_grid_item.html", cell.slot, is_over_all=cell.is_over_all, is_few=grid.is_few)


@register.simple_tag(takes_context=True)
def step_free(context, room):
    """That a room is step-free, in words; "" where it is not, or where what is said of the room says so itself."""
    told = gettext("step-free access")
    is_said = told.casefold() in context["page"].words(room.accessibility).casefold()
    return told if room.is_step_free and not is_said else ""


@register.filter
def by_day(slots, programme):
    """[(date, slots)] in order, by programme day."""
    grouped = {}
    for slot in slots:
        grouped.setdefault(programme.day_of(slot.starts_at), []).append(slot)
    return sorted(grouped.items())


@register.filter
def day_of(slot, programme):
    """The programme day on which a slot starts."""
    return programme.day_of(slot.starts_at)


@register.filter
def classes(slot):
    """How a slot looks wherever it stands, as class names, each with a space before it."""
    session = slot.session
    looks = [(session.is_break, "is-break"), (slot.is_cancelled, "is-cancelled")]
    looks += [(True, f"track-{session.track.slug}")] if session.track else []
    return "".join(f" {name}" for is_so, name in looks if is_so)


@register.filter
def spans(cell):
    """The attributes of a cell in the grid that stretches over several rows or columns."""
    spans = [("rowspan", cell.rows), ("colspan", cell.columns)]
    return format_html_join("", ' {}="{}"', [(name, number) for name, number in spans if number > 1])


@register.filter
def names(appearances):
    return row_of_names(appearance.person for appearance in appearances)


@register.filter
def row_of_names(people):
    return ", ".join(person.name for person in people)


@register.filter
def other_parts(slot):
    """The slots of the other parts of its session: the MOST_PARTS that come next, from the first again after the last."""
    slots = slot.session.slots
    return sorted((slots[slot.number :] + slots[: slot.number - 1])[:MOST_PARTS], key=lambda other: other.number)


@register.simple_tag(takes_context=True)
def start_of(context, slot, beside):
    """When a slot starts, told beside another: the time, with the date where that is another one."""
    page = context["page"]
    moment = here(context, slot.starts_at)
    is_same_day = beside.part.is_scheduled and here(context, beside.starts_at).date() == moment.date()
    return wording.time(moment, page.language) if is_same_day else wording.time_of_date(moment, page.language)


@register.simple_tag(takes_context=True)
def day_ahead(context, slot):
    """The date on which a slot starts when that is not today; "" for today."""
    page, day = context["page"], here(context, slot.starts_at).date()
    return "" if day == here(context, page.now).date() else wording.long_date(day, page.language)


@register.simple_tag(takes_context=True)
def starts_in(context, part):
    minutes = -(-(part.starts_at - context["page"].now).total_seconds() // 60)
    return wording.starts_in(int(minutes), context["page"].language)
