"""What is new is made once: whoever goes back to its form, and saves again, is led to what was made."""

import hashlib
import json
import re

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

MADE = "made"  # in the session: what this browser made last
MOST = 20


def word_of(request) -> str:
    """The word that a browser made for the text of a form; "" where no script made one."""
    word = request.POST.get("_draft_key", "")
    return word if re.fullmatch(r"[0-9a-f-]{8,40}", word) else ""


def remember(request, obj):
    """Keep in mind what was made out of a form."""
    if word := word_of(request):
        made = [word, obj._meta.label_lower, obj.pk, print_of(request)]
        request.session[MADE] = [made, *request.session.get(MADE, [])][:MOST]


def made_from(request, model):
    """(what was made from this form, whether out of the same text); (None, False) where nothing was, or it is gone."""
    word = word_of(request)
    for known, label, pk, text in request.session.get(MADE, []) if word else ():
        if (known, label) == (word, model._meta.label_lower):
            return model._base_manager.filter(pk=pk).first(), text == print_of(request)
    return None, False


def print_of(request) -> str:
    """Stands for what is written on a form, files included."""
    texts = {name: values for name, values in request.POST.lists() if name[:1] != "_" and name != "csrfmiddlewaretoken"}
    files = [(name, file.name, file.size) for name, file in request.FILES.items()]
    return hashlib.sha256(json.dumps([texts, files], sort_keys=True).encode()).hexdigest()


def lead_there(request, obj):
    """The same text once more: the way to what was made out of it."""
    messages.info(request, _("“%(name)s” is saved already, and is not made twice. Here it is.") % {"name": obj})
    return redirect(address_of(obj))


def show_again(request, obj):
    """Other text than that which was saved: nothing is saved, and the form shows it again. Saved from there it is new."""
    words = _("“{name}” was made from this form already, so nothing is saved yet. {link} to change it. Or save once more, and there will be two.")  # fmt: skip
    link = format_html('<a href="{}">{}</a>', address_of(obj), _("Open what is saved"))
    messages.warning(request, format_html(words, name=obj, link=link))
    request.POST = request.POST.copy()
    request.POST.update({"_draft": "1"})
    request.POST["_draft_key"] = ""


def address_of(obj):
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
