"""One programme that comes as two files, each in its language (Pentabarf’s schedule.de.xml and schedule.en.xml)."""

import pytest

from sessions.models import Format, Session, Track
from tests.schedule_files import a_file, an_event, import_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    def event(number, title, track, kind):
        return an_event(title, f'id="{number}"', start=f"1{number}:00", track=track, type=kind)

    norwegian = [
        event(1, "Havet", "Kunst", "foredrag"),
        event(2, "Skogen", "Natur", "foredrag"),
        event(3, "Mat", "", "pause"),
    ]
    english = [
        event(1, "The sea", "Art", "lecture"),
        event(2, "The wood", "Nature", "lecture"),
        event(3, "Food", "", "break"),
    ]
    for name, events in (("nb", norwegian), ("en", english)):
        (tmp_path / f"{name}.xml").write_bytes(a_file(*events))
    return tmp_path


def imported(files, language):
    return import_file(files / f"{language}.xml", create=True, timezone="Europe/Oslo", language=language)


def test_tracks_and_formats_get_a_second_name_instead_of_a_second_row(files):
    imported(files, "nb")
    said = imported(files, "en")

    assert "Tracks: 0 new, 2 changed, 0 as before" in said
    assert set(Track.objects.values_list("name_nb", "name_en")) == {("Kunst", "Art"), ("Natur", "Nature")}
    assert set(Format.objects.values_list("name_nb", "name_en")) == {("foredrag", "lecture"), ("pause", "break")}
    assert [(s.title_nb, s.title_en, s.track.name_nb) for s in Session.objects.filter(track__isnull=False)] == [
        ("Havet", "The sea", "Kunst"),
        ("Skogen", "The wood", "Natur"),
    ]


def test_both_files_again_change_nothing(files):
    for language in ("nb", "en"):
        imported(files, language)

    assert all("nothing has changed" in imported(files, language) for language in ("nb", "en", "en", "nb"))


def test_a_track_that_is_renamed_in_its_own_language_is_another_track(files):
    imported(files, "nb")
    path = files / "nb.xml"
    path.write_bytes(path.read_bytes().replace(b"Kunst", b"Musikk"))
    imported(files, "nb")

    assert set(Track.objects.values_list("name_nb", flat=True)) == {"Kunst", "Natur", "Musikk"}
