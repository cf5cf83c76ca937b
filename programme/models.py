"""What has been said to the public, what will be, who may see it before, and where imported rows came from."""

import secrets

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference


class Release(models.Model):
    """A snapshot of everything public in one conference, in all its languages. Never deleted, and never changed but for one
    reason: somebody is erased from it (erase.py), which counts up its revision."""

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.PROTECT, related_name="releases"
    )
    number = models.PositiveIntegerField(_("number"))
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.TextField(_("note"), blank=True)
    number_of_changes = models.PositiveIntegerField(_("changes"), default=0, editable=False)  # from the release before
    programme = models.JSONField(_("programme"), encoder=DjangoJSONEncoder)
    revision = models.PositiveIntegerField(default=0, editable=False)  # how many were erased from it

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["conference", "-number"]
        permissions = [("publish", _("Can publish a programme"))]
        constraints = [
            models.UniqueConstraint(
                name="release_number_is_unique_in_conference",
                fields=["conference", "number"],
                violation_error_message=_("This release number is taken."),
            )
        ]

    def __str__(self):
        return str(_("release %(number)s") % {"number": self.number})


class PlannedRelease(models.Model):
    """Changes that somebody has reviewed and wants published at a moment: as they were then, whatever is edited since."""

    class State(models.TextChoices):
        WAITING = "waiting", _("planned")
        PUBLISHED = "published", _("published")
        CALLED_OFF = "called off", _("called off")

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="planned_releases"
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("is published at"))
    planned_at = models.DateTimeField(_("planned"), auto_now_add=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("planned by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    note = models.JSONField(_("note"), default=dict, blank=True)  # {language: words}
    chosen = models.JSONField(_("changes"))  # [[what it is about, uuid], …]
    programme = models.JSONField(_("programme"), encoder=DjangoJSONEncoder)  # as staff had edited it by then
    based_on = models.ForeignKey(  # what the public read by then
        Release, verbose_name=_("release"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    release = models.OneToOneField(  # what was made of it; None where nothing was left to publish
        Release, verbose_name=_("published release"), on_delete=models.PROTECT, null=True, related_name="plan"
    )
    ended_at = models.DateTimeField(_("published or called off"), null=True)
    failure = models.TextField(_("failure"), blank=True)  # of the last attempt, in the words of the error

    class Meta:
        verbose_name = _("planned release")
        verbose_name_plural = _("planned releases")
        ordering = ["-planned_at"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                name="one_release_is_planned_at_a_time", fields=["conference"], condition=Q(state="waiting")
            )
        ]

    def __str__(self):
        return str(_("planned release of “%(conference)s”") % {"conference": self.conference})


def a_key():
    return secrets.token_urlsafe(16)


class PreviewLink(models.Model):
    """An address that shows the next release to somebody without an account, until a moment; `preview_links` signs it."""

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="preview_links"
    )
    session = models.ForeignKey(  # the only one it shows, drafts too; None: the whole conference
        "conference_sessions.Session",
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    key = models.CharField(_("key"), max_length=40, unique=True, default=a_key, editable=False)
    made_for = models.CharField(_("for"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    last_used_at = models.DateTimeField(_("last used"), null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at"]
        default_permissions = []
        permissions = [("share", _("Can share previews with people outside"))]

    def __str__(self):
        return self.made_for or str(_("preview link"))


class Imported(models.Model):
    """Which row of ours a row of a source became, and what the source said then: only what it says anew is taken over."""

    conference = models.ForeignKey(Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="+")
    source = models.CharField(_("source"), max_length=40)  # "schedule.xml"
    kind = models.CharField(_("kind"), max_length=20)  # "session", "person", "room", "track", "format"
    key = models.CharField(_("key in the source"), max_length=300)
    target = models.UUIDField(_("row"), db_index=True)
    said = models.JSONField(_("what the source said"), default=dict)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint(
                name="a_source_key_is_imported_once", fields=["conference", "source", "kind", "key"]
            )
        ]

    def __str__(self):
        return f"{self.source} {self.kind} {self.key}"


class Erased(models.Model):
    """Somebody who was erased, so that a backup from before can be restored without them. Nothing else is kept."""

    uuid = models.UUIDField(_("row"), unique=True)
    erased_at = models.DateTimeField(_("erased"), auto_now_add=True)

    class Meta:
        verbose_name = _("erased person")
        verbose_name_plural = _("erased people")
        default_permissions = []
        permissions = [("erase", _("Can erase a person from everything"))]

    def __str__(self):
        return str(self.uuid)


class KeptAway(models.Model):
    """What a source calls somebody who was erased, unreadable: an import knows them by it, and leaves them out."""

    conference = models.ForeignKey(Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="+")
    source = models.CharField(_("source"), max_length=40)
    salt = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)  # SHA-256

    class Meta:
        verbose_name = _("person kept away")
        verbose_name_plural = _("people kept away")
        default_permissions = []

    def __str__(self):
        return self.digest
