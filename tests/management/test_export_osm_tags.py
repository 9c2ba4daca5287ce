"""What a mapper is given: tags that differ, from approved visits of shops that OSM knows."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories import NOON, make_approved, make_shop, make_visit
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.places.models import Shop, Source
from tracker.survey.answers import Answer

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def linked(name: str, osm_id: str, **tags: str) -> Shop:
    shop = make_shop(name)
    Source.objects.create(
        shop=shop, dataset="osm", external_id=osm_id, tags=tags, digest="0" * 64, imported_at=NOON
    )
    return shop


def exported(folder: Path) -> list[dict[str, str]]:
    path = folder / "tags.csv"
    path.unlink(missing_ok=True)
    call_command("export_osm_tags", str(path), verbosity=0)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_only_what_differs_is_told_with_its_day(aki: User, mori: User, tmp_path: Path) -> None:
    shop = linked("薬局", "node/7", **{"payment:alipay": "yes", "payment:wechat": "yes"})
    at = NOW - timedelta(days=3)
    answers = {"alipay": Answer.YES, "wechat_pay": Answer.NO, "chinese_staff": Answer.UNSURE}
    make_approved(shop, aki, mori, at=at, **answers)
    row = exported(tmp_path)
    assert [(one["osm_id"], one["key"], one["in_osm"], one["observed"]) for one in row] == [
        ("node/7", "payment:wechat", "yes", "no")
    ]
    assert row[0]["check_key"] == "check_date:payment:wechat"
    assert row[0]["check_date"] == timezone.localdate(at).isoformat()
    assert row[0]["address"] == "https://www.openstreetmap.org/node/7"


def test_nothing_is_told_of_what_nobody_approved_or_osm_does_not_know(
    aki: User, mori: User, tmp_path: Path
) -> None:
    at = NOW - timedelta(days=3)
    make_visit(linked("待つ店", "node/8"), aki, at=at, alipay=Answer.YES)
    make_approved(make_shop("地図にない店"), aki, mori, at=at, alipay=Answer.YES)
    assert exported(tmp_path) == []


def test_a_merged_shop_speaks_for_the_one_it_counts_as(
    aki: User, mori: User, tmp_path: Path
) -> None:
    shop, double = linked("本店", "way/9"), make_shop("本店の写し")
    at = NOW - timedelta(days=3)
    make_approved(double, aki, mori, at=at, alipay=Answer.YES)
    Shop.objects.filter(pk=double.pk).update(merged_into=shop)
    assert [one["osm_id"] for one in exported(tmp_path) if one["key"] == "payment:alipay"] == [
        "way/9"
    ]


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(
    aki: User, mori: User, tmp_path: Path
) -> None:
    at = NOW - timedelta(days=3)
    make_approved(linked("=1+1", "node/1"), aki, mori, at=at, alipay=Answer.YES)
    assert {one["name"] for one in exported(tmp_path)} == {"'=1+1"}


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "kept.csv").write_text("mine")
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_osm_tags", str(tmp_path / "kept.csv"))
    assert (tmp_path / "kept.csv").read_text() == "mine"
    assert not AuditEvent.objects.filter(kind="osm_tags_exported").exists()


def test_the_log_knows_of_it(tmp_path: Path) -> None:
    exported(tmp_path)
    assert AuditEvent.objects.filter(kind="osm_tags_exported").count() == 1
