"""What has been said to the public, and where imported rows came from."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import Conference


class Release(models.Model):
    """An immutable snapshot of everything public in one conference, in all its languages. Never changed, never deleted."""

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
