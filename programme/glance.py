"""What a conference offers to whom, at a glance: for its front page."""

from collections import Counter
from dataclasses import dataclass

from programme.filters import ACCESS, access_of, places_of, tongues
from programme.whole import Programme


@dataclass(frozen=True)
class Glance:
    spoken: tuple[str, ...]  # language codes, what is spoken most first; Norwegian is "no"
    interpreted: tuple[str, ...]
    access: tuple[str, ...]  # "captions", "sign", "step-free": what there is somewhere
    number: int  # of sessions that are not breaks

    def can_be_followed_in(self, language: str) -> str:
        """The value of the filter for what can be followed in a page's language; "" where it would make no choice."""
        code = next(iter(tongues([language])))
        offered = {*self.spoken, *self.interpreted}
        return code if code in offered and len(offered) > 1 else ""


def glance(programme: Programme) -> Glance:
    sessions = [session for session in programme.sessions if not session.is_break and not session.is_cancelled]
    offered = {name for place in places_of(programme) for name in access_of(place)}
    return Glance(
        spoken=by_number(session.spoken_languages for session in sessions),
        interpreted=by_number(session.interpreted_to for session in sessions),
        access=tuple(name for name in ACCESS if name in offered),
        number=len(sessions),
    )


def by_number(rows) -> tuple[str, ...]:
    """Languages, those of most sessions first."""
    return tuple(code for code, _number in Counter(code for row in rows for code in tongues(row)).most_common())
