"""Changes as a page of the admin lists them: in groups, in words, each with the way to its form."""

from dataclasses import dataclass
from itertools import chain

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Room
from programme.compare import Change, Kind
from programme.describe import Description, describe
from programme.selected import Key, key_of
from sessions.models import Format, Session, Topic, Track
from speakers.models import Person

SHOWN = 40  # changes of a group that are seen at once; the rest unfolds
SUMMED_UP = 12  # where more than these are new, and nothing else changed, they are counted instead
MODELS = {
    "conference": Conference,
    "session": Session,
    "person": Person,
    "room": Room,
    "track": Track,
    "topic": Topic,
    "format": Format,
}
GROUPS = {
    _("The conference"): ["conference"],
    _("Sessions"): ["session"],
    _("People"): ["person"],
    _("Rooms, tracks, topics and formats"): ["room", "track", "topic", "format"],
}
COUNTED = {
    "session": ngettext_lazy("%(count)s session", "%(count)s sessions", "count"),
    "room": ngettext_lazy("%(count)s room", "%(count)s rooms", "count"),
    "track": ngettext_lazy("%(count)s track", "%(count)s tracks", "count"),
    "topic": ngettext_lazy("%(count)s topic", "%(count)s topics", "count"),
    "format": ngettext_lazy("%(count)s format", "%(count)s formats", "count"),
}


@dataclass(frozen=True)
class Choice:
    """Whether a change is to be published."""

    value: str  # in the form
    is_ticked: bool
    notes: tuple[str, ...] = ()  # what it takes along, in words
    held: str = ""  # why it waits, whatever staff choose


@dataclass(frozen=True)
class Told:
    description: Description
    form: str  # the address of its form; "" for what is gone
    key: Key
    choice: Choice | None = None  # where staff choose what to publish


@dataclass(frozen=True)
class Group:
    title: str
    shown: list[Told]
    folded: list[Told]
    summary: str = ""  # of much that is new: "26 sessions"


def told(changes: tuple[Change, ...], conference: Conference) -> list[Group]:
    """Groups with something in them. Where very much is new, as at first, it is summed up, and unfolds."""
    forms = forms_of(changes)
    groups = ((title, [c for c in changes if c.about in kinds]) for title, kinds in GROUPS.items())
    return [group(str(title), found, conference, forms) for title, found in groups if found]


def few(changes: tuple[Change, ...], conference: Conference) -> list[Told]:
    """Some changes, in words, in their order."""
    return listed_of(changes, conference, forms_of(changes))


def listed_of(changes, conference, forms):
    language, zone = get_language(), conference.zone
    return [Told(describe(c, language, zone), forms.get(key_of(c), ""), key_of(c)) for c in changes]


def group(title, changes, conference, forms):
    listed = listed_of(changes, conference, forms)
    if len(changes) > SUMMED_UP and all(change.kind == Kind.ADDED for change in changes):
        return Group(title, [], listed, summary_of(changes))
    return Group(title, listed[:SHOWN], listed[SHOWN:])


def summary_of(changes):
    kinds = [change.about for change in changes]
    counted = (str(words % {"count": kinds.count(kind)}) for kind, words in COUNTED.items() if kind in kinds)
    return gettext("New: %(things)s") % {"things": ", ".join(counted)}


def forms_of(changes) -> dict:
    """{(what, uuid): address of its form}: a query for each kind of thing that changed."""
    wanted = {kind: [c.uuid for c in changes if c.about == kind and c.kind != Kind.GONE] for kind in MODELS}
    return dict(chain.from_iterable(addresses_of(kind, uuids) for kind, uuids in wanted.items() if uuids))


def addresses_of(kind, uuids):
    model = MODELS[kind]
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    rows = (
        model.objects.values_list("uuid", "pk")
        if len(uuids) > 500
        else model.objects.filter(uuid__in=uuids).values_list("uuid", "pk")
    )
    return (((kind, uuid), reverse(name, args=[pk])) for uuid, pk in rows)
