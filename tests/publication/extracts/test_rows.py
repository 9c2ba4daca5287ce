"""An extract of single visits has the right rows, in an order that tells nothing, and no more."""

import csv
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db import connection

from tests.factories import NOON, add_visit, make_shop
from tests.publication.extracts.reference import EVERYTHING, csv_by_orm
from tracker.accounts.models import User
from tracker.fieldwork.states import VisitState
from tracker.months import month_of
from tracker.places.kinds import Segment
from tracker.places.models import Area, Shop
from tracker.publication.extracts import rows as extract_rows
from tracker.publication.extracts.columns import COLUMNS, NAMES
from tracker.publication.extracts.rows import ExtractFilter, count_rows, csv_pieces, shop_key
from tracker.publication.files.csv_file import harmless
from tracker.survey.answers import Answer, Evidence
from tracker.survey.outcomes import Outcome

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
SALT = "5a" * 16
MARCH = month_of(NOON)
MIDNIGHT = datetime(2026, 3, 31, 15, tzinfo=UTC)  # April begins in Tokyo


def taken(wanted: ExtractFilter = EVERYTHING, salt: str = SALT) -> bytes:
    return b"".join(csv_pieces(wanted, salt=salt))


def rows(wanted: ExtractFilter = EVERYTHING, salt: str = SALT) -> list[dict[str, str]]:
    return list(csv.DictReader(taken(wanted, salt).decode().splitlines()))


@pytest.fixture
def shops() -> list[Shop]:
    """Of all cities and kinds; one without a ward, one that was merged into another."""
    made = [
        make_shop(f"=SUM({number})", segment=segment, city=city, ward=ward, grid125=grid)
        for number, (segment, (city, ward, grid)) in enumerate(
            product(
                (Segment.DRUGSTORE, Segment.FOOD_SOUVENIR),
                (
                    ("13100", "13102", 53_394_601_111),
                    ("27100", None, 51_350_391_434),
                    ("26100", "26104", 52_353_681_222),
                ),
            )
        )
    ]
    made[1].merged_into = made[0]
    made[1].save()
    return made


@pytest.fixture
def visits(shops: list[Shop], aki: User, ben: User) -> None:
    """Answers of every kind, at the edges of days and months, approved and not."""
    rng = random.Random(3)
    moments = [NOON, MIDNIGHT, MIDNIGHT - timedelta(microseconds=1), MIDNIGHT - timedelta(hours=9)]
    moments += [NOON + timedelta(days=rng.randrange(-400, 400)) for _number in range(20)]
    moments += [NOON + timedelta(microseconds=rng.randrange(10**12)) for _number in range(20)]
    for number, answers in enumerate(product(Answer, repeat=3)):
        add_visit(
            rng.choice(shops),
            rng.choice([aki, ben]),
            at=moments[number % len(moments)],
            evidence=rng.choice(["", *Evidence.values]),
            alipay=answers[0], wechat_pay=answers[1], chinese_staff=answers[2],
        )  # fmt: skip
    for outcome, state in product(Outcome, VisitState):
        add_visit(rng.choice(shops), aki, at=NOON, outcome=outcome, state=state)


FILTERS = [
    EVERYTHING,
    ExtractFilter("13100", MARCH, MARCH),
    ExtractFilter("27100", MARCH - 6, MARCH + 6),
    ExtractFilter("", MARCH + 1, MARCH + 1),
    ExtractFilter("26100", MARCH - 100, MARCH - 99),
]


@pytest.mark.usefixtures("visits")
@pytest.mark.parametrize("piece", [1, 300, 1 << 16])
def test_the_database_gives_the_bytes_that_the_models_give(
    monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(extract_rows, "PIECE", piece)
    monkeypatch.setattr(extract_rows, "FETCHED", piece)
    for wanted in FILTERS:
        expected = csv_by_orm(wanted, salt=SALT)
        assert taken(wanted) == expected
        assert count_rows(wanted) == expected.count(b"\n") - 1
    assert taken().isascii()


@pytest.mark.usefixtures("visits")
def test_every_value_is_one_that_the_dictionary_names() -> None:
    found = rows()
    assert len(found) == 4**3 + len(Outcome)
    codes = {
        "observed_on": r"20\d\d-\d\d-\d\d", "shop_key": r"[0-9a-f]{16}", "grid250": r"\d{10}",
        "ward": r"(\d{5})?",
    }  # fmt: skip
    for column in COLUMNS:
        values = {row[column.name] for row in found}
        if column.values:
            assert values <= {*column.values, ""}
        else:
            assert [one for one in values if not re.fullmatch(codes[column.name], one)] == []


def test_a_value_that_is_of_no_list_does_not_leave(aki: User) -> None:
    add_visit(make_shop(), aki, evidence='=1+"1",2')
    assert [row["evidence"] for row in rows()] == [""]


def test_nothing_that_can_stand_in_a_cell_is_a_formula_or_needs_quotes() -> None:
    listed = [value for column in COLUMNS for value in column.values]
    cells = [*NAMES, *listed, *Area.objects.values_list("code", flat=True)]
    assert [cell for cell in cells if harmless(cell) != cell] == []
    assert [cell for cell in cells if not re.fullmatch(r"[a-z_0-9]+", cell)] == []


def test_the_end_of_the_last_second_of_a_month_is_still_in_it(aki: User) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=MIDNIGHT - timedelta(microseconds=1))
    add_visit(shop, aki, at=MIDNIGHT)
    march, april = (rows(ExtractFilter("", month, month)) for month in (MARCH, MARCH + 1))
    assert [row["observed_on"] for row in march] == ["2026-03-31"]
    assert [row["observed_on"] for row in april] == ["2026-04-01"]


def test_visits_to_one_shop_can_be_followed_in_one_extract_and_not_into_another(aki: User) -> None:
    one, other = make_shop("一"), make_shop("二", grid125=53_394_601_112)
    for day, shop in enumerate((one, other, one)):
        add_visit(shop, aki, at=NOON + timedelta(days=day))
    first, second = (rows(salt=salt) for salt in (SALT, "6b" * 16))
    assert [row["shop_key"] for row in first] == [
        shop_key(SALT, shop.pk) for shop in (one, other, one)
    ]
    assert first[0]["shop_key"] != first[1]["shop_key"]
    assert {row["shop_key"] for row in first}.isdisjoint(row["shop_key"] for row in second)


def test_a_merged_shop_has_the_key_and_the_place_of_the_one_it_is(aki: User) -> None:
    kept = make_shop("本店")
    gone = make_shop("写し", city="27100", ward="27102", grid125=51_350_391_434)
    add_visit(kept, aki)
    add_visit(gone, aki, at=NOON + timedelta(days=1))
    Shop.objects.filter(pk=gone.pk).update(merged_into=kept)
    found = rows(ExtractFilter("13100", MARCH, MARCH))
    assert {(row["shop_key"], row["ward"]) for row in found} == {(shop_key(SALT, kept.pk), "13102")}
    assert len(found) == 2


def test_the_order_of_rows_does_not_tell_the_order_of_visits(aki: User) -> None:
    shops = [make_shop(str(number)) for number in range(30)]
    for minute, shop in enumerate(shops):
        add_visit(shop, aki, at=NOON + timedelta(minutes=minute))
    keys = [row["shop_key"] for row in rows()]
    assert keys == sorted(keys)
    assert keys != [shop_key(SALT, shop.pk) for shop in shops]


@pytest.mark.usefixtures("visits")
def test_who_leaves_early_leaves_no_connection_and_nothing_half_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extract_rows, "PIECE", 1)
    monkeypatch.setattr(extract_rows, "FETCHED", 1)
    opened: list[object] = []
    copy = connection.copy

    def watched() -> object:
        opened.append(copy())
        return opened[-1]

    monkeypatch.setattr(connection._connections[connection.alias], "copy", watched)  # type: ignore[attr-defined]
    pieces: Iterator[bytes] = csv_pieces(EVERYTHING, salt=SALT)
    assert next(pieces).startswith(b"observed_on,")
    assert next(pieces).startswith(b"20")
    assert opened[0].connection is not None  # type: ignore[attr-defined]
    pieces.close()  # type: ignore[attr-defined]
    assert opened[0].connection is None  # type: ignore[attr-defined]
    assert taken() == csv_by_orm(EVERYTHING, salt=SALT)


def test_the_reading_connection_cannot_write(aki: User, monkeypatch: pytest.MonkeyPatch) -> None:
    add_visit(make_shop(), aki)
    tried: list[str] = []
    read = extract_rows._fetched if connection.vendor == "sqlite" else extract_rows._copied

    def and_write(own: object, *rest: object) -> Iterator[bytes]:
        yield from read(own, *rest)  # type: ignore[arg-type]
        try:
            with own.cursor() as cursor:  # type: ignore[attr-defined]
                cursor.execute("UPDATE tracker_visit SET note = 'changed'")
        except Exception as error:  # noqa: BLE001  # the two databases have their own
            tried.append(str(error).lower())

    monkeypatch.setattr(extract_rows, read.__name__, and_write)
    taken()
    assert len(tried) == 1
    assert "read" in tried[0]
    assert "only" in tried[0]
