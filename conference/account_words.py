"""Groups, permissions and what an account may do, in the reader's language; Django and the database name them in English."""

from django.contrib.auth.models import Permission, User
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

GROUPS = {"Editors": _("Editors"), "Translators": _("Translators"), "Publishers": _("Publishers")}
WHAT_GROUPS_MAY = {
    "Editors": _("write everything in the programme, and do not publish it"),
    "Translators": _("translate texts, and change nothing else"),
    "Publishers": _("write everything, publish it, and share previews with people outside"),
}
ACTS = {
    "add": _("Can add: %(things)s"),
    "change": _("Can change: %(things)s"),
    "delete": _("Can delete: %(things)s"),
    "view": _("Can view: %(things)s"),
}


def group_in_words(group) -> str:
    """The name of a group; ours are known in every language."""
    return group_name_in_words(group.name)


def group_with_words(group) -> str:
    """The name, and what the group is for where it is one of ours."""
    may = WHAT_GROUPS_MAY.get(group.name)
    return (
        gettext("%(what)s: %(words)s") % {"what": group_in_words(group), "words": may} if may else group_in_words(group)
    )


def group_name_in_words(name: str) -> str:
    return str(GROUPS.get(name, name))


def permission_in_words(permission) -> str:
    """What a permission lets people do: “Sessions – Can add: tracks”."""
    model, act = permission.content_type.model_class(), permission.codename.partition("_")[0]
    if model is None:
        return permission.name
    words = ACTS[act] % {"things": model._meta.verbose_name_plural} if act in ACTS else gettext(permission.name)
    return f"{capfirst(model._meta.app_config.verbose_name)} – {words}"


# --- What an account or a group has, as the audit log keeps it: [kind, name]


def claim_in_words(kind: str, name: str) -> str:
    """One of "group" Editors, "permission" programme.publish, "field" is_superuser."""
    if kind == "group":
        return group_name_in_words(name)
    if kind == "permission":
        app, _dot, codename = name.partition(".")
        found = Permission.objects.select_related("content_type").filter(content_type__app_label=app, codename=codename)
        return permission_in_words(found[0]) if found else name
    if name == "name":
        return gettext("name")
    return str(User._meta.get_field(name).verbose_name)
