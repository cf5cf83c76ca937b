"""Users and groups in the admin, with the groups and permissions that we and Django name in English in the reader's language."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

GROUPS = {"Editors": _("Editors"), "Translators": _("Translators"), "Publishers": _("Publishers")}
ACTS = {
    "add": _("Can add: %(things)s"),
    "change": _("Can change: %(things)s"),
    "delete": _("Can delete: %(things)s"),
    "view": _("Can view: %(things)s"),
}


def group_in_words(group) -> str:
    """The name of a group; ours are known in every language."""
    return str(GROUPS.get(group.name, group.name))


def permission_in_words(permission) -> str:
    """What a permission lets people do: “Sessions – Can add: tracks”."""
    model, act = permission.content_type.model_class(), permission.codename.partition("_")[0]
    if model is None:
        return permission.name
    words = ACTS[act] % {"things": model._meta.verbose_name_plural} if act in ACTS else gettext(permission.name)
    return f"{capfirst(model._meta.app_config.verbose_name)} – {words}"


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


@admin.register(Group)
class GroupsAdmin(InWords, GroupAdmin):
    list_display = ["in_words"]

    @admin.display(description=_("name"), ordering="name")
    def in_words(self, group):
        return group_in_words(group)
