"""The second factor: a code from a telephone, or one of ten codes on paper, besides the password.

A password alone never signs in who has a second factor: until the code is given, the session only knows who is half-way.
Codes on paper are kept as keyed hashes. Whoever sets up, renews or removes a factor is signed out in all other browsers.
"""

import base64
import math
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from conference.audit import Act, note
from conference.signed_in import sign_out_elsewhere

PASSED = "second_factor"  # in a session: with which device somebody signed in, or NONE
NONE = "none"  # that they have no second factor
NUMBER_OF_CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look alike


def is_required() -> bool:
    return settings.SECOND_FACTOR == "required"


def factor_of(user) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def codes_left(user) -> int:
    device = StaticDevice.objects.filter(user=user).first()
    return device.token_set.count() if device else 0


# --- Giving a code


@dataclass(frozen=True)
class Verdict:
    device: TOTPDevice | StaticDevice | None  # that knows the code; None: a wrong one
    wait: int = 0  # seconds until the next attempt is looked at


def verdict_on(user, code: str) -> Verdict:
    """Whether a code is right. It is used up by that; after a wrong one, the next is looked at ever later."""
    code = "".join(code.split()).replace("-", "").lower()
    by_phone = code.isdecimal() and len(code) == 6
    with transaction.atomic():
        devices = (TOTPDevice if by_phone else StaticDevice).objects.select_for_update()
        device = devices.filter(user=user, confirmed=True).first()
        if device is None:
            return Verdict(None)
        allowed, why = device.verify_is_allowed()
        if not allowed:
            return Verdict(None, math.ceil((why["locked_until"] - timezone.now()).total_seconds()))
        return Verdict(device if device.verify_token(code if by_phone else kept(code)) else None)


# --- Setting up


def new_key() -> str:
    """A key for an app, in hexadecimal digits: 160 bits (RFC 4226, 4)."""
    return secrets.token_hex(20)


def in_letters(key: str) -> str:
    """The key as it is typed into an app: base32, in groups of four."""
    letters = base64.b32encode(bytes.fromhex(key)).decode()
    return " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def address_of_key(user, key: str) -> str:
    """What an app reads from a QR code."""
    return TOTPDevice(user=user, key=key).config_url


def set_up(user, key: str, code: str) -> TOTPDevice | None:
    """The factor with that key, if the code shows that an app has it; else None, and nothing has changed."""
    device = TOTPDevice(user=user, key=key, name="app")
    totp = TOTP(device.bin_key)
    code = "".join(code.split())
    if not (code.isdecimal() and len(code) == 6 and totp.verify(int(code), tolerance=1)):
        return None
    device.last_t, device.drift = totp.t(), totp.drift
    with transaction.atomic():
        forget(user)
        device.save()
        note(Act.FACTOR_SET, user=user.get_username())
        sign_out_elsewhere(user)
    return device


def make_codes(user) -> list[str]:
    """Ten new codes; those from before work no more. They are returned this once, and never known again."""
    codes = ["".join(secrets.choice(LETTERS) for _place in range(10)) for _code in range(NUMBER_OF_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="paper")
        for code in codes:
            device.token_set.create(token=kept(code))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def kept(code: str) -> str:
    """What is kept of a code on paper: whoever reads the database cannot use it."""
    return salted_hmac("conference.second_factor", code).hexdigest()[:16]


def remove(user) -> bool:
    """Take somebody's factor away, and end their sessions elsewhere. False where there was none."""
    with transaction.atomic():
        if not forget(user):
            return False
        note(Act.FACTOR_REMOVED, user=user.get_username())
        sign_out_elsewhere(user)
    return True


def forget(user) -> bool:
    gone = [devices.objects.filter(user=user).delete()[0] for devices in (TOTPDevice, StaticDevice)]
    return any(gone)
