"""What a form of the admin holds, as a Sheet of plain values: as it is stored, as it was sent, and ready to be sent."""

from django.core import signing
from django.forms import CheckboxInput, FileInput, SelectMultiple
from django.forms.formsets import DELETION_FIELD_NAME

from conference.merging import Sheet
from conference.numbers import whole_number

UPLOAD = "upload:"  # a file that was sent with the form, not stored yet
MOST_ROWS = 1000


def widget_of(field):
    widget = field.widget
    while hasattr(widget, "widget"):  # what stands around a select that can add
        widget = widget.widget
    return widget


def is_reference(field):
    """Whether a field points at another row of the same form ("parts-0")."""
    return hasattr(field, "target")


def open_fields(form):
    """{name: field} of what can be written on, without what says which row it is and where it stands."""
    left_out = {"id", "position", DELETION_FIELD_NAME, *form_links(form)}
    return {name: field for name, field in form.fields.items() if not field.disabled and name not in left_out}


def form_links(form):
    return [name for name, field in form.fields.items() if hasattr(field, "parent_instance")]


def clean(values):
    """A list of strings without blank ones, with plain line ends."""
    texts = [str(value).replace("\r\n", "\n").strip() for value in values if value is not None]
    return [text for text in texts if text]


def ordered(widget, values):
    """What is picked from a list comes in the order of the list, whatever the order in which it is stored."""
    return sorted(values) if isinstance(widget, SelectMultiple) else values


def empty_row(formset):
    """The form of a row that is not there yet, made once."""
    if not hasattr(formset, "_empty_row"):
        formset._empty_row = formset.empty_form
    return formset._empty_row


# --- as it is stored


def stored_sheet(form, formsets) -> Sheet:
    """What unbound forms show."""
    keys = {formset.prefix: {f.prefix: key_of(f) for f in formset.forms} for formset in formsets}
    rows = {
        formset.prefix: {key_of(row): stored_fields(row, keys) for row in formset.forms if row.instance.pk}
        for formset in formsets
    }
    return Sheet(stored_fields(form, keys), rows)


def key_of(form):
    return str(form.instance.pk or f"new-{form.prefix}")


def stored_fields(form, keys):
    return {name: stored_value(form[name], keys) for name in open_fields(form)}


def stored_value(bound, keys):
    value, widget = bound.value(), widget_of(bound.field)
    if isinstance(widget, CheckboxInput):
        return ["on"] if value else []
    if isinstance(widget, FileInput):
        return [value.name] if value else []
    if is_reference(bound.field):
        return with_key(bound.field, value, keys)
    shown = widget.format_value(value)
    return ordered(widget, clean(shown if isinstance(shown, list | tuple) else [shown]))


def with_key(field, prefix, keys):
    """What a reference names, by key and not by place."""
    key = keys.get(field.target, {}).get(prefix or "")
    return [f"{field.target}/{key}"] if key else []


# --- as it was sent


def sent_sheet(data, files, form, formsets, base: Sheet) -> Sheet:
    """What a form sends; `form` and `formsets` are unbound and say which fields there are. A file input that sends
    nothing leaves what is stored in `base`."""
    sent = {formset.prefix: sent_rows(data, formset) for formset in formsets}
    keys = {name: {prefix: key for key, prefix in rows.items()} for name, rows in sent.items() if rows is not None}
    rows = {
        formset.prefix: {
            key: sent_fields(data, files, empty_row(formset), prefix, keys, base.row(formset.prefix, key) or {})
            for key, prefix in sent[formset.prefix].items()
        }
        for formset in formsets
        if sent[formset.prefix] is not None
    }
    return Sheet(sent_fields(data, files, form, None, keys, base.fields), rows)


def sent_rows(data, formset):
    """{key: prefix} of the rows that stay, in the order in which they were seen; None when the list was not sent."""
    total = whole_number(data.get(f"{formset.prefix}-TOTAL_FORMS"))
    if total is None:
        return None
    prefixes = [f"{formset.prefix}-{number}" for number in range(min(total, MOST_ROWS))]
    staying = [prefix for prefix in prefixes if f"{prefix}-{DELETION_FIELD_NAME}" not in data]
    staying.sort(key=lambda prefix: place(data.get(f"{prefix}-position")))
    return {data.get(f"{prefix}-id") or f"new-{prefix}": prefix for prefix in staying}


def place(words):
    return whole_number(words) or MOST_ROWS


def sent_fields(data, files, form, prefix, keys, base):
    named = {name: f"{prefix}-{name}" if prefix else name for name in open_fields(form)}
    return {name: sent_value(data, files, field, named[name], keys, base.get(name, [])) for name, field in open_fields(form).items()}  # fmt: skip


def sent_value(data, files, field, name, keys, base):
    widget = widget_of(field)
    if isinstance(widget, CheckboxInput):
        return ["on"] if name in data else []
    if isinstance(widget, FileInput):
        return [f"{UPLOAD}{files[name].name}"] if name in files else [] if f"{name}-clear" in data else base
    if is_reference(field):
        return with_key(field, data.get(name), keys)
    return ordered(widget, clean(data.getlist(name)))


# --- ready to be sent


def sendable(data, files, sheet: Sheet, theirs: Sheet, form, formsets, stored=None):
    """(data, files) as if a browser sent this sheet: what stands in `data` besides, such as buttons, stays.

    `stored`: {list: keys of the rows that are stored}, which go first; without it, every row with a number is. A row
    that is in `theirs` and no longer in the sheet is marked as removed.
    """
    sending = Sending(data, files, formsets)
    for formset in formsets:
        if formset.prefix in sheet.rows:
            sending.plan(formset.prefix, sheet, theirs, stored)
    sending.fields("", form, "", sheet.fields)
    for formset in formsets:
        for key, number in sending.numbers.get(formset.prefix, {}).items():
            sending.row(formset, key, number, sheet.row(formset.prefix, key))
    return sending.data, sending.files


class Sending:
    def __init__(self, data, files, formsets):
        self.sent, self.uploads = data, files
        self.prefixes = {formset.prefix: sent_rows(data, formset) or {} for formset in formsets}
        self.numbers = {}  # list → {key: number}
        self.places = {}
        self.data, self.files = data.copy(), files.copy()
        for name in [*self.data, *self.files]:
            if name.split("-")[0] in self.prefixes and "-" in name:
                self.data.pop(name, None)
                self.files.pop(name, None)

    def plan(self, name, sheet, theirs, stored):
        """Number the rows: the stored ones first, also those that go."""
        rows = sheet.rows[name]
        known = stored[name] if stored else {key for key in [*rows, *theirs.rows.get(name, {})] if key.isdecimal()}
        going = [key for key in theirs.rows.get(name, {}) if key not in rows and key in known]
        order = [*(key for key in rows if key in known), *going, *(key for key in rows if key not in known)]
        self.numbers[name] = {key: number for number, key in enumerate(order)}
        self.places[name] = {key: place for place, key in enumerate(rows, 1)}
        counts = {"TOTAL_FORMS": len(order), "INITIAL_FORMS": len(order) - len(rows.keys() - known)}
        for part, count in (counts | {"MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": MOST_ROWS}).items():
            self.data[f"{name}-{part}"] = str(count)

    def row(self, formset, key, number, row):
        prefix = f"{formset.prefix}-{number}-"
        if number < int(self.data[f"{formset.prefix}-INITIAL_FORMS"]):
            self.data[f"{prefix}id"] = key
        if row is None:
            self.data[f"{prefix}{DELETION_FIELD_NAME}"] = "on"
            return
        self.data[f"{prefix}position"] = str(self.places[formset.prefix][key])
        was = self.prefixes[formset.prefix].get(key)
        self.fields(prefix, empty_row(formset), f"{was}-" if was else None, row)

    def fields(self, prefix, form, was, values):
        for name, field in open_fields(form).items():
            if isinstance(widget_of(field), FileInput):
                self.file(prefix + name, None if was is None else was + name, values.get(name, []))
            else:
                found = [self.numbered(value) if is_reference(field) else value for value in values.get(name, [])]
                self.data.setlist(prefix + name, found)

    def file(self, name, was, value):
        """A file that was sent goes on with its row; what is stored needs nothing; nothing at all is cleared."""
        upload = self.uploads.get(was) if was else None
        self.files.pop(name, None)
        self.data.pop(f"{name}-clear", None)
        if value and value[0].startswith(UPLOAD) and upload:
            self.files.setlist(name, [upload])
        elif not value and was is not None and f"{was}-clear" in self.sent:
            self.data[f"{name}-clear"] = "on"

    def numbered(self, value):
        name, _slash, key = value.partition("/")
        number = self.numbers.get(name, {}).get(key)
        return "" if number is None else f"{name}-{number}"


# --- carried by the form

SALT = "plenum.sheet"


def packed(sheet: Sheet, about: str, step: int) -> str:
    """A sheet as one word that a form can carry and nobody can alter. `step`: the last one of the history then."""
    return signing.dumps([sheet.fields, sheet.rows, step], salt=f"{SALT}.{about}", compress=True)


def unpacked(word: str, about: str) -> tuple[Sheet | None, int]:
    """(the sheet, the step); (None, 0) for one that cannot be read."""
    try:
        fields, rows, step = signing.loads(word, salt=f"{SALT}.{about}")
    except signing.BadSignature:
        return None, 0
    return Sheet(fields, rows), step
