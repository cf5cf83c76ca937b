"""Uploaded files, where no web server in front serves them."""

from django.conf import settings
from django.views.static import serve

from conference.safety import NO_PAGE


def media(request, path):
    """A picture or a document. Names of pictures come from their content, so browsers may keep them for ever."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Content-Security-Policy"] = f"{NO_PAGE}; sandbox"
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if path.startswith("pictures/") else "public, max-age=3600"
    )
    return response
