"""The roof: every address of the site that the public pages (programme/urls.py) do not answer before."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from conference.chosen import choose
from conference.health import healthz, readyz
from conference.media import media
from conference.metrics import metrics
from programme.shelf import shelf

WATCHED = {"is_waiting": lambda: shelf.is_waiting}

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz, WATCHED | {"has_something_to_show": lambda: bool(shelf.shelved.programmes)}),
    path("metrics", metrics, WATCHED),
    path("media/<path:path>", media),
    path("preview/", include("programme.preview_urls")),
    path("admin/language/", set_language, name="set_language"),
    path("admin/choose/", choose, name="choose_conference"),
    path("admin/board/", include("speakers.board_urls")),
    path("admin/", include("speakers.bulk_urls")),
    path("admin/as-if/", include("programme.as_if_urls")),
    path("admin/", include("conference.history_urls")),
    path("admin/", include("programme.desk_urls")),
    path("admin/", admin.site.urls),
]
handler400 = "programme.errors.bad_request"
handler403 = "programme.errors.forbidden"
handler404 = "programme.errors.not_found"
handler500 = "programme.errors.server_error"
