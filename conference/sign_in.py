"""Signing in: the password, then the code of who has a second factor; and the gate that every page of the admin is behind."""

import time

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.contrib.auth.views import LoginView
from django.dispatch import receiver
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_static.models import StaticDevice

from conference.audit import Act, note
from conference.second_factor import NONE, PASSED, codes_left, factor_of, is_required, verdict_on
from conference.ways_on import way_on

HALF_WAY = "half_way"  # in a session: whose password was right, and until when a code may be given
SECONDS = 600
FEW_CODES = 3


def with_next(address: str, there: str) -> str:
    return f"{address}?{urlencode({'next': there})}" if there else address


# --- The password


class PasswordStep(LoginView):
    """Signs in who has no second factor, and asks the others for a code."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "label_suffix": ""}  # labels stand above their fields

    def form_valid(self, form):
        user = form.get_user()
        if factor_of(user) is None:
            return super().form_valid(form)
        self.request.session.cycle_key()
        self.request.session[HALF_WAY] = {
            "user": user.pk,
            "backend": user.backend,
            "hash": user.get_session_auth_hash(),
            "until": time.time() + SECONDS,
        }
        return HttpResponseRedirect(with_next(reverse("admin:code"), self.get_redirect_url()))


def who_is_half_way(request) -> User | None:
    """Whose password was right a moment ago, and still is."""
    kept = request.session.get(HALF_WAY)
    if not kept or kept["until"] < time.time():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True, is_staff=True).first()
    if user and constant_time_compare(user.get_session_auth_hash(), kept["hash"]):
        user.backend = kept["backend"]
        return user
    return None


# --- The code


class CodeForm(forms.Form):
    """The six digits of an app, or a code on paper."""

    code = forms.CharField(label=_("Code"), max_length=40)

    def __init__(self, *args, on_paper=False, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        field = self.fields["code"]
        field.label = _("Backup code") if on_paper else _("Six digits from the app")
        attributes = {"autofocus": True, "autocomplete": "off" if on_paper else "one-time-code", "autocapitalize": "none", "spellcheck": "false"}  # fmt: skip
        field.widget.attrs |= attributes | ({} if on_paper else {"inputmode": "numeric"})


@sensitive_post_parameters()
@csrf_protect
@never_cache
def code(request):
    """The second step: whoever got here gave the right password."""
    user = who_is_half_way(request)
    if user is None:
        messages.info(request, gettext("Sign in with your password first."))
        return HttpResponseRedirect(with_next(reverse("admin:login"), request.GET.get("next", "")))
    on_paper = "paper" in request.GET
    form = CodeForm(request.POST or None, on_paper=on_paper)
    if form.is_valid() and (device := tried(request, user, form)):
        return come_in(request, user, device)
    context = {
        "form": form,
        "on_paper": on_paper,
        "title": gettext("One more step"),
        "next": request.GET.get("next", ""),
    }
    return TemplateResponse(request, "admin/code.html", context, status=400 if form.errors else 200)


def tried(request, user, form):
    """The device that knows the code; else None, with the reason on the form, or on the page that Axes puts in its place."""
    if is_closed(request, user):
        return None
    verdict = verdict_on(user, form.cleaned_data["code"])
    if verdict.wait:
        form.add_error("code", wait_words(verdict.wait))
    elif verdict.device is None:
        form.add_error(
            "code", gettext("This code is not right, or was used before. Wait for the next one, and try again.")
        )
        count_failure(request, user, "code")
    return verdict.device


def is_closed(request, user) -> bool:
    """Whether there were too many failures lately; Axes then answers in our place."""
    credentials = {"username": user.username}
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out, request.axes_credentials = True, credentials
    return True


def count_failure(request, user, step: str):
    """Count a wrong code or password of somebody whom we know as a failed sign-in."""
    credentials = {"username": user.username, "step": step}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)


def wait_words(seconds: int) -> str:
    words = ngettext(
        "That was too quick after a wrong code. Wait %(count)d second, and try again.",
        "That was too quick after a wrong code. Wait %(count)d seconds, and try again.",
        seconds,
    )
    return words % {"count": seconds}


def come_in(request, user, device):
    del request.session[HALF_WAY]
    login(request, user, user.backend)
    request.session[PASSED] = device.persistent_id
    if isinstance(device, StaticDevice):
        left = codes_left(user)
        note(Act.CODE_USED, left=left)
        warn_of_few(request, left)
    return HttpResponseRedirect(way_on(request, request.GET.get("next"), reverse("admin:index")))


def warn_of_few(request, left: int):
    words = ngettext("You have %(count)d backup code left.", "You have %(count)d backup codes left.", left)
    link = format_html(' <a href="{}">{}</a>', reverse("admin:new_codes"), gettext("Make new ones"))
    tell = messages.warning if left <= FEW_CODES else messages.info
    tell(request, format_html("{}{}", words % {"count": left}, link))


# --- The gate


@receiver(user_logged_in)
def without_factor(request, user, **kwargs):
    """A session that began with a password alone says so, if that was enough."""
    if factor_of(user) is None:
        request.session[PASSED] = NONE


def Gate(get_response):
    """Middleware: no page of the admin for who has a second factor and did not use it, nor for who has to set one up first."""

    def middleware(request):
        return elsewhere(request) or get_response(request)

    return middleware


def elsewhere(request):
    """Where somebody has to go first; None where the way is free."""
    if not request.path_info.startswith("/admin/") or not request.user.is_authenticated:
        return None
    if PASSED not in request.session:
        without_factor(request, request.user)
    if PASSED not in request.session:
        logout(request)
        return HttpResponseRedirect(with_next(reverse("admin:login"), request.get_full_path()))
    if request.session[PASSED] == NONE and is_required() and request.path_info not in free_ways():
        return HttpResponseRedirect(with_next(reverse("admin:second_factor"), request.get_full_path()))
    return None


def free_ways():
    """What somebody needs who has to set up a second factor."""
    return {reverse(name) for name in ("admin:second_factor", "admin:logout", "set_language", "admin:jsi18n")}
