"""The page with the grid of a day, beside the list, with filters, and on paper."""

import re

import pytest
from lxml import html

from programme.serve import serve
from tests.factories import make_conference, make_format, make_release, make_room, make_session, make_track
from tests.factories_values import RELEASED_AT, a_part, a_programme, a_session


@pytest.fixture
def programme(db):
    make_conference()
    hall, loft = make_room("Storsalen"), make_room("Loftet")
    talk = make_format("Foredrag")
    make_session("Åpning", at="12:00", room=hall, format=make_format("Plenum"))
    make_session("Fiskeoppdrett", room=hall, track=make_track("Arbeid"), format=talk)
    make_session("Lønn", room=loft, minutes=90, format=talk)
    make_session("Avlyst post", at="14:00", room=hall, state="cancelled", format=talk)
    make_session("Dagen etter", at="2030-02-01 10:00", room=loft)
    make_release()


def tables(visitor, address):
    return html.fromstring(visitor.get(address).content).xpath("//table[@class='grid']")


def words(element):
    return " ".join(element.text_content().split())


def test_a_visitor_finds_every_session_of_the_day_in_the_grid(visitor, programme):
    [table] = tables(visitor, "/nb/sammen/programme/2030-01-31/")
    assert [words(link) for link in table.xpath(".//td//a")] == ["Åpning", "Fiskeoppdrett", "Lønn", "Avlyst post"]
    assert [words(th) for th in table.xpath(".//thead//th[@scope='col']")] == ["Storsalen", "Loftet"]
    assert [words(th) for th in table.xpath(".//tbody//th[@scope='row']")] == ["12.00", "13.00", "14.00", "14.30"]
    assert "torsdag 31. januar 2030" in words(table.xpath("./caption")[0])
    assert table.xpath(".//thead//a/@href") == ["/nb/sammen/rooms/storsalen/", "/nb/sammen/rooms/loftet/"]


def test_cells_say_time_track_and_what_is_cancelled_and_a_plenary_its_room(visitor, programme):
    [table] = tables(visitor, "/en/sammen/programme/2030-01-31/")
    cells = {words(cell.xpath(".//a")[0]): cell for cell in table.xpath(".//td[.//a]")}
    assert words(cells["Fiskeoppdrett"]) == "Fiskeoppdrett 13:00–14:00 Arbeid"
    assert words(cells["Avlyst post"]).startswith("Cancelled Avlyst post")
    assert cells["Åpning"].get("colspan") == "2"
    assert "Storsalen" in words(cells["Åpning"])
    assert cells["Lønn"].get("rowspan") == "2"


def test_every_row_of_the_table_has_as_many_columns_as_the_head(visitor, programme):
    for table in tables(visitor, "/en/sammen/programme/"):
        width = 1 + int(table.xpath("./colgroup/col[2]/@span")[0])
        rows = table.xpath(".//tr")
        filled = [0] * len(rows)
        for number, row in enumerate(rows):
            for cell in row:
                for down in range(int(cell.get("rowspan", 1))):
                    filled[number + down] += int(cell.get("colspan", 1))
        assert filled == [width] * len(rows)


def views(visitor, address):
    """(are there grids?, are there lists?) on a page."""
    page = html.fromstring(visitor.get(address).content)
    return tuple(bool(page.xpath(f"//*[contains(@class, '{kind}')]")) for kind in ("day is-grid", "day is-list"))


def test_a_visitor_gets_both_views_and_can_ask_for_one(visitor, programme):
    for page in ("/en/sammen/programme/", "/en/sammen/programme/2030-01-31/"):
        assert views(visitor, page) == (True, True)
        assert views(visitor, f"{page}?view=list") == (False, True)
        assert views(visitor, f"{page}?view=grid") == (True, False)
        assert views(visitor, f"{page}?view=print") == (False, True)
        assert views(visitor, f"{page}?view=nonsense") == (True, True)


def test_a_large_programme_shows_the_list_and_the_way_to_the_grid_of_each_day():
    parts = [
        a_part(f"2026-06-{day} {8 + number // 12:02}:{number % 12 * 5:02}", 5)
        for day in (15, 16)
        for number in range(76)
    ]
    large = a_programme(*(a_session(f"S{number}", parts=(part,)) for number, part in enumerate(parts)))
    whole = serve("/nb/sammen/programme/", (large,), RELEASED_AT).body.decode()
    assert "<table" not in whole
    assert 'href="/nb/sammen/programme/2026-06-16/?view=grid"' in whole
    assert "<table" in serve("/nb/sammen/programme/2026-06-16/", (large,), RELEASED_AT).body.decode()


def test_view_and_filters_travel_together(visitor, programme):
    page = visitor.get("/en/sammen/programme/2030-01-31/?room=loftet&view=grid").text
    assert "Lønn" in page
    assert "Fiskeoppdrett" not in page.partition('id="results"')[2]
    assert 'href="?room=loftet&amp;view=list"' in page
    assert 'href="/en/sammen/programme/?room=loftet&amp;view=grid"' in page
    assert '<input type="hidden" name="view" value="grid">' in page
    assert re.search(r'class="pill" href="\?view=grid"', page)
    assert "<script>" not in visitor.get("/en/sammen/programme/?view=<script>").text


def test_filters_that_leave_nothing_say_so_in_the_grid_too(visitor, programme):
    page = visitor.get("/en/sammen/programme/2030-02-01/?room=storsalen&view=grid").text
    assert "Nothing on the programme matches these filters" in page
    assert "<table" not in page


def test_pages_that_are_printed_say_where_they_stand_on_the_web(visitor, programme, settings):
    settings.PUBLIC_URL = "https://sammen.example"
    for page in ("programme/2030-01-31/", "rooms/storsalen/", "sessions/lonn/"):
        foot = html.fromstring(visitor.get(f"/en/sammen/{page}").content).xpath("//div[@class='paper-foot']")
        assert f"https://sammen.example/en/sammen/{page}" in words(foot[0])
        assert foot[0].xpath(".//*[local-name()='svg']")


def test_the_print_view_is_the_list_without_filters_and_tabs(visitor, programme):
    page = visitor.get("/en/sammen/programme/?view=print&room=loftet").text
    assert "Lønn" in page
    assert "Fiskeoppdrett" not in page
    assert 'id="filters"' not in page
    assert 'class="tabs"' not in page
    assert 'href="?room=loftet&amp;view=list"' in page
