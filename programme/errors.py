"""Error pages for what lies outside the public pages: the admin, files, and what Django itself refuses."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language

from programme.serve import error_page


def page(status):
    language = get_language() or settings.LANGUAGE_CODE
    return HttpResponse(error_page(status, language).body, status=status)


def bad_request(request, exception):
    return page(400)


def forbidden(request, exception):
    return page(403)


def not_found(request, exception):
    return page(404)


def server_error(request):
    return page(500)
