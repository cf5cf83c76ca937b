"""The list of sessions: what stands when, in what state, and what is still missing."""

from django.contrib import admin
from django.db.models import F, OuterRef, Subquery
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conference.admin_belonging import ConferenceFilter
from conference.admin_fields import day_name
from conference.admin_swatch import square
from conference.clock import time_of_day
from conference.language_names import own_name
from sessions.models import Part, Session
from speakers import bulk
from speakers.admin_session_filters import (
    DayFilter,
    FormatFilter,
    IncompleteFilter,
    MissingFilter,
    ProblemFilter,
    RoomFilter,
    StateFilter,
    TrackFilter,
    problems_in_list,
)
from speakers.languages_done import languages_done

MARKS = {"draft": "○", "public": "●", "cancelled": "✕"}


class SessionList:
    """Mixed into the admin of sessions: columns, filters, search and actions."""

    list_display = [
        "shown_title",
        "shown_state",
        "when",
        "rooms",
        "track_and_colour",
        "format",
        "who_moderates",
        "languages",
    ]
    list_filter = [
        ConferenceFilter, StateFilter, DayFilter, RoomFilter, TrackFilter, FormatFilter, ProblemFilter, MissingFilter, IncompleteFilter,
    ]  # fmt: skip
    searched = ["title", "subtitle", "lead", "parts__title", "speakers__person__name", "moderators__person__name", "speakers__person__organisation"]  # fmt: skip
    actions = ["change_many", "show", "hide", "cancel", "duplicate"]
    empty_text = gettext_lazy("No session here. Take a filter away, or add the first session.")

    def get_queryset(self, request):
        first = Part.objects.filter(session=OuterRef("pk"), starts_at__isnull=False).order_by("starts_at")
        sessions = self.model._default_manager.annotate(first_start=Subquery(first.values("starts_at")[:1]))
        return sessions.order_by(*self.get_ordering(request))

    def get_ordering(self, request):
        return [F("first_start").asc(nulls_last=True), "pk"]

    def get_list_queryset(self, queryset):
        return queryset.select_related("conference").with_details()

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = self.get_list_queryset(changelist.result_list)
        mark_problems(changelist.result_list, problems_in_list(request))
        return changelist

    @admin.display(description=gettext_lazy("title"))
    def shown_title(self, session):
        return str(session)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, session):
        return format_html('<span class="state state-{}"><span aria-hidden="true">{}</span> {}</span>{}', session.state, MARKS[session.state], session.get_state_display(), problem_mark(session.problems_found))  # fmt: skip

    @admin.display(description=gettext_lazy("starts"), ordering=F("first_start").asc(nulls_last=True))
    def when(self, session):
        if not session.first_start:
            return format_html('<span class="missing">{}</span>', _("no time yet"))
        local = session.first_start.astimezone(session.conference.zone)
        return format_html(
            '<span class="when">{} <b>{}</b></span>',
            day_name(local.date(), short=True),
            time_of_day(local),
        )

    @admin.display(description=gettext_lazy("room"))
    def rooms(self, session):
        names = dict.fromkeys(str(part.room) for part in session.parts.all() if part.room)
        return ", ".join(names) or format_html('<span class="missing">{}</span>', _("no room yet"))

    @admin.display(description=gettext_lazy("track"), ordering="track__position")
    def track_and_colour(self, session):
        return format_html("{} {}", square(session.track.colour), session.track) if session.track else ""

    @admin.display(description=gettext_lazy("moderator"))
    def who_moderates(self, session):
        return ", ".join(dict.fromkeys(moderator.person.name for moderator in session.moderators.all()))

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, session):
        return format_html_join(
            " ", '<span class="language-done" title="{}">{} {}</span>', done_in_words(languages_done(session))
        )

    @admin.action(
        description=gettext_lazy("Change room, track, format, state, moderator or time …"), permissions=["edit"]
    )
    def change_many(self, request, sessions):
        return bulk.change(request, keys_of(sessions))

    @admin.action(description=gettext_lazy("Make public, at the next release"), permissions=["edit"])
    def show(self, request, sessions):
        bulk.change_state(request, keys_of(sessions), Session.State.PUBLIC)

    @admin.action(description=gettext_lazy("Make a draft again, at the next release"), permissions=["edit"])
    def hide(self, request, sessions):
        bulk.change_state(request, keys_of(sessions), Session.State.DRAFT)

    @admin.action(description=gettext_lazy("Cancel, replace, hide or bring back …"), permissions=["edit"])
    def cancel(self, request, sessions):
        return bulk.cancel(request, keys_of(sessions))

    @admin.action(description=gettext_lazy("Duplicate …"), permissions=["edit", "add"])
    def duplicate(self, request, sessions):
        return bulk.duplicate(request, keys_of(sessions))


def keys_of(sessions):
    return list(sessions.order_by().values_list("pk", flat=True))


def problem_mark(problems):
    """How many problems a session has; their words appear when it is pointed at, and stand on its form."""
    words = " ".join(problem.words for problem in problems)
    count = ngettext("%(count)d problem", "%(count)d problems", len(problems)) % {"count": len(problems)}
    return format_html(' <span class="missing problem-mark" title="{}">{}</span>', words, count) if problems else ""


def mark_problems(sessions, problems):
    """Give each session of a list the problems that are told of it."""
    found = {}
    for problem in problems:
        found.setdefault(problem.session.pk, []).append(problem)
    for session in sessions:
        session.problems_found = found.get(session.pk, [])


def done_in_words(done):
    """(title, language, mark) for each language: ✓ when all is there, – when nothing is, else how much of it."""
    for code, (filled, of) in done.items():
        mark = "✓" if filled == of and of else "–" if not filled else f"{filled}/{of}"
        words = _("%(language)s: %(filled)d of %(of)d texts") % {"language": own_name(code), "filled": filled, "of": of}
        yield words, code, mark
