"""Where people without an account see what is not public yet, if somebody gave them the address."""

from django.urls import path

from programme import preview_links

urlpatterns = [
    path("<str:token>/", preview_links.shared, name="preview_link"),
    path("<str:token>/<path:path>", preview_links.shared),
]
