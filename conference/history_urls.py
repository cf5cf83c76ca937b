"""Where the history is asked to undo something."""

from django.contrib import admin
from django.urls import path

from conference.history_pages import undo_step

urlpatterns = [path("undo/", admin.site.admin_view(undo_step), name="undo")]
