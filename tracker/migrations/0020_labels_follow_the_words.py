"""Labels of choices as docs/words.md has them; no column changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0019_columns_of_the_survey'),
    ]

    operations = [
        migrations.AlterField(
            model_name='decision',
            name='how',
            field=models.CharField(choices=[('single', 'Reviewed individually'), ('bulk', 'Approved in bulk'), ('rule', 'Auto-approved: not sampled for review')], db_default='single', default='single', max_length=8),
        ),
        migrations.AlterField(
            model_name='screening',
            name='priority',
            field=models.CharField(choices=[('high', 'High priority'), ('medium', 'Medium priority'), ('low', 'Low priority')], max_length=8),
        ),
        migrations.AlterField(
            model_name='screening',
            name='review_reason',
            field=models.CharField(choices=[('new_worker', 'One of this worker’s first entries'), ('flagged', 'Flagged'), ('random', 'Random sample'), ('again', 'Resubmitted, corrected or reopened'), ('rule', 'Auto-approved')], max_length=12),
        ),
        migrations.AlterField(
            model_name='spotcheck',
            name='kind',
            field=models.CharField(choices=[('second_look', 'Re-review of another moderator’s decision'), ('audit', 'Entry on which two moderators agreed')], max_length=12),
        ),
        migrations.AlterField(
            model_name='visit',
            name='no_photo',
            field=models.CharField(blank=True, choices=[('not_allowed', 'The shop does not allow photos'), ('no_sign', 'There is no sign to photograph'), ('camera', 'The camera does not work'), ('other', 'Other reason (see note)')], db_default='', default='', max_length=12),
        ),
    ]
