"""Where somebody is signed in: each session is one browser. Sessions are for staff only, so there are few to look through."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from conference.audit import asked, who_asked


def keys_of(user) -> list[str]:
    """The keys of a user's sessions."""
    going_on = SessionStore.get_model_class().objects.filter(expire_date__gt=timezone.now())
    return [row.session_key for row in going_on.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]


def sign_out(user, but: str | None = None) -> int:
    """End a user's sessions, in every browser; `but` is the key of one that goes on. Returns how many ended."""
    ended = [key for key in keys_of(user) if key != but]
    SessionStore.get_model_class().objects.filter(session_key__in=ended).delete()
    return len(ended)


def sign_out_elsewhere(user) -> int:
    """End all sessions of a user but the one that asks for it, if it is the user's own."""
    request = asked.get()
    return sign_out(user, request.session.session_key if request and who_asked() == user else None)
