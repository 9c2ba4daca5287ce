"""Labels of choices as docs/words.md has them, once more; no column changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0020_labels_follow_the_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="photo",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Processing"),
                    ("ready", "Ready"),
                    ("refused", "Unusable photo"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="visit",
            name="notice",
            field=models.CharField(
                blank=True,
                choices=[
                    ("kept", "Prompted about a difference, answer kept"),
                    ("changed", "Prompted about a difference, answer changed"),
                ],
                db_default="",
                default="",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="visit",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("answered", "Answered"),
                    ("closed_today", "Closed today"),
                    ("closed_for_good", "Permanently closed"),
                    ("not_found", "Cannot be found"),
                    ("replaced", "Another shop is here now"),
                    ("refused", "Refused (not let in, or no answer given)"),
                ],
                max_length=16,
            ),
        ),
    ]
