"""Foreign texts and links, as a visitor will read them."""

import pytest

from programme.imports.links import whole_address
from programme.imports.texts import lead_and_description, markdown, one_line
from tests.schedule_files import HEAD, an_event, noted, read, read_one


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<p>One.</p>\n\n<p>Two <strong>bold</strong> <em>x</em>.</p>", "One.\n\nTwo **bold** *x*."),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ('<p>See <a href="/2025/x">this</a></p>', "See [this](https://conf.example/2025/x)"),
        ('<p>See <a href="javascript:alert(1)">this</a></p>', "See this"),
        ("<h2>Head</h2><p>Text</p>", "## Head\n\nText"),
        ("<p>use <code>a &lt; b</code> and &lt;stdio.h&gt;</p>", "use `a < b` and <stdio.h>"),
        ("<p>2*3*4</p>", r"2\*3\*4"),
        ("Plain with **Markdown**, <br>a break", "Plain with **Markdown**,  \na break"),
        ("First paragraph\n\nSecond <b>bold</b>", "First paragraph\n\nSecond **bold**"),
        ("We&#x27;ve a &quot;system&quot;", 'We\'ve a "system"'),
        ("&lt;p&gt;Escaped twice&lt;/p&gt;", "Escaped twice"),
        ("<p>In it: &lt;ul&gt;&lt;li&gt;a&lt;/li&gt;&lt;/ul&gt;</p>", "In it:\n\n- a"),
        ("First line\n\n                    Second\n                      deeper", "First line\n\nSecond\n  deeper"),
        ("List<String> and a < b", "List<String> and a < b"),
        ("<p>List<String></p>", "List<String>"),
        ("Uses <https://a.example/> in Markdown", "Uses <https://a.example/> in Markdown"),
        ("<p>x</p><script>alert(1)</script><style>p {}</style><iframe src='x'></iframe>", "x"),
        ('<p><img src="/a.png" alt="A map"> <img src="data:x"></p>', "[A map](https://conf.example/a.png)"),
        ('<span style="color:red">red</span> text&nbsp;here', "red text here"),
        ("a\r\nb\r\n\r\n\r\n\r\nc", "a\nb\n\nc"),
        ("  \n ", ""),
    ],
)
def test_a_text_becomes_markdown_without_tag_soup(written, meant):
    assert markdown(written, "https://conf.example/2025/schedule/") == meant


def test_html_that_is_nested_a_thousand_times_is_still_read():
    assert "deep" in markdown("<div>" * 5000 + "deep" + "</div>" * 5000)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("R&amp;D", "R&D"), ("We&#x27;re", "We're"), ("a <b>bold</b>\n title", "a bold title"), ("JavaScript: If you love it", "JavaScript: If you love it"), ("a < b > c", "a < b > c")],
)  # fmt: skip
def test_a_title_is_one_line_of_plain_words(written, meant):
    assert one_line(written) == meant


def test_a_short_plain_abstract_leads_into_the_description():
    assert lead_and_description("<p>Come and see.</p>", "All about it.") == ("Come and see.", "All about it.")


@pytest.mark.parametrize("abstract", ["One.\n\nTwo.", "x" * 601, "See [this](https://a.example/).", "* a list"])
def test_any_other_abstract_begins_the_description(abstract):
    assert lead_and_description(abstract, "All about it.") == ("", f"{abstract}\n\nAll about it.")


def test_one_text_alone_is_the_description_and_none_is_said_twice():
    assert lead_and_description("Come and see.", "") == ("", "Come and see.")
    assert lead_and_description("", "All about it.") == ("", "All about it.")
    assert lead_and_description("Come.", "Come. All about it.") == ("", "Come. All about it.")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("/system/slides.pdf?1", "https://conf.example/system/slides.pdf?1"),
        ("slides.pdf", "https://conf.example/2025/slides.pdf"),
        ("www.a.example", "https://www.a.example"),
        ("nymtech.net", "https://nymtech.net"),
        ("//a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", ""),
        ("JAVA\nSCRIPT:alert(1)", ""),
        ("data:text/html,x", ""),
        ("git://a.example/x.git", ""),
        ("mailto:kari@a.example", ""),
        ("kari@a.example", ""),
        ("http://", ""),
        ("http://[", ""),
        ("https://a.example/" + "x" * 1000, ""),
    ],
)
def test_an_address_is_whole_and_safe_or_none(written, meant):
    assert whole_address(written, "https://conf.example/2025/") == meant


def test_links_and_attachments_become_materials():
    links = """<links><link href="https://a.example/1">Project</link><link>https://b.example/wiki</link>
        <link href="https://v.example/t.webm">Video recording (WebM/VP9)</link><link href="https://a.example/1">Again</link>
        <link href="javascript:alert(1)">Bad</link><link><title>Nested</title><type>related</type><url>https://c.example/</url></link>
        <link href="https://d.example/"><title>Half nested</title></link></links>"""
    attachments = '<attachments><attachment href="/media/deck.pdf" type="slides">Deck</attachment><attachment href="" type="x"/></attachments>'
    schedule = read(
        an_event(links=links, attachments=attachments), head=f"{HEAD}<base_url>https://conf.example/x/</base_url>"
    )

    assert [(m.title, m.link, m.kind) for m in schedule.sessions[0].materials] == [
        ("Project", "https://a.example/1", "link"),
        ("b.example/wiki", "https://b.example/wiki", "link"),
        ("Video recording (WebM/VP9)", "https://v.example/t.webm", "video"),
        ("Nested", "https://c.example/", "link"),
        ("Half nested", "https://d.example/", "link"),
        ("Deck", "https://conf.example/media/deck.pdf", "slides"),
    ]
    assert noted(schedule, "same-link") == ["https://a.example/1 (1 A talk)"]
    assert noted(schedule, "bad-link") == ["javascript:alert(1) (1 A talk)"]


def test_a_finished_recording_is_the_recording():
    assert read_one(video_download_url="https://v.example/1.mp4").recording_url == "https://v.example/1.mp4"
    assert (
        read_one(recording="<recording><url>https://v.example/2</url></recording>").recording_url
        == "https://v.example/2"
    )
    assert read_one(recording="<recording><license>x</license></recording>").recording_url == ""


def test_a_title_that_is_too_long_is_shortened_and_reported():
    schedule = read(an_event("x" * 400, subtitle="y" * 301))
    session = schedule.sessions[0]

    assert len(session.title) == len(session.subtitle) == 300
    assert session.title.endswith("x…")
    assert [note.name for note in schedule.notes if note.topic == "too-long"] == ["title", "subtitle"]


@pytest.mark.parametrize(
    ("slug", "kept"),
    [("treff-opening-ceremony", "opening-ceremony"), ("treff-10-opening", ""), ("fosdem-2024-2466-js-war", ""), ("KEYNOTE", ""), ("31c3_-_6561_-_en", ""), ("MTY7UV", "")],
)  # fmt: skip
def test_the_sources_slug_is_taken_where_it_reads_well(slug, kept):
    assert read_one(slug=slug, file={"head": f"{HEAD}<acronym>treff</acronym>"}).slug == kept
