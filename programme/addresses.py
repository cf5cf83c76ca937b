"""The public addresses. They never depend on a request, so that pages and files are the same for everybody."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse


@lru_cache(maxsize=16384)  # a big day leads to the same few thousand pages again and again
def path(name: str, language: str | None, conference: str | None, **kwargs) -> str:
    """The path of a page or file in programme/urls.py: `path("session", "nb", "sammen", slug="apning")`.

    Leave out (None) the conference or the language that an address does not have: "home" and "conferences".
    Raises django.urls.NoReverseMatch for an address that does not exist.
    """
    parts = {"language": language, "conference": conference, **kwargs}
    return reverse(
        name, urlconf="programme.urls", kwargs={key: part for key, part in parts.items() if part is not None}
    )


def absolute(path: str) -> str:
    """A path with the scheme and host that the public knows this site by."""
    return settings.PUBLIC_URL + path
