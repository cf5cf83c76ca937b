"""What follows from changes to accounts and groups, made in the admin, by a command or in a shell: they get into the audit log,
and whose password is new, or who is not active any more, is signed out everywhere else."""

import datetime as dt

from axes.signals import user_locked_out
from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone

from conference.audit import Act, Entry, note
from conference.signed_in import sign_out_elsewhere
from conference.visitors import address_of

FLAGS = ["is_active", "is_staff", "is_superuser"]
FIELDS = ["username", "first_name", "last_name", "email"]
ONCE_IN = dt.timedelta(minutes=15)  # what is tried again and again from one address is noted once


# --- Signing in and out


@receiver(user_logged_in)
def signed_in(request, user, **kwargs):
    note(Act.SIGNED_IN, user, request)


@receiver(user_logged_out)
def signed_out(user, **kwargs):
    if user:
        note(Act.SIGNED_OUT, user)


@receiver(user_login_failed)
def sign_in_failed(credentials, request=None, **kwargs):
    """A name that nobody has may be a password in the wrong place, so it is not kept."""
    if request is not None and not getattr(request, "axes_locked_out", False):
        act = Act.CODE_FAILED if credentials.get("step") == "code" else Act.SIGN_IN_FAILED
        once(act, request, known(credentials.get("username")))


@receiver(user_locked_out)
def locked_out(request, username, **kwargs):
    once(Act.LOCKED_OUT, request, known(username))


def known(username) -> str:
    return username if username and User.objects.filter(username=username).exists() else ""


def once(act, request, user):
    """Note an attempt; nobody fills the log by trying without an end."""
    lately = Entry.objects.filter(act=act, address=address_of(request), at__gte=timezone.now() - ONCE_IN)
    if (user and act == Act.SIGN_IN_FAILED) or not lately.filter(facts__user=user).exists():
        note(act, request=request, user=user)


# --- Accounts


@receiver(pre_save, sender=User)
def remember_account(instance, raw=False, update_fields=None, **kwargs):
    """Keep how the account was, for post_save to compare with; a sign-in only writes its moment."""
    only_signs_in = update_fields is not None and set(update_fields) <= {"last_login"}
    instance._before = None if raw or only_signs_in or not instance.pk else User.objects.filter(pk=instance.pk).first()


@receiver(post_save, sender=User)
def account_saved(instance, created, raw=False, **kwargs):
    if raw:
        return
    before = instance._before
    if created:
        gained = [["field", flag] for flag in FLAGS[1:] if getattr(instance, flag)]
        note(Act.USER_ADDED, user=instance.username, gained=gained)
    elif before and (facts := changes(before, instance)):
        note(Act.USER_CHANGED, user=instance.username, **facts)
    if before and instance._password is not None:  # set just now, not hashed anew
        note(Act.PASSWORD_CHANGED, user=instance.username)
        sign_out_elsewhere(instance)
    elif before and before.is_active and not instance.is_active:
        sign_out_elsewhere(instance)


def changes(before, after) -> dict:
    flags = [flag for flag in FLAGS if getattr(before, flag) != getattr(after, flag)]
    facts = {
        "gained": [["field", flag] for flag in flags if getattr(after, flag)],
        "lost": [["field", flag] for flag in flags if getattr(before, flag)],
        "changed": [["field", name] for name in FIELDS if getattr(before, name) != getattr(after, name)],
    }
    return {name: value for name, value in facts.items() if value}


@receiver(post_delete, sender=User)
def account_deleted(instance, **kwargs):
    note(Act.USER_DELETED, user=instance.username)


# --- Groups


@receiver(pre_save, sender=Group)
def remember_group(instance, raw=False, **kwargs):
    instance._before = None if raw or not instance.pk else Group.objects.filter(pk=instance.pk).first()


@receiver(post_save, sender=Group)
def group_saved(instance, created, raw=False, **kwargs):
    if created and not raw:
        note(Act.GROUP_ADDED, group=instance.name)
    elif instance._before and instance._before.name != instance.name:
        note(Act.GROUP_CHANGED, group=instance._before.name, changed=[["group", instance.name]])


@receiver(post_delete, sender=Group)
def group_deleted(instance, **kwargs):
    note(Act.GROUP_DELETED, group=instance.name)


# --- What they may do


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def rights_changed(instance, action, reverse, model, pk_set, **kwargs):
    """Adding and removing, from either end; clearing is a removal of all there is."""
    if action == "pre_clear":
        instance._cleared = joined_to(instance, model, kwargs["sender"])
    word = {"post_add": "gained", "post_remove": "lost", "post_clear": "lost"}.get(action)
    pks = instance.__dict__.pop("_cleared", set()) if action == "post_clear" else pk_set
    if not word or not pks:
        return
    there = model.objects.filter(pk__in=pks).order_by("pk")
    holders, claims = (
        (there, [claim_of(instance)]) if reverse else ([instance], sorted(claim_of(each) for each in there))
    )
    for holder in holders:
        act, kind = (Act.USER_CHANGED, "user") if isinstance(holder, User) else (Act.GROUP_CHANGED, "group")
        note(act, **{kind: name_of(holder), word: claims})


def joined_to(instance, model, table) -> set[int]:
    """The other ends of the rows of a table that joins two models."""
    rows = table.objects.filter(**{instance._meta.model_name: instance})
    return set(rows.values_list(f"{model._meta.model_name}_id", flat=True))


def name_of(holder):
    return holder.username if isinstance(holder, User) else holder.name


def claim_of(thing):
    if isinstance(thing, Permission):
        return ["permission", f"{thing.content_type.app_label}.{thing.codename}"]
    return ["group", thing.name]
