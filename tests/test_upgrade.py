"""An operator upgrades from any earlier version: what was written then is there afterwards, and every release is still read.

One database goes through every state that the tables of ours have had, in order. In each of them rows are written into
all tables as they are then, so that each state's rows live through all that comes after it.
"""

import datetime as dt
import json
import uuid
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from conference.archive import applied_targets
from programme.codec import SCHEMA, from_json, to_json
from programme.shelf import shelf

OURS = ("conference", "conference_sessions", "speakers", "programme")
FIRST = [  # what the first version had, and below what each later one added; the newest follow by themselves
    *(("conference", "0002_current_release"), ("conference_sessions", "0002_references_and_rules")),
    *(("speakers", "0001_initial"), ("programme", "0001_initial")),
]
LATER = [
    ("programme", "0002_number_of_changes"),
    ("conference", "0003_permission_to_translate"),
    ("programme", "0003_editors_translators_publishers"),
    ("conference", "0004_step_free_rooms"),
    ("speakers", "0002_keep_people_of_a_part_in_its_session"),
    ("conference_sessions", "0003_files_in_folders_of_their_own"),
    ("conference", "0005_minutes_between_rooms"),
    ("conference_sessions", "0004_expected_attendance_and_version"),
    ("programme", "0004_planned_releases_and_preview_links"),
    ("programme", "0005_publishers_share_previews"),
    ("conference", "0006_who_has_a_form_open"),
]
KEPT = sorted((Path(__file__).parent / "releases").glob("schema-*.json"))  # as Plenum wrote them at the time
MOMENT = dt.datetime(2030, 1, 31, 9, tzinfo=dt.UTC)
CHOSEN = {
    "languages": ["nb", "nn", "en", "fr"],
    "timezone": "Europe/Oslo",
    "state": "public",
    "is_current": False,
    "accent_colour": "#1f6f54",
    "colour": "#1f6f54",
    "ends_at": MOMENT + dt.timedelta(hours=1),
    "replaced_by": None,
    "part": None,
    "addressed_to": None,
}
CHANGED_ON_PURPOSE: set[tuple[str, str]] = set()  # (model, column) that a migration gives another value


@pytest.fixture
def empty_database(django_db_setup, django_db_blocker, tmp_path):
    """A database without a table, in the place of the one that tests use."""
    usual = connections["default"]
    name = str(tmp_path / "old.sqlite3") if usual.vendor == "sqlite" else f"upgrade_{uuid.uuid4().hex}"
    with django_db_blocker.unblock():
        on_the_server(usual, f"CREATE DATABASE {name}")
        connections["default"] = usual.copy()
        connections["default"].settings_dict["NAME"] = name
        yield connections["default"]
        connections["default"].close()
        connections["default"] = usual
        on_the_server(usual, f"DROP DATABASE {name}")
    ContentType.objects.clear_cache()


def on_the_server(usual, sql):
    if usual.vendor == "postgresql":
        with usual._nodb_cursor() as cursor:
            cursor.execute(sql)


def states():
    """The models of each state that our tables have had since the first version, in the order of the versions."""
    yield migrated(FIRST)
    for target in LATER:
        yield migrated([target])
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    newest = MigrationExecutor(connection).migration_plan([leaf for leaf in leaves if leaf[0] in OURS])
    for migration, _backwards in newest:
        yield migrated([(migration.app_label, migration.name)])
    yield migrated(leaves)


def migrated(targets):
    MigrationExecutor(connection).migrate(targets)
    return MigrationExecutor(connection).loader.project_state(applied_targets()).apps


def test_no_state_is_left_out():
    """One that is missing in LATER would be passed by on the way to the next, without a row of its own."""
    graph = MigrationLoader(None).graph
    first = {node for target in FIRST for node in graph.forwards_plan(target)}
    gone_through = {node for target in LATER for node in graph.forwards_plan(target)} - first
    assert {node for node in gone_through if node[0] in OURS} == set(LATER)


def in_order(found):
    """Models, each after those that its rows must point at."""
    waiting, done = {model._meta.label: model for model in found}, []
    while waiting:
        ready = [label for label, model in waiting.items() if not needed_by(model) & waiting.keys()]
        done += [waiting.pop(label) for label in ready]
    return done


def needed_by(model):
    fields = [f for f in model._meta.local_concrete_fields if f.remote_field and not f.null]
    return {f.remote_field.model._meta.label for f in fields}


def written(models_then, stage: int) -> dict:
    """{(model, pk): {column: value}} of one row in every table of ours."""
    made = {"auth.User": models_then.get_model("auth", "User").objects.create(username=f"staff-{stage}")}
    for model in in_order(m for label in OURS for m in models_then.get_app_config(label).get_models()):
        filled = {f.name: value_of(f, stage, made) for f in model._meta.local_concrete_fields if not f.primary_key}
        made[model._meta.label] = model.objects.create(**filled)
    conference, release = made["conference.Conference"], made["programme.Release"]
    release.programme = kept_programme(stage) | {"slug": conference.slug, "uuid": str(conference.uuid)}
    release.save()
    conference.current_release = release
    conference.save()
    return {(label, row.pk): columns_of(row) for label, row in made.items() if label != "auth.User"}


def value_of(field, stage, made):
    if field.name in CHOSEN:
        return CHOSEN[field.name]
    if field.remote_field:
        return made.get(field.remote_field.model._meta.label)
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DateTimeField):
        return MOMENT
    if isinstance(field, models.DateField):
        return MOMENT.date()
    if isinstance(field, models.GenericIPAddressField):
        return "203.0.113.9"
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    if isinstance(field, models.CharField | models.TextField | models.FileField):
        return next((value for value, _words in field.choices or ()), f"{field.name}-{stage}"[: field.max_length or 99])
    return 1 + stage


def columns_of(row):
    row.refresh_from_db()  # as the database has it
    return {f.attname: getattr(row, f.attname) for f in row._meta.local_concrete_fields}


def kept_programme(stage):
    return json.loads(KEPT[stage % len(KEPT)].read_text())


def test_what_was_written_in_any_earlier_version_is_there_after_an_upgrade(empty_database, visitor):
    rows, seen = {}, 0
    for models_then in states():
        rows |= written(models_then, seen)
        seen += 1
    now = models_then  # without the languages' way of reading

    assert seen > len(LATER)
    assert len(rows) >= 13 * seen
    for (label, pk), before in rows.items():
        after = columns_of(now.get_model(label)._base_manager.get(pk=pk))
        for column in before.keys() & after.keys() - {c for each, c in CHANGED_ON_PURPOSE if each == label}:
            assert str(after[column]) == str(before[column]), f"{label}.{column}"
    releases = now.get_model("programme", "Release").objects.all()
    assert len(releases) == seen
    for release in releases:
        assert len(from_json(release.programme).sessions) >= 4
    for stage in range(seen):
        assert "Nytt navn" in visitor.get(f"/nb/slug-{stage}/programme/").text
    tables_that_change_take_no_page_away(visitor, "/nb/slug-0/sessions/apning/")


def tables_that_change_take_no_page_away(visitor, page):
    """As for the old process while `migrate` runs: the tables are not as it knows them."""
    known = visitor.get(page)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE conference_conference RENAME TO being_changed")
    shelf.forget()
    assert (visitor.get(page).status_code, visitor.get(page).content) == (known.status_code, known.content)


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)
def test_a_release_that_an_earlier_version_wrote_is_read(file):
    programme = from_json(json.loads(file.read_text()))

    assert programme.number == 2
    assert [session.title["nb"] for session in programme.sessions].count("Nytt navn") == 1
    notes = [] if file.stem == "schema-1-first" else ["Første utgave"]  # it kept no history yet
    assert [told.note["nb"] for told in programme.history if told.number == 1] == notes
    assert from_json(to_json(programme)) == programme


def test_a_release_of_each_schema_is_kept_here():
    kept = {json.loads(file.read_text())["schema"] for file in KEPT}
    assert kept == set(range(1, SCHEMA + 1)), "keep one as the new version writes it, in tests/releases"
