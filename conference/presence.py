"""Who else has a form open. Browsers say so every few seconds; who was not heard for a minute is not there."""

import datetime as dt

from django.contrib import admin
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conference.admin_pages import must
from conference.documents import Key, has_history, model_of
from conference.models import Presence
from conference.numbers import whole_number
from conference.writers import name_of

LONGEST = dt.timedelta(minutes=1)


@require_POST
def here(request):
    """I have the form `about` open, or just `left` it. Answers with who else has: {"words": "…", "names": […]}."""
    key = key_in(request.POST.get("about", ""))
    must(model_admin_of(key).has_view_or_change_permission(request))
    about = f"{key.label}.{key.pk}"
    if "left" in request.POST:
        Presence.objects.filter(about=about, user=request.user).delete()
        return JsonResponse({})
    now = timezone.now()
    Presence.objects.update_or_create(about=about, user=request.user, defaults={"seen_at": now})
    Presence.objects.filter(seen_at__lt=now - LONGEST).delete()
    others = others_at(about, request.user)
    return JsonResponse({"words": in_words(others), "names": others})


def key_in(about: str) -> Key:
    label, _dot, written = about.rpartition(".")
    pk = whole_number(written)
    if pk is None:
        raise Http404
    try:
        model = model_of(label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if not has_history(model):
        raise Http404
    return Key(label, pk)


def model_admin_of(key):
    return admin.site.get_model_admin(model_of(key.label))


def others_at(about: str, user) -> list[str]:
    """The names of everybody else who has the form open."""
    recent = Presence.objects.filter(about=about, seen_at__gte=timezone.now() - LONGEST)
    return [name_of(each.user) for each in recent.exclude(user=user).select_related("user").order_by("pk")]


def in_words(names: list[str]) -> str:
    if not names:
        return ""
    words = ngettext(
        "%(names)s has this form open, too. You can both write: nothing is lost.",
        "%(names)s have this form open, too. You can all write: nothing is lost.",
        len(names),
    )
    return words % {"names": _(" and ").join(filter(None, [", ".join(names[:-1]), names[-1]]))}
