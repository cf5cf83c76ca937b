"""Users and groups in the admin, with the groups and permissions that we and Django name in English in the reader's language."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from conference.account_words import group_in_words, permission_in_words

IN_WORDS = {"groups": group_in_words, "permissions": permission_in_words, "user_permissions": permission_in_words}


class InWords:
    """Mixed into an admin whose form lists groups or permissions."""

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name in IN_WORDS:
            field.label_from_instance = IN_WORDS[db_field.name]
        return field


admin.site.unregister([User, Group])


@admin.register(User)
class StaffAdmin(InWords, UserAdmin):
    list_filter = ["is_staff", "is_superuser", "is_active"]

    def has_delete_permission(self, request, obj=None):
        """Nobody deletes the account they work with."""
        return super().has_delete_permission(request, obj) and obj != request.user


@admin.register(Group)
class GroupsAdmin(InWords, GroupAdmin):
    list_display = ["in_words"]

    @admin.display(description=_("name"), ordering="name")
    def in_words(self, group):
        return group_in_words(group)
