"""Somebody was erased: an import neither brings them back nor remembers them."""

import pytest

from programme.erase import erase
from programme.mentions import mentions_of
from programme.models import Imported, KeptAway
from programme.traces import traces_of
from sessions.models import Session
from speakers.models import Person
from tests.erased import change, traces_in_rows
from tests.schedule_files import an_event

pytestmark = pytest.mark.django_db


def a_talk(*people, number=1):
    return an_event(f"Talk {number}", f'id="{number}"', persons=f"<persons>{''.join(people)}</persons>")


@pytest.mark.parametrize("keys", ['id="51"', 'guid="zebra-guid"', ""])
def test_an_import_does_not_bring_them_back_and_says_so(treff, keys):
    people = f"<person {keys}>Kari Zebrowski</person>", '<person id="52">Ola</person>'
    treff(a_talk(*people), publish=True)
    erase(Person.objects.get(name="Kari Zebrowski").uuid)
    assert traces_in_rows() == []

    said = treff(a_talk(*people), publish=True)

    assert "Erased here for good, and left out: 1 (Kari Zebrowski)" in said
    assert "nothing has changed" in said
    assert list(Person.objects.values_list("name", flat=True)) == ["Ola"]
    assert traces_in_rows() == []
    assert KeptAway.objects.count() == 1
    assert len(KeptAway.objects.get().digest) == 64

    treff(a_talk(*people), a_talk(*people, number=2))
    assert list(Person.objects.values_list("name", flat=True)) == ["Ola"]
    assert Session.objects.get(slug="talk-2").speakers.get().person.name == "Ola"


def a_text_about_kari(**more):
    people = '<persons><person id="51">Kari Zebrowski</person><person id="52">Ola</person></persons>'
    told = {"abstract": "Kari Zebrowski opens.", "description": "**Kari\nZebrowski** and Ola.", "persons": people}
    return an_event("An evening with Kari Zebrowski", 'id="1"', **told | more)


def test_what_an_import_remembers_of_texts_forgets_the_name_and_does_not_bring_it_back(
    treff, django_assert_num_queries
):
    treff(a_text_about_kari(), publish=True)
    kari, session = Person.objects.get(name="Kari Zebrowski"), Session.objects.get()
    names = traces_of(kari.uuid).names
    erase(kari.uuid)
    with django_assert_num_queries(11):  # one for each kind of row, however many there are
        left = mentions_of(names, kari.uuid)
    assert {each.form for each in left} == {f"/admin/conference_sessions/session/{session.pk}/change/"}
    assert len(left) == 4  # title, lead, description and the address
    assert traces_in_rows("zebrowski") == ["conference_sessions_session", "programme_release"]
    assert "zebrowski" not in str(Imported.objects.values_list("key", "said")).lower()
    change(session, slug="evening", title_en="An evening", lead_en="It opens.", description_en="Ola.")

    said = treff(a_text_about_kari(), publish=True)
    assert "Erased here for good, and left out: 1 (Kari Zebrowski)" in said
    treff(a_text_about_kari(start="11:00"), publish=True)

    session.refresh_from_db()
    assert (session.title_en, session.lead_en, session.parts.get().starts_at.hour) == ("An evening", "It opens.", 9)
    treff(a_text_about_kari(abstract="Come to hear Kari Zebrowski."), publish=True)
    session.refresh_from_db()
    assert session.lead_en == "Come to hear …."
