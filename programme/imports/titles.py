"""What titles say besides the title: no format has a field for "cancelled" or "moved", so people write it in front."""

import re
from dataclasses import dataclass

WORDS_FOR_CANCELLED = (
    r"CANCELL?ED|WITHDRAWN|ABGESAGT|F(?:Ä|AE)LLT\s+(?:LEIDER\s+)?AUS|ENTF(?:Ä|AE)LLT|AUSGEFALLEN|AVLYS(?:T|ES)|INNSTILT|"
    r"KANSELLERT|UTGÅR|AFLYST|INSTÄLL[TD]|ANNUL(?:É|E)E?|CANCELAD[AO]|SUSPENDID[AO]|GEANNULEERD|AFGELAST|PERUTTU|"
    r"PERUUTETTU|ANNULLAT[AO]|ZRUŠENO|ODWOŁANE|ОТМЕНЕН[ОА]|中止|キャンセル"
)
CANCELLED = rf"(?:{WORDS_FOR_CANCELLED})"
MOVED = r"(?:VERSCHOBEN|VERLEGT|MOVED|POSTPONED|RESCHEDULED|DELAYED|FLYTTET|FLYTTA|UTSATT|REPORTÉE?|DÉPLACÉE?|RAUM(?:Ä|AE)NDERUNG|NEW\s+(?:TIME|ROOM)|ROOM\s+CHANGED?)"
IN_BRACKETS = r"[(\[{*<【]+\s*(?P<said>[^)\]}*>】]{0,80}?\bWORDS\b[^)\]}*>】]{0,80}?)\s*[)\]}*>】]+\s*[:\-–—!]*\s*"
BRACKETED = {
    word: re.compile(IN_BRACKETS.replace("WORDS", words), re.IGNORECASE)
    for word, words in {"cancelled": CANCELLED, "moved": MOVED}.items()
}
SIGNS = r"(?:[^\w\s(\[{*<【\-–—]\s*){0,4}"  # ❌, 🚫 and the like
SHOUTED_EVENT = r"(?-i:(?:TALK|WORKSHOP|SESSION|EVENT|LECTURE|PANEL|VORTRAG|FOREDRAG)\s+)?"
REASONS = r"due\s+to|because\s+of|pga\.?|på\s+grunn\s+av|grunnet|wegen|aufgrund|pour\s+cause|en\s+raison"
WHY = rf"(?:\s*\([^)]{{1,60}}\)|\s+(?:{REASONS})\s[^:]{{1,60}}?)?"
CANCELLED_IN_FRONT = re.compile(
    rf"{SIGNS}{SHOUTED_EVENT}{CANCELLED}(?:\s*/\s*{CANCELLED})?{WHY}\s*(?:[!:]+|[-–—]+(?=\s)|[-–—]{{2,}}|\|)[\s!:\-–—|]*",
    re.IGNORECASE,
)
CANCELLED_SHOUTED = re.compile(rf"{SIGNS}{CANCELLED}(?:\s*[,\-–—]\s*|\s+)(?=.*[a-zà-ÿ])")
MOVED_IN_FRONT = re.compile(rf"(?P<said>{MOVED})\s*(?:[!:]+|\s[-–—]+(?=\s)|\|)[\s!:|]*", re.IGNORECASE)
MOVED_SHOUTED = re.compile(rf"(?P<said>{MOVED}\s[^:!|]{{1,60}}?)\s*(?:[!:]+|\s[-–—]+(?=\s)|\|)[\s!:|]*")
AT_THE_END = re.compile(
    rf"\s*[-–—:]*\s*[(\[<【]\s*{CANCELLED}\b[^)\]>】]{{0,80}}[)\]>】]\s*\Z|\s+[-–—|]+\s*{CANCELLED}\s*!*\s*\Z",
    re.IGNORECASE,
)
SHOUTED_AT_THE_END = re.compile(rf"(?<=[a-zà-ÿ0-9])\s+{CANCELLED}\s*!*\Z")
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
    ended = SHOUTED_AT_THE_END.sub("", AT_THE_END.sub("", words))
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
