"""Whatever a schedule.xml says, and whatever it is meant to exhaust: it is read as far as it makes sense, or refused.

What is counted is work, not seconds.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.models import Conference
from programme.imports import xml_tree
from programme.imports.rows import Refused
from programme.imports.save import save
from programme.imports.schedule_xml import SOURCE, parse
from programme.publish import programme_of, publish
from programme.serve import serve
from sessions.models import Session
from speakers.models import Person
from tests.fuzzing import examples
from tests.schedule_files import HEAD, a_file, an_event

WHOLE = a_file(
    an_event(
        "Ærlig & <ekte>",
        'id="1" guid="b"',
        date="2030-06-01T10:00:00+02:00",
        language="de, en",
        abstract="<p>One <a href='https://a.example/'>two</a></p>",
        persons='<persons><person id="5">Kari</person></persons>',
        links='<links><link href="https://a.example/">A</link></links>',
        track="Art",
    ),
    an_event("CANCELLED - B", 'id="2"', start="25:00", duration="1:00"),
    head=f"{HEAD}<time_zone_name>Europe/Oslo</time_zone_name><day_change>04:00</day_change>",
)


def parsed_or_refused(body):
    try:
        return parse(body, otherwise="Europe/Oslo")
    except Refused:
        return None


@examples(100)
@given(st.integers(0, len(WHOLE)))
def test_a_truncated_file_is_read_or_refused(length):
    assert parsed_or_refused(WHOLE[:length]) is None or length >= len(WHOLE.rstrip())


@examples(300)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=8), st.integers(0, 12))
def test_a_file_with_bytes_changed_anywhere_is_read_or_refused(start, bytes_put, bytes_taken):
    parsed_or_refused(WHOLE[:start] + bytes_put + WHOLE[start + bytes_taken :])


@examples(300)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200),
    st.sampled_from(["date", "start", "duration", "language", "type", "track", "slug", "room"]),
)
def test_a_field_may_say_anything(text, field):
    (session,) = parse(a_file(an_event(**{field: f" {text}"})), timezone="Europe/Oslo").sessions

    assert session.title == "A talk"
    assert session.starts_at is None or session.starts_at < session.ends_at


@examples(150)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300),
    st.text("<>/&;#pbrxa='\"*_[]() \n", max_size=120),
)
@pytest.mark.django_db
def test_whatever_texts_say_can_be_saved(words, markup):
    event = an_event(
        f"T {words}", abstract=markup, description=f"{words}{markup}", subtitle=markup, language=words[:20], links=None
    )
    schedule = parse(a_file(event), timezone="Europe/Oslo")

    report = save(schedule, "treff", SOURCE, "en")

    assert schedule.sessions
    assert report.counts["session"]["new"] + report.counts["session"]["changed"] + report.counts["session"]["same"] == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<schedule>" + b"<a/>" * 3_000 + b"</schedule>",
        b"<schedule>" + b"<a b='1' c='2' d='3'/>" * 800 + b"</schedule>",
    ],
)
def test_elements_without_end_are_refused_before_they_take_memory(body, monkeypatch):
    monkeypatch.setattr(xml_tree, "MOST_ELEMENTS", 2_000)
    kept = []

    class Counting(xml_tree.Bounded):
        def start(self, tag, attributes):
            kept.append(tag)
            return super().start(tag, attributes)

    monkeypatch.setattr(xml_tree, "Bounded", Counting)
    with pytest.raises(Refused, match="more than a million elements"):
        parse(body, timezone="Europe/Oslo")
    assert len(kept) <= 2_001


def test_a_file_that_is_deep_is_refused_at_its_sixty_first_step(monkeypatch):
    depths = []

    class Counting(xml_tree.Bounded):
        def start(self, tag, attributes):
            depths.append(self.depth)
            return super().start(tag, attributes)

    monkeypatch.setattr(xml_tree, "Bounded", Counting)
    with pytest.raises(Refused, match="nested too deeply"):
        parse(b"<schedule>" * 200_000, timezone="Europe/Oslo")
    assert len(depths) == xml_tree.MOST_DEPTH + 1


ABSURD = {
    "durations": [{"duration": words} for words in ("99:99", "-1:00", "9" * 40, "00:00", "1e9", "24:00:00:00", "P9999Y")],
    "dates": [{"date": words} for words in ("0000-00-00", "0001-01-01", "9999-12-31T23:59:59", "99999-01-01", "2030-02-30")],
    "starts": [{"start": words} for words in ("99:99", "24:00", "-01:00", "٣:٠٠", "10:00\u202e", "9" * 400)],
    "words": [{"title": "x" * 200_000}, {"subtitle": "\u202e" * 9_000}, {"slug": "../" * 900}, {"language": "x" * 9_000}],
    "texts": [{"description": "[a](javascript:alert(1)) <a href='data:text/html,x'>b</a><img src=x onerror=y>"}, {"abstract": "[" * 5_000}, {"abstract": "> " * 5_000}],
}  # fmt: skip


@pytest.mark.parametrize("kind", ABSURD)
@pytest.mark.django_db
def test_absurd_events_are_saved_as_far_as_they_make_sense_and_told(kind):
    events = [an_event(f"Talk {n}", f'id="{n}"', **fields) if "title" not in fields else an_event(attributes=f'id="{n}"', **fields) for n, fields in enumerate(ABSURD[kind], 1)]  # fmt: skip
    schedule = parse(a_file(*events), timezone="Europe/Oslo")

    report = save(schedule, "treff", SOURCE, "en")

    assert report.counts["session"]["new"] == len(events)
    for session in Session.objects.all():
        assert len(session.title) <= 300
        part = session.parts.get()
        assert part.starts_at is None or (part.ends_at - part.starts_at).days < 400
    release = publish(Conference.objects.get())
    pages = "".join(encode_pages(release))
    assert 'href="javascript' not in pages
    assert 'href="data' not in pages
    assert "<img src=x" not in pages


def encode_pages(release):
    programme = programme_of(release)
    for path in ("programme/", "programme.ics", *(f"sessions/{session.slug}/" for session in programme.sessions)):
        answer = serve(f"/en/treff/{path}", (programme,), release.published_at)
        assert answer.status == 200, path
        yield answer.body.decode()


@pytest.mark.django_db
def test_thousands_of_people_in_one_event_and_one_id_for_all_of_them(django_assert_max_num_queries):
    people = "".join(f'<person id="{number}">Person {number}</person>' for number in range(3_000))
    same = "".join('<person id="7">Kari</person>' for _number in range(2_000))
    events = [an_event("Mange", 'id="1"', persons=f"<persons>{people}</persons>"), an_event("En", 'id="1"', persons=f"<persons>{same}</persons>")]  # fmt: skip
    schedule = parse(a_file(*events), timezone="Europe/Oslo")

    with django_assert_max_num_queries(400):
        report = save(schedule, "treff", SOURCE, "en")

    assert report.counts["session"]["new"] == 2
    assert Person.objects.count() in (3_000, 3_001)
