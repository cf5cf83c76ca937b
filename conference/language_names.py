"""What languages are called."""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language, get_language_info, pgettext
from django.utils.translation import gettext as _

SPOKEN = [
    "no",
    "nb",
    "nn",
    "se",
    "en",
    "fr",
    "sv",
    "da",
    "fi",
    "is",
    "de",
    "nl",
    "es",
    "pt",
    "it",
    "pl",
    "uk",
    "ru",
    "ar",
    "fa",
    "so",
    "ti",
    "zh-hans",
]

COUNTRIES = {
    "nb": "NO",
    "nn": "NO",
    "no": "NO",
    "se": "NO",
    "en": "GB",
    "sv": "SE",
    "da": "DK",
    "uk": "UA",
    "fa": "IR",
    "zh": "CN",
}


def language_name(code):
    """The name of a language (BCP 47) in the active language; the code itself for one we have no name for."""
    return name_in_active(code, get_language())


@lru_cache(maxsize=1024)
def name_in_active(code, _active):
    names = {  # that Django lacks, or has in few languages
        "no": _("Norwegian"),
        "nb": _("Norwegian Bokmål"),
        "nn": _("Norwegian Nynorsk"),
        "se": _("Northern Sami"),
        "fa": _("Persian"),
        "so": _("Somali"),
        "ti": _("Tigrinya"),
        "zh-hans": _("Chinese"),
    }
    if code in names:
        return names[code]
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def language_name_within(code):
    """The name as it stands within a sentence: `engelsk`, `English`, `anglais`."""
    name = language_name(code)
    is_small = pgettext("language", "Norwegian")[:1].islower()
    return name[:1].lower() + name[1:] if is_small and name != code else name


def own_name(code):
    """The name of one of the site's languages in that language, as the settings have it."""
    return dict(settings.LANGUAGES).get(code, code)


def locale_of(code: str) -> str:
    """The language with a country, as Open Graph wants it: nb_NO. Where nothing is known, the country is called like it."""
    language, _hyphen, more = code.partition("-")
    country = more if len(more) == 2 else COUNTRIES.get(language, language)  # "hans" is a way of writing
    return f"{language}_{country.upper()}"


def spoken_languages():
    """[(code, name)] of the languages that people may speak on stage."""
    return [(code, language_name(code)) for code in SPOKEN]
