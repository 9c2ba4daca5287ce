"""`manage.py migrate` leaves the areas in the table that the code knows."""

import io

import pytest
from django.core.management import call_command

from tracker.places.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def migrated(*words: str) -> str:
    out = io.StringIO()
    call_command("migrate", *words, stdout=out, skip_checks=True)
    return out.getvalue()


def test_an_area_that_is_missing_is_added_and_a_name_that_changed_follows() -> None:
    Area.objects.filter(code="27117").delete()
    Area.objects.filter(code="13102").update(name_en="Middle")
    assert "Added areas: 27117" in migrated()
    assert Area.objects.get(code="27117").city_id == "27100"
    assert Area.objects.get(code="13102").name_en == "Chuo Ward"
    assert Area.objects.count() == 61


def test_a_second_time_nothing_changes() -> None:
    before = list(Area.objects.order_by("code").values())
    assert "Added areas" not in migrated()
    assert list(Area.objects.order_by("code").values()) == before


def test_an_area_that_is_listed_no_longer_stays() -> None:
    Area.objects.create(code="13199", city_id="13100", name_ja="x", name_en="x", name_zh_hans="x")
    migrated()
    assert Area.objects.filter(code="13199").exists()


def test_nothing_is_written_where_it_is_only_asked_what_would_be_done() -> None:
    Area.objects.filter(code="27117").delete()
    migrated("--plan")
    assert not Area.objects.filter(code="27117").exists()
