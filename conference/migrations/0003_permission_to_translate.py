from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('conference', '0002_current_release'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='conference',
            options={'ordering': ['-starts_on', 'pk'], 'permissions': [('translate', 'Can translate texts, and change nothing else')], 'verbose_name': 'conference', 'verbose_name_plural': 'conferences'},
        ),
    ]
