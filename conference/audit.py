"""The audit log: who did what that matters to safety, and when. Entries are added with note(), and never changed.

An entry keeps facts, not words: it is read in the language of whoever reads it (audit_words.py). Nothing about visitors, and
nothing that an erased person could be known by: who is in the programme is named by number.
"""

import datetime as dt
import os
import pwd
from contextvars import ContextVar
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.visitors import address_of

asked: ContextVar = ContextVar("the request of staff that is being answered", default=None)


class Act(StrEnum):
    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    LOCKED_OUT = "locked out"
    UNLOCKED = "unlocked"
    SIGNED_OUT = "signed out"
    SIGNED_OUT_EVERYWHERE = "signed out everywhere"
    PASSWORD_CHANGED = "password changed"  # nosec B105 # a kind of event
    FACTOR_SET = "second factor set"
    FACTOR_REMOVED = "second factor removed"
    CODE_FAILED = "wrong code"
    CODE_USED = "backup code used"
    CODES_MADE = "backup codes made"
    PUBLISHED = "published"
    RESTORED = "restored"
    PLANNED = "planned"
    CALLED_OFF = "called off"
    EXPORTED = "exported"
    IMPORTED = "imported"
    PREVIEW_MADE = "preview link made"
    PREVIEW_REVOKED = "preview link revoked"
    USER_ADDED = "user added"
    USER_CHANGED = "user changed"
    USER_DELETED = "user deleted"
    GROUP_ADDED = "group added"
    GROUP_CHANGED = "group changed"
    GROUP_DELETED = "group deleted"
    PERSON_HANDED_OUT = "person handed out"
    PERSON_ERASED = "person erased"
    BACKED_UP = "backed up"
    BACKUP_RESTORED = "backup restored"


class NeverChanged(Exception):
    """The audit log is only ever added to."""


class EntryQuerySet(models.QuerySet):
    def update(self, **values):
        raise NeverChanged

    def delete(self):
        raise NeverChanged

    def forget_before(self, moment: dt.datetime) -> int:
        """Delete what is older than an entry is kept for; the one way in which entries go. Returns how many went."""
        return models.QuerySet.delete(self.filter(at__lt=moment))[0]


class Entry(models.Model):
    """Something that somebody did, in facts."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    act = models.CharField(_("what"), max_length=40, db_index=True)  # one of Act, or of those of an older Plenum
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by_name = models.CharField(_("user name"), max_length=150, blank=True)  # outlives the account; "": a command
    address = models.GenericIPAddressField(_("from"), null=True)  # of who signs in, or tries to
    facts = models.JSONField(_("facts"), default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise NeverChanged
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise NeverChanged


def note(act: Act, by=None, request=None, **facts) -> Entry:
    """Add an entry. `by`: the User who did it; without one, whose request is being answered; without one, a command did it.

    `request`: given where it matters from which address. `facts`: what the sentence of the act names, in audit_words.py.
    """
    by = by if by and by.pk else who_asked()
    return Entry.objects.create(
        act=act,
        by=by,
        by_name=by.get_username() if by else "",
        address=address_of(request) if request else None,
        facts=facts,
    )


def who_asked():
    """The User whose request is being answered; None where nobody is signed in, and in commands."""
    request = asked.get()
    user = getattr(request, "user", None)
    return user if user and user.is_authenticated else None


def operator() -> str:
    """The name of the user of the operating system who typed the command; the number of one without a name."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def WhoAsks(get_response):
    """Middleware: note() knows who acts, however deep below the view it is called."""

    def middleware(request):
        token = asked.set(request)
        try:
            return get_response(request)
        finally:
            asked.reset(token)

    return middleware
