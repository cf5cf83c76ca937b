import datetime as dt

from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.models import YEARS, Conference
from programme.management.operator import OperatorCommand
from speakers.copy_conference import (
    DRAFTS,
    HEADINGS,
    NO_SESSIONS,
    UNSCHEDULED,
    Coming,
    a_year_later,
    copy_conference,
    names_for,
)

LEFT_BEHIND = [*HEADINGS, "sessions", "people", "questions", "materials"]


class Command(OperatorCommand):
    help = "Make a new conference like another one: next year’s. Sessions come along as drafts; nothing is published."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the conference to copy, such as “sammen”")
        parser.add_argument("new_slug", help="the address of the new one, such as “sammen-2031”")
        parser.add_argument("--starts-on", help="the first day, as YYYY-MM-DD; else 52 weeks later")
        parser.add_argument("--name", help="the name, in the conference’s first language; else the old ones")
        parser.add_argument("--unscheduled", action="store_true", help="sessions get neither time nor room")
        parser.add_argument("--cancelled", action="store_true", help="sessions that were cancelled come along, too")
        parser.add_argument("--without", nargs="*", default=[], choices=LEFT_BEHIND, help="what stays behind")

    def handle(self, *, slug, new_slug, starts_on, name, unscheduled, cancelled, without, **options):
        old = self.conference(slug)
        self.refuse_address(new_slug)
        day = self.day(starts_on) if starts_on else a_year_later(old.starts_on)
        names = {old.language: name} if name else names_for(old, day)
        sessions = NO_SESSIONS if "sessions" in without else UNSCHEDULED if unscheduled else DRAFTS
        along = {kind: kind not in without for kind in ("people", "questions", "materials")}
        coming = Coming(frozenset(HEADINGS) - set(without), sessions, cancelled, **along)
        made = copy_conference(old, day, names, new_slug, coming)
        words = ngettext(
            "“%(slug)s” is made, from %(day)s, with %(count)d session as a draft.",
            "“%(slug)s” is made, from %(day)s, with %(count)d sessions as drafts.",
            len(made.sessions),
        )
        said = {"slug": new_slug, "day": made.conference.starts_on.isoformat(), "count": len(made.sessions)}
        self.stdout.write(self.style.SUCCESS(words % said))

    def conference(self, slug):
        found = Conference.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(Conference.objects.order_by("slug").values_list("slug", flat=True))
            words = _("There is no conference “%(slug)s”. There is: %(known)s.")
            raise CommandError(words % {"slug": slug, "known": known} if known else _("There is no conference yet."))
        return found

    def refuse_address(self, slug):
        try:
            validate_slug(slug)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if Conference.objects.filter(slug=slug).exists():
            raise CommandError(_("Another conference has this address."))

    def day(self, written):
        try:
            day = dt.date.fromisoformat(written)
        except ValueError as error:
            raise CommandError(
                _("“%(written)s” is not a date. Write it as 2031-01-30.") % {"written": written}
            ) from error
        if day.year not in YEARS:
            raise CommandError(_("There is no such year in our calendar."))
        return day
