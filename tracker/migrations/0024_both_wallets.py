"""A measure more, both wallets in one shop, and another definition of either.

Either is observed where both are known now, so everything is counted anew by the worker. Until
then either is as it was, and nothing is known of both.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models.expressions import NegatedExpression
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone

MEASURES = ["alipay", "wechat_pay", "chinese_staff", "either_wallet", "both_wallets"]
RULE = "a_row_of_counts_counts_something"


def ask_for_counts(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if apps.get_model("tracker", "Visit").objects.filter(state="approved").exists():
        now = timezone.now()
        apps.get_model("tracker", "OutboxMessage").objects.create(
            handler="begin_rebuild", about="all", created_at=now, due_at=now
        )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0023_routes")]
    operations = [
        migrations.RemoveConstraint("adoptioncount", RULE),
        migrations.AddField("adoptioncount", "both_wallets", models.BinaryField(default=b"")),
        migrations.AddConstraint(
            "adoptioncount",
            models.CheckConstraint(
                condition=models.Q(
                    *(NegatedExpression(Exact(Length(measure), 0)) for measure in MEASURES),
                    _connector="OR",
                ),
                name=RULE,
            ),
        ),
        migrations.RunPython(ask_for_counts, migrations.RunPython.noop),
    ]
