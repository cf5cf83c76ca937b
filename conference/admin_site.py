"""Our admin site: Django's, with a second step of signing in, and with pages for one's own account."""

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from conference import account_pages, sign_in


class StaffSite(AdminSite):
    enable_nav_sidebar = False

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        request.current_app = self.name
        context = self.each_context(request) | {
            "title": gettext("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
        }
        if "next" not in request.GET and "next" not in request.POST:
            context["next"] = reverse("admin:index", current_app=self.name)
        view = sign_in.PasswordStep.as_view(
            extra_context=context | (extra_context or {}),
            authentication_form=AdminAuthenticationForm,
            template_name="admin/login.html",
            next_page="admin:index",
        )
        return view(request)

    def password_change(self, request, extra_context=None):
        """Who found a browser open may not guess at the password without an end: wrong ones count as failed sign-ins."""
        if request.method == "POST" and sign_in.is_closed(request, request.user):
            return HttpResponse()
        answer = super().password_change(request, extra_context)
        form = (getattr(answer, "context_data", None) or {}).get("form")
        if form and form.has_error("old_password") and form.data.get("old_password"):
            sign_in.count_failure(request, request.user, "password")
        return answer

    def get_urls(self):
        return [
            path("login/code/", sign_in.code, name="code"),
            path("account/", self.admin_view(account_pages.account), name="account"),
            path("account/second-factor/", self.admin_view(account_pages.second_factor), name="second_factor"),
            path("account/codes/", self.admin_view(account_pages.new_codes), name="new_codes"),
            path("account/remove/", self.admin_view(account_pages.remove_factor), name="remove_factor"),
            *super().get_urls(),
        ]
