"""New files get addresses that nobody can guess; those that are there keep theirs. No change of any table."""

import django.core.validators
import sessions.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conference_sessions', '0002_references_and_rules'),
    ]

    operations = [
        migrations.AlterField(
            model_name='material',
            name='file',
            field=models.FileField(blank=True, upload_to=sessions.models.folder_of_its_own, validators=[django.core.validators.FileExtensionValidator(['pdf', 'odp', 'odt', 'ods', 'pptx', 'docx', 'xlsx', 'txt', 'zip'])], verbose_name='file'),
        ),
    ]
