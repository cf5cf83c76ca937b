"""An organiser with an empty installation and one page of paper, to the published page in two languages."""

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import expect

import programme.demo
from tests.factories import make_superuser

pytestmark = pytest.mark.django_db(transaction=True)
SESSIONS = tomllib.loads((Path(programme.demo.__file__).parent / "day1.toml").read_text())["sessions"]
PAPER = next(session for session in SESSIONS if session["slug"] == "sammen-mot-menneskehandel")
LANGUAGES = ("nb", "fr")


class Hand:
    """Does what can be done with what is in sight, and counts it. A choice from a list is two clicks."""

    def __init__(self, page):
        self.page, self.clicks, self.fields, self.characters = page, 0, 0, 0

    def click(self, what):
        self.clicks += 1
        self.page.click(what)

    def go(self, what):
        """Click what leads to another page, and wait until its scripts listen."""
        with self.page.expect_navigation():
            self.click(what)

    def choose(self, field, words):
        self.clicks += 2
        self.page.select_option(field, label=words)

    def write(self, field, words):
        self.page.fill(field, words)
        self.count(words)

    def count(self, words):
        self.fields += 1
        self.characters += len(words)

    def write_in_both(self, name, texts):
        for language in LANGUAGES:
            self.write(f"#id_{name}_{language}", texts[language])

    def add(self, row, name, title=""):
        """Somebody new, where their name is searched for."""
        self.page.evaluate(
            "() => new Promise((then) => django.jQuery(then))"
        )  # the field is made when the page is ready
        self.click(f"#{row} .select2-selection")
        self.page.wait_for_selector(".select2-search__field:focus")
        words = f"{name}, {title}" if title else name
        self.page.keyboard.type(words)
        self.count(words)
        added = self.page.locator(".select2-results__option--highlighted")
        expect(added).to_contain_text(f"«{name}»")
        expect(added).to_contain_text(title)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(f"#{row} .select2-selection__rendered")).to_contain_text(name)


def sign_in(page):
    page.fill("#id_username", "kari")
    page.fill("#id_password", "correct horse")
    with page.expect_navigation():
        page.press("#id_password", "Enter")
    expect(page.locator(".front-steps")).to_be_visible()


def make_the_conference(hand):
    hand.go(".front-button")
    hand.choose("[name=language-beside]", "Français")
    hand.write_in_both("name", {"nb": "Sammen 2030", "fr": "Ensemble 2030"})
    hand.write("#id_starts_on", "2030-01-31")
    hand.click("label:has-text('Nynorsk') >> nth=-1")
    hand.click("label:has-text('English') >> nth=-1")
    hand.write("#id_first_rooms", "Storsalen")
    hand.go("[name=_save]")


def write_the_session(hand):
    hand.go(".front-button")
    for name in ("title", "lead"):
        hand.write_in_both(name, PAPER[name])
    hand.click("[data-free-time]")
    hand.click("[data-rows=parts] [data-add-row]")
    for number, part in enumerate(PAPER["parts"]):
        for name in ("title", "description"):
            hand.write_in_both(f"parts-{number}-{name}", part[name])
    hand.add("speakers-0", "Dag Inge Ulstein", "Utviklingsminister (KrF)")
    hand.choose("#id_speakers-0-part_row", f"Del 1 – {PAPER['parts'][0]['title']['nb']}")
    hand.add("speakers-1", "Anousheh Karvar", "Chair of Alliance 8.7")
    hand.add("moderators-0", "Tina Davis")
    for number, question in enumerate(PAPER["questions"][:2]):
        hand.write_in_both(f"questions-{number}-text", question["text"])
        hand.choose(f"#id_questions-{number}-addressed_to_row", "Anousheh Karvar")
    hand.go("[name=_public]")


def publish(hand):
    hand.go(".front-button")
    hand.go(".desk-button")
    hand.go("a:has-text('offentlig')")


def test_one_page_of_paper_is_published_in_two_languages(page, server):
    make_superuser("kari")
    page.context.add_cookies([{"name": "django_language", "value": "nb", "url": server}])
    page.goto(f"{server}/admin/")
    sign_in(page)
    hand = Hand(page)
    make_the_conference(hand)
    write_the_session(hand)
    publish(hand)
    for language in LANGUAGES:
        reads_the_page(page, server, language)
    assert (hand.clicks, hand.fields) == (22, 23), hand.characters  # docs/front-desk.md tells of them


def reads_the_page(page, server, language):
    page.goto(f"{server}/{language}/sammen-2030/sessions/sammen-mot-menneskehandel/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    shown = page.locator("main")
    said = [PAPER["title"], PAPER["lead"], *(part["title"] for part in PAPER["parts"]), PAPER["questions"][0]["text"]]
    for words in said:
        expect(shown).to_contain_text(words[language])
    for words in ("Dag Inge Ulstein", "Utviklingsminister (KrF)", "Anousheh Karvar", "Tina Davis", "Storsalen"):
        expect(shown).to_contain_text(words)
