"""Rules about routes, and the measures that follow from them; no visit has a route yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.expressions import NegatedExpression
from django.db.models.functions import Length
from django.db.models.lookups import Exact

SEEN = ["alipay", "wechat_pay", "chinese_staff", "either_wallet", "both_wallets"]
BY_RULE = [
    "alipay_by_rule", "wechat_pay_by_rule", "either_wallet_by_rule", "both_wallets_by_rule",
]  # fmt: skip
RULE = "a_row_of_counts_counts_something"
PAIRS = [
    ("alipay_mark", "alipay"), ("wechat_pay_mark", "wechat_pay"), ("paypay_code", "wechat_pay"),
    ("d_barai_code", "alipay"), ("d_barai_code", "wechat_pay"),
    ("au_pay_code", "alipay"), ("au_pay_code", "wechat_pay"),
]  # fmt: skip
KEY = ("id", models.BigAutoField(
    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
))  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("tracker", "0024_both_wallets")]
    operations = [
        migrations.CreateModel(
            name="AcceptanceRule",
            fields=[
                KEY,
                ("route", models.CharField(max_length=20)),
                ("trait", models.CharField(max_length=20)),
                ("first_day", models.DateField(blank=True, null=True)),
                ("exceptions", models.TextField(blank=True, default="")),
                ("source", models.TextField()),
                ("read_on", models.DateField()),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            *(models.Q(route=route, trait=trait) for route, trait in PAIRS),
                            _connector="OR",
                        ),
                        name="a_rule_gives_what_its_route_can_give",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleEnd",
            fields=[
                KEY,
                ("last_day", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ends",
                        to="tracker.acceptancerule",
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint("adoptioncount", RULE),
        *(
            migrations.AddField("adoptioncount", measure, models.BinaryField(default=b""))
            for measure in BY_RULE
        ),
        migrations.AddConstraint(
            "adoptioncount",
            models.CheckConstraint(
                condition=models.Q(
                    *(NegatedExpression(Exact(Length(name), 0)) for name in (*SEEN, *BY_RULE)),
                    _connector="OR",
                ),
                name=RULE,
            ),
        ),
    ]
