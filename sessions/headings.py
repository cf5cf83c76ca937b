"""The words that sessions are sorted by: tracks, topics and formats."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import Addressable, Conference, a_colour


class Heading(Addressable):
    """A word that sessions are sorted by."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0, db_index=True)

    class Meta:
        abstract = True


def unique_in_conference(model_name, message):
    return models.UniqueConstraint(
        name=f"{model_name}_slug_is_unique_in_conference",
        fields=["conference", "slug"],
        violation_error_message=message,
    )


class Track(Heading):
    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="tracks"
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#3b6ea5",
        validators=[a_colour],
        help_text=_("Marks the track beside its name, never alone."),
    )

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "pk"]
        constraints = [unique_in_conference("track", _("Another track of this conference has this address."))]


class Topic(Heading):
    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="topics"
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]
        constraints = [unique_in_conference("topic", _("Another topic of this conference has this address."))]


class Format(Heading):
    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="formats"
    )
    is_break = models.BooleanField(
        _("is a break"), default=False, help_text=_("Breaks are shown quietly, and need no speaker.")
    )

    class Meta:
        verbose_name = _("format")
        verbose_name_plural = _("formats")
        ordering = ["position", "pk"]
        constraints = [unique_in_conference("format", _("Another format of this conference has this address."))]
