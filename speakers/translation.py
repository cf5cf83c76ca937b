from modeltranslation.translator import TranslationOptions, register

from speakers.models import Person, Speaker


@register(Person)
class PersonTranslation(TranslationOptions):
    fields = ["title", "organisation", "biography", "photo_alt"]


@register(Speaker)
class SpeakerTranslation(TranslationOptions):
    fields = ["contribution"]
