"""Pages about many sessions, below the admin's address."""

from django.contrib import admin
from django.urls import path

from speakers import bulk, bulk_conference

view = admin.site.admin_view
urlpatterns = [
    path("bulk/change/", view(bulk.change), name="bulk_change"),
    path("bulk/cancel/", view(bulk.cancel), name="bulk_cancel"),
    path("bulk/duplicate/", view(bulk.duplicate), name="bulk_duplicate"),
    path("bulk/conference/<int:pk>/", view(bulk_conference.copy), name="copy_conference"),
]
