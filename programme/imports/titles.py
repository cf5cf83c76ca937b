"""What titles say besides the title: no format has a field for "cancelled" or "moved", so people write it in front."""

import re
from dataclasses import dataclass

CANCELLED = r"(?:CANCELLED|CANCELED|ABGESAGT|F(?:Ä|AE)LLT\s+(?:LEIDER\s+)?AUS|ENTF(?:Ä|AE)LLT|AUSGEFALLEN|AVLYST|INNSTILT|AFLYST|INSTÄLLT|ANNULÉE?|CANCELADA|CANCELADO|AFGELAST|PERUTTU|ANNULLATO)"
MOVED = r"(?:VERSCHOBEN|VERLEGT|MOVED|POSTPONED|RESCHEDULED|DELAYED|FLYTTET|FLYTTA|UTSATT|REPORTÉE?|DÉPLACÉE?|RAUM(?:Ä|AE)NDERUNG|NEW\s+(?:TIME|ROOM)|ROOM\s+CHANGED?)"
IN_BRACKETS = r"[(\[{*]+\s*(?P<said>[^)\]}*]{0,80}?\bWORDS\b[^)\]}*]{0,80}?)\s*[)\]}*]+\s*[:\-–—!]*\s*"
BRACKETED = {
    word: re.compile(IN_BRACKETS.replace("WORDS", words), re.IGNORECASE)
    for word, words in {"cancelled": CANCELLED, "moved": MOVED}.items()
}
CANCELLED_IN_FRONT = re.compile(rf"{CANCELLED}\s*(?:[!:]+|[-–—]+(?=\s)|\|)[\s!:\-–—|]*", re.IGNORECASE)
CANCELLED_SHOUTED = re.compile(rf"{CANCELLED}\s+(?=.*[a-zà-ÿ])")
MOVED_IN_FRONT = re.compile(rf"(?P<said>{MOVED})\s*(?:[!:]+|\s[-–—]+(?=\s)|\|)[\s!:|]*", re.IGNORECASE)
MOVED_SHOUTED = re.compile(rf"(?P<said>{MOVED}\s[^:!|]{{1,60}}?)\s*(?:[!:]+|\s[-–—]+(?=\s)|\|)[\s!:|]*")
AT_THE_END = re.compile(rf"\s*[-–—:]*\s*[(\[]\s*{CANCELLED}\s*!*\s*[)\]]\s*\Z", re.IGNORECASE)
LONGEST = 1000  # characters; what is longer is no title, and would keep the patterns busy


@dataclass(frozen=True)
class Title:
    words: str
    is_cancelled: bool = False
    notice: str = ""


def read_title(words: str) -> Title:
    """The title itself, whether it says that the session is cancelled, and what it says about a move.

    "CANCELLED - Games" is cancelled; "Cancelling POSIX syscalls" and "Cancelled lives" are just titles.
    """
    if len(words) > LONGEST:
        return Title(words)
    cancelled = without(words, BRACKETED["cancelled"], CANCELLED_IN_FRONT, CANCELLED_SHOUTED)
    if cancelled:
        return Title(cancelled, is_cancelled=True)
    ended = AT_THE_END.sub("", words)
    if ended and ended != words:
        return Title(ended, is_cancelled=True)
    for pattern in (BRACKETED["moved"], MOVED_IN_FRONT, MOVED_SHOUTED):
        match = pattern.match(words)
        if match and words[match.end() :].strip():
            return Title(words[match.end() :].strip(), notice=match["said"].strip())
    return Title(words)


def without(words, *patterns):
    for pattern in patterns:
        match = pattern.match(words)
        if match and words[match.end() :].strip():
            return words[match.end() :].strip()
    return ""
