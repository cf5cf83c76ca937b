"""Signing in: what happens after too many failures, what the page tells, and when sessions end."""

import re

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from conference.audit import Act, Entry
from conference.second_factor import factor_of
from conference.visitors import address_of, network_of
from tests.factories import make_staff, make_superuser
from tests.forms import errors_on, open_form, words_on
from tests.signing_in import ACCOUNT, PASSWORD, a_browser, digits_of, is_in, with_factor, wrong_digits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_wrong_passwords_and_wrong_codes_close_signing_in_and_a_superuser_opens_it(clock):
    kari = make_staff(name="kari")
    make_superuser("boss")
    with_factor(kari)
    browser = a_browser("kari")
    for _attempt in range(4):
        clock.shift(31)
        assert browser.post("/admin/login/code/", {"code": wrong_digits(factor_of(kari).key)}).status_code == 400
        a_browser("kari", "wrong")
    assert "Wait a little" in words_on(browser.post("/admin/login/code/", {"code": digits_of(kari)}))
    for language, words in {"nb": "Vent litt", "nn": "Vent litt", "fr": "Patientez un peu"}.items():
        browser.cookies["django_language"] = language
        closed = browser.post("/admin/login/", {"username": "kari", "password": PASSWORD})
        assert (closed.status_code, words in words_on(closed)) == (429, True), language

    boss = a_browser("boss")
    there = f"/admin/auth/user/{kari.pk}/signing-in/"
    assert "signing in is closed" in words_on(boss.get(there))
    clock.shift(15 * 60 + 1)
    assert "signing in is closed" not in words_on(boss.get(there)), "it opens by itself after a quarter of an hour"
    clock.shift(-15 * 60 - 1)
    boss.post(there, {"act": "unlock"})
    assert a_browser("kari").answer.status_code == 302
    assert [entry.act for entry in Entry.objects.filter(act__in=[Act.LOCKED_OUT, Act.UNLOCKED]).order_by("pk")] == [
        Act.LOCKED_OUT,
        Act.UNLOCKED,
    ]


def test_what_was_typed_in_vain_is_not_kept_for_longer_than_it_counts(clock):
    a_browser("my secret password", "kari")
    call_command("purge_log", verbosity=0)
    assert AccessAttempt.objects.count() == 1
    clock.shift(15 * 60 + 1)
    call_command("purge_log", verbosity=0)
    assert not AccessAttempt.objects.exists()


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


@pytest.mark.parametrize(
    ("said", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("", None),
    ],
)
def test_failures_count_for_a_whole_household_of_ipv6(rf, said, network):
    assert network_of(rf.get("/", REMOTE_ADDR=said)) == network


def test_another_address_of_the_same_household_gives_no_further_attempts():
    make_staff(name="kari")
    tried = [
        Client()
        .post("/admin/login/", {"username": "kari", "password": "wrong"}, REMOTE_ADDR=f"2001:db8::{n:x}")
        .status_code
        for n in range(1, 10)
    ]
    assert tried[-1] == 429
    assert tried[0] == 200


def test_the_old_password_is_not_guessed_without_an_end_by_who_found_a_browser_open(clock):
    kari = make_staff(name="kari")
    browser = a_browser("kari")
    guess = {"new_password1": "a new long password", "new_password2": "a new long password"}
    for number in range(8):
        browser.post("/admin/password_change/", guess | {"old_password": f"guess {number}"})

    right = browser.post("/admin/password_change/", guess | {"old_password": "correct horse"})

    kari.refresh_from_db()
    assert right.status_code == 429
    assert kari.check_password("correct horse")
    clock.shift(16 * 60)
    assert browser.post("/admin/password_change/", guess | {"old_password": "correct horse"}).status_code == 302


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
