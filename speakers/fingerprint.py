"""Whether anything in a conference has changed since somebody looked: cheap enough for every page of the admin."""

from django.db.models import Count, DateTimeField, F, FloatField, Func, Max, Sum, Value

from conference.models import Conference
from sessions.models import DiscussionQuestion, Material, Part, Session
from speakers.models import Moderator, Person, Speaker

OF_A_SESSION = (Part, DiscussionQuestion, Material, Speaker, Moderator)
OF_A_CONFERENCE = ("rooms", "tracks", "topics", "formats")


def fingerprint(conference: Conference) -> tuple:
    """Differs whenever something that could be published has changed.

    For each table it counts the rows and adds up when they changed: the latest change alone would miss one that began
    before it and was committed after it, or an edit that was undone. Positions are added up, too, since putting rows in
    order does not touch `changed_at`. Code that writes rows in bulk must set `changed_at` itself.
    """
    tables = [table(getattr(conference, name).all(), positioned=True) for name in OF_A_CONFERENCE]
    tables += [table(conference.sessions.all())]
    tables += [table(model.objects.filter(session__conference=conference), positioned=True) for model in OF_A_SESSION]
    tables += [table(Session.topics.through.objects.filter(session__conference=conference), changed=None)]
    tables += [table(Person.objects.all()), table(conference.known_problems.all(), changed="created_at")]
    first, *others = (rows.annotate(table=Value(number)) for number, rows in enumerate(tables))
    own = Conference.objects.values_list("changed_at", "current_release_id").get(pk=conference.pk)
    return own, tuple(sorted(first.union(*others, all=True), key=lambda row: row[-1]))


def table(rows, changed="changed_at", positioned=False):
    """A query for one row: how many rows there are, the last of them, when they changed, and how they are ordered."""
    return (
        rows.order_by()
        .annotate(everything=Value(1))
        .values_list("everything")
        .annotate(
            rows=Count("pk"),
            last=Max("pk"),
            latest=Max(changed) if changed else Value(None, DateTimeField()),
            changed=Sum(Seconds(changed)) if changed else Value(0.0),
            order=Sum(F("position") * F("pk")) if positioned else Value(0),
        )
    )


class Seconds(Func):
    """A moment as a number that can be added up; of days, and not quite exact, on SQLite, where only one writes at a time."""

    template = "EXTRACT(EPOCH FROM %(expressions)s)"
    output_field = FloatField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="julianday(%(expressions)s)", **context)
