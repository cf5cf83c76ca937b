import gc
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SELDOM = 20_000, 20, 20  # gc.set_threshold: what works on a whole programme makes a million objects, and keeps most


class ConferenceConfig(AppConfig):
    name = "conference"
    verbose_name = _("Conference")

    def ready(self):
        gc.set_threshold(*SELDOM)
        import_module("conference.accounts")  # listens to accounts and groups
