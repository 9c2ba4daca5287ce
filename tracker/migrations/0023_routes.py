"""What is at the till, with every visit: NULL in those from before it was asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0022_labels_of_files")]
    operations = [
        migrations.AddField("visit", "routes", models.PositiveSmallIntegerField(null=True)),
        migrations.AddConstraint(
            "visit",
            models.CheckConstraint(
                condition=models.Q(routes=None) | models.Q(routes__gte=0, routes__lte=255),
                name="every_route_is_known",
            ),
        ),
        migrations.AddConstraint(
            "visit",
            models.CheckConstraint(
                condition=models.Q(routes=None) | models.Q(outcome="answered"),
                name="only_an_answered_visit_has_routes",
            ),
        ),
    ]
