"""Sessions that a visitor has picked, named in an address by short ids.

A short id is made from the session's uuid, so that a link goes on working when titles, slugs and times change. The
same ids stand on the cards and in what a device keeps: there is one name for a session outside this house.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl
from uuid import UUID

from programme.values import Session
from programme.whole import Programme

LETTERS = 6  # of an id: 36 bits, so that two of a thousand sessions share one in 1 of 137 000 programmes
MOST = 200  # sessions in one address, which stays below 2000 characters


@lru_cache(maxsize=8192)
def short(uuid: UUID) -> str:
    """The short id of a session: six letters of the URL-safe alphabet of RFC 4648 (section 5)."""
    return base64.urlsafe_b64encode(hashlib.blake2b(uuid.bytes, digest_size=LETTERS).digest()).decode()[:LETTERS]


def ids_in(query: str) -> tuple[str, ...]:
    """The ids in a query string, `s=` and one id after the other, each once and at most MOST."""
    letters = dict(parse_qsl(query)).get("s", "")
    ids = (letters[at : at + LETTERS] for at in range(0, len(letters), LETTERS))
    return tuple(dict.fromkeys(ids))[:MOST]


def query_of(sessions: Iterable[Session]) -> str:
    """The query string that names sessions, without its question mark."""
    return "s=" + "".join(short(session.uuid) for session in sessions)


@dataclass(frozen=True)
class Picked:
    """The sessions that a query string names."""

    sessions: tuple[Session, ...]  # in the programme's order; those that have been taken off it last
    missing: int  # how many ids lead to no session

    def __bool__(self):
        return bool(self.sessions or self.missing)

    @property
    def query(self) -> str:
        return query_of(self.sessions)


def picked(programme: Programme, query: str) -> Picked:
    ids = set(ids_in(query))
    found = [s for s in programme.sessions + programme.gone_sessions if not s.is_break and short(s.uuid) in ids]
    return Picked(tuple(found), len(ids) - len(found))
