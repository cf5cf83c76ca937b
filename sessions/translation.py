from modeltranslation.translator import TranslationOptions, register

from sessions.models import DiscussionQuestion, Format, Material, Part, Session, Topic, Track


@register([Track, Topic, Format])
class HeadingTranslation(TranslationOptions):
    fields = ["name"]


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ["title", "subtitle", "lead", "description", "image_alt", "notice"]


@register(Part)
class PartTranslation(TranslationOptions):
    fields = ["title", "description"]


@register(DiscussionQuestion)
class DiscussionQuestionTranslation(TranslationOptions):
    fields = ["text", "note"]


@register(Material)
class MaterialTranslation(TranslationOptions):
    fields = ["title"]
