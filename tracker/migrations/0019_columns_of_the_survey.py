"""The columns of counts have a default, and the rule about empty rows names each measure alike.

Columns and rule are made from the survey now, so that a new measure needs no hand: it begins
with no counts. A default is Django's alone: no table is written anew for it.
"""

from django.db import migrations, models
from django.db.models.expressions import NegatedExpression
from django.db.models.functions import Length
from django.db.models.lookups import Exact

MEASURES = ["alipay", "wechat_pay", "chinese_staff", "either_wallet"]
RULE = "a_row_of_counts_counts_something"


class Migration(migrations.Migration):
    dependencies = [("tracker", "0018_words")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("adoptioncount", measure, models.BinaryField(default=b""))
                for measure in MEASURES
            ]
        ),
        migrations.RemoveConstraint("adoptioncount", RULE),
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
    ]
