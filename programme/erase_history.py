"""Somebody taken out of the history: of their own steps, of the sessions they were on stage in, and of all texts."""

import json

from django.contrib.admin.models import LogEntry
from django.db.models import Q
from reversion.models import Revision, Version

from conference.slugs import slug_of
from conference.steps import columns_in, kind_of
from programme.erased_json import named_in, readdressed, taken_out, tellable, unnamed
from programme.traces import Traces, versions_on_stage
from sessions.models import DiscussionQuestion
from speakers.models import Moderator, Person, Speaker


def erase_from_history(traces: Traces, names: set[str]) -> int:
    """Delete and rewrite what the history and Django's own log hold of somebody; how many versions that were."""
    own = Version.objects.filter(content_type=kind_of(Person), object_id__in=map(str, traces.pks))
    on_stage = [v.pk for model in (Speaker, Moderator) for v in versions_on_stage(model, traces.pks)]
    going = Version.objects.filter(Q(pk__in=[v.pk for v in own]) | Q(pk__in=on_stage))
    steps = set(going.values_list("revision", flat=True))
    count = going.delete()[0]
    count += ask_nobody(traces.speaking) + unname_versions(names)
    unname_steps(names, traces.names)
    Revision.objects.filter(pk__in=steps, version__isnull=True).delete()
    LogEntry.objects.filter(content_type=kind_of(Person), object_id__in=map(str, traces.pks)).delete()
    unname_log(names)
    return count


def ask_nobody(speaking) -> int:
    """Questions of earlier steps that were addressed to somebody are addressed to nobody, as those of today."""
    count = 0
    for version in Version.objects.filter(content_type=kind_of(DiscussionQuestion)):
        if columns_in(version).get("addressed_to") in speaking:
            rewrite(version, lambda columns: columns | {"addressed_to": ""})
            count += 1
    return count


def rewrite(version, change):
    data = json.loads(version.serialized_data)
    data[0]["fields"] = change(data[0]["fields"])
    version.serialized_data = json.dumps(data, ensure_ascii=False)
    version.save(update_fields=["serialized_data", "object_repr"])


def holding(column, names) -> Q:
    """Rows whose column may hold one of the names: they are looked for by their longest word, as it is or as JSON writes
    it. (SQLite knows small and capital letters of English alone.)"""
    found = Q(pk__in=[])
    for longest in {max(name.split(), key=len) for name in names if name.strip()}:
        for word in {longest, longest.lower(), longest.upper()}:
            found |= Q(**{f"{column}__icontains": word}) | Q(**{f"{column}__icontains": json.dumps(word)[1:-1]})
    return found


def unname_versions(names) -> int:
    pattern = named_in(names)
    if not pattern:
        return 0
    slugs = set(filter(None, map(slug_of, tellable(names))))
    found = Version.objects.filter(holding("serialized_data", names | slugs) | holding("object_repr", names))
    for version in found:
        version.object_repr = taken_out(version.object_repr, pattern)
        rewrite(version, lambda columns: taken_out(addressed(columns, slugs), pattern))
    return len(found)


def addressed(columns, slugs):
    return readdressed(columns, slugs) if {"slug", "uuid"} <= columns.keys() else columns


def unname_steps(names, all_names):
    """The words of steps. One that tells a name alone (“Brought back …”) loses it, even one of a single word."""
    for step in Revision.objects.filter(holding("comment", all_names)):
        try:
            told = unnamed(json.loads(step.comment), names)
            told["with"] = {name: "…" if words in all_names else words for name, words in told["with"].items()}
            step.comment = json.dumps(told)
        except (ValueError, TypeError, KeyError):
            step.comment = unnamed(step.comment, names)
        step.save(update_fields=["comment"])


def unname_log(names):
    for entry in LogEntry.objects.filter(holding("object_repr", names) | holding("change_message", names)):
        entry.object_repr = unnamed(entry.object_repr, names)
        try:
            entry.change_message = json.dumps(unnamed(json.loads(entry.change_message), names))
        except ValueError:
            entry.change_message = unnamed(entry.change_message, names)
        entry.save(update_fields=["object_repr", "change_message"])
