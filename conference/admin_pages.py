"""Pages of our own in the admin: who may open them, and all that Django's own pages have around them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse


def may(user, *permissions: str) -> bool:
    """Whether somebody works here, and has all of these permissions ("programme.publish")."""
    return user.is_active and user.is_staff and user.has_perms(permissions)


def must(allowed: bool):
    """Go on only where it is allowed. Raises PermissionDenied, which the site answers with a page of its own (403)."""
    if not allowed:
        raise PermissionDenied


def admin_page(request, template: str, context: dict, status: int = 200) -> TemplateResponse:
    """A page from templates/admin/ ("board.html"), within the frame of the admin."""
    request.current_app = admin.site.name
    return TemplateResponse(request, f"admin/{template}", admin.site.each_context(request) | context, status=status)
