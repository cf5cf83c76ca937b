"""Pages of the history: what became of one thing, an earlier version of it, what was deleted, and the way back."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from reversion.models import Revision, Version

from conference.admin_pages import admin_page, may, must
from conference.chosen import chosen_conference
from conference.documents import Key, documents, model_of
from conference.history_words import Line, Words, differences, told
from conference.models import Conference
from conference.numbers import whole_number
from conference.recording import AS_IT_WAS
from conference.steps import GONE, documents_at, kind_of, latest_before, name_in, name_then, versions_of
from conference.undo_button import offer_undo
from conference.undoing import restore, touched_by, undo
from conference.ways_on import way_on
from conference.writers import name_of

ON_A_PAGE = 25
LONG_AGO = gettext_lazy("an earlier version")


@dataclass(frozen=True)
class Entry:
    """One step in the history of one thing."""

    step: Revision
    name: str  # of who made it
    said: str
    lines: list[Line]
    can_restore: bool


def history(model_admin, request, object_id):
    """What became of one thing, the newest first."""
    key = key_or_404(model_admin, object_id)
    obj = model_admin.get_object(request, object_id)
    must(model_admin.has_view_or_change_permission(request, obj))
    paginator = Paginator(versions_of(key), ON_A_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    zone = zone_of(obj)
    context = {
        "title": _("History"),
        "subtitle": str(obj) if obj else named(key),
        "original": obj,
        "entries": entries(key, list(page.object_list), zone, obj is not None and may_edit(model_admin, request, obj)),
        "page": page,
        "zone": zone,
    }
    return shown(model_admin, request, "history.html", context)


def entries(key, versions, zone, may_restore) -> list[Entry]:
    """The steps in words; a fixed number of queries."""
    if not versions:
        return []
    steps = [version.revision_id for version in versions]
    older = versions_of(key).filter(revision__lt=min(steps)).values_list("revision_id", flat=True).first()
    kept = documents_at({pk: [key] for pk in [*steps, *([older] if older else [])]})
    chain = [kept[pk].get(key) for pk in steps] + [kept[older].get(key) if older else None]
    found = [differences(chain[n + 1], chain[n]) for n in range(len(steps))]
    words = Words([(found[n], (chain[n], chain[n + 1])) for n in range(len(steps))], zone)
    revisions = Revision.objects.select_related("user").in_bulk(steps)
    return [
        Entry(
            revisions[pk],
            name_of(revisions[pk].user),
            told(revisions[pk].comment, zone),
            [] if is_beginning(revisions[pk]) else words.lines(found[n], chain[n + 1], chain[n]),
            may_restore and n > 0 and chain[n] is not None,
        )
        for n, pk in enumerate(steps)
    ]


def is_beginning(step: Revision) -> bool:
    """Whether a step only wrote down how things were: nobody added them then."""
    return step.user_id is None and AS_IT_WAS in step.comment


def version(model_admin, request, pk, step):
    """What would change if one thing became what it was; then, after a press of the button, it does."""
    key = key_or_404(model_admin, str(pk))
    obj = model_admin.get_object(request, str(pk))
    must(may_edit(model_admin, request, obj) if obj else model_admin.has_add_permission(request))
    revision = get_object_or_404(Revision, pk=step)
    document = documents_at({step: [key]})[step].get(key)
    if document is None:
        raise Http404
    if request.method == "POST":
        done = restore(key, document, request.user, revision.date_created.isoformat(timespec="minutes"))
        return say_done(request, done, _("“%(name)s” is as it was then.") % {"name": name_in(key, document[key])}, address(key))  # fmt: skip
    now = documents([key]).get(key)
    found = differences(now, document)
    zone = zone_of(obj)
    context = {
        "title": _("Go back to an earlier version"),
        "subtitle": name_in(key, document[key]),
        "original": obj,
        "step": revision,
        "name": name_of(revision.user),
        "lines": Words([(found, (now, document))], zone).lines(found, now, document) if now else [],
        "zone": zone,
    }
    return shown(model_admin, request, "version.html", context)


def deleted(model_admin, request):
    """What was deleted, the last first, each with the way back."""
    must(model_admin.has_view_or_change_permission(request))
    label = model_admin.opts.label_lower
    may = model_admin.has_add_permission(request)
    versions = lost(model_admin.model)[:200]
    if request.method == "POST":
        must(may)
        chosen = next((each for each in versions if str(each.pk) == request.POST.get("version")), None)
        return bring_back(request, chosen, label) if chosen else HttpResponseRedirect(request.path)
    rows = [(each, name_then(each), name_of(each.revision.user)) for each in versions]  # fmt: skip
    context = {
        "title": _("Deleted: %(things)s") % {"things": model_admin.opts.verbose_name_plural},
        "rows": rows,
        "may": may,
        "zone": zone_of(chosen_conference(request)),
    }
    return shown(model_admin, request, "deleted.html", context)


def lost(model):
    """The version that says so of each row that is deleted now, the last first."""
    kind = kind_of(model)
    last = Version.objects.filter(content_type=kind).order_by().values("object_id").annotate(last=Max("pk"))
    gone = Version.objects.filter(pk__in=last.values("last"), format=GONE).select_related("revision__user")
    there = {str(pk) for pk in model._base_manager.filter(pk__in=[int(each.object_id) for each in gone]).values_list("pk", flat=True)}  # fmt: skip
    return [each for each in gone.order_by("-pk") if each.object_id not in there]


def bring_back(request, version, label):
    """All that the deletion took and changed, if nobody touched it since; else the thing itself."""
    key = Key(label, int(version.object_id))
    done = undo(version.revision, request.user)
    if done.changed:
        document = latest_before(version.revision_id, [key]).get(key)
        others = ", ".join(named(other) for other in done.changed if other != key)
        done = restore(key, document, request.user, "")
        done.problems += [_("These were changed since, and stay as they are: %(names)s.") % {"names": others}] if others else []  # fmt: skip
    return say_done(request, done, _("“%(name)s” is back.") % {"name": name_then(version) or version.object_id}, address(key))  # fmt: skip


@require_POST
def undo_step(request):
    """Undo the step named in the form, and go on where `next` says."""
    must(may(request.user))
    step = get_object_or_404(Revision, pk=whole_number(request.POST.get("step")) or 0)
    keys = touched_by(step)
    made = made_by(step, keys)
    for key, was_deleted in keys.items():
        act = "delete" if key in made else "add" if was_deleted else "change"
        meta = model_of(key.label)._meta
        must(request.user.has_perms([f"{meta.app_label}.{each}_{meta.model_name}" for each in ("change", act)]))
    done = undo(step, request.user)
    if done.changed:
        return refuse(request, done)
    there = listing(next(iter(made))) if made else back_to(request)
    return say_done(request, done, _("It is undone."), there)


def made_by(step, keys):
    """Those that the step made: undoing it deletes them."""
    before = latest_before(step.pk, list(keys))
    return [key for key in keys if key not in before]


def refuse(request, done):
    names = ", ".join(f"“{named(key)}”" for key in done.changed[:5])
    messages.error(request, _("This cannot be undone any more, because it was changed since: %(names)s. Nothing was touched. The history shows what happened.") % {"names": names})  # fmt: skip
    first = done.changed[0]
    return HttpResponseRedirect(history_address(first) if documents([first]) else back_to(request))


def say_done(request, done, sentence, there):
    if done.revision:
        messages.success(request, sentence)
        offer_undo(request, done.revision)
    else:
        messages.info(request, _("It was just like that already, so nothing was changed."))
    for problem in done.problems:
        messages.warning(request, problem)
    return HttpResponseRedirect(there)


def gone_meanwhile(model_admin, request, object_id):
    """Somebody deleted what was being written on: it can come back, with what was written."""
    key = key_or_404(model_admin, object_id)
    last = versions_of(key).select_related("revision__user").first()
    if last is None or last.format != GONE:
        return model_admin._get_obj_does_not_exist_redirect(request, model_admin.opts, object_id)
    must(model_admin.has_add_permission(request))
    if "_bring_back" in request.POST:
        bring_back(request, last, key.label)
        data = request.POST.copy()
        del data["_bring_back"]
        request.POST = data
        return model_admin._changeform_view(request, object_id, "", None)
    left_out = ("csrfmiddlewaretoken",)
    context = {
        "title": _("Somebody deleted this while you were writing"),
        "subtitle": named(key),
        "name": name_of(last.revision.user),
        "step": last.revision,
        "hidden": [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values],
    }
    return shown(model_admin, request, "gone.html", context, status=409)


# --- small things


def may_edit(model_admin, request, obj):
    """Translators change words only, so they do not restore whole versions."""
    check = getattr(model_admin, "has_edit_permission", model_admin.has_change_permission)
    return check(request, obj)


def key_or_404(model_admin, object_id):
    pk = whole_number(object_id)
    if pk is None:
        raise Http404
    return Key(model_admin.opts.label_lower, pk)


def zone_of(obj):
    conference = obj if isinstance(obj, Conference) else getattr(obj, "conference", None)
    conference = conference or Conference.objects.order_by("-is_current", "-starts_on").first()
    return conference.zone if conference else None


def named(key):
    row = model_of(key.label)._base_manager.filter(pk=key.pk).first()
    last = None if row else versions_of(key).first()
    return str(row) if row else (name_then(last) if last else "") or str(key.pk)


def page_of(key, what):
    return f"admin:{model_of(key.label)._meta.app_label}_{model_of(key.label)._meta.model_name}_{what}"


def address(key):
    return reverse(page_of(key, "change"), args=[key.pk])


def history_address(key):
    return reverse(page_of(key, "history"), args=[key.pk])


def listing(key):
    return reverse(page_of(key, "changelist"))


def back_to(request):
    return way_on(request, request.POST.get("next"), reverse("admin:index"))


def shown(model_admin, request, template, context, status=200):
    about = {"opts": model_admin.opts, "things": capfirst(model_admin.opts.verbose_name_plural)}
    return admin_page(request, f"history/{template}", about | context, status)
