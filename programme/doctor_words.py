"""What a check of an installation says."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    WRONG = "wrong"  # visitors or staff meet it, or somebody could misuse it
    LOOK = "look"  # worth a look


@dataclass(frozen=True)
class Finding:
    level: Level
    words: str  # what is so, and what to do about it


def wrong(words) -> Finding:
    return Finding(Level.WRONG, words)


def look(words) -> Finding:
    return Finding(Level.LOOK, words)
