"""Where a step of the history is undone, and where browsers say which form is open."""

from django.contrib import admin
from django.urls import path

from conference.history_pages import undo_step
from conference.presence import here

urlpatterns = [
    path("undo/", admin.site.admin_view(undo_step), name="undo"),
    path("presence/", admin.site.admin_view(here), name="presence"),
]
