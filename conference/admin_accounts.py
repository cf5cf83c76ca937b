"""Users and groups in the admin, in words: what a group may do, how somebody signs in, and single rights folded away."""

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Exists, OuterRef
from django.forms import CheckboxSelectMultiple
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.admin import StaticDeviceAdmin  # noqa: F401 -- registers what is unregistered below
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDeviceAdmin  # noqa: F401 -- so does this
from django_otp.plugins.otp_totp.models import TOTPDevice

from conference.account_words import GROUPS, WHAT_GROUPS_MAY, group_in_words, group_with_words, permission_in_words
from conference.admin_lists import Headed, without, yes_or_nothing
from conference.admin_pages import admin_page, must
from conference.audit import Act, asked, note
from conference.chosen import chosen_conference
from conference.second_factor import codes_left, factor_of, remove
from conference.signed_in import keys_of, sign_out_elsewhere
from conference.templatetags.history import moment
from conference.writers import name_of

OURS = ["conference", "conference_sessions", "speakers", "programme", "auth"]
NOT_FOR_PEOPLE = ["presence", "imported", "permission"]  # tables that the site itself writes
IN_WORDS = {"groups": group_with_words, "permissions": permission_in_words, "user_permissions": permission_in_words}

admin.site.unregister([User, Group, TOTPDevice, StaticDevice])  # a key or a code is nobody else's to see


class InWords(Headed):
    """Mixed into an admin whose form lists groups or permissions."""

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name != "groups":
            rights = Permission.objects.filter(content_type__app_label__in=OURS).select_related("content_type")
            kwargs["queryset"] = rights.exclude(content_type__model__in=NOT_FOR_PEOPLE)
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name in IN_WORDS:
            field.label_from_instance = IN_WORDS[db_field.name]
        return field

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Boxes to tick, without the stock admin's two lists."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in IN_WORDS:
            field.widget, field.help_text = CheckboxSelectMultiple(choices=field.choices), ""
        return field


class GroupsFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field, request, model_admin):
        return [(group.pk, group_in_words(group)) for group in Group.objects.order_by("name")]


@admin.register(User)
class StaffAdmin(InWords, UserAdmin):
    list_display = ["username", "full_name", "groups_in_words", "has_factor", "last_here", "shown_as_active"]
    list_filter = [("groups", GroupsFilter), "is_superuser", "is_active"]
    filter_horizontal = []
    change_form_template = "admin/user_form.html"
    add_form = UserCreationForm
    add_form_template = "admin/user_add_form.html"
    add_fieldsets = [
        (None, {"fields": ["username", ("first_name", "last_name"), "email"]}),
        (_("Password"), {"fields": ["password1", "password2"]}),
        (_("What they may do"), {"fields": ["groups"]}),
    ]
    fieldsets = [
        (None, {"fields": ["username", ("first_name", "last_name"), "email", "password"]}),
        (_("What they may do"), {"fields": ["groups", "is_active", "is_superuser"]}),
        (_("Single rights, besides those of the groups"), {"fields": ["is_staff", "user_permissions"], "classes": ["collapse"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"], "classes": ["collapse"]}),
    ]  # fmt: skip

    def get_queryset(self, request):
        factor = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(with_factor=Exists(factor)).prefetch_related("groups")

    def get_urls(self):
        view = self.admin_site.admin_view
        return [path("<int:pk>/signing-in/", view(self.signing_in), name="auth_user_signing_in"), *super().get_urls()]

    def save_model(self, request, obj, form, change):
        """Accounts are for who works in here."""
        obj.is_staff = obj.is_staff if change else True
        super().save_model(request, obj, form, change)

    # --- Only a superuser makes, changes and deletes superusers, and gives single rights

    def get_readonly_fields(self, request, obj=None):
        dates = ["last_login", "date_joined"]
        return dates if request.user.is_superuser else [*dates, "is_superuser", "user_permissions"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and may_touch(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        """Nobody deletes the account they work with."""
        return super().has_delete_permission(request, obj) and may_touch(request.user, obj) and obj != request.user

    def get_deleted_objects(self, objs, request):
        going, counts, *rest = super().get_deleted_objects(objs, request)
        hidden = [str(model._meta.verbose_name_plural) for model in (TOTPDevice, StaticDevice)]
        told = without(going, ("TOTP device", "Static device", "Static token"))
        return told, {name: count for name, count in counts.items() if name not in hidden}, *rest

    # --- How somebody signs in

    def signing_in(self, request, pk):
        """What a superuser does for somebody who lost a telephone, mistyped too often, or left a browser open."""
        must(request.user.is_superuser)
        user = get_object_or_404(User, pk=pk)
        if request.method == "POST":
            act = {"factor": take_away, "sessions": end_sessions, "unlock": unlock}.get(request.POST.get("act"))
            if act:
                messages.success(request, act(user))
            return HttpResponseRedirect(request.path)
        context = {
            "title": gettext("How %(user)s signs in") % {"user": name_of(user)},
            "opts": self.opts,
            "original": user,
            "factor": factor_of(user),
            "codes_left": codes_left(user),
            "sessions": len(keys_of(user)),
            "is_locked": is_locked(user),
        }
        return admin_page(request, "account/of_user.html", context)

    # --- Columns

    @admin.display(description=_("name"), ordering="last_name", empty_value="–")
    def full_name(self, user):
        return user.get_full_name()

    @admin.display(description=_("groups"))
    def groups_in_words(self, user):
        names = [group_in_words(group) for group in user.groups.all()]
        return ", ".join([gettext("may do everything")] if user.is_superuser else names) or "–"

    @admin.display(description=_("second factor"), ordering="with_factor")
    def has_factor(self, user):
        return yes_or_nothing(user.with_factor)

    @admin.display(description=_("last signed in"), ordering="last_login", empty_value="–")
    def last_here(self, user):
        return user.last_login and moment(user.last_login, getattr(chosen_conference(asked.get()), "zone", None))

    @admin.display(description=_("may sign in"), ordering="is_active")
    def shown_as_active(self, user):
        return yes_or_nothing(user.is_active)


def may_touch(somebody, user) -> bool:
    return somebody.is_superuser or not (user and user.is_superuser)


def take_away(user) -> str:
    return gettext("The second factor is taken away.") if remove(user) else gettext("There was no second factor.")


def end_sessions(user) -> str:
    ended = sign_out_elsewhere(user)
    note(Act.SIGNED_OUT_EVERYWHERE, user=user.username)
    words = ngettext("Signed out in %(count)d browser.", "Signed out in %(count)d browsers.", ended)
    return words % {"count": ended}


def unlock(user) -> str:
    reset(username=user.username)
    note(Act.UNLOCKED, user=user.username)
    return gettext("Signing in is open again.")


def is_locked(user) -> bool:
    """Whether signing in is closed from some address just now; Axes clears away what is over when somebody tries next."""
    failed = AccessAttempt.objects.filter(username=user.username, attempt_time__gte=timezone.now() - get_cool_off())
    return failed.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists()


@admin.register(Group)
class GroupsAdmin(InWords, GroupAdmin):
    filter_horizontal = []
    list_display = ["in_words", "what_for"]
    readonly_fields = ["in_words", "what_for"]

    def get_fields(self, request, obj=None):
        """Our own groups keep their names, by which they are known in every language."""
        return ["in_words", "what_for", "permissions"] if obj and obj.name in GROUPS else ["name", "permissions"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        group = self.get_object(request, object_id)
        subtitle = {"subtitle": group_in_words(group)} if group else {}
        return super().change_view(request, object_id, form_url, subtitle | (extra_context or {}))

    def action_checkbox(self, group):
        """The box before a row, read out with the name that stands beside it."""
        return super().action_checkbox(Group(pk=group.pk, name=group_in_words(group)))

    @admin.display(description=_("name"), ordering="name")
    def in_words(self, group):
        return group_in_words(group)

    @admin.display(description=_("what they may do"), empty_value="–")
    def what_for(self, group):
        return WHAT_GROUPS_MAY.get(group.name, "")
