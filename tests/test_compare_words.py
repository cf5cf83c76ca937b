"""What staff are told has changed, in words. Programmes are made of values here: no database."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.compare import Kind, compare
from programme.describe import describe
from programme.marking import marked
from programme.values import Appearance, Text
from tests.test_compare import (
    BEFORE,
    BODIL,
    CARL,
    FIRST,
    HEALTH,
    HOW,
    LUNCH,
    OSLO,
    PEACE,
    REPORT,
    ROOM_A,
    ROOM_B,
    SECOND,
    TOGETHER,
    WHY,
    WORK,
    at,
    told,
    uuid,
    with_part,
    with_session,
    with_thing,
)


def test_staff_read_what_moved_as_in_the_printed_programme():
    new = with_part(SECOND, room=ROOM_B, starts_at=at("15:00"), ends_at=at("16:00"))

    assert told(new) == ["“Together”: part 2: room A → B; 14:00 → 15:00"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends_at": at("15:30")}, "14:00–15:00 → 14:00–15:30"),
        (
            {"starts_at": at("14:00", 30), "ends_at": at("15:00", 30)},
            "Thursday 31 January 2030 14:00–15:00 → Wednesday 30 January 2030 14:00–15:00",
        ),
        ({"starts_at": None, "ends_at": None}, "time: Thursday 31 January 2030 14:00–15:00 (removed)"),
        ({"room": None}, "room: A (removed)"),
        ({"title": Text()}, "title (English): “Talk” (removed)"),
        (
            {"speakers": (Appearance(uuid(80), CARL, Text({"en": "in conversation"})),)},
            "speaker added: Carl (in conversation)",
        ),
        ({"questions": (HOW,)}, "question added: How?"),
    ],
)
def test_staff_read_what_changed_in_a_part(fields, words):
    assert told(with_part(SECOND, **fields)) == [f"“Together”: part 2: {words}"]


def test_a_session_of_one_part_is_not_said_to_have_parts():
    moved = replace(LUNCH.parts[0], room=ROOM_A)

    assert told(with_session(LUNCH, parts=(moved,))) == ["“Lunch”: room B → A"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"speakers": TOGETHER.speakers[:1]}, "speaker removed: Bodil"),
        ({"speakers": tuple(reversed(TOGETHER.speakers))}, "speakers in another order: Bodil, Anna (opening words)"),
        ({"moderators": ()}, "moderator removed: Carl"),
        ({"track": WORK}, "track Rights → Work"),
        ({"track": None}, "track: Rights (removed)"),
        ({"topics": (PEACE, HEALTH)}, "topic added: Health"),
        ({"has_captions": True}, "captions no → yes"),
        ({"interpreted_to": ("fr", "en")}, "interpreted to: French, English (new)"),
        ({"picture": None}, "picture removed"),
        ({"title": Text({"en": "Together", "fr": "Unis"})}, "title (French) “Ensemble” → “Unis”"),
        ({"materials": (REPORT,)}, "material removed: Slides"),
        ({"questions": (replace(WHY, addressed_to=BODIL), HOW)}, "Why?: addressed to Anna → Bodil"),
        ({"parts": (FIRST,)}, "part 2: part removed: Talk, Thursday 31 January 2030 14:00–15:00, A"),
        ({"parts": (SECOND, FIRST)}, "parts in another order"),
    ],
)
def test_staff_read_what_changed_in_a_session(fields, words):
    assert told(with_session(**fields)) == [f"“Together”: {words}"]


def test_staff_read_what_a_speaker_does_now():
    anna, bodil = TOGETHER.speakers
    new = with_session(speakers=(replace(anna, contribution=Text({"en": "closing words"})), bodil))

    assert told(new) == ["“Together”: Anna: contribution (English) “opening words” → “closing words”"]


def test_staff_read_that_a_session_is_cancelled_and_what_replaces_it():
    cancelled = with_session(is_cancelled=True, replaced_by=LUNCH.uuid)

    assert told(cancelled) == ["“Together” (cancelled): replaced by: “Lunch” (new)"]
    assert told(BEFORE, cancelled) == ["“Together” (back on the programme): replaced by: “Lunch” (removed)"]


def test_staff_read_what_is_new_and_what_is_gone():
    without = replace(BEFORE, sessions=(TOGETHER,))
    gone = replace(LUNCH, is_gone=True, is_cancelled=True, parts=())

    assert told(BEFORE, without) == ["“Lunch” (new): Thursday 31 January 2030 12:00–13:00, B"]
    assert told(without) == ["“Lunch” (taken off the programme)"]
    assert told(BEFORE, replace(without, gone_sessions=(gone,))) == [
        "“Lunch” (back on the programme): Thursday 31 January 2030 12:00–13:00, B"
    ]
    assert told(replace(without, gone_sessions=(gone,)), without) == []


def test_a_room_with_another_name_is_told_of_once_and_not_in_every_session():
    assert told(with_thing("rooms", ROOM_A, name=Text({"en": "Aula"}))) == ["Room “Aula”: name (English) “A” → “Aula”"]


def test_the_first_release_tells_of_everything_but_names_people_with_their_sessions():
    kinds = [(change.kind, change.about) for change in compare(None, BEFORE)]

    assert {kind for kind, _about in kinds} == {Kind.ADDED}
    assert [about for _kind, about in kinds].count("session") == 2
    assert "person" not in {about for _kind, about in kinds}


def test_staff_read_changes_in_their_own_language():
    new = with_part(SECOND, starts_at=at("15:00"), ends_at=at("16:00"))
    title = with_session(title=Text({"en": "Together", "fr": "Unis"}))

    assert "15\xa0h\xa000" in told(new, language="fr")[0]
    assert "Ensemble" in told(new, language="fr")[0]
    assert "Together" in told(title, language="nb")[0]


def test_staff_see_which_words_of_a_long_text_changed():
    before = "We meet in the old town hall. " * 5 + "Bring <b>coffee</b>."
    new = with_session(lead=Text({"en": before.replace("coffee", "tea")}))
    old = with_session(lead=Text({"en": before}))

    [line] = describe(compare(old, new)[0], "en", OSLO).lines

    assert line.words == "lead (English) changed"
    assert line.before.endswith("Bring <del>&lt;b&gt;coffee&lt;/b&gt;.</del>")
    assert line.after.endswith("Bring <ins>&lt;b&gt;tea&lt;/b&gt;.</ins>")
    assert line.language == "en"


@given(st.text(alphabet="ab <&\n", max_size=40), st.text(alphabet="ab <&\n", max_size=40))
def test_marking_never_loses_a_word(before, after):
    old, new = marked(before, after)

    assert plain(old, "del") == before
    assert plain(new, "ins") == after
    assert before != after or "<" not in old.replace("&lt;", "")


def plain(html, tag):
    return html.replace(f"<{tag}>", "").replace(f"</{tag}>", "").replace("&lt;", "<").replace("&amp;", "&")
