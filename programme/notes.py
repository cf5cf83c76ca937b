"""The note to the public that goes with a release, as staff write it: in each language of the conference, or in none."""

from dataclasses import dataclass

from django.utils.translation import gettext

from conference.language_names import own_name
from conference.models import Conference


@dataclass(frozen=True)
class Notes:
    """What stands in the form, and what is wrong with it."""

    fields: list[tuple[str, str, str, str]]  # (name in the form, language, the language's name, words)
    problem: str = ""

    @property
    def words(self) -> dict[str, str]:
        return {language: words for _name, language, _own_name, words in self.fields if words}


def notes_in(request, conference: Conference) -> Notes:
    """The notes in a form. Who writes one at all writes it in the first language, which the others fall back to."""
    fields = [
        (name, code, own_name(code), written(request, name))
        for code in conference.languages
        for name in ["note" if code == conference.language else f"note-{code}"]
    ]
    notes = Notes(fields)
    if notes.words and conference.language not in notes.words:
        problem = gettext("Write the note in the first language too (%(language)s), or not at all.")
        return Notes(fields, problem % {"language": own_name(conference.language)})
    return notes


def written(request, name) -> str:
    """The words in a field, without what PostgreSQL cannot store (U+0000)."""
    return request.POST.get(name, "").replace("\0", "").strip()
