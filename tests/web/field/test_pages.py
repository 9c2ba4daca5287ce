"""The pages at the door: nothing typed is lost, nothing answered before is shown."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.factories import make_approved, make_shop, make_visit
from tests.fieldwork.pictures.test_photos import header_of, picture
from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.transitions import Move
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.workflows.judging import moderate

pytestmark = pytest.mark.django_db


@pytest.fixture
def field(client: Client, aki: User) -> Client:
    client.force_login(aki)
    return client


def typed(**values: object) -> dict[str, object]:
    """What a fieldworker sends."""
    now = timezone.localtime()
    return {
        "uuid": str(uuid4()),
        "outcome": "answered",
        "alipay": "yes",
        "wechat_pay": "no",
        "evidence": "door_sign",
        "note": "レジ横の青い看板",
        "observed_at": now.strftime("%Y-%m-%dT%H:%M"),
    } | values


def test_a_visit_is_saved_and_the_list_comes_back(field: Client) -> None:
    shop = make_shop()
    answer = field.post(f"/field/shops/{shop.pk}/visit", typed())
    assert answer.status_code == 302
    visit = Visit.objects.get()
    assert (
        visit.answers["alipay"],
        visit.answers["wechat_pay"],
        visit.answers["chinese_staff"],
    ) == ("yes", "no", "not_checked")
    assert "千歳屋" in field.get("/field/").content.decode()


def test_what_is_at_the_till_is_kept_and_left_open_where_nothing_is_ticked(
    field: Client,
) -> None:
    shop = make_shop()
    for routes, kept in (
        (["terminal", "paypay_code"], 0b10000100),
        (["nothing_seen"], 0),
        ([], None),
    ):
        form = typed(routes=routes)
        assert field.post(f"/field/shops/{shop.pk}/visit", form).status_code == 302
        assert Visit.objects.get(uuid=str(form["uuid"])).routes == kept
    page = field.get(f"/field/shops/{shop.pk}/visit").content.decode()
    assert page.count('type="checkbox" name="routes"') == 9
    assert " checked" not in page.split('name="routes"', 1)[1].split("</fieldset>")[0]


def test_a_double_tap_is_one_visit(field: Client) -> None:
    shop, form = make_shop(), typed()
    for _ in range(2):
        assert field.post(f"/field/shops/{shop.pk}/visit", form).status_code == 302
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"observed_at": (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")},
            "is in the future",
        ),
        ({"alipay": "", "wechat_pay": ""}, "Answer at least one"),
        ({"photo": SimpleUploadedFile("p.jpg", b"not a photo")}, "This file is not a photo"),
        ({"photo": SimpleUploadedFile("p.png", header_of((10_000, 10_000)))}, "100 megapixels"),
        ({"outcome": "closed_today"}, "cannot have answers"),
        ({"routes": ["nothing_seen", "jpqr"]}, "Choose what is at the till, or"),
        ({"routes": ["cash"]}, "Select a valid choice"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(
    field: Client, values: dict[str, object], sentence: str
) -> None:
    shop, form = make_shop(), typed(**values)
    answer = field.post(f"/field/shops/{shop.pk}/visit", form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert "レジ横の青い看板" in page
    assert str(form["uuid"]) in page
    assert re.search(r'name="evidence" value="door_sign" checked', page)
    assert Visit.objects.count() == 0


def test_a_visit_with_a_photo_keeps_it_and_prepares_it_later(field: Client) -> None:
    shop = make_shop()
    photo = SimpleUploadedFile("../../evil name.jpg", picture(), content_type="text/html")
    assert field.post(f"/field/shops/{shop.pk}/visit", typed(photo=photo)).status_code == 302
    assert Visit.objects.get().photos.get().state == "waiting"


def test_no_page_before_saving_shows_an_earlier_answer(
    field: Client, ben: User, mori: User
) -> None:
    shop = make_shop()
    make_approved(shop, ben, mori, alipay=Answer.YES)
    pages = [
        field.get("/field/", {"q": "千歳"}).content.decode(),
        field.get("/field/", {"lat": "35.6717", "lon": "139.765"}).content.decode(),
        field.get(f"/field/shops/{shop.pk}/visit").content.decode(),
    ]
    for page in pages:
        assert "千歳屋" in page
        assert (
            re.search(r'name="(alipay|wechat_pay|chinese_staff)" value="\w+" checked', page) is None
        )
        assert "answers" not in re.findall(r'class="([^"]*)"', page)
        assert "last visit" in page


def test_search_finds_names_in_any_width_and_kana(field: Client) -> None:
    Shop.objects.filter(pk=make_shop("ドラッグ テスト").pk).update(name_folded="どらっぐてすと")
    for text in ("ﾄﾞﾗｯｸﾞ", "どらっぐ", "ドラッグ"):
        assert "ドラッグ テスト" in field.get("/field/", {"q": text}).content.decode()


def test_a_search_without_a_hit_says_what_to_do(field: Client) -> None:
    assert "No shop matches this" in field.get("/field/", {"q": "無い店"}).content.decode()


def new_shop(**values: object) -> dict[str, object]:
    return {
        "uuid": str(uuid4()),
        "name": "若葉珈琲",
        "segment": "cafe",
        "lat": "35.6717",
        "lon": "139.765",
    } | values


def test_a_new_shop_leads_to_its_visit_form(field: Client) -> None:
    answer = field.post("/field/shops/new", new_shop())
    shop = Shop.objects.get()
    assert answer["Location"] == f"/field/shops/{shop.pk}/visit"
    assert (shop.city_id, shop.ward_id, shop.grid125) == ("13100", "13102", 53394601312)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"lat": "43.06", "lon": "141.35"},
            "(23 wards), Osaka City or Kyoto City",
        ),  # Sapporo
        ({"lat": "139.765", "lon": "35.6717"}, "swapped"),
        ({"lat": "here"}, "not a number"),
        ({"lat": "51.5", "lon": "0"}, "not in Japan"),
    ],
)
def test_a_shop_elsewhere_is_refused_and_the_name_stays(
    field: Client, values: dict[str, object], sentence: str
) -> None:
    answer = field.post("/field/shops/new", new_shop(**values))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert "若葉珈琲" in page
    assert Shop.objects.count() == 0


def test_a_look_alike_is_shown_before_a_shop_is_added(field: Client) -> None:
    field.post("/field/shops/new", new_shop())
    page = field.post("/field/shops/new", new_shop(name="若葉珈琲 本店"))
    assert "Is it one of these?" in page.content.decode()
    assert Shop.objects.count() == 1
    field.post("/field/shops/new", new_shop(name="若葉珈琲 本店", is_new="on"))
    assert Shop.objects.count() == 2


def test_a_returned_entry_shows_the_reason_and_is_sent_again(
    field: Client, aki: User, mori: User
) -> None:
    visit = make_visit(make_shop(), aki)
    moderate.decide(
        visit=visit,
        revision=1,
        move=Move.RETURN,
        reasons=["sign_not_visible"],
        note="もう少し近くで",
        by=mori,
        at=timezone.now() - timedelta(minutes=2),
    )
    page = field.get(f"/field/entries/{visit.uuid}/").content.decode()
    assert "The sign is not in the photo" in page
    assert "もう少し近くで" in page
    form = typed(uuid=str(visit.uuid), alipay="no")
    assert field.post(f"/field/entries/{visit.uuid}/", form).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.revision, visit.answers["alipay"]) == (VisitState.SUBMITTED, 2, "no")


def test_an_own_entry_is_withdrawn(field: Client, aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    assert field.post(f"/field/entries/{visit.uuid}/withdraw").status_code == 302
    assert "Withdrawn" in field.get("/field/entries/").content.decode()
