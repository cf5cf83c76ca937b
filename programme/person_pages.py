"""What is stored about a person: shown to staff, handed out as a copy, and erased when they ask for it."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from conference.admin_pages import may, must
from conference.audit import Act, note
from conference.documents import documents, key_of
from conference.history_words import Difference, Words
from conference.pictures import smallest
from programme.about_person import copy_of, everything_about
from programme.desk import page
from programme.erase import erase
from programme.erase_shown import pictures_beside
from programme.mentions import mentions_of
from programme.traces import traces_of
from speakers.models import Person

MOST_MENTIONS = 200


def may_see(user) -> bool:
    return may(user, "speakers.change_person")


def may_erase(user) -> bool:
    return may(user, "programme.erase")


def stored(request, pk):
    """Everything about one person on a page."""
    must(may_see(request.user))
    person = get_object_or_404(Person, pk=pk)
    told = everything_about(person)
    context = {
        "title": gettext("What is stored about %(name)s") % {"name": person},
        "person": person,
        "lines": lines_of(person),
        "told": told,
        "may_erase": may_erase(request.user),
    }
    return page(request, "person_stored.html", context)


def lines_of(person):
    """All that stands in their form, in words."""
    key = key_of(person)
    document = documents([key])[key]
    found = [Difference(key, name, "", value) for name, value in document[key].items() if value and name != "uuid"]
    return Words([(found, [document])]).lines(found, None, document)


@require_POST
def copy(request, pk):
    """The copy that a person can ask for, as a zip file."""
    must(may_see(request.user))
    person = get_object_or_404(Person, pk=pk)
    note(Act.PERSON_HANDED_OUT, number=person.pk)
    headers = {"Content-Disposition": f'attachment; filename="{person.slug}.zip"', "Cache-Control": "no-store"}
    return HttpResponse(copy_of(person), content_type="application/zip", headers=headers)


def erase_person(request, pk):
    """Say what will happen; then, with the name written as a confirmation, do it."""
    must(may_erase(request.user))
    person = get_object_or_404(Person, pk=pk)
    names, pictures = traces_of(person.uuid).names, pictures_beside(person.uuid)
    ticked = pictures.keys() & set(request.POST.getlist("picture"))
    if request.method == "POST" and same(request.POST.get("name", ""), person.name):
        return erased(request, erase(person.uuid, ticked), mentions_of(names, person.uuid))
    told, mentions = everything_about(person), mentions_of(names, person.uuid)
    context = {
        "title": gettext("Erase %(name)s") % {"name": person},
        "person": person,
        "told": told,
        "releases": sum(entry["release"] is not None for entry in told["releases"]),
        "mentions": mentions[:MOST_MENTIONS],
        "number_of_mentions": len(mentions),
        "pictures": [(path, default_storage.url(smallest(path)), session) for path, session in pictures.items()],
        "ticked": ticked,
        "is_wrong": request.method == "POST",
        "written": request.POST.get("name", ""),
    }
    return page(request, "person_erase.html", context, status=400 if request.method == "POST" else 200)


def erased(request, done, mentions):
    """Back to the list of people; by way of what still names them, where something does. It is shown this once: nothing
    that is kept may know the name."""
    if not mentions:
        messages.success(request, in_words(done))
        return HttpResponseRedirect(reverse("admin:speakers_person_changelist"))
    context = {
        "title": gettext("Erased"),
        "said": in_words(done),
        "mentions": mentions[:MOST_MENTIONS],
        "number_of_mentions": len(mentions),
    }
    return page(request, "person_erased.html", context)


def same(written, name):
    return " ".join(written.split()).casefold() == " ".join(name.split()).casefold()


def in_words(done):
    """Without the name: it would stand in the message a while longer."""
    words = ngettext(
        "The person is erased, and %(count)s release is rewritten. Visitors no longer read of them.",
        "The person is erased, and %(count)s releases are rewritten. Visitors no longer read of them.",
        done.releases,
    )
    return words % {"count": done.releases}
