"""The audit log in the admin: read, filtered and taken out as a file; nobody changes or deletes an entry there."""

import csv

from django.conf import settings
from django.contrib import admin
from django.http import StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from conference.admin_pages import must
from conference.audit import Act, Entry, asked, note
from conference.audit_words import in_words
from conference.chosen import chosen_conference
from conference.templatetags.history import moment

ABOUT = {
    "sign-ins": (
        _("Sign-ins"),
        [Act.SIGNED_IN, Act.SIGN_IN_FAILED, Act.LOCKED_OUT, Act.UNLOCKED, Act.SIGNED_OUT, Act.SIGNED_OUT_EVERYWHERE,
         Act.CODE_FAILED, Act.CODE_USED],
    ),
    "failures": (_("Failed sign-ins"), [Act.SIGN_IN_FAILED, Act.LOCKED_OUT, Act.CODE_FAILED]),
    "passwords": (_("Passwords and second factors"), [Act.PASSWORD_CHANGED, Act.FACTOR_SET, Act.FACTOR_REMOVED, Act.CODES_MADE]),
    "accounts": (
        _("Users and groups"),
        [Act.USER_ADDED, Act.USER_CHANGED, Act.USER_DELETED, Act.GROUP_ADDED, Act.GROUP_CHANGED, Act.GROUP_DELETED],
    ),
    "publishing": (
        _("Publishing and previews"),
        [Act.PUBLISHED, Act.RESTORED, Act.PLANNED, Act.CALLED_OFF, Act.PREVIEW_MADE, Act.PREVIEW_REVOKED],
    ),
    "files": (_("Exports and imports"), [Act.EXPORTED, Act.IMPORTED]),
    "backups": (_("Backups"), [Act.BACKED_UP, Act.BACKUP_RESTORED]),
    "people": (_("Personal data"), [Act.PERSON_HANDED_OUT, Act.PERSON_ERASED]),
}  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets run when a cell begins with it


class AboutFilter(admin.SimpleListFilter):
    title = _("about")
    parameter_name = "about"

    def lookups(self, request, model_admin):
        return [(key, words) for key, (words, _acts) in ABOUT.items()]

    def queryset(self, request, queryset):
        _words, acts = ABOUT.get(self.value(), (None, None))
        return queryset.filter(act__in=acts) if acts else queryset


class WhoFilter(admin.SimpleListFilter):
    title = _("who")
    parameter_name = "who"

    def lookups(self, request, model_admin):
        names = Entry.objects.order_by("by_name").values_list("by_name", flat=True).distinct()
        return [(name, name) for name in names if name] + [("-", _("nobody signed in"))]

    def queryset(self, request, queryset):
        return queryset.filter(by_name=self.value().removeprefix("-")) if self.value() else queryset


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = ["when", "who", "what", "address"]
    list_display_links = None
    list_filter = [AboutFilter, WhoFilter]
    date_hierarchy = "at"
    list_per_page = 100
    show_full_result_count = False
    actions = None
    change_list_template = "admin/audit_log.html"
    empty_text = _("Nothing has happened yet.")

    def get_urls(self):
        """The list and the file: an entry has no page of its own, since its line says all."""
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="conference_entry_changelist"),
            path("log.csv", view(self.as_csv), name="conference_entry_csv"),
        ]

    def changelist_view(self, request, extra_context=None):
        days = ngettext(
            "An entry is kept for %(count)d day.", "An entry is kept for %(count)d days.", settings.AUDIT_DAYS
        )
        words = {"title": gettext("Audit log"), "kept": days % {"count": settings.AUDIT_DAYS}}
        return super().changelist_view(request, words | (extra_context or {}))

    def as_csv(self, request):
        """What the list shows with the filters of the address, all of it, as a file for a spreadsheet."""
        must(self.has_view_permission(request))
        entries = self.get_changelist_instance(request).get_queryset(request)
        note(Act.EXPORTED, what=gettext("the audit log"), format="csv")
        answer = StreamingHttpResponse(lines_of(entries), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="audit-log-{timezone.now().date()}.csv"'
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("when"))
    def when(self, entry):
        return moment(entry.at, getattr(chosen_conference(asked.get()), "zone", None))

    @admin.display(description=_("who"), empty_value="–")
    def who(self, entry):
        return entry.by_name

    @admin.display(description=_("what"))
    def what(self, entry):
        return in_words(entry)


# --- As a file


class Echo:
    """What csv writes to; a line is handed out at once."""

    def write(self, line):
        return line


def lines_of(entries):
    """The lines of a CSV file (RFC 4180), which begins with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow([capfirst(gettext(name)) for name in ("when", "who", "what", "from")])
    for entry in entries.iterator():
        cells = entry.at.isoformat(timespec="seconds"), entry.by_name, in_words(entry), entry.address or ""
        yield writer.writerow([harmless(cell) for cell in cells])


def harmless(cell: str) -> str:
    """The same words, so that no spreadsheet takes them for a formula and runs it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
