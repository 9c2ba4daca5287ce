"""What was counted as electronics were cars and bicycles too: those counts of frames go.

A table of wards with JSIC 593, imported again, brings the right ones.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def remove_counts(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("tracker", "FrameCount").objects.filter(group="electronics").delete()


class Migration(migrations.Migration):
    dependencies = [("tracker", "0025_rules")]
    operations = [migrations.RunPython(remove_counts, migrations.RunPython.noop)]
