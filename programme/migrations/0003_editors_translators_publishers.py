"""Three groups of staff: Editors write everything, Translators write words only, Publishers write and publish."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = {
    "conference": ["conference", "room"],
    "conference_sessions": ["track", "topic", "format", "session", "part", "discussionquestion", "material"],
    "speakers": ["person", "speaker", "moderator"],
}
KEPT = {"delete_conference"}  # takes everything with it, so no group may
SEEN = ["view_release"]


def permissions(apps, alias, codenames):
    return apps.get_model("auth", "Permission").objects.using(alias).filter(
        content_type__app_label__in=[*CONTENT, "programme"], codename__in=codenames
    )


def make_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    for label in [*CONTENT, "programme"]:  # Django itself makes permissions only after all migrations
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=alias)
        config.models_module = None
    models = [model for names in CONTENT.values() for model in names]
    edit = {f"{act}_{model}" for model in models for act in ("view", "add", "change", "delete")} - KEPT
    groups = {
        "Editors": [*edit, *SEEN],
        "Translators": ["translate", *(f"view_{model}" for model in models)],
        "Publishers": [*edit, *SEEN, "publish"],
    }
    for name, codenames in groups.items():
        group, _made = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*permissions(apps, alias, codenames))


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("conference", "0003_permission_to_translate"),
        ("conference_sessions", "0002_references_and_rules"),
        ("speakers", "0001_initial"),
        ("programme", "0002_number_of_changes"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
