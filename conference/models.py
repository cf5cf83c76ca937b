"""The floor of the house: what every conference has before it has a programme."""

import datetime as dt
import uuid
import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.audit import Entry  # noqa: F401 -- a model, in a module of its own
from conference.pictures import PictureField
from conference.slugs import free_slug
from conference.translated import in_any_language, language_codes


class Record(models.Model):
    """Knows when it was made and when it last changed."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True


class Addressable(Record):
    """Something a visitor can point at: its uuid is never reused, and its slug is its address."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        blank=True,
        help_text=_("The last part of the web address. Leave it empty and it is made from the name."),
    )
    named_by = "name"

    class Meta:
        abstract = True

    def __str__(self):
        return in_any_language(self, self.named_by) or str(_("(no name yet)"))

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = free_slug(self, in_any_language(self, self.named_by))
            if kwargs.get("update_fields"):
                kwargs["update_fields"] = {*kwargs["update_fields"], "slug"}
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if not in_any_language(self, self.named_by):
            raise ValidationError({self.named_by: _("Write this in at least one language.")})


YEARS = range(
    1900, 2200
)  # of a conference: what is beyond is mistyped, and further on there are no dates to count with
LONGEST = dt.timedelta(days=366)  # between its first and its last day


def a_time_zone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("There is no time zone called “%(name)s”. Write it like Europe/Oslo."), params={"name": name}
        )


def languages_we_have(codes):
    if not codes or not isinstance(codes, list) or set(codes) - set(language_codes()) or len(set(codes)) < len(codes):
        raise ValidationError(_("Choose at least one of the languages of this site, each of them once."))


def all_languages():
    return language_codes()


a_colour = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Write a colour like #1f6f54."))


class ConferenceQuerySet(models.QuerySet):
    def published(self):
        """Conferences that visitors can open."""
        return self.filter(current_release__isnull=False)


class Conference(Addressable):
    """One conference, this year's or an archived one."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    tagline = models.CharField(
        _("tagline"),
        max_length=300,
        blank=True,
        help_text=_("One sentence: what the conference is about, and for whom."),
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("A few paragraphs for the front page. Markdown works.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    timezone = models.CharField(
        _("time zone"),
        max_length=60,
        default="Europe/Oslo",
        validators=[a_time_zone],
        help_text=_("All times are shown in this zone."),
    )
    languages = models.JSONField(
        _("languages"),
        default=all_languages,
        validators=[languages_we_have],
        help_text=_("The languages of the public pages. The first one is used when a visitor asks for none of them."),
    )
    venue_name = models.CharField(_("venue"), max_length=200, blank=True)
    venue_address = models.CharField(_("address of the venue"), max_length=300, blank=True)
    venue_latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    venue_longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    website = models.URLField(_("website"), blank=True)
    contact_email = models.EmailField(
        _("public contact address"), blank=True, help_text=_("Shown to visitors who have a question.")
    )
    minutes_between_rooms = models.PositiveSmallIntegerField(
        _("minutes to change rooms"),
        default=5,
        validators=[MaxValueValidator(120)],
        help_text=_("You are warned where somebody on stage has less time than this to change rooms. 0: no warning."),
    )
    accent_colour = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#1f6f54",
        validators=[a_colour],
        help_text=_("The one colour of the public pages. It is darkened or lightened where it would be hard to read."),
    )
    logo = PictureField(_("logo"), blank=True)
    is_current = models.BooleanField(
        _("is the current conference"), default=False, help_text=_("The start page of the site leads here.")
    )
    current_release = models.ForeignKey(
        "programme.Release",
        verbose_name=_("published release"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["-starts_on", "pk"]
        permissions = [("translate", _("Can translate texts, and change nothing else"))]
        constraints = [
            models.UniqueConstraint(
                name="conference_slug_is_unique",
                fields=["slug"],
                violation_error_message=_("Another conference has this address."),
            ),
            models.CheckConstraint(
                name="conference_ends_on_or_after_its_first_day",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.UniqueConstraint(
                name="one_conference_is_current",
                fields=["is_current"],
                condition=Q(is_current=True),
                violation_error_message=_("Another conference is the current one. Take the mark away there first."),
            ),
        ]

    def save(self, *args, **kwargs):
        """Write everything but the published release: only publishing names it, perhaps after this row was read."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            columns = (field for field in self._meta.concrete_fields if not field.primary_key)
            kwargs["update_fields"] = {column.name for column in columns} - {"current_release"}
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        for name in ("starts_on", "ends_on"):
            if getattr(self, name) and getattr(self, name).year not in YEARS:
                raise ValidationError({name: _("There is no such year in our calendar.")})
        if self.starts_on and self.ends_on and self.ends_on - self.starts_on > LONGEST:
            raise ValidationError({"ends_on": _("That is more than a year after the first day.")})

    @property
    def zone(self):
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def language(self):
        """The code of the conference's first language."""
        return self.languages[0]

    def midnight(self, day):
        """The aware start of a date in the conference's zone."""
        return dt.datetime.combine(day, dt.time(), self.zone)


class Room(Addressable):
    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="rooms"
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    description = models.TextField(
        _("description"), blank=True, help_text=_("How to find it, what is special about it.")
    )
    accessibility = models.CharField(
        _("accessibility"),
        max_length=300,
        blank=True,
        help_text=_("For example: step-free access, hearing loop, room for wheelchairs."),
    )
    is_step_free = models.BooleanField(
        _("has step-free access"), default=False, help_text=_("Visitors can ask for sessions in rooms without steps.")
    )
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0, db_index=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="room_slug_is_unique_in_conference",
                fields=["conference", "slug"],
                violation_error_message=_("Another room of this conference has this address."),
            )
        ]


class Presence(models.Model):
    """Somebody has a form open, in any of the web processes: their browser says so again and again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE)
    about = models.CharField(_("about"), max_length=100)  # "conference_sessions.session.12"
    seen_at = models.DateTimeField(_("seen"), db_index=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(name="presence_is_once_for_each_form", fields=["about", "user"]),
        ]

    def __str__(self):
        return f"{self.user}: {self.about}"
