"""The public pages as they would be if many sessions were changed as somebody asks: looked at before it is done."""

from functools import lru_cache

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core import signing
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.clickjacking import xframe_options_sameorigin

from conference.admin_pages import must
from conference.models import Conference
from programme import addresses
from programme.desk import shown
from programme.publish import next_programme
from programme.waiting import fingerprint
from programme.whole import Programme
from sessions.bulk import Plan, make
from speakers.bulk import may_edit
from speakers.bulk_asked import asked_in

FEW = 6  # sessions whose pages are offered; the programme shows them all


@csp_replace({"frame-ancestors": SELF})
@xframe_options_sameorigin
def as_if(request, token, path=""):
    """Any public page, as it would be if the change that the token stands for were made and published."""
    must(may_edit(request.user))
    try:
        asked = asked_in(token)
    except signing.BadSignature as error:
        raise Http404 from error
    programme = programme_as_if(token, asked.conference.pk, fingerprint(asked.conference))
    said = gettext("This is how it would be. Nothing is changed yet, and only staff see this.")
    return shown(request, path, programme, prefix_of(token), said, way_back="")


@lru_cache(maxsize=2)  # whole programmes
def programme_as_if(token: str, pk: int, _fingerprint: tuple) -> Programme:
    """The next release of a conference with the change made: it is made, read, and taken back in one transaction."""
    asked = asked_in(token)
    with transaction.atomic():
        conference = Conference.objects.get(pk=pk)
        make(conference, asked.keys, asked.wish)
        programme = next_programme(conference)
        transaction.set_rollback(True)
    return programme


def ways_as_if(token: str, plan: Plan, conference: Conference) -> list[tuple[str, str]]:
    """[(words, address)] of the pages that show a change best: those of a few sessions, then the programme."""
    language = get_language() if get_language() in conference.languages else conference.language
    prefix = prefix_of(token)

    def way(name, **kwargs):
        return prefix + addresses.path(name, language, conference.slug, **kwargs)

    # without a release there is no memory of a draft, and no page that says it is gone
    sessions = [line.session for line in plan.changed if line.session.is_on_programme or conference.current_release_id]
    sessions = sessions[:FEW]
    return [*((str(s), way("session", slug=s.slug)) for s in sessions), (gettext("The programme"), way("programme"))]


def prefix_of(token):
    return reverse("as_if", args=[token]).rstrip("/")
