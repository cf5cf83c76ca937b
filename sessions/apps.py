from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "sessions"
    label = "conference_sessions"  # django.contrib.sessions owns "sessions"
    verbose_name = _("Sessions")
