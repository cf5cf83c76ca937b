"""Problems that somebody has looked at and means to be so: they are told no more, until their facts change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import Conference


class KnownProblem(models.Model):
    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="known_problems"
    )
    identity = models.CharField(max_length=32)  # Problem.identity
    known_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()  # who may change sessions may say so
        verbose_name = _("problem that is meant so")
        verbose_name_plural = _("problems that are meant so")
        constraints = [models.UniqueConstraint(fields=["conference", "identity"], name="known_once_in_a_conference")]

    def __str__(self):
        return self.identity


def known_in(conference: Conference) -> set[str]:
    """The identities of the problems that are known. One query."""
    return set(KnownProblem.objects.filter(conference=conference).values_list("identity", flat=True))


def remember(problem, conference: Conference, user, still_there):
    """Tell of a problem no more. What is known, and is none of the problems that are there now, is forgotten."""
    KnownProblem.objects.filter(conference=conference).exclude(identity__in=still_there).delete()
    KnownProblem.objects.get_or_create(conference=conference, identity=problem.identity, defaults={"known_by": user})
