"""The public addresses. Every view gets a Page and the rest of the address, and returns an Answer."""

import datetime as dt

from django.urls import include, path, register_converter

from programme import files, mine, offline, suggest, views


class Day:
    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text):
        return dt.date.fromisoformat(text)  # ValueError: no such address

    def to_url(self, day):
        return day if isinstance(day, str) else day.isoformat()


register_converter(Day, "day")

of_a_conference = [
    path("", views.front, name="front"),
    path("programme/", views.programme, name="programme"),
    path("programme/<day:day>/", views.day, name="day"),
    path("programme.ics", files.programme_ics, name="programme_ics"),
    path("schedule.xml", files.schedule_xml, name="schedule_xml"),
    path("sessions/<slug:slug>/", views.session, name="session"),
    path("sessions/<slug:slug>.ics", files.session_ics, name="session_ics"),
    path("sessions/<slug:slug>/<int:number>.ics", files.part_ics, name="part_ics"),
    path("speakers/", views.speakers, name="speakers"),
    path("speakers/<slug:slug>/", views.person, name="person"),
    path("speakers/<slug:slug>.ics", files.person_ics, name="person_ics"),
    path("rooms/<slug:slug>/", views.room, name="room"),
    path("rooms/<slug:slug>.ics", files.room_ics, name="room_ics"),
    path("rooms/<slug:slug>/now/", views.room_now, name="room_now"),
    path("tracks/<slug:slug>/", views.track, name="track"),
    path("tracks/<slug:slug>.ics", files.track_ics, name="track_ics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>.ics", files.topic_ics, name="topic_ics"),
    path("now/", views.now, name="now"),
    path("search/", views.search, name="search"),
    path("suggestions.json", suggest.suggestions_json, name="suggestions"),
    path("changes/", views.changes, name="changes"),
    path("changes.atom", files.changes_atom, name="changes_atom"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("calendar/", views.calendar, name="calendar"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("personal-data/", views.personal_data, name="personal_data"),
    path("embed/", views.embed, name="embed"),
    path("for-websites/", views.for_websites, name="for_websites"),
    path("card.png", views.conference_card, name="card"),
    path("sessions/<slug:slug>.png", views.session_card, name="session_card"),
    path("mine/", mine.mine, name="mine"),
    path("mine/sessions/", mine.mine_sessions, name="mine_sessions"),
    path("mine/qr.svg", mine.mine_qr, name="mine_qr"),
    path("mine.ics", mine.mine_ics, name="mine_ics"),
    path("mine.json", mine.mine_json, name="mine_json"),
    path("offline/", offline.offline, name="offline"),
    path("offline.json", offline.offline_json, name="offline_json"),
    path("version.json", offline.version_json, name="version"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("style-<slug:version>.css", views.style, name="style"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("sitemap.xml", views.sitemaps, name="sitemaps"),
    path("oembed.json", views.oembed, name="oembed"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("<slug:language>/", views.conferences, name="conferences"),
    path("<slug:language>/<slug:conference>/", include(of_a_conference)),
]
