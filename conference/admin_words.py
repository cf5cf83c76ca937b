"""Sentences of Django's own admin that it says in English, or not well, in one of our languages.

They are repeated here so that `make messages` finds them; what locale/ says of them goes before Django's own words.
Nothing imports this module. A sentence that Django has stopped using does no harm, and may be taken away.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

EVERYWHERE = (
    _("Skip to main content"),
    _("Breadcrumbs"),
    _("Toggle theme (current theme: auto)"),
    _("Toggle theme (current theme: light)"),
    _("Toggle theme (current theme: dark)"),
    _("Error:"),
    _("Authentication and Authorization"),
    _("%(app)s administration"),
    _("Models in the %(name)s application"),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Add"),
    _("View"),
    _("You don’t have permission to view or edit anything."),
)
LISTS = (
    _("Add %s"),
    _("Change %s"),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Toggle sorting"),
    _("Sorting priority: %(priority_number)s"),
    _("Show counts"),
    _("Hide counts"),
    _("Go"),
    _("0 of %(cnt)s selected"),
    _("Select all objects on this page for an action"),
    _("Select this object for an action - {}"),
    _("Select all %(total_count)s %(module_name)s"),
    _("Click here to select the objects across all pages"),
    _("Clear selection"),
    _("No action selected."),
    _("Items must be selected in order to perform actions on them. No items have been changed."),
    _("Delete selected %(verbose_name_plural)s"),
)
FORMS = (
    ngettext_lazy("Please correct the error below.", "Please correct the errors below."),
    _("This field is required."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Save and add another"),
    _("Save and continue editing"),
    _("View selected %(model)s"),
    _("Delete selected %(model)s"),
    _("Hold down “Control”, or “Command” on a Mac, to select more than one."),
    _("The {name} “{obj}” was added successfully."),
    _("You may edit it again below."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
)
DELETING = (
    _("Objects"),
    _(
        'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? '
        "All of the following related items will be deleted:"
    ),
    _(
        "Are you sure you want to delete the selected %(objects_name)s? "
        "All of the following objects and their related items will be deleted:"
    ),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would result in deleting related objects, "
        "but your account doesn't have permission to delete the following types of objects:"
    ),
    _(
        "Deleting the selected %(objects_name)s would result in deleting related objects, "
        "but your account doesn't have permission to delete the following types of objects:"
    ),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would require deleting "
        "the following protected related objects:"
    ),
    _("Deleting the selected %(objects_name)s would require deleting the following protected related objects:"),
    _("Yes, I’m sure"),
    _("No, take me back"),
    _("Delete multiple objects"),
    _("The %(name)s “%(obj)s” was deleted successfully."),
)
HISTORY = (
    _("Added:"),
    _("Changed:"),
    _("Deleted:"),
    _("Added “%(object)s”."),
    _("Changed “%(object)s” — %(changes)s"),
    _("Deleted “%(object)s.”"),
    _("Added {name} “{object}”."),
    _("Changed {fields} for {name} “{object}”."),
    _("Deleted {name} “{object}”."),
    _("This object doesn’t have a change history. It probably wasn’t added via this admin site."),
    ngettext_lazy("entry", "entries"),
)
SIGNING_IN = (
    _(
        "Please enter the correct %(username)s and password for a staff account. "
        "Note that both fields may be case-sensitive."
    ),
    _("Please enter a correct %(username)s and password. Note that both fields may be case-sensitive."),
    _(
        "You are authenticated as %(username)s, but are not authorized to access this page. "
        "Would you like to login to a different account?"
    ),
    _("Thanks for spending some quality time with the web site today."),
    _("Your password was changed."),
    _(
        "Please enter your old password, for security’s sake, "
        "and then enter your new password twice so we can verify you typed it in correctly."
    ),
    _("Your old password was entered incorrectly. Please enter it again."),
    _("Enter the same password as before, for verification."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    _("This password is too common."),
    _("Your password can’t be too similar to your other personal information."),
)
USERS = (
    _("users"),
    _("staff status"),
    _("superuser status"),
    _("Permissions"),
    _("user permissions"),
    _("Enter a valid email address."),
    _("After you’ve created a user, you’ll be able to edit more user options."),
    _("Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only."),
    _("A user with that username already exists."),
    _("Password-based authentication"),
    _("Enabled"),
    _("Disabled"),
    _(
        "Whether the user will be able to authenticate using a password or not. "
        "If disabled, they may still be able to authenticate using other backends, "
        "such as Single Sign-On or LDAP."
    ),
    _("If disabled, the current password for this user will be lost."),
    _("Set password"),
    _("Set password: %s"),
    _("Reset password"),
    _("Password-based authentication was disabled."),
    _("Enable password-based authentication"),
    _("Disable password-based authentication"),
    _("This action will <strong>enable</strong> password-based authentication for this user."),
    _("Enable password-based authentication for this user by setting a password."),
    _("Raw passwords are not stored, so there is no way to see the user’s password."),
    _("Conflicting form data submitted. Please try again."),
    _("Designates that this user has all permissions without explicitly assigning them."),
    _("The groups this user belongs to. A user will get all permissions granted to each of their groups."),
    _("Designates whether the user can log into this admin site."),
    _("Designates whether this user should be treated as active. Unselect this instead of deleting accounts."),
)
