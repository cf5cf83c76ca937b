from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpeakersConfig(AppConfig):
    name = "speakers"
    verbose_name = _("People")

    def ready(self):
        import_module("speakers.history")  # after the translations, which add the columns that are kept
