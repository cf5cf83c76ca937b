"""Signing in: password, second factor, what happens after too many failures, and when sessions end."""

import re
import time

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from lxml import html

from conference.audit import Act, Entry
from conference.second_factor import codes_left, factor_of, make_codes
from conference.visitors import address_of
from tests.factories import make_conference, make_session, make_staff, make_superuser
from tests.forms import errors_on, open_form, words_on

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse"
ACCOUNT = "/admin/account/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(time.time(), tick=False) as clock:
        yield clock


def a_browser(name="", password=PASSWORD, there="/admin/"):
    """A browser in English; with a name, after its password was sent."""
    client = Client()
    client.cookies["django_language"] = "en"
    client.answer = name and client.post(f"/admin/login/?next={there}", {"username": name, "password": password})
    return client


def digits(key):
    return f"{TOTP(bytes.fromhex(key)).token():06d}"


def digits_of(user):
    return digits(factor_of(user).key)


def with_factor(user):
    TOTPDevice.objects.create(user=user, name="app")
    return make_codes(user)


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_staff_set_up_a_second_factor_and_sign_in_with_it(clock):
    kari = make_staff(name="kari")
    here, elsewhere = a_browser("kari"), a_browser("kari")
    page = here.get(f"{ACCOUNT}second-factor/")
    key = here.session["new_factor"]
    letters = html.fromstring(page.content.decode()).get_element_by_id("key").value
    assert "<svg viewBox" in page.content.decode()  # the whole of it, at any size
    assert "style=" not in page.content.decode()
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", letters)

    wrong = here.post(f"{ACCOUNT}second-factor/", {"code": "000000" if digits(key) != "000000" else "111111"})
    assert wrong.status_code == 400
    assert not factor_of(kari)
    done = here.post(f"{ACCOUNT}second-factor/", {"code": digits(key)})
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
        assert browser.post(ACCOUNT + page, {"password": PASSWORD, "code": "123456"}).status_code == 400
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
        "/admin/account/second-factor/?next=/admin/problems/", {"code": digits(browser.session["new_factor"])}
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


def test_wrong_passwords_and_wrong_codes_close_signing_in_and_a_superuser_opens_it(clock):
    kari = make_staff(name="kari")
    make_superuser("boss")
    with_factor(kari)
    browser = a_browser("kari")
    for _attempt in range(4):
        clock.shift(31)
        assert browser.post("/admin/login/code/", {"code": "000001"}).status_code == 400
        a_browser("kari", "wrong")
    assert "Wait a little" in words_on(browser.post("/admin/login/code/", {"code": digits_of(kari)}))
    for language, words in {"nb": "Vent litt", "nn": "Vent litt", "fr": "Patientez un peu"}.items():
        browser.cookies["django_language"] = language
        closed = browser.post("/admin/login/", {"username": "kari", "password": PASSWORD})
        assert (closed.status_code, words in words_on(closed)) == (429, True), language

    boss = a_browser("boss")
    there = f"/admin/auth/user/{kari.pk}/signing-in/"
    assert "signing in is closed" in words_on(boss.get(there))
    boss.post(there, {"act": "unlock"})
    assert a_browser("kari").answer.status_code == 302
    assert [entry.act for entry in Entry.objects.filter(act__in=[Act.LOCKED_OUT, Act.UNLOCKED]).order_by("pk")] == [
        Act.LOCKED_OUT,
        Act.UNLOCKED,
    ]


def test_the_sign_in_page_does_not_tell_who_has_an_account():
    make_staff(name="kari")
    User.objects.create_user("visitor", password=PASSWORD)
    User.objects.create_user("gone", password=PASSWORD, is_staff=True, is_active=False)
    tried = [("kari", "wrong"), ("nobody", "wrong"), ("visitor", PASSWORD), ("gone", PASSWORD)]
    pages = {
        re.sub(r'value="[^"]*"', "", a_browser(name, password).answer.content.decode()) for name, password in tried
    }
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("behind", "said", "address"),
    [
        (False, "203.0.113.9", "192.0.2.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "8.8.8.8, 203.0.113.9", "203.0.113.9"),
        (True, "8.8.8.8, nonsense", "192.0.2.1"),
        (True, "fe80::1%eth0", "fe80::1"),
    ],
)
def test_the_address_that_failures_count_for_cannot_be_forged(rf, settings, behind, said, address):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind else None
    assert address_of(rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": said})) == address


# --- When sessions end


def test_a_new_password_ends_all_other_sessions():
    make_staff(name="kari")
    here, elsewhere = a_browser("kari"), a_browser("kari")
    sent = {"old_password": PASSWORD, "new_password1": "sju nye kaniner", "new_password2": "sju nye kaniner"}
    assert here.post("/admin/password_change/", sent).status_code == 302
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_who_is_not_active_any_more_is_out_for_good():
    kari = make_staff(name="kari")
    browser = a_browser("kari")
    for is_active in (False, True):
        kari.is_active = is_active
        kari.save()
        assert not is_in(browser)


def test_signing_out_everywhere_else():
    make_staff(name="kari")
    here, elsewhere, other = a_browser("kari"), a_browser("kari"), a_browser(make_staff(name="ola").username)
    assert "in 1 other" in words_on(here.get(ACCOUNT))
    here.post(ACCOUNT)
    assert (is_in(here), is_in(elsewhere), is_in(other)) == (True, False, True)
    assert "In this browser only." in words_on(here.get(ACCOUNT))


# --- A telephone is lost


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


def test_a_superuser_makes_an_account_with_groups_told_in_words():
    make_superuser("boss")
    boss = a_browser("boss")
    there = "/admin/auth/user/add/"
    assert "Translators: translate texts, and change nothing else" in words_on(boss.get(there))
    sent = {"username": "ola", "password1": "sju nye kaniner", "password2": "sju nye kaniner"}
    answer = boss.post(there, sent | {"groups": Group.objects.get(name="Translators").pk})
    assert answer.status_code == 302, errors_on(answer)
    ola = User.objects.get(username="ola")
    assert ([group.name for group in ola.groups.all()], ola.is_staff, ola.is_superuser) == (
        ["Translators"],
        True,
        False,
    )
    form = f"/admin/auth/user/{ola.pk}/change/"
    assert boss.post(form, open_form(boss, form) | {"first_name": "Ola"}).status_code == 302
    ola.refresh_from_db()
    assert (ola.first_name, ola.groups.count(), is_in(a_browser("ola", "sju nye kaniner"))) == ("Ola", 1, True)
    assert "Translators" in words_on(boss.get("/admin/auth/user/?is_superuser__exact=0"))
