"""The button that takes back what a message reports. It belongs to the form #undo-form in admin/base_site.html."""

from django.contrib import messages
from django.utils.html import format_html
from django.utils.translation import gettext as _


def offer_undo(request, revision):
    """Put a button that undoes a step beside the last message that this request says; nothing for a step that is none."""
    queued = messages.get_messages(request)._queued_messages
    if revision is not None and queued:
        button = '{} <button class="undo" form="undo-form" name="step" value="{}">{}</button>'
        queued[-1].message = format_html(button, queued[-1].message, revision.pk, _("Undo"))
