"""Public pages as they would be, below the admin's address."""

from django.contrib import admin
from django.urls import path

from programme.as_if import as_if

view = admin.site.admin_view(as_if)
urlpatterns = [path("<str:token>/", view, name="as_if"), path("<str:token>/<path:path>", view)]
