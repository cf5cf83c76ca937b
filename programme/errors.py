"""Error pages for what lies outside the public pages: the admin, files, and what Django itself refuses."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from programme.serve import error_page


def page(status, **facts):
    language = get_language() or settings.LANGUAGE_CODE
    return HttpResponse(error_page(status, language, **facts).body, status=status)


def bad_request(request, exception):
    return page(400)


def forbidden(request, exception):
    """Who is signed in already is led back to what he may do."""
    user = getattr(request, "user", None)
    return page(403, way_back=reverse("admin:index") if user and user.is_active and user.is_staff else "")


def not_found(request, exception):
    return page(404)


def server_error(request):
    return page(500)
