"""Publishers may share previews with people outside; an operator may let others do it, too."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def let_publishers_share(apps, schema_editor):
    alias = schema_editor.connection.alias
    config = apps.get_app_config("programme")  # Django itself makes permissions only after all migrations
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=alias)
    config.models_module = None
    share = apps.get_model("auth", "Permission").objects.using(alias).get(
        content_type__app_label="programme", codename="share"
    )
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name="Publishers"):
        group.permissions.add(share)


class Migration(migrations.Migration):

    dependencies = [
        ("programme", "0004_planned_releases_and_preview_links"),
    ]

    operations = [migrations.RunPython(let_publishers_share, migrations.RunPython.noop)]
