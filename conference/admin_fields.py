"""Form fields that organisers understand: colours, pictures, languages, links, times of day."""

import datetime as dt
import re

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from conference.language_names import language_name, own_name, spoken_languages
from conference.pictures import measures


class ColourWidget(forms.TextInput):
    """A colour as text, with the browser's own colour picker beside it."""

    template_name = "admin/widgets/colour.html"


class PictureWidget(AdminFileWidget):
    """A file input that shows the picture there is, and the one that was just chosen."""

    template_name = "admin/widgets/picture.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["thumbnail"] = thumbnail(value) if self.is_initial(value) else ""
        return context


class DocumentWidget(AdminFileWidget):
    """A file input that links to the file there is."""

    template_name = "admin/widgets/document.html"


def thumbnail(picture):
    """The address of the smallest stored size of a picture."""
    measured = measures(picture.name)
    return picture.storage.url(min(measured[2].items())[1]) if measured else picture.url


class Kept:
    """Mixed into a field for files: what is switched off stays as it is, and is not read from the disk again. A name may
    be as long as it likes: pictures lose it, and documents as much of it as they must."""

    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        return initial if self.disabled else super().clean(data, initial)


class DocumentInput(Kept, forms.FileField):
    widget = DocumentWidget


class PictureInput(Kept, forms.FileField):
    """An uploaded picture. Whether it is one, the model's field says, by what is in it."""

    widget = PictureWidget


class OfJson:
    """Mixed into a form field for a JSON column, whose coders it does not need."""

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        super().__init__(**kwargs)


class ChosenInOrder(OfJson, forms.MultipleChoiceField):
    """A JSON list of what was chosen; another order is a change, and what is switched off has none."""

    def has_changed(self, initial, data):
        return not self.disabled and list(initial or []) != list(data or [])


class SpokenLanguages(ChosenInOrder):
    """A JSON list of language codes, picked by name; codes we have no name for are kept."""

    widget = forms.SelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=spoken_languages, **kwargs)
        self.widget.attrs["data-choose-many"] = ""

    def valid_value(self, value):
        return bool(re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value))

    def get_bound_field(self, form, field_name):
        bound = super().get_bound_field(form, field_name)
        known = {code for code, _name in spoken_languages()}
        more = [(code, language_name(code)) for code in bound.value() or [] if code not in known]
        if more:
            self.choices = spoken_languages() + more
        return bound


class OrderedLanguages(forms.CheckboxSelectMultiple):
    """Languages to tick, in an order that can be changed: the ticked ones first, as they are stored."""

    template_name = "admin/widgets/ordered_languages.html"

    def optgroups(self, name, value, attrs=None):
        order = [*value, *(code for code, _name in self.choices if code not in value)]
        self.choices = sorted(self.choices, key=lambda choice: order.index(choice[0]))
        return super().optgroups(name, value, attrs)


class SiteLanguages(ChosenInOrder):
    """A JSON list of the site's languages, in the order in which they were sent."""

    widget = OrderedLanguages

    def __init__(self, **kwargs):
        super().__init__(choices=[(code, own_name(code)) for code, _name in settings.LANGUAGES], **kwargs)


class LinksField(OfJson, forms.CharField):
    """A JSON list of links, written as lines: "Title https://example.org"."""

    def __init__(self, **kwargs):
        kwargs["help_text"] = _(
            "One link on each line: a title if you like, then the address, such as “Blog https://example.org”."
        )
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value):
        if isinstance(value, list):
            return "\n".join(f"{link['title']} {link['url']}".strip() for link in value)
        return value

    def to_python(self, value):
        return [one_link(line) for line in super().to_python(value).splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return not self.disabled and (self.prepare_value(initial) or "") != (data or "").replace("\r\n", "\n").strip()


def one_link(line):
    title, _space, url = line.strip().rpartition(" ")
    return {"title": title.strip(), "url": url}


TIME_OF_DAY = re.compile(r"(?P<hour>\d{1,2})(?:\s*[.:hH]?\s*(?P<minute>\d{2})(?:[.:](?P<second>\d{2}))?)?\s*h?\Z")


class TimeOfDay(forms.CharField):
    """A time written as people write it: 13:00, 13.00, 13 h 00, 1300 or 13. The value is a datetime.time, or None."""

    default_error_messages = {"invalid": _("Write the time like 13:00.")}

    def __init__(self, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "13:00", "maxlength": 10}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value):
        if isinstance(value, dt.time):
            return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
        return value

    def to_python(self, value):
        value = super().to_python(value).strip() if value else ""
        if not value:
            return None
        match = TIME_OF_DAY.match(value)
        try:
            return dt.time(*(int(match[part] or 0) for part in ("hour", "minute", "second")))
        except (TypeError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def has_changed(self, initial, data):
        try:
            return not self.disabled and self.to_python(data) != initial
        except ValidationError:
            return True


DOTTED = {"nb", "nn", "da", "de", "fi"}  # languages that write 31. januar
CUT_SHORT = DOTTED | {"fr"}  # … and that end a weekday cut short with a full stop


def day_name(day, short=False):
    """A date with its weekday, in the active language: "torsdag 31. januar", or "tor. 31. jan." in short."""
    date = "j." if get_language() in DOTTED else "j"
    weekday = "D." if get_language() in CUT_SHORT else "D"
    return formats.date_format(day, f"{weekday} {date} N" if short else f"l {date} F")
