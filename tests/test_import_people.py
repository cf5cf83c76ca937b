"""Who is who in files that never agreed on what identifies a person."""

from programme.imports.schedule_xml import parse
from tests.schedule_files import a_file, an_event, noted, read


def with_people(number, *people):
    return an_event(f"Talk {number}", f'id="{number}"', persons=f"<persons>{''.join(people)}</persons>")


def names(schedule):
    return [person.name for person in schedule.people]


def test_a_person_with_an_id_is_one_person_in_all_events():
    schedule = read(
        with_people(1, '<person id="5">Kari</person>', '<person id="6">Ola</person>'),
        with_people(2, '<person id="5"> Kari </person>'),
    )

    assert names(schedule) == ["Kari", "Ola"]
    assert [session.people for session in schedule.sessions] == [("id 5", "id 6"), ("id 5",)]


def test_two_people_of_one_name_stay_two_where_ids_tell_them_apart():
    schedule = read(
        with_people(1, '<person id="5">Kari</person>'),
        with_people(2, '<person id="5">Kari</person>', '<person id="9">Kari</person>'),
    )

    assert names(schedule) == ["Kari", "Kari"]


def test_one_id_for_everybody_is_no_id():
    schedule = read(
        with_people(1, '<person id="0">Kari</person>', '<person id="0">Ola</person>'),
        with_people(2, '<person id="0">Kari</person>'),
    )

    assert names(schedule) == ["Kari", "Ola"]
    assert schedule.sessions[0].people[0] == schedule.sessions[1].people[0]


def test_ids_of_merged_files_that_clash_are_not_used():
    schedule = read(
        with_people(1, '<person id="71">Anja</person>'),
        with_people(2, '<person id="71">bigalex</person>', '<person id="4601">Anja</person>'),
    )

    assert names(schedule) == ["Anja", "bigalex"]


def test_ids_that_number_mentions_are_not_used():
    schedule = read(
        with_people(1, '<person id="1">Kari</person>'),
        with_people(2, '<person id="21">Kari</person>', '<person id="22">Ola</person>'),
    )

    assert names(schedule) == ["Kari", "Ola"]


def test_a_guid_beats_a_name():
    schedule = read(
        with_people(1, '<person guid="a-1">Daniel</person>'), with_people(2, '<person guid="b-2">Daniel</person>')
    )

    assert [(person.name, person.identity.guid) for person in schedule.people] == [("Daniel", "a-1"), ("Daniel", "b-2")]


def test_a_person_may_be_a_text_with_an_address_or_have_children():
    schedule = read(
        with_people(1, '<person id="0" href="https://wiki.example/User:Polto">Polto</person>'),
        with_people(
            2,
            "<person><code>RTXYZ9</code><public_name>Kari &amp;amp; Co</public_name><biography>Has **written**.</biography></person>",
        ),
        with_people(
            3,
            '<person id="8"><name>Ola</name><biography>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</biography></person>',
        ),
    )
    polto, kari, ola = schedule.people

    assert polto.links == (("wiki.example", "https://wiki.example/User:Polto"),)
    assert (kari.name, kari.identity.guid, kari.biography) == ("Kari & Co", "RTXYZ9", "Has **written**.")
    assert (ola.name, ola.biography) == ("Ola", "One\n\nTwo")


def test_the_list_at_the_top_gives_biographies_and_addresses_fosdem_2026():
    listed = """<persons><person id="12"><name>Kari</name><slug>kari-n</slug><biography>&lt;p&gt;Short.&lt;/p&gt;</biography>
        <extended_biography>&lt;p&gt;Long.&lt;/p&gt;</extended_biography></person><person id="13"><name>Nobody</name></person></persons>"""
    schedule = read(
        with_people(1, '<person id="12">Kari</person>'), with_people(2, '<person id="12"/>'), before_days=listed
    )
    (kari,) = schedule.people

    assert (kari.name, kari.slug, kari.biography) == ("Kari", "kari-n", "Short.\n\nLong.")
    assert [session.people for session in schedule.sessions] == [("id 12",), ("id 12",)]


def test_nobody_at_all_is_nobody_in_every_shape():
    schedule = read(
        an_event(persons=None),
        an_event("B", 'id="2"', persons="<persons/>"),
        with_people(3, "<person/>", "<person id='0'> </person>"),
    )

    assert [session.people for session in schedule.sessions] == [(), (), ()]
    assert len(noted(schedule, "no-name")) == 2


def test_an_event_that_is_in_a_file_twice_is_two_sessions_and_reported():
    body = a_file(an_event("A", 'guid="g" id="140"'), an_event("A", 'guid="g" id="140"', start="12:00"))
    schedule = parse(body, timezone="Europe/Oslo")

    assert len(schedule.sessions) == 2
    assert noted(schedule, "same-key") == ["g A", "g A"]
