"""A publisher at the review: what is ticked, what is pressed, and what the public reads then."""

from django.urls import reverse

from programme.models import Release
from programme.publish import programme_of


def review_of(conference):
    return reverse("admin:programme_release_review", args=[conference.pk])


def press(staff, conference, only=None, **fields):
    """Review, tick some sessions (or leave all ticked), and press the button."""
    page = staff.get(review_of(conference))
    choices = [told.choice.value for group in page.context["groups"] for told in group.shown + group.folded]
    ticked = choices if only is None else [f"session:{session.uuid}" for session in only]
    sent = {"reviewed": page.context["seal"], "choosing": "1", "change": ticked} | fields
    return staff.post(review_of(conference), sent, follow=True)


def public_titles(conference):
    release = Release.objects.filter(conference=conference).order_by("-number").first()
    return {session.title["nb"] for session in programme_of(release).sessions}
