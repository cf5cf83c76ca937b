"""What staff are warned of in a conference."""

from django.utils.translation import override

from sessions.problems import problems_of


def kinds(conference):
    return [problem.kind for problem in problems_of(conference)]


def words(conference):
    with override("en"):
        return [problem.words for problem in problems_of(conference)]
