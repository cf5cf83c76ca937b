"""Two people with the same form open: the second one to save loses nothing, and takes nothing away."""

import pytest

from conference.models import Room
from sessions.models import Part, Session
from speakers.models import Person
from tests.factories import (
    a_picture,
    make_part,
    make_person,
    make_question,
    make_room,
    make_session,
    make_speaker,
    make_staff,
    make_superuser,
)
from tests.forms import errors_on, fields_of, open_form, words_on
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari():
    return signed_in(make_superuser("kari"))


@pytest.fixture
def ola():
    return signed_in(make_superuser("ola"))


def address(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def save(client, row, sent, **changes):
    answer = client.post(address(row), sent | changes)
    assert answer.status_code in (200, 302, 409), answer.status_code
    assert not errors_on(answer) if answer.status_code == 200 else True
    return answer


def saved(answer):
    assert answer.status_code == 302, errors_on(answer) or words_on(answer)
    return True


def choose(client, row, asked, **choices):
    """Answer every question of a merge page: {path with _ for /: what}."""
    sent = fields_of(asked.content)
    return client.post(address(row), sent | {f"choose:{path}": what for path, what in choices.items()})


def prefix_of(sent, name, pk):
    return next(key.removesuffix("-id") for key, value in sent.items() if key.startswith(name) and key.endswith("-id") and value == str(pk))  # fmt: skip


def test_staff_who_change_different_fields_both_keep_theirs_and_are_told(kari, ola):
    session = make_session("Før", lead="Gammelt")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    saved(save(kari, session, hers, title_nb="Fra Kari"))
    answer = save(ola, session, his, lead_nb="Fra Ola")
    saved(answer)

    session.refresh_from_db()
    assert (session.title_nb, session.lead_nb, session.version) == ("Fra Kari", "Fra Ola", 3)
    told = words_on(ola.get("/admin/conference_sessions/session/"))
    assert "Kari changed this while you were writing: Title (Bokmål)" in told


def test_staff_who_write_the_same_field_are_asked_and_may_keep_both(kari, ola):
    session = make_session("Før", lead="Gammelt")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    saved(save(kari, session, hers, lead_nb="Fra Kari"))
    asked = save(ola, session, his, lead_nb="Fra Ola", notice_nb="Og dette")

    assert asked.status_code == 409
    session.refresh_from_db()
    assert session.lead_nb == "Fra Kari"
    assert all(words in words_on(asked) for words in ("Fra Kari", "Fra Ola", "Gammelt", "kari"))
    saved(choose(ola, session, asked, lead_nb="both"))
    session.refresh_from_db()
    assert (session.lead_nb, session.notice_nb) == ("Fra Kari\n\nFra Ola", "Og dette")


@pytest.mark.parametrize(("choice", "stays"), [("mine", "Fra Ola"), ("theirs", "Fra Kari")])
def test_staff_choose_one_side(kari, ola, choice, stays):
    session = make_session("Før")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    save(kari, session, hers, title_nb="Fra Kari")
    saved(choose(ola, session, save(ola, session, his, title_nb="Fra Ola"), title_nb=choice))
    assert Session.objects.get().title_nb == stays


def test_staff_are_asked_again_when_it_changes_while_they_choose(kari, ola):
    session = make_session("Før")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    save(kari, session, hers, title_nb="Kari 1")
    asked = save(ola, session, his, title_nb="Ola")
    save(kari, session, open_form(kari, address(session)), title_nb="Kari 2")
    again = choose(ola, session, asked, title_nb="mine")
    assert again.status_code == 409
    assert "Kari 2" in words_on(again)
    saved(choose(ola, session, again, title_nb="mine"))
    assert Session.objects.get().title_nb == "Ola"


def test_an_untouched_merge_page_is_shown_again(kari, ola):
    session = make_session("Før")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    save(kari, session, hers, title_nb="Kari")
    asked = save(ola, session, his, title_nb="Ola")
    assert choose(ola, session, asked).status_code == 409
    assert Session.objects.get().title_nb == "Kari"


def test_staff_both_add_rows_and_all_of_them_stay(kari, ola):
    session = make_session()
    tina, dag = make_person("Tina Davis"), make_person("Dag Inge Ulstein")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    new = {"speakers-TOTAL_FORMS": "1", "speakers-0-part_row": "parts-0", "speakers-0-contribution_nb": "åpning"}
    saved(save(kari, session, hers, **new | {"speakers-0-person": str(tina.pk)}))
    saved(save(ola, session, his, **new | {"speakers-0-person": str(dag.pk)}))
    assert {(each.person.name, each.part.pk) for each in session.speakers.all()} == {
        ("Tina Davis", session.parts.get().pk),
        ("Dag Inge Ulstein", session.parts.get().pk),
    }


def test_staff_who_add_the_same_speaker_have_one(kari, ola):
    session, tina = make_session(), make_person("Tina Davis")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    new = {"speakers-TOTAL_FORMS": "1", "speakers-0-person": str(tina.pk)}
    saved(save(kari, session, hers, **new))
    saved(save(ola, session, his, **new | {"title_nb": "Ny"}))
    assert session.speakers.get().person == tina


def test_staff_who_press_save_twice_have_one_of_each_row(kari):
    session = make_session()
    sent = open_form(kari, address(session)) | {
        "questions-TOTAL_FORMS": "1",
        "questions-0-text_nb": "Hvorfor?",
        "questions-0-audience": "public",
    }
    saved(save(kari, session, sent))
    saved(save(kari, session, sent))
    assert session.questions.count() == 1


def test_a_part_that_one_removed_and_the_other_changed_is_asked_about_and_keeps_its_uuid(kari, ola):
    session = make_session()
    part, room = session.parts.get(), make_room()
    make_speaker(session, part=part)
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    saved(save(kari, session, hers, **{"parts-0-DELETE": "on"}))
    asked = save(ola, session, his, **{"parts-0-room": str(room.pk)})
    assert asked.status_code == 409
    saved(choose(ola, session, asked, **{f"parts/{part.pk}": "mine"}))
    back = Part.objects.get()
    assert (back.uuid, back.pk, back.room) == (part.uuid, part.pk, room)
    assert session.speakers.get().part == part


def test_a_part_that_one_removed_and_the_other_changed_may_go(kari, ola):
    session = make_session()
    part, room = session.parts.get(), make_room()
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    save(kari, session, hers, **{"parts-0-room": str(room.pk)})
    asked = save(ola, session, his, **{"parts-0-DELETE": "on"})
    assert asked.status_code == 409
    saved(choose(ola, session, asked, **{f"parts/{part.pk}": "mine"}))
    assert not Part.objects.exists()


def test_rows_that_only_one_removed_go_and_new_ones_of_the_other_stay(kari, ola):
    session = make_session()
    old = make_question(session, "Gammelt?")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    save(kari, session, hers, **{"questions-0-DELETE": "on"})
    saved(
        save(
            ola,
            session,
            his,
            **{"questions-TOTAL_FORMS": "2", "questions-1-text_nb": "Nytt?", "questions-1-audience": "public"},
        )
    )
    assert [question.text_nb for question in session.questions.all()] == ["Nytt?"]
    assert old.text_nb == "Gammelt?"


def test_two_changes_of_one_row_in_different_fields_both_stay(kari, ola):
    session = make_session()
    question = make_question(session, "Hva?", note="")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    save(kari, session, hers, **{"questions-0-text_nb": "Hva nå?"})
    saved(save(ola, session, his, **{"questions-0-note_nb": "Spør først"}))
    question.refresh_from_db()
    assert (question.text_nb, question.note_nb) == ("Hva nå?", "Spør først")


def test_one_changes_the_order_and_the_other_a_text(kari, ola):
    session = make_session()
    first, second = make_question(session, "A?"), make_question(session, "B?")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    save(kari, session, hers, **{"questions-0-position": "2", "questions-1-position": "1"})
    saved(save(ola, session, his, **{"questions-0-text_nb": "A nå?"}))
    assert [question.text_nb for question in session.questions.all()] == ["B?", "A nå?"]
    assert {first.pk, second.pk} == {question.pk for question in session.questions.all()}


def test_a_change_that_no_person_made_is_noticed_too(ola):
    session = make_session("Før")
    his = open_form(ola, address(session))
    Session.objects.update(title_nb="Fra et program")
    assert save(ola, session, his, title_nb="Ola").status_code == 409


def test_a_form_whose_beginning_cannot_be_read_asks_about_every_difference(kari, ola):
    session = make_session("Før", lead="Gammelt")
    his = open_form(ola, address(session))
    save(kari, session, open_form(kari, address(session)), title_nb="Kari")
    asked = save(ola, session, his, _base="not ours", lead_nb="Ola")
    assert asked.status_code == 409
    assert {name for name in fields_of(asked.content) if name.startswith("both:")} == {"both:title_nb", "both:lead_nb"}


def test_a_picture_that_was_chosen_survives_the_questions(kari, ola):
    session = make_session("Før")
    hers, his = open_form(kari, address(session)), open_form(ola, address(session))
    save(kari, session, hers, title_nb="Kari")
    asked = save(ola, session, his, title_nb="Ola", image=a_picture(), image_alt_nb="Et bilde")
    saved(choose(ola, session, asked, title_nb="mine"))
    assert Session.objects.get().image


def test_translators_keep_their_words_beside_what_editors_changed(kari):
    session = make_session("Før")
    translator = signed_in(make_staff("conference.translate"))
    his = open_form(translator, address(session))
    save(kari, session, open_form(kari, address(session)), state="draft", title_nb="Kari")
    saved(save(translator, session, his, title_en="Translated"))
    session.refresh_from_db()
    assert (session.state, session.title_nb, session.title_en) == ("draft", "Kari", "Translated")


@pytest.mark.parametrize("make", [make_person, make_room])
def test_people_and_rooms_are_brought_together_as_well(kari, ola, make):
    row = make("Før")
    hers, his = open_form(kari, address(row)), open_form(ola, address(row))
    name = "name" if isinstance(row, Person) else "name_nb"
    other = "pronouns" if isinstance(row, Person) else "capacity"
    saved(save(kari, row, hers, **{name: "Kari"}))
    saved(save(ola, row, his, **{other: "7"}))
    row = type(row).objects.get()
    assert (getattr(row, name), str(getattr(row, other))) == ("Kari", "7")
    assert isinstance(row, Person | Room)


def test_a_session_that_was_deleted_meanwhile_comes_back_with_what_was_written(kari, ola):
    session = make_session("Før", speakers=[make_person()])
    his = open_form(ola, address(session))
    kari.post(address(session).replace("change", "delete"), {"post": "yes"})
    answer = save(ola, session, his, title_nb="Fra Ola")
    assert answer.status_code == 409
    sent = fields_of(answer.content) | {"_bring_back": "1"}
    saved(ola.post(address(session), sent))
    back = Session.objects.get()
    assert (back.title_nb, back.uuid, back.speakers.count()) == ("Fra Ola", session.uuid, 1)


@pytest.mark.parametrize("somebody", ["editor", "translator"])
def test_nobody_brings_back_by_a_forged_form_what_was_removed_elsewhere_or_before(kari, somebody):
    mine, other = make_session("Min"), make_session("En annen", parts=2)
    removed = Part.objects.filter(session=other).last()
    make_part(mine, "16:00")
    before = mine.parts.last()
    for row, part in ((other, removed), (mine, before)):
        sent = open_form(kari, address(row))
        prefix = prefix_of(sent, "parts", part.pk)
        assert saved(kari.post(address(row), sent | {f"{prefix}-DELETE": "on"}))
    permission = {"editor": "change_session", "translator": "conference.translate"}[somebody]
    client = signed_in(make_staff(permission, "change_part"))

    for part in (removed, before):
        sent = open_form(client, address(mine))
        client.post(address(mine), sent | {"parts-TOTAL_FORMS": "2", "parts-1-id": part.pk, "parts-1-position": "2"})
        assert not Part.objects.filter(pk=part.pk).exists()
    assert other.parts.count() == 1
