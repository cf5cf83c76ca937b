import itertools

from programme.collation import first_letter, sort_key


def test_norwegian_readers_find_the_last_letters_last():
    names = ["Åsen", "Zachariassen", "Ærø", "Østby", "Émile", "Evensen", "aas"]
    assert sorted(names, key=lambda name: sort_key(name, "nb")) == [
        "aas",
        "Émile",
        "Evensen",
        "Zachariassen",
        "Ærø",
        "Østby",
        "Åsen",
    ]
    assert sorted(names, key=lambda name: sort_key(name, "fr")) == [
        "aas",
        "Ærø",
        "Åsen",
        "Émile",
        "Evensen",
        "Østby",
        "Zachariassen",
    ]


def test_every_name_stands_under_a_letter_of_its_readers_alphabet():
    assert [first_letter(name, "nb") for name in ("Åsen", "émile", "“Quoted”", "-", "42", "Łukasz")] == [
        "Å",
        "E",
        "Q",
        "#",
        "#",
        "L",
    ]
    assert [first_letter(name, "fr") for name in ("Åsen", "Øst", "Œuvre")] == ["A", "O", "O"]


def test_a_reader_meets_every_letter_once():
    people = ["Adam", "Ägir", "Ærø", "A\u030agren", "Åsen", "Berg", "Dahl", "Đoković", "Duun", "Łukasz", "Lund"]
    people += ["Öberg", "Østby", "Ola", "Œuvre", "Þór", "Tor", "Zed", "42"]
    for language in ("nb", "nn", "en", "fr"):
        ordered = sorted(people, key=lambda name: sort_key(name, language))
        letters = [letter for letter, _names in itertools.groupby(first_letter(name, language) for name in ordered)]
        assert len(letters) == len(set(letters)) > 7, letters
    assert [first_letter(name, "nb") for name in ("Ägir", "Öberg", "A\u030agren")] == ["Æ", "Ø", "Å"]
