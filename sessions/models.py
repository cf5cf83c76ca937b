"""What happens at a conference: sessions, their parts and their questions. What they are sorted by is in headings.py."""

import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models import Addressable, Conference, Record, Room
from conference.pictures import PictureField
from conference.uploads import a_document
from sessions.headings import Format, Topic, Track, unique_in_conference
from sessions.known import KnownProblem  # noqa: F401 -- a model of this app


class SessionQuerySet(models.QuerySet):
    def on_programme(self):
        """Sessions that go into a release: public ones, and cancelled ones, which stay visible as cancelled."""
        return self.filter(state__in=[Session.State.PUBLIC, Session.State.CANCELLED])

    def with_details(self):
        """Everything a session page shows, in a fixed number of queries."""
        return self.select_related("track", "format", "replaced_by").prefetch_related(
            "topics",
            "parts__room",
            "questions",
            "materials",
            "speakers__person",
            "moderators__person",
        )


class Session(Addressable):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLIC = "public", _("public")
        CANCELLED = "cancelled", _("cancelled")

    named_by = "title"

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="sessions"
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    lead = models.TextField(_("lead"), blank=True, help_text=_("One paragraph that makes people want to come."))
    description = models.TextField(
        _("introduction"), blank=True, help_text=_("Leave an empty line between paragraphs. Markdown works.")
    )
    format = models.ForeignKey(
        Format, verbose_name=_("format"), on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    track = models.ForeignKey(
        Track, verbose_name=_("track"), on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="sessions")
    image = PictureField(_("picture"), blank=True)
    image_alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    image_credit = models.CharField(
        _("photo credit"), max_length=200, blank=True, help_text=_("For example “Photo: Kari Nordmann”")
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State,
        default=State.DRAFT,
        help_text=_("A draft is seen by staff only. A cancelled session stays on the programme, marked as cancelled."),
    )
    notice = models.CharField(
        _("notice"),
        max_length=200,
        blank=True,
        help_text=_("A short message at the top of the page, such as “Moved to room B”."),
    )
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        help_text=_("The session that takes its place: visitors are shown the way there."),
    )
    is_featured = models.BooleanField(
        _("is a highlight"), default=False, help_text=_("Highlights are shown on the front page.")
    )
    spoken_languages = models.JSONField(_("spoken in"), default=list, blank=True)
    interpreted_to = models.JSONField(_("interpreted to"), default=list, blank=True)
    has_captions = models.BooleanField(_("has captions"), default=False)
    has_sign_language = models.BooleanField(_("has sign language"), default=False)
    expected_attendance = models.PositiveIntegerField(
        _("expected attendance"),
        null=True,
        blank=True,
        help_text=_("How many people you expect. Staff are warned when the room has fewer seats."),
    )
    livestream_url = models.URLField(_("livestream"), blank=True)
    recording_url = models.URLField(_("recording"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)  # one more with every saved edit

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["pk"]
        constraints = [
            unique_in_conference("session", _("Another session of this conference has this address.")),
            models.CheckConstraint(
                name="session_state_is_known",
                condition=Q(state__in=["draft", "public", "cancelled"]),
                violation_error_message=_("A session is a draft, public or cancelled."),
            ),
            models.CheckConstraint(
                name="session_is_not_replaced_by_itself",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("pk")),
                violation_error_message=_("A session cannot be replaced by itself."),
            ),
        ]

    def clean(self):
        super().clean()
        for field in ("format", "track", "replaced_by"):
            other = getattr(self, field)
            if other and other.conference_id != self.conference_id:
                raise ValidationError({field: _("“%(name)s” belongs to another conference.") % {"name": other}})

    @property
    def is_on_programme(self):
        return self.state != self.State.DRAFT

    def show(self):
        """Put the session on the public programme, at the next release."""
        self.state = self.State.PUBLIC
        self.save(update_fields=["state", "changed_at"])

    def hide(self):
        """Take the session off the public programme, at the next release."""
        self.state = self.State.DRAFT
        self.save(update_fields=["state", "changed_at"])

    def cancel(self, replaced_by=None):
        """Keep the session on the programme, marked as cancelled, with the way to what replaces it."""
        self.state, self.replaced_by = self.State.CANCELLED, replaced_by
        self.save(update_fields=["state", "replaced_by", "changed_at"])


class Part(Record):
    """When and where. An ordinary session has one untitled part; a part without times is not scheduled yet."""

    uuid = Addressable._meta.get_field("uuid").clone()
    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="parts")
    title = models.CharField(
        _("title of the part"),
        max_length=300,
        blank=True,
        help_text=_("Leave it empty when the session has one part only."),
    )
    description = models.TextField(_("about this part"), blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True, db_index=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    room = models.ForeignKey(
        Room, verbose_name=_("room"), on_delete=models.SET_NULL, null=True, blank=True, related_name="parts"
    )
    position = models.PositiveIntegerField(_("position"), default=0, db_index=True)

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="part_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")) | Q(starts_at__isnull=True) | Q(ends_at__isnull=True),
                violation_error_message=_("A part must end after it starts."),
            ),
            models.CheckConstraint(
                name="part_has_both_times_or_none",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False),
                violation_error_message=_("Give both the start and the end, or neither."),
            ),
        ]

    def __str__(self):
        return self.title or str(_("part %(number)s") % {"number": self.position or 1})

    def clean(self):
        super().clean()
        if self.room and self.session_id and self.room.conference_id != self.session.conference_id:
            raise ValidationError({"room": _("“%(name)s” belongs to another conference.") % {"name": self.room}})


def in_the_same_session(row, *fields):
    """Raise ValidationError where a row of a session points at a row of another session."""
    for field in fields:
        other = getattr(row, field)
        if other and other.session_id != row.session_id:
            raise ValidationError({field: _("“%(name)s” belongs to another session.") % {"name": other}})


class DiscussionQuestion(Record):
    """A question put to the guests: to the whole session or one part, to everybody or one speaker."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("public")
        MODERATORS = "moderators", _("moderators only")

    uuid = Addressable._meta.get_field("uuid").clone()
    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="questions")
    part = models.ForeignKey(
        Part,
        verbose_name=_("part"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        help_text=_("Empty: the whole session."),
    )
    text = models.TextField(_("question"), blank=True)
    note = models.TextField(_("note to the moderator"), blank=True, help_text=_("Never shown to the public."))
    audience = models.CharField(_("who sees it"), max_length=10, choices=Audience, default=Audience.PUBLIC)
    addressed_to = models.ForeignKey(
        "speakers.Speaker",
        verbose_name=_("addressed to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
    )
    position = models.PositiveIntegerField(_("position"), default=0, db_index=True)

    class Meta:
        verbose_name = _("discussion question")
        verbose_name_plural = _("discussion questions")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text or str(_("(no question yet)"))

    def clean(self):
        super().clean()
        in_the_same_session(self, "part", "addressed_to")


def folder_of_its_own(material, name):
    """Where a file is stored. Nobody can guess the address of what is not published yet."""
    return f"materials/{timezone.now():%Y}/{secrets.token_urlsafe(12)}/{name}"


class Material(Record):
    """Something to read or watch: slides, a report, a film."""

    class Kind(models.TextChoices):
        SLIDES = "slides", _("slides")
        PAPER = "paper", _("paper")
        VIDEO = "video", _("video")
        LINK = "link", _("link")

    uuid = Addressable._meta.get_field("uuid").clone()
    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=300, blank=True)
    link = models.URLField(_("link"), max_length=1000, blank=True)
    file = models.FileField(_("file"), upload_to=folder_of_its_own, blank=True, validators=[a_document])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LINK)
    position = models.PositiveIntegerField(_("position"), default=0, db_index=True)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="material_has_a_link_or_a_file",
                condition=~Q(link="") | ~Q(file=""),
                violation_error_message=_("Give a link or a file."),
            )
        ]

    def __str__(self):
        return self.title or self.link or self.file.name
