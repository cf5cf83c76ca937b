"""The pages of one's own account: second factor, codes on paper, and signing out in all other browsers."""

import io

import segno
from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from conference.admin_pages import admin_page
from conference.audit import Act, note
from conference.second_factor import (
    NONE,
    PASSED,
    address_of_key,
    codes_left,
    factor_of,
    in_letters,
    is_required,
    make_codes,
    new_key,
    remove,
    set_up,
)
from conference.sign_in import CodeForm, count_failure, is_closed, tried
from conference.signed_in import keys_of, sign_out_elsewhere
from conference.ways_on import way_on

KEY = "new_factor"  # in a session: the key of a factor that is being set up


def page(request, template, context, status=200):
    return admin_page(request, f"account/{template}", context, status)


def account(request):
    """How I sign in, and where I am signed in."""
    if request.method == "POST":
        ended = sign_out_elsewhere(request.user)
        note(Act.SIGNED_OUT_EVERYWHERE, user=request.user.get_username())
        words = ngettext(
            "You are signed out in %(count)d other browser.", "You are signed out in %(count)d other browsers.", ended
        )
        messages.success(request, words % {"count": ended} if ended else gettext("You were signed in nowhere else."))
        return HttpResponseRedirect(reverse("admin:account"))
    context = {
        "title": gettext("Signing in"),
        "factor": factor_of(request.user),
        "codes_left": codes_left(request.user),
        "is_required": is_required(),
        "elsewhere": len(keys_of(request.user)) - 1,
    }
    return page(request, "account.html", context)


# --- All that changes a factor takes the password, too, so that an open browser is not enough


class PasswordForm(CodeForm):
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]


class SureForm(PasswordForm):
    field_order = ["password", "code"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Six digits from the app, or a backup code")
        for name in ("autofocus", "inputmode"):
            code.widget.attrs.pop(name, None)


def with_password(request, Form: type[PasswordForm]) -> PasswordForm:
    """A form that is valid only with the right password. A wrong one counts as a failed sign-in."""
    form = Form(request.POST or None, user=request.user)
    if request.POST and is_closed(request, request.user):
        form.add_error(None, "")
    elif form.has_error("password") and form.data.get("password"):
        count_failure(request, request.user, "password")
    return form


def sure(request) -> SureForm:
    """A form that is valid only with the right password and a right code."""
    form = with_password(request, SureForm)
    if form.is_valid():
        tried(request, request.user, form)
    return form


# --- Setting up, renewing and removing


@sensitive_post_parameters()
def second_factor(request):
    """Scan, type six digits, and get ten codes for paper."""
    if factor_of(request.user):
        return HttpResponseRedirect(reverse("admin:account"))
    key = request.session.setdefault(KEY, new_key())
    form = with_password(request, PasswordForm)
    if form.is_valid():
        device = set_up(request.user, key, form.cleaned_data["code"])
        if device:
            del request.session[KEY]
            request.session[PASSED] = device.persistent_id
            return show_codes(
                request,
                gettext("Your second factor is set up. Next time you sign in, you are asked for six digits as well."),
            )
        form.add_error(
            "code",
            gettext(
                "These are not the digits that the app shows now. Look again, and check the clock of the telephone."
            ),
        )
    context = {
        "title": gettext("Set up a second factor"),
        "form": form,
        "qr": qr_code(address_of_key(request.user, key)),
        "letters": in_letters(key),
        "is_required": is_required(),
    }
    return page(request, "set_up.html", context, status=400 if form.errors else 200)


def qr_code(words: str):
    """A picture of the words, as an SVG element without styles of its own."""
    svg = io.BytesIO()
    segno.make(words, error="m").save(
        svg, kind="svg", scale=5, border=4, light="#fff", xmldecl=False, svgns=False, nl=False, omitsize=True
    )
    drawn = svg.getvalue().decode()
    return mark_safe(drawn)  # nosec B703 # segno's own, of squares only


def show_codes(request, said: str):
    context = {
        "title": gettext("Your backup codes"),
        "said": said,
        "codes": make_codes(request.user),
        "there": way_on(request, request.GET.get("next"), reverse("admin:account")),
    }
    return page(request, "codes.html", context)


@sensitive_post_parameters()
def new_codes(request):
    """Ten new backup codes; the old ones work no more."""
    if not factor_of(request.user):
        return HttpResponseRedirect(reverse("admin:second_factor"))
    form = sure(request)
    if form.is_valid():
        note(Act.CODES_MADE, user=request.user.get_username())
        return show_codes(request, gettext("These codes work from now on; those from before do not."))
    return ask(request, form, "new_codes.html", gettext("New backup codes"))


@sensitive_post_parameters()
def remove_factor(request):
    """Sign in with the password alone again, or set up another telephone."""
    if not factor_of(request.user):
        return HttpResponseRedirect(reverse("admin:account"))
    form = sure(request)
    if form.is_valid():
        remove(request.user)
        request.session[PASSED] = NONE
        messages.success(request, gettext("Your second factor is removed."))
        return HttpResponseRedirect(reverse("admin:second_factor" if is_required() else "admin:account"))
    return ask(request, form, "remove.html", gettext("Remove the second factor"))


def ask(request, form, template, title):
    return page(
        request, template, {"title": title, "form": form, "is_required": is_required()}, 400 if form.errors else 200
    )
