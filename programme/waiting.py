"""How many changes wait to be published: cheap enough for every page of the admin."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, DateTimeField, F, FloatField, Func, Max, Sum, Value

from conference.models import Conference
from programme.compare import Change, compare
from programme.publish import next_programme, published
from programme.take import take
from programme.whole import Programme
from sessions.models import DiscussionQuestion, Material, Part, Session
from speakers.models import Moderator, Person, Speaker

OF_A_SESSION = (Part, DiscussionQuestion, Material, Speaker, Moderator)
OF_A_CONFERENCE = ("rooms", "tracks", "topics", "formats")
FEW = 4


@dataclass(frozen=True)
class Standing:
    """What the public reads of a conference, and how far staff are ahead of it."""

    waiting: int  # changes that the next release would tell of
    slug: str = ""  # in the address of the public pages; "" before the first release
    languages: tuple[str, ...] = ()
    first: tuple[Change, ...] = ()  # a few of the changes, sessions before anything else


def standing_of(conference: Conference) -> Standing:
    """Two queries, and a comparison only after something was edited."""
    return counted(conference.pk, fingerprint(conference))


@lru_cache(maxsize=64)
def counted(pk: int, _fingerprint: tuple) -> Standing:
    conference = Conference.objects.select_related("current_release").get(pk=pk)
    old = published(conference)
    changes = compare(old, take(conference))
    first = tuple(sorted(changes, key=lambda change: change.about != "session")[:FEW])
    return Standing(len(changes), old.slug, old.languages, first) if old else Standing(len(changes))


def live(conference: Conference) -> Programme:
    """The programme as staff see it in a preview; taken again only after something was edited."""
    return taken(conference.pk, fingerprint(conference))


@lru_cache(maxsize=4)
def taken(pk: int, _fingerprint: tuple) -> Programme:
    return next_programme(Conference.objects.select_related("current_release").get(pk=pk))


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
    tables += [table(Person.objects.all())]
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
