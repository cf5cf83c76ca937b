"""One page of each kind, of the demo: what wapiti is let loose on."""

import json

PUBLIC = """\
/nb/sammen/
/nb/
/nb/sammen/programme/?view=list&track={track}&format={format}&room={room}&language=nb&q=arbeid
/nb/sammen/programme/{day}/?view=grid
/nb/sammen/search/?q=arbeid
/nb/sammen/suggestions.json?q=arbeid
/nb/sammen/sessions/{session}/
/nb/sammen/sessions/{session}.ics
/nb/sammen/speakers/
/nb/sammen/speakers/{person}/
/nb/sammen/rooms/{room}/
/nb/sammen/now/
/nb/sammen/changes/
/nb/sammen/changes.atom
/nb/sammen/calendar/
/nb/sammen/embed/?day={day}&track={track}
/nb/sammen/mine/?s={picked}
/nb/sammen/mine.ics?s={picked}
/nb/sammen/mine/qr.svg?s={picked}
/nb/sammen/schedule.xml
/oembed.json?url=http://localhost/nb/sammen/&maxwidth=300&maxheight=200&format=json
/sitemap.xml
{photo}
/preview/nonsense/nb/sammen/
""".splitlines()
STAFF = """\
/admin/
/admin/problems/
/admin/conference_sessions/session/?q=arbeid&state__exact=public&o=1&p=1
/admin/conference_sessions/session/{session_pk}/change/
/admin/conference_sessions/session/{session_pk}/history/?p=1
/admin/bulk/change/?sessions={session_pk}
/admin/bulk/cancel/?sessions={session_pk}
/admin/bulk/duplicate/?sessions={session_pk}
/admin/bulk/conference/{conference_pk}/
/admin/speakers/person/?q=kari&photo=no
/admin/speakers/person/{person_pk}/change/
/admin/people/{person_pk}/stored/
/admin/conference/conference/{conference_pk}/change/
/admin/conference/room/{room_pk}/change/
/admin/conference_sessions/track/add/
/admin/board/sammen/{day}/
/admin/board/part/{part_pk}/
/admin/programme/release/review/{conference_pk}/
/admin/programme/release/links/{conference_pk}/
/admin/programme/release/?conference={conference_pk}
/admin/conference/entry/?about=files&who=kari
/admin/preview/sammen/nb/sammen/search/?q=arbeid
/admin/autocomplete/?app_label=speakers&model_name=speaker&field_name=person&term=kari
/admin/auth/group/add/
/admin/account/second-factor/
""".splitlines()
FEW_OF_STAFF = """\
/admin/conference_sessions/session/?q=arbeid&o=1
/admin/autocomplete/?app_label=speakers&model_name=speaker&field_name=person&term=kari
/admin/conference/entry/?who=kari
/admin/conference_sessions/track/add/
""".splitlines()
ALL = PUBLIC, STAFF, FEW_OF_STAFF
# Forms after which nobody is signed in, or there is nothing left to attack; what is on every page; and signing in, where nginx lets
# through one attempt a second.
NOT_TO_BE_SENT = [
    "/admin/login/*",
    *(
        "/admin/logout/*",
        "/admin/password_change/*",
        "/admin/account/",
        "/admin/account/remove/*",
        "/admin/auth/user/*",
    ),
    *("/admin/undo/*", "/admin/*/delete/*", "/admin/people/*/erase/*"),
]
FACTS = """
import json
from conference.models import Conference
from programme.picked import short
conference = Conference.objects.get()
session = conference.sessions.get(slug="sammen-mot-menneskehandel")
part = session.parts.first()
person = session.speakers.first().person
shown = conference.sessions.exclude(image="").first()
print(json.dumps({
    "session": session.slug, "picked": short(session.uuid), "session_pk": session.pk, "part_pk": part.pk,
    "person": person.slug, "person_pk": person.pk, "photo": shown.image.url, "day": str(conference.starts_on),
    "room": conference.rooms.first().slug,
    "track": conference.tracks.first().slug, "format": conference.formats.first().slug, "room_pk": conference.rooms.first().pk, "conference_pk": conference.pk,
}))
"""


def filled(site, pages):
    facts = json.loads(site.manage("shell", "-v0", "-c", FACTS))
    return [page.format(**facts) for page in pages]
