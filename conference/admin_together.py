"""Two people on one form: the later saver's sheet is brought together with what others saved since it was opened.

What only one of them changed is taken. What both changed is asked about, field by field, before anything is saved. What
counts are values, not counters: a change that some other program made is noticed, too.
"""

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from conference.admin_pages import admin_page
from conference.documents import Key, key_of
from conference.kept_files import keep_files, kept_files
from conference.merge_words import FormWords
from conference.merging import BOTH, MINE, THEIRS, Choice, merge, same
from conference.restoring import revive
from conference.sheets import packed, sendable, sent_sheet, stored_sheet, unpacked
from conference.steps import versions_of
from conference.writers import who_changed, writers_since

BASE, SEEN, KEPT = "_base", "_seen", "_kept"  # hidden inputs: as it was opened, as it was when asked, files sent before
MOST_TOLD = 6


class Together:
    """Mixed into a ModelAdmin whose model has a history, before what checks the form."""

    def unbound(self, request, obj):
        """(form, formsets) as somebody sees them who opens the form now."""
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        form = self.get_form(request, obj, change=True, fields=fields)(instance=obj)
        pairs = self.get_formsets_with_inlines(request, obj)
        return form, [
            FormSet(instance=obj, prefix=FormSet.get_default_prefix(), queryset=inline.get_queryset(request))
            for FormSet, inline in pairs
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and obj.pk and self.has_change_permission(request, obj):
            context["base_sheet"] = request.POST.get(BASE) or self.base_of(context, obj)
            context["about"] = about(obj)
        context["keeps_drafts"] = self.has_change_permission(request, obj) or obj is None
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def base_of(self, context, obj):
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        return packed(stored_sheet(context["adminform"].form, formsets), about(obj), last_step(obj))

    def brought_together(self, request, obj):
        """None when the form can be saved: request.POST then holds what comes of both. Else the page that asks."""
        if BASE not in request.POST:
            return None
        meeting = Meeting(request, obj, *self.unbound(request, obj))
        meeting.answer()
        if same(meeting.theirs, meeting.base) and not meeting.lost():
            meeting.hand_over()
            return None
        merged = meeting.merge()
        if merged.conflicts:
            return self.ask(request, obj, meeting, merged)
        meeting.settle(merged)
        self.tell(request, obj, meeting, merged.told)
        return None

    def ask(self, request, obj, meeting, merged):
        words = FormWords(meeting.form, meeting.formsets, meeting.theirs, meeting.mine, meeting.base)
        writers = writers_since(key_of(obj), meeting.step)
        context = {
            "title": _("Somebody else changed this, too"),
            "subtitle": str(obj),
            "opts": self.opts,
            "original": obj,
            "writers": writers,
            "zone": getattr(getattr(obj, "conference", obj), "zone", None),
            "asked": [asked(words.said(one), who_changed(one.path, writers), meeting) for one in merged.conflicts],
            "told": [(words.label_with_language(one.path), words.said(one)) for one in merged.told],
            "hidden": list(meeting.carried()),
            "files": [file.name for file in meeting.files.values()],
        }
        return admin_page(request, "merge.html", context, status=409)

    def tell(self, request, obj, meeting, told):
        """What others changed, and is saved with mine."""
        writers = writers_since(key_of(obj), meeting.step)
        names = ", ".join(dict.fromkeys(writer.name for writer in writers)) or _("Somebody else")
        words = FormWords(meeting.form, meeting.formsets, meeting.mine, meeting.theirs, meeting.base)
        labels = list(dict.fromkeys(words.label_with_language(one.path) for one in told))
        more = _(" and more") if len(labels) > MOST_TOLD else ""
        what = ", ".join(labels[:MOST_TOLD]) + more
        if labels:
            words = _("%(names)s changed this while you were writing: %(what)s. Both your changes are kept.")
            messages.info(request, words % {"names": names, "what": what})


def asked(said, writer, meeting):
    return {"said": said, "writer": writer, "chosen": meeting.choices.get(said.path, Choice())}


def about(obj):
    return f"{obj._meta.label_lower}.{obj.pk}"


def last_step(obj):
    last = versions_of(key_of(obj)).first()
    return last.revision_id if last else 0


class Meeting:
    """One form that was sent, beside what is stored now."""

    def __init__(self, request, obj, form, formsets):
        self.request, self.obj, self.form, self.formsets = request, obj, form, formsets
        self.theirs = stored_sheet(form, formsets)
        self.base, self.step = unpacked(request.POST[BASE], about(obj))
        self.opened = self.base
        self.data = request.POST.copy()
        self.files = MultiValueDict(kept_files(request.POST.get(KEPT, "")) | dict(request.FILES.lists()))
        self.choices = choices_in(request.POST)
        self.answered = False

    def answer(self):
        """Take over what was chosen, once everything that was asked has an answer."""
        if SEEN not in self.data:
            return
        seen, step = unpacked(self.data[SEEN], about(self.obj))
        if seen is None:
            return
        merged = merge(self.base, seen, self.sent(), self.choices)
        if not merged.conflicts:
            self.send(merged.sheet, seen)
            self.base, self.step, self.choices, self.answered = seen, step, {}, True

    def sent(self):
        return sent_sheet(self.data, self.files, self.form, self.formsets, self.base or self.theirs)

    def merge(self):
        self.mine = self.sent()
        return merge(self.base, self.theirs, self.mine)

    def lost(self):
        """Whether a row was sent that is stored no more, and that nobody was asked about: it comes back."""
        sent = self.sent().rows.items()
        return any(key.isdecimal() and self.theirs.row(name, key) is None for name, rows in sent for key in rows)

    def settle(self, merged):
        """Let the form that is about to be checked hold what comes of both; deleted rows that stay come back first: those
        that were on the form when it was opened, which is signed. Any other row that is sent is a new one."""
        stored = {name: set(rows) for name, rows in self.theirs.rows.items()}
        for formset in self.formsets:
            there = self.opened.rows.get(formset.prefix, {}) if self.opened else {}
            lost = (merged.sheet.rows.get(formset.prefix, {}).keys() & there.keys()) - stored.get(formset.prefix, set())
            lost = {key for key in lost if key.isdecimal()}
            label = formset.model._meta.label_lower
            stored[formset.prefix] |= {key for key in lost if revive(Key(label, int(key)))}
        self.send(merged.sheet, self.theirs, stored)
        self.hand_over()

    def send(self, sheet, theirs, stored=None):
        self.data, self.files = sendable(self.data, self.files, sheet, theirs, self.form, self.formsets, stored)

    def hand_over(self):
        for name in [SEEN, KEPT, *(name for name in self.data if name.startswith(("choose:", "both:")))]:
            self.data.pop(name, None)
        self.data[BASE] = packed(self.theirs, about(self.obj), last_step(self.obj))
        self.request.POST, self.request._files = self.data, self.files

    def carried(self):
        """(name, value) of what the page that asks sends on."""
        own = ("choose:", "both:", SEEN, KEPT, "csrfmiddlewaretoken", BASE)
        for name, values in self.data.lists():
            if not name.startswith(own):
                yield from ((name, value) for value in values)
        yield BASE, self.request.POST[BASE] if not self.answered else packed(self.base, about(self.obj), self.step)
        yield SEEN, packed(self.theirs, about(self.obj), last_step(self.obj))
        if self.files:
            yield KEPT, keep_files(self.files)


def choices_in(data):
    """{path: Choice} of what was chosen on the page that asks."""
    chosen = {name.removeprefix("choose:"): value for name, value in data.items() if name.startswith("choose:")}
    return {
        path: Choice(what, data.get(f"both:{path}", "").replace("\r\n", "\n").strip())
        for path, what in chosen.items()
        if what in (MINE, THEIRS, BOTH)
    }
