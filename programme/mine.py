"""My programme: the pages and files of the sessions that a visitor has picked. The device keeps which; see
static/modules/starred.js."""

import io
import json

import segno
from django.utils import translation
from django.utils.translation import gettext

from programme import addresses
from programme.formats import ical
from programme.page import Answer, NotHere
from programme.picked import MOST, picked, short
from programme.values import Session, Slot


def mine(page):
    """The sessions in the address; without any, the page on which mine.js shows those that the device keeps."""
    found = picked(page.programme, page.query)
    return page.html("mine.html", picked=found, most=MOST, **shelves(page.programme, found.sessions))


def mine_sessions(page):
    """All sessions as my programme shows them, for mine.js to choose from."""
    programme = page.programme
    return page.html("mine_sessions.html", **shelves(programme, programme.sessions + programme.gone_sessions))


def shelves(programme, sessions) -> dict:
    """Where each session stands: at its times, without a time, or taken off the programme."""
    sessions = {session.uuid: session for session in sessions if not session.is_break}
    return {
        "slots": [slot for slot in programme.slots if slot.session.uuid in sessions],
        "unscheduled": [session for session in programme.unscheduled if session.uuid in sessions],
        "gone": [session for session in programme.gone_sessions if session.uuid in sessions],
    }


def mine_json(page):
    """{short id: [title, address, [[start, end] of each part in minutes since 1970]]}: enough to see overlaps."""
    sessions = (s for s in page.programme.sessions if not s.is_break)
    told = {short(s.uuid): [page.words(s.title), page.url("session", slug=s.slug), minutes(s)] for s in sessions}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Answer(body.encode(), "application/json; charset=utf-8")


def minutes(session: Session) -> list[list[int]]:
    """When one has to be there; never, for a cancelled session."""

    def of(slot: Slot):
        return [int(moment.timestamp()) // 60 for moment in (slot.starts_at, slot.ends_at)]

    return [of(slot) for slot in session.slots if slot.part.is_scheduled and not slot.is_cancelled]


def mine_ics(page):
    found = picked(page.programme, page.query)
    with translation.override(page.language):
        name = gettext("My programme")
    selection = ical.Selection(name, found.sessions, found.query)
    return page.calendar(ical.encode(page.programme, page.language, selection), f"{page.programme.slug}-{name}")


def mine_qr(page):
    """The address of some sessions, or of an empty my programme, as a picture that a telephone reads."""
    found = picked(page.programme, page.query)
    if found.missing and not found.sessions:
        raise NotHere
    link = addresses.absolute(addresses.path("mine", page.language, page.programme.slug))
    link += f"?{found.query}" if found.sessions else ""
    drawn = io.BytesIO()
    segno.make(link, error="l", micro=False).save(
        drawn, kind="svg", border=3, light="#fff", omitsize=True, xmldecl=False
    )
    return Answer(drawn.getvalue(), "image/svg+xml")
