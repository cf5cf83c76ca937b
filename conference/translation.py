from modeltranslation.translator import TranslationOptions, register

from conference.models import Conference, Room


@register(Conference)
class ConferenceTranslation(TranslationOptions):
    fields = ["name", "tagline", "description", "venue_name"]


@register(Room)
class RoomTranslation(TranslationOptions):
    fields = ["name", "description", "accessibility"]
