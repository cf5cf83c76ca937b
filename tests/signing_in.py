"""Browsers of staff who sign in, and the digits of their telephones."""

from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from conference.second_factor import factor_of, make_codes

PASSWORD = "correct horse"
ACCOUNT = "/admin/account/"


def a_browser(name="", password=PASSWORD, there="/admin/"):
    """A browser in English; with a name, after its password was sent."""
    client = Client()
    client.cookies["django_language"] = "en"
    client.answer = name and client.post(f"/admin/login/?next={there}", {"username": name, "password": password})
    return client


def signed_in(user, language="en"):
    """A browser of somebody who has signed in, and who reads this language."""
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def digits(key):
    return f"{TOTP(bytes.fromhex(key)).token():06d}"


def wrong_digits(key):
    """What no telephone with this key shows now, nor half a minute before or after."""
    shown = [TOTP(bytes.fromhex(key), drift=drift).token() for drift in (-1, 0, 1)]
    return next(f"{number:06d}" for number in range(4) if number not in shown)


def digits_of(user):
    return digits(factor_of(user).key)


def with_factor(user):
    TOTPDevice.objects.create(user=user, name="app")
    return make_codes(user)


def is_in(client):
    return client.get("/admin/").status_code == 200
