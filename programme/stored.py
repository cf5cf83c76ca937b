"""What is published about people, counted in the very programme that is published: for the page on personal data."""

from django.utils.translation import gettext_lazy as _

from programme.whole import Programme

PUBLISHED = {  # every field of values.Person, and what it is called
    "name": _("name"),
    "sort_name": _("name for sorting"),
    "title": _("title"),
    "organisation": _("organisation"),
    "affiliation": _("affiliation"),
    "pronouns": _("pronouns"),
    "pronunciation": _("pronunciation"),
    "biography": _("biography"),
    "photo": _("photo"),
    "links": _("links"),
}
OF_THE_PAGE = {"uuid", "slug"}  # how a person's page and calendar are found


def published_about(programme: Programme) -> list[tuple[str, int]]:
    """(what, about how many people) of everything that a programme says of somebody."""
    counted = ((words, sum(bool(getattr(p, name)) for p in programme.people)) for name, words in PUBLISHED.items())
    return [(words, count) for words, count in counted if count]
