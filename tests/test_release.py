"""What a release holds, and what it never holds."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.codec import from_json, to_json
from programme.compare import compare
from programme.publish import next_programme
from programme.take import take
from tests.factories import (
    a_picture,
    make_conference,
    make_format,
    make_material,
    make_moderator,
    make_part,
    make_person,
    make_question,
    make_release,
    make_room,
    make_session,
    make_speaker,
    make_topic,
    make_track,
)
from tests.test_publishing_memory import by_title, now_public

pytestmark = pytest.mark.django_db

QUERIES = 12  # rooms, tracks, topics, formats, people, sessions, and six lists of what belongs to sessions


@pytest.fixture
def conference():
    return make_conference(
        venue_latitude="59.913869",
        venue_longitude="10.752245",
        description="Two days.\n\nOne city.",
        description_fr="Deux jours.",
        logo=a_picture(100, 100),
    )


def make_everything(conference):
    """A session that uses every field there is, in two parts, and one that is replaced by it."""
    person = make_person(
        "Anousheh Karvar",
        biography_fr="Née à Téhéran.",
        photo=a_picture(),
        links=[{"title": "Site", "url": "https://example.org"}],
    )
    session = make_session(
        "Sammen mot menneskehandel",
        room=make_room("Storsalen", capacity=400, accessibility="Trinnfri adkomst"),
        title_fr="Ensemble contre la traite",
        lead="Hva kan vi gjøre?",
        image=a_picture(),
        image_alt="En full sal",
        image_credit="Foto: Kari Nordmann",
        track=make_track(),
        format=make_format(),
        topics=[make_topic(), make_topic("Fred")],
        spoken_languages=["nb", "fr"],
        interpreted_to=["en"],
        has_captions=True,
    )
    second = make_part(session, "14:00", title="Del 2")
    speaker = make_speaker(session, person, contribution="åpningsord")
    make_speaker(session, make_person("Bodil Vik"), part=second)
    make_moderator(session, make_person("Ann-Kristin Johansen"))
    make_question(session, "Hva nå?", part=second, addressed_to=speaker)
    make_material(session)
    make_session("Gammel", "09:00", state="cancelled", replaced_by=session)
    make_session("Uten tid", at=None)
    return session


def test_a_programme_comes_back_from_json_exactly_as_it_was(conference):
    session = make_everything(conference)
    make_release(conference)
    session.slug = "sammen-na"
    session.save()
    make_session("Borte", "16:00").delete()
    session.parts.last().delete()
    conference.refresh_from_db()
    programme = next_programme(conference)

    assert from_json(json.loads(json.dumps(to_json(programme)))) == programme
    assert programme.former_slugs
    assert by_title(programme, "Sammen mot menneskehandel").gone_parts
    make_release(conference)
    assert compare(now_public(conference), programme) == ()
    assert now_public(conference).number == 2


def test_a_programme_of_an_unknown_schema_is_refused(conference):
    data = to_json(take(conference))

    with pytest.raises(ValueError, match="schema 99 is not known"):
        from_json(data | {"schema": 99})
    with pytest.raises(ValueError, match="schema None is not known"):
        from_json({})


def test_nothing_that_is_not_public_is_in_a_release(conference):
    secret = make_person("Secret Person", contact_email="secret@example.org")
    public = make_person("Public Person", contact_email="hidden@example.org")
    draft = make_session("Secret draft", state="draft", speakers=[secret], title_en="Secret draft")
    make_question(draft, "Secret question of a draft")
    session = make_session("Public session", speakers=[public], replaced_by=draft)
    make_question(session, "Public question", note="Secret note")
    make_question(session, "Secret question", audience="moderators")
    release = make_release(conference)
    session.title_nb = "Secret new title"
    session.save()
    release.refresh_from_db()

    held = json.dumps(release.programme, ensure_ascii=False)

    assert "Public session" in held
    assert "Public question" in held
    assert "Public Person" in held
    for word in ("Secret", "secret", "hidden@", str(draft.uuid), str(secret.uuid)):
        assert word not in held


def test_a_programme_costs_the_same_queries_however_large_it_is(conference):
    for size in (1, 6):
        for number in range(size):
            session = make_session(
                f"Post {size} {number}", room=make_room(f"Rom {size} {number}"), topics=[make_topic()]
            )
            make_speaker(session, make_person(f"Person {size} {number}"))
            make_moderator(session, make_person(f"Ordstyrer {size} {number}"))
            make_question(session)
            make_material(session)
        with CaptureQueriesContext(connection) as queries:
            take(conference)
        assert len(queries) == QUERIES
