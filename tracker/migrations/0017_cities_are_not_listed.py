"""No rule of the database lists the cities any more: an extract refers to an area instead."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def none_for_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("tracker", "Extract").objects.filter(city="").update(city=None)


def empty_for_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("tracker", "Extract").objects.filter(city=None).update(city="")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0016_extracts")]
    operations = [
        migrations.RemoveConstraint(
            model_name="area", name="a_ward_has_a_city_and_a_city_has_none"
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", models.F("city")), _negated=True),
                name="an_area_is_not_its_own_city",
            ),
        ),
        migrations.RemoveConstraint(model_name="extract", name="an_extract_is_of_a_city_or_all"),
        migrations.AlterField(
            model_name="extract",
            name="city",
            field=models.CharField(max_length=5, null=True),
        ),
        migrations.RunPython(none_for_all, empty_for_all),
        migrations.AlterField(
            model_name="extract",
            name="city",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.area",
            ),
        ),
    ]
