"""Publishers may erase a person from everything, releases too."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def let_publishers_erase(apps, schema_editor):
    alias = schema_editor.connection.alias
    config = apps.get_app_config("programme")  # Django itself makes permissions only after all migrations
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=alias)
    config.models_module = None
    erase = apps.get_model("auth", "Permission").objects.using(alias).get(
        content_type__app_label="programme", codename="erase"
    )
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name="Publishers"):
        group.permissions.add(erase)


class Migration(migrations.Migration):

    dependencies = [
        ("programme", "0006_erased_people"),
    ]

    operations = [migrations.RunPython(let_publishers_erase, migrations.RunPython.noop)]
