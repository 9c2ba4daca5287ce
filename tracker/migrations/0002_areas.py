"""The three cities and their 58 wards: facts that every installation needs."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tracker.places.wards import CITIES, WARDS, city_of


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    area = apps.get_model("tracker", "Area")
    for names in (*CITIES, *WARDS):
        area.objects.update_or_create(
            code=names.code,
            defaults={
                "city_id": None if names in CITIES else city_of(names.code).value,
                "name_ja": names.ja,
                "name_en": names.en,
                "name_zh_hans": names.zh_hans,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
