"""What was asked for, as a short text in an address: signed, so that a page shows only what the form let somebody ask."""

from dataclasses import dataclass

from django.core import signing
from django.utils.datastructures import MultiValueDict

from conference.models import Conference
from sessions.bulk import Wish
from speakers.bulk_forms import CancelForm, ChangeForm
from speakers.bulk_pick import Picked, numbers, ranges

SALT = "as if"
A_DAY = 24 * 60 * 60  # seconds
LONGEST = 1200  # characters that name the sessions, so that the address does not become too long for servers
MOST_SHOWN = 200  # sessions, where all of them would take more
FORMS = {"change": ChangeForm, "cancel": CancelForm}


@dataclass(frozen=True)
class Asked:
    conference: Conference
    keys: list[int]
    wish: Wish


def keys_shown(picked: Picked) -> list[int]:
    """The sessions that a preview shows as they would be: all of them, if an address can name them all."""
    return picked.keys if len(ranges(picked.keys)) <= LONGEST else picked.keys[:MOST_SHOWN]


def token_of(form, picked: Picked) -> str:
    """What stands for a filled in form about sessions."""
    name = next(name for name, form_class in FORMS.items() if isinstance(form, form_class))
    data = {key: form.data.getlist(key) for key in form.fields if any(form.data.getlist(key))}
    return signing.dumps([name, picked.conference.pk, ranges(keys_shown(picked)), data], salt=SALT, compress=True)


def asked_in(token: str) -> Asked:
    """What a token stands for. Raises signing.BadSignature for one that is not ours, too old, or true no more."""
    name, pk, keys, data = signing.loads(token, salt=SALT, max_age=A_DAY)
    conference = Conference.objects.filter(pk=pk).first()
    if conference is None:
        raise signing.BadSignature
    sessions = list(conference.sessions.filter(pk__in=numbers(keys)).only("conference", "state"))
    form = FORMS[name](conference, sessions, MultiValueDict(data))
    if not form.is_valid():
        raise signing.BadSignature
    return Asked(conference, [session.pk for session in sessions], form.wish())
