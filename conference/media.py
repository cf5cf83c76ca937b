"""Uploaded files. Pictures are shown; all else is handed out, and can do nothing on this site, whatever is in it."""

from django.conf import settings
from django.http import Http404
from django.views.static import serve

from conference.safety import NO_PAGE

PICTURES, DOCUMENTS = "pictures/", "materials/"
HEADERS = {
    "Content-Security-Policy": f"{NO_PAGE}; sandbox",
    "X-Accel-Expires": "60",  # nginx asks again, so that what was erased is gone for new visitors within a minute
}


def media(request, path):
    """A picture or a document. Names of pictures come from their content, so browsers may keep them for ever."""
    if not path.startswith((PICTURES, DOCUMENTS)):  # what is kept for a form is nobody else's
        raise Http404
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError) as error:  # a name that no file can have
        raise Http404 from error
    own = of_a_picture() if path.startswith(PICTURES) else of_a_document(path)
    for name, value in (HEADERS | own).items():
        response.headers[name] = value
    return response


def of_a_picture():
    return {"Cache-Control": "public, max-age=31536000, immutable"}


def of_a_document(path):
    is_text = path.lower().endswith(".txt")
    return {
        "Cache-Control": "public, max-age=3600",
        "Content-Disposition": "attachment",
        **({"Content-Type": "text/plain; charset=utf-8"} if is_text else {}),
    }
