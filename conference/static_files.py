"""How static files are kept for production: with a hash in their name, compressed, and our scripts without comments."""

from django.core.files.base import ContentFile
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("modules/", "offline/", "admin-plenum/")


class Slim(CompressedManifestStaticFilesStorage):
    """What every first visit fetches is a quarter smaller without what is for the scripts' authors."""

    def _save(self, name, content):
        if name.startswith(OURS) and name.endswith(".js"):
            content.seek(0)
            content = ContentFile(jsmin(content.read().decode()).encode())
        return super()._save(name, content)
