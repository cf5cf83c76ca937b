"""The people on stage, and what they do there."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import Addressable, Record
from conference.pictures import PictureField
from sessions.models import Part, Session, in_the_same_session


def a_list_of_links(links):
    """Validator for [{"title": str, "url": str}, …], the urls being http or https."""
    valid = URLValidator(schemes=["http", "https"])
    try:
        for link in links:
            valid(link["url"])
            if not isinstance(link["title"], str) or set(link) != {"title", "url"}:
                raise ValidationError("")
    except (ValidationError, TypeError, KeyError) as error:
        raise ValidationError(
            _("Write each link as an address that starts with https://, with a title if you like.")
        ) from error


class Person(Addressable):
    """Somebody who can be on stage, at one conference or at many."""

    name = models.CharField(_("name"), max_length=200)
    sort_name = models.CharField(
        _("name for sorting"),
        max_length=200,
        blank=True,
        help_text=_("Family name first, such as “Karvar, Anousheh”. Made from the name when empty."),
    )
    title = models.CharField(
        _("title"), max_length=300, blank=True, help_text=_("For example: Minister of International Development")
    )
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    affiliation = models.CharField(
        _("affiliation"), max_length=100, blank=True, help_text=_("A party or a union, such as “KrF”.")
    )
    pronouns = models.CharField(_("pronouns"), max_length=60, blank=True)
    pronunciation = models.CharField(
        _("pronunciation"),
        max_length=200,
        blank=True,
        help_text=_("How the name is said, for the moderator: “a-noo-SHAY kar-VAR”."),
    )
    biography = models.TextField(_("biography"), blank=True, help_text=_("A few sentences. Markdown works."))
    photo = PictureField(_("photo"), blank=True)
    photo_alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    photo_credit = models.CharField(_("photo credit"), max_length=200, blank=True)
    links = models.JSONField(_("links"), default=list, blank=True, validators=[a_list_of_links])
    contact_email = models.EmailField(
        _("e-mail for the organisers"), blank=True, help_text=_("Never shown to the public.")
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="person_slug_is_unique",
                fields=["slug"],
                violation_error_message=_("Another person has this address."),
            )
        ]

    def save(self, *args, **kwargs):
        if not self.sort_name:
            self.sort_name = family_name_first(self.name)[: self._meta.get_field("sort_name").max_length]
        super().save(*args, **kwargs)


def family_name_first(name):
    """The last word first, what stands in brackets left out: a guess that an organiser can correct."""
    plain = re.sub(r"\(.*?\)", "", name).strip() or name.strip()
    first, _space, last = plain.rpartition(" ")
    return f"{last}, {first}" if first else last


def stay_in_the_session(collector, field, rows, using):
    """on_delete: who was in a part that goes stays in its session, unless that goes as well.

    With SET_NULL alone, somebody of two parts would for a moment stand twice in a session that is being deleted.
    """
    going = collector.data.get(Session, ())
    models.SET_NULL(collector, field, rows.exclude(session__in=going), using)


class Appearance(Record):
    """Somebody on stage in a session, or in one part of it."""

    uuid = Addressable._meta.get_field("uuid").clone()
    position = models.PositiveIntegerField(_("position"), default=0, db_index=True)

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.person)

    def clean(self):
        super().clean()
        in_the_same_session(self, "part")


def once_on_stage(model_name):
    """Two constraints: a person stands once in each part, and once in the whole session (where part is NULL)."""
    message = _("This person is already on the list.")
    return [
        models.UniqueConstraint(
            name=f"{model_name}_is_once_in_a_part",
            fields=["session", "part", "person"],
            violation_error_message=message,
        ),
        models.UniqueConstraint(
            name=f"{model_name}_is_once_in_a_session",
            fields=["session", "person"],
            condition=models.Q(part__isnull=True),
            violation_error_message=message,
        ),
    ]


class Speaker(Appearance):
    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="speakers")
    part = models.ForeignKey(
        Part,
        verbose_name=_("part"),
        on_delete=stay_in_the_session,
        null=True,
        blank=True,
        related_name="speakers",
        help_text=_("Empty: all parts."),
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="speaking")
    contribution = models.CharField(
        _("contribution"),
        max_length=200,
        blank=True,
        help_text=_("What the person does here: “opening words”, “in conversation”."),
    )

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "pk"]
        constraints = once_on_stage("speaker")


class Moderator(Appearance):
    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="moderators")
    part = models.ForeignKey(
        Part,
        verbose_name=_("part"),
        on_delete=stay_in_the_session,
        null=True,
        blank=True,
        related_name="moderators",
        help_text=_("Empty: all parts."),
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="moderating")

    class Meta:
        verbose_name = _("moderator")
        verbose_name_plural = _("moderators")
        ordering = ["position", "pk"]
        constraints = once_on_stage("moderator")
