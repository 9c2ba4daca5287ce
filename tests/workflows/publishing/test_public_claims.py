"""Claims are added and taken off by administrators, and by nobody else."""

from dataclasses import replace
from typing import Any

import pytest

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Conflict, Invalid, Refused
from tracker.publication.claims.queries import all_claims, shown_claims
from tracker.workflows.publishing.public_claims import ClaimEntry, add_claim, end_claim

pytestmark = pytest.mark.django_db
ENTRY = ClaimEntry(
    slug="half-of-all-cafes",
    text_ja="喫茶店の半数でアリペイが使える。",
    text_zh_hans="半数咖啡馆能用支付宝。",
    text_en="Half of all cafés take Alipay.",
    reading_ja="半数以上。",
    reading_zh_hans="至少一半。",
    reading_en="At least half.",
    source="A speech, 2026-05-01",
    source_url="https://example.org/speech",
    measures=["alipay"],
    segment="cafe",
    at_least=50,
)


def test_a_claim_is_shown_until_it_is_taken_off(sora: User) -> None:
    claim = add_claim(entry=ENTRY, by=sora, at=NOON)
    assert claim in shown_claims()
    end_claim(claim=claim, by=sora, at=NOON)
    assert claim not in shown_claims()
    assert claim in all_claims()
    with pytest.raises(Conflict):
        end_claim(claim=claim, by=sora, at=NOON)
    told = AuditEvent.objects.filter(subject_id=claim.slug).order_by("pk")
    assert [event.kind for event in told] == ["claim_added", "claim_ended"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("measures", []),
        ("measures", ["cash"]),
        ("segment", "castle"),
        ("at_least", 0),
        ("at_least", 101),
        ("slug", "manage"),
    ],
)
def test_what_cannot_be_checked_is_named(sora: User, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        add_claim(entry=replace(ENTRY, **{field: value}), by=sora, at=NOON)
    assert refused.value.field == field


def test_an_address_is_given_once_even_after_its_claim_was_taken_off(sora: User) -> None:
    end_claim(claim=add_claim(entry=ENTRY, by=sora, at=NOON), by=sora, at=NOON)
    with pytest.raises(Invalid) as refused:
        add_claim(entry=ENTRY, by=sora, at=NOON)
    assert refused.value.field == "slug"


def test_nobody_else_adds_or_ends_one(sora: User, mori: User) -> None:
    with pytest.raises(Refused):
        add_claim(entry=ENTRY, by=mori, at=NOON)
    claim = add_claim(entry=ENTRY, by=sora, at=NOON)
    with pytest.raises(Refused):
        end_claim(claim=claim, by=mori, at=NOON)
    assert claim in shown_claims()
