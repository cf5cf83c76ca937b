"""Commands speak the language of the operator's terminal."""

import os

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import translation

from conference.metrics import job_done

JOBS = {"publish_due", "backup"}  # run by a timer; whoever watches wants to know how they end


class OperatorCommand(BaseCommand):
    """A command whose words are in the operator's language."""

    def execute(self, *args, **options):
        name, succeeded = type(self).__module__.rpartition(".")[2], False
        try:
            with translation.override(operators_language(os.environ)):
                done = super().execute(*args, **options)
            succeeded = True
        finally:
            if name in JOBS:
                job_done(name, succeeded)
        return done


def operators_language(environment) -> str:
    """One of the site's languages from the locale variables (POSIX.1-2017, 8.2), such as LANG=nn_NO.UTF-8; else English."""
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    code = said.partition(".")[0].partition("_")[0].lower()
    code = {"no": "nb"}.get(code, code)
    return code if code in dict(settings.LANGUAGES) else "en"
