"""The list of rules for readers, and the forms with which administrators add and end them."""

from datetime import date

import pytest
from django.test import Client

from tracker.accounts.models import User
from tracker.outbox.models import OutboxMessage
from tracker.rules.models import AcceptanceRule, RuleEnd

pytestmark = pytest.mark.django_db
AU = {
    "gives": "au_pay_code:wechat_pay", "first_day": "2026-01-01", "source": "au PAY, help page",
    "exceptions": "Not online", "read_on": "2026-11-30",
}  # fmt: skip


def text(client: Client, path: str, language: str = "en") -> str:
    return client.get(path, headers={"accept-language": language}).content.decode()


@pytest.fixture
def admin(client: Client, sora: User) -> Client:
    client.force_login(sora)
    return client


def paypay() -> AcceptanceRule:
    return AcceptanceRule.objects.get(route="paypay_code")


def test_readers_see_every_rule_with_its_days_its_source_and_no_forms(client: Client) -> None:
    page = text(client, "/rules/")
    assert "PayPay code for the customer to scan → WeChat Pay" in page
    assert "from 2025-09-16" in page
    assert "PayPay, help for merchants b0761" in page
    assert "read on 2026-11-30" in page
    assert page.count("Announced; its first day is not known") == 2
    assert "/rules/add/" not in page
    assert client.get("/rules/add/").status_code == 302


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "規則上の取り扱い"), ("zh-hans", "按规则可用"), ("en", "by rule")]
)
def test_the_list_is_in_the_language_of_the_reader(
    client: Client, language: str, said: str
) -> None:
    assert said in text(client, "/rules/", language)


def test_an_administrator_adds_a_rule_and_the_counts_are_asked_to_follow(admin: Client) -> None:
    assert admin.post("/rules/add/", AU).status_code == 302
    rule = AcceptanceRule.objects.latest("pk")
    assert (rule.route, rule.trait, rule.first_day) == (
        "au_pay_code", "wechat_pay", date(2026, 1, 1),
    )  # fmt: skip
    assert OutboxMessage.objects.get(handler="recount_routes").about == "32:2026-01-01:"
    assert "au PAY, help page" in text(admin, "/rules/")


def test_a_rule_that_cannot_be_is_told_beside_its_field_and_keeps_what_was_typed(
    admin: Client,
) -> None:
    refused = admin.post("/rules/add/", AU | {"gives": "terminal:wechat_pay", "source": "a page"})
    assert refused.status_code == 400
    page = refused.content.decode()
    assert 'id="id_gives_error"' in page
    assert 'value="a page"' in page
    assert AcceptanceRule.objects.count() == 5


def test_an_end_is_set_taken_back_and_refused_where_it_cannot_be(admin: Client) -> None:
    path = f"/rules/{paypay().pk}/end/"
    refused = admin.post(path, {"last_day": "2025-09-01", "reason": "Wrong"})
    assert refused.status_code == 400
    assert admin.post(path, {"last_day": "2026-03-31", "reason": "It ended"}).status_code == 302
    assert "2025-09-16 to 2026-03-31" in text(admin, "/rules/")
    assert admin.post(path, {"last_day": "", "reason": "It goes on"}).status_code == 302
    assert admin.post(path, {"last_day": "2025-09-15", "reason": "Never"}).status_code == 302
    assert "Withdrawn: it never applied." in text(admin, "/rules/")
    assert RuleEnd.objects.count() == 3
    abouts = OutboxMessage.objects.filter(handler="recount_routes").order_by("pk")
    assert [one.about for one in abouts] == ["4:2026-04-01:", "4:2026-04-01:", "4:2025-09-16:"]


def test_without_rules_the_page_says_that_nothing_is_counted_by_rule(client: Client) -> None:
    AcceptanceRule.objects.all().delete()
    assert "There are no rules: nothing is counted by rule." in text(client, "/rules/")


def test_a_rule_that_there_is_not_is_not_found(admin: Client) -> None:
    assert admin.get("/rules/999999/end/").status_code == 404
