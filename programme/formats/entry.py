"""What every format says about one slot, in one language: its title, who is on stage, and where.

Words come in the language asked for or the best other one; see Text.best(). Labels are in the language asked for.
"""

from django.utils.translation import gettext, ngettext, override

from programme.formats.plain_text import clean, one_line, plain_text
from programme.values import Appearance, Question, Slot, Text
from programme.whole import Programme
from programme.wording import language_names


def title(programme: Programme, slot: Slot, language: str) -> tuple[str, str]:
    """(title on one line, the language of its words). It names the part of a session that has several, and starts
    with the word for cancelled where that is so, for many readers show no status."""
    words, spoken = slot.session.title.best(language, programme.language)
    part = one_line(best(programme, slot.part.title, language))
    facts = {"title": one_line(words), "number": slot.number, "count": slot.of}
    with override(language):
        if part:
            named = part.casefold().startswith(facts["title"].casefold())  # “Together, part 1” is enough
            facts["title"] = part if named else f"{facts['title']} – {part}"
        elif slot.number and slot.of > 1:
            facts["title"] = gettext("%(title)s (part %(number)d of %(count)d)") % facts
        return (gettext("Cancelled: %(title)s") % facts if slot.is_cancelled else facts["title"]), spoken


def place(programme: Programme, slot: Slot, language: str) -> str:
    """Room, venue and its address, on one line; what is not known is left out."""
    room = best(programme, slot.room.name, language) if slot.room else ""
    venue = best(programme, programme.venue_name, language)
    return ", ".join(dict.fromkeys(filter(None, map(one_line, (room, venue, programme.venue_address)))))


def description(programme: Programme, slot: Slot, language: str) -> str:
    """All that a visitor wants to know beforehand, as plain text with an empty line between its paragraphs."""
    session, part = slot.session, slot.part
    with override(language):
        paragraphs = [
            *announcements(programme, slot, language),
            clean(best(programme, session.lead, language)),
            plain_text(best(programme, part.description, language)),
            *on_stage(programme, slot, language),
            questions(programme, slot, language),
            *ways_to_follow(slot, language),
        ]
    return "\n\n".join(filter(None, (paragraph.strip() for paragraph in paragraphs)))


def announcements(programme, slot, language):
    """What has changed: the notice of the organisers, and what comes instead of a cancelled session."""
    yield one_line(best(programme, slot.session.notice, language))
    instead = programme.with_uuid(slot.session.replaced_by)
    if instead and slot.is_cancelled:
        yield gettext("Replaced by: %(title)s") % {"title": one_line(best(programme, instead.title, language))}


def on_stage(programme, slot, language):
    """The speakers, and apart from them the moderators."""
    speakers, moderators = slot.speakers, slot.moderators
    if speakers:
        yield listed(ngettext("Speaker:", "Speakers:", len(speakers)), (who(programme, a, language) for a in speakers))
    if moderators:
        heading = ngettext("Moderator:", "Moderators:", len(moderators))
        yield listed(heading, (who(programme, a, language) for a in moderators))


def who(programme: Programme, appearance: Appearance, language: str) -> str:
    """ "Dag Inge Ulstein (KrF), utviklingsminister – åpningsord"."""
    person = appearance.person
    name = f"{person.name} ({person.affiliation})" if person.affiliation else person.name
    words = (name, best(programme, person.title, language), best(programme, person.organisation, language))
    contribution = best(programme, appearance.contribution, language)
    known = ", ".join(dict.fromkeys(filter(None, words)))
    return one_line(f"{known} – {contribution}" if contribution else known)


def questions(programme, slot, language) -> str:
    asked = (question(programme, each, language) for each in slot.questions)
    return listed(gettext("Questions for the discussion:"), asked) if slot.questions else ""


def question(programme: Programme, asked: Question, language: str) -> str:
    words = one_line(best(programme, asked.text, language))
    if not asked.addressed_to:
        return words
    return gettext("%(question)s (to %(name)s)") % {"question": words, "name": one_line(asked.addressed_to.name)}


def ways_to_follow(slot, language):
    """Languages, and help to follow what is said; the livestream."""
    session, lines = slot.session, []
    if session.spoken_languages:
        names = language_names(session.spoken_languages, language)
        lines.append(gettext("Spoken in: %(languages)s") % {"languages": names})
    if session.interpreted_to:
        names = language_names(session.interpreted_to, language)
        lines.append(gettext("Interpreted to: %(languages)s") % {"languages": names})
    if session.has_sign_language:
        lines.append(gettext("Sign language interpreting"))
    if session.has_captions:
        lines.append(gettext("Captions"))
    if session.livestream_url and not slot.is_cancelled:
        lines.append(gettext("Livestream: %(address)s") % {"address": session.livestream_url})
    yield "\n".join(lines)


def listed(heading: str, lines) -> str:
    return "\n".join([heading, *(f"• {line}" for line in lines)])


def best(programme: Programme, text: Text, language: str) -> str:
    return text.best(language, programme.language)[0]
