"""Who was in a part that goes stays in its session, unless that goes as well: no change of any table."""

import speakers.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conference_sessions', '0002_references_and_rules'),
        ('speakers', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='moderator',
            name='part',
            field=models.ForeignKey(blank=True, help_text='Empty: all parts.', null=True, on_delete=speakers.models.stay_in_the_session, related_name='moderators', to='conference_sessions.part', verbose_name='part'),
        ),
        migrations.AlterField(
            model_name='speaker',
            name='part',
            field=models.ForeignKey(blank=True, help_text='Empty: all parts.', null=True, on_delete=speakers.models.stay_in_the_session, related_name='speakers', to='conference_sessions.part', verbose_name='part'),
        ),
    ]
