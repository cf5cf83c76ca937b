"""The second factor: set up, asked for, made compulsory, and taken away where a telephone is lost."""

import re
import threading
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_static.models import StaticToken
from lxml import html

from conference.audit import Act, Entry
from conference.second_factor import codes_left, factor_of
from tests.factories import make_conference, make_session, make_staff, make_superuser
from tests.forms import errors_on, words_on
from tests.signing_in import ACCOUNT, PASSWORD, a_browser, digits, digits_of, is_in, with_factor, wrong_digits
from tests.test_publishing_together import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_staff_set_up_a_second_factor_and_sign_in_with_it(clock):
    kari = make_staff(name="kari")
    here, elsewhere = a_browser("kari"), a_browser("kari")
    page = here.get(f"{ACCOUNT}second-factor/")
    key = here.session["new_factor"]
    letters = html.fromstring(page.content.decode()).get_element_by_id("key").value
    assert "<svg viewBox" in page.content.decode()  # the whole of it, at any size
    assert "style=" not in page.content.decode()
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", letters)

    for wrong in ({"code": wrong_digits(key), "password": PASSWORD}, {"code": digits(key), "password": "not this"}):
        assert here.post(f"{ACCOUNT}second-factor/", wrong).status_code == 400
        assert not factor_of(kari)
    done = here.post(f"{ACCOUNT}second-factor/", {"code": digits(key), "password": PASSWORD})
    codes = html.fromstring(done.content.decode()).get_element_by_id("codes").text.split()

    assert len(set(codes)) == 10
    assert not StaticToken.objects.filter(token__in=[code.replace("-", "") for code in codes]).exists()
    assert is_in(here)
    assert not is_in(elsewhere)
    assert here.get(f"{ACCOUNT}second-factor/").status_code == 302

    clock.shift(60)
    again = a_browser("kari", there=ACCOUNT)
    assert again.answer["Location"] == f"/admin/login/code/?next={ACCOUNT.replace('/', '%2F')}"
    assert not is_in(again)
    came_in = again.post(again.answer["Location"], {"code": f" {digits(key)[:3]} {digits(key)[3:]} "})
    assert came_in["Location"] == ACCOUNT
    assert "It is set up." in words_on(again.get(ACCOUNT))


def test_a_code_works_once_and_attempts_after_a_wrong_one_have_to_wait(clock):
    kari = make_staff(name="kari")
    with_factor(kari)
    first, second = a_browser("kari"), a_browser("kari")
    code = digits_of(kari)
    assert first.post("/admin/login/code/", {"code": code}).status_code == 302
    assert second.post("/admin/login/code/", {"code": code}).status_code == 400
    assert "Wait 1 second" in " ".join(errors_on(second.post("/admin/login/code/", {"code": code})))
    clock.shift(31)
    assert second.post("/admin/login/code/", {"code": digits_of(kari)}).status_code == 302


def test_a_code_on_paper_works_once_and_says_how_many_are_left():
    kari = make_staff(name="kari")
    codes = with_factor(kari)
    browser = a_browser("kari")
    assert "Backup code" in words_on(browser.get("/admin/login/code/?paper"))
    browser.post("/admin/login/code/?paper&next=https://evil.example/", {"code": codes[0].upper()})

    assert "You have 9 backup codes left." in words_on(browser.get("/admin/"))
    assert a_browser("kari").post("/admin/login/code/", {"code": codes[0]}).status_code == 400
    assert Entry.objects.filter(act=Act.CODE_USED, facts={"left": 9}).count() == 1


def test_new_codes_and_removing_ask_for_password_and_code(clock):
    kari = make_staff(name="kari")
    old = with_factor(kari)
    browser = a_browser("kari")
    browser.post("/admin/login/code/", {"code": digits_of(kari)})
    for page in ("codes/", "remove/"):
        clock.shift(31)
        assert browser.post(ACCOUNT + page, {"password": "wrong", "code": digits_of(kari)}).status_code == 400
        assert (
            browser.post(ACCOUNT + page, {"password": PASSWORD, "code": wrong_digits(factor_of(kari).key)}).status_code
            == 400
        )
        clock.shift(31)
    new = browser.post(f"{ACCOUNT}codes/", {"password": PASSWORD, "code": digits_of(kari)})
    assert not set(old) & set(html.fromstring(new.content.decode()).get_element_by_id("codes").text.split())
    clock.shift(31)
    assert browser.post(f"{ACCOUNT}remove/", {"password": PASSWORD, "code": digits_of(kari)}).status_code == 302
    assert (factor_of(kari), codes_left(kari), is_in(browser)) == (None, 0, True)


def test_where_it_is_compulsory_nothing_else_opens_before_it_is_set_up(settings):
    settings.SECOND_FACTOR = "required"
    conference = make_session().conference
    make_superuser("boss")
    browser = a_browser("boss")
    for there in ("/admin/", f"/admin/board/{conference.slug}/", "/admin/bulk/change/", f"/admin/preview/{conference.slug}/",
                  "/admin/account/", "/admin/password_change/", "/admin/problems/", "/admin/presence/", "/admin/choose/"):  # fmt: skip
        for ask in (browser.get, browser.post):
            assert ask(there)["Location"].startswith("/admin/account/second-factor/?next="), there
    page = browser.get("/admin/account/second-factor/?next=/admin/problems/")
    assert "everybody who works in here needs a second factor" in words_on(page)
    done = browser.post(
        "/admin/account/second-factor/?next=/admin/problems/",
        {"code": digits(browser.session["new_factor"]), "password": PASSWORD},
    )
    assert 'href="/admin/problems/"' in done.content.decode()
    assert is_in(browser)


def test_a_session_that_passed_no_code_opens_nothing():
    boss = make_superuser("boss")
    with_factor(boss)
    browser = a_browser()
    browser.force_login(boss)
    assert browser.get("/admin/problems/")["Location"] == "/admin/login/?next=%2Fadmin%2Fproblems%2F"
    assert a_browser().get("/admin/login/code/")["Location"].startswith("/admin/login/")


def test_half_way_ends_after_ten_minutes_and_with_a_new_password(clock):
    kari = make_staff(name="kari")
    with_factor(kari)
    late, changed = a_browser("kari"), a_browser("kari")
    kari.set_password("a new long password")
    kari.save()
    assert changed.post("/admin/login/code/", {"code": digits_of(kari)})["Location"].startswith("/admin/login/")
    late = a_browser("kari", "a new long password")
    clock.shift(601)
    assert late.post("/admin/login/code/", {"code": digits_of(kari)})["Location"].startswith("/admin/login/")


def test_a_superuser_takes_a_factor_away_and_nobody_else_can():
    kari, boss = make_staff(name="kari"), make_superuser("boss")
    with_factor(kari)
    kari_browser = a_browser("kari")
    kari_browser.post("/admin/login/code/", {"code": digits_of(kari)})
    there = f"/admin/auth/user/{kari.pk}/signing-in/"
    make_staff("change_user", "view_user", name="helper")
    helper = a_browser("helper")
    assert helper.post(there, {"act": "factor"}).status_code == 403
    assert helper.post(f"/admin/auth/user/{boss.pk}/change/", {"username": "mine"}).status_code == 403
    boss_browser = a_browser("boss")
    assert f'href="{there}"' in boss_browser.get(f"/admin/auth/user/{kari.pk}/change/").content.decode()
    assert "It is set up, with 10 backup codes left." in words_on(boss_browser.get(there))

    boss_browser.post(there, {"act": "factor"})

    assert not factor_of(kari)
    assert (is_in(kari_browser), is_in(boss_browser), is_in(a_browser("kari"))) == (False, True, True)
    assert Entry.objects.get(act=Act.FACTOR_REMOVED).by_name == "boss"


def test_the_operator_takes_away_the_factor_of_the_last_superuser(capsys):
    boss = make_superuser("boss")
    with_factor(boss)
    call_command("remove_second_factor", "boss")
    assert not factor_of(boss)
    for name in ("boss", "nobody"):
        with pytest.raises(CommandError):
            call_command("remove_second_factor", name)


def test_keys_and_codes_are_nobody_elses_to_see():
    kari = make_staff(name="kari")
    with_factor(kari)
    make_superuser("boss")
    boss = a_browser("boss")
    make_conference()
    for path in ("otp_totp/totpdevice/", "otp_static/staticdevice/"):
        assert boss.get(f"/admin/{path}").status_code == 404
    seen = [f"/admin/auth/user/{kari.pk}/{page}/" for page in ("change", "delete", "history", "signing-in")]
    assert not any("TOTP" in (page := boss.get(each).content.decode()) or factor_of(kari).key in page for each in seen)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("on_paper", [True, False])
def test_a_code_opens_one_browser_however_many_send_it_at_once(shared_database, on_paper):
    def two_half_way():
        kari = make_staff(name="kari")
        codes = with_factor(kari)
        return [a_browser("kari") for _each in range(2)], codes[0] if on_paper else digits_of(kari)

    [(browsers, code)] = at_once(two_half_way)
    ready = threading.Barrier(2, timeout=60)

    def send(browser):
        ready.wait()
        return browser.post("/admin/login/code/" + "?paper" * on_paper, {"code": code}).status_code

    assert sorted(at_once(*(partial(send, browser) for browser in browsers))) == [302, 400]
