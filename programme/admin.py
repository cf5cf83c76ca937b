"""Releases in the admin: looked at and restored, never added, changed or deleted by hand."""

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _

from conference.admin_belonging import ConferenceFilter
from conference.admin_lists import Headed, yes_or_nothing
from conference.numbers import whole_number
from programme import desk, desk_links, desk_releases, desk_review
from programme.models import Release


@admin.register(Release)
class ReleaseAdmin(Headed, admin.ModelAdmin):
    list_display = ["__str__", "published", "published_by", "note", "number_of_changes", "is_public"]
    list_filter = [ConferenceFilter]
    list_select_related = ["conference", "published_by"]
    list_per_page = 50
    ordering = ["-published_at"]
    actions = None
    empty_text = _("Nothing is published yet. What you edit is seen by staff only, until somebody publishes it.")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("programme")

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("review/<int:pk>/", view(desk_review.review), name="programme_release_review"),
            path("planned/<int:pk>/", view(desk_review.act_on_plan), name="programme_planned"),
            path("links/<int:pk>/", view(desk_links.links), name="programme_preview_links"),
            path("<int:pk>/restore/", view(desk_releases.restore_release), name="programme_release_restore"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return desk_releases.show_release(request, whole_number(object_id) or 0)

    def has_module_permission(self, request):
        return desk.may_look(request.user)

    def has_view_permission(self, request, obj=None):
        return desk.may_look(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("published"), ordering="published_at")
    def published(self, release):
        return desk.when(release.published_at, release.conference.zone)

    @admin.display(description=_("is public"))
    def is_public(self, release):
        return yes_or_nothing(release.conference.current_release_id == release.pk)
