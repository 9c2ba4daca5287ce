"""Inside a scratch copy whose survey has grown: `python -m tests.promises.more_traits ACT`.

    simulated | empty | existing | five | door | sent UUID

What fails ends the program with a traceback.
"""

import json
import sys
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from django.core.management import call_command

from tests.promises.inside import MONTHS, SHOPS, last_quarter, reader, set_up

PAGES = (
    "/map?city=tokyo&measure={code}",
    "/map?city=tokyo&measure={code}&as_of={yesterday}",
    "/map?city=tokyo&measure=alipay&as_of={yesterday}",
    "/map.svg?city=tokyo&measure={code}&level=ward",
    "/map.png?city=tokyo&measure={code}&level=grid1000",
    "/explore?view=trend&city=tokyo&measure={code}",
    "/explore?view=ranking&city=tokyo&measure={code}",
    "/explore?view=compare&city=tokyo&measure={code}",
    "/chart.svg?view=trend&city=tokyo&measure={code}",
    "/chart.png?view=trend&city=tokyo&measure={code}",
    "/chart.svg?view=ranking&city=tokyo&measure={code}",
    "/chart.png?view=ranking&city=tokyo&measure={code}",
    "/data/adoption.csv?city=tokyo&measure={code}",
    "/areas/13102/?measure={code}",
    "/claims/first/?ward=13102&measure={code}",
    "/api/v1/adoption/?city=tokyo&measure={code}",
    "/api/v1/adoption/series/?area=13102&measure={code}",
    "/api/v1/schema/",
    "/data/",
    "/method",
    "/",
)


def simulated() -> None:
    """The simulator's workers answer all questions, cheats too."""
    from tracker.fieldwork.models import Visit

    call_command("simulate", workers=5, cheats=6, visits=150, photos=0.0)
    said = {visit.answers["unionpay"] for visit in Visit.objects.filter(outcome="answered")}
    assert {"yes", "no"} <= said, said
    call_command("verify")


def empty() -> None:
    """A new demonstration shows the trait, and its counts agree."""
    call_command("demo", shops=SHOPS, months=MONTHS)
    observed, yes = counted("unionpay")
    assert 0 < yes < observed, (observed, yes)
    call_command("verify")
    look_at_pages("unionpay")


def existing() -> None:
    """All that was there reads as not checked; then the trait is asked for like any other."""
    from tests.promises import trait_acts as acts

    call_command("verify")
    call_command("verify", release=f"{last_quarter()}-1")
    acts.refresh_everything()
    call_command("verify")
    assert counted("unionpay") == (0, 0)
    acts.visit_twelve("unionpay")
    call_command("verify")
    assert counted("unionpay") == known("unionpay") == (12, 11)
    acts.take_back_twelve()
    call_command("verify")
    assert counted("unionpay") == known("unionpay") == (0, 0)
    acts.approve_twelve()
    acts.answer_in_the_form("unionpay", "Can a customer pay with UnionPay?")
    acts.correct_at_the_desk("unionpay", "UnionPay")
    look_at_pages("unionpay", is_drawn=True)
    look_at_files()
    look_at_field_app()
    rebuilt_is_the_same()
    call_command("publish", last_quarter(), why="UnionPay is asked for.")
    for number in (1, 2):
        call_command("verify", release=f"{last_quarter()}-{number}")


def five() -> None:
    """Two traits and a measure of two wallets together: counts equal a recount and a rebuild."""
    from tests.promises import trait_acts as acts

    call_command("rebuild", processes=1)  # what is made of several traits is not kept of shops
    call_command("verify")
    acts.visit_twelve("chinese_menu", unionpay="yes", wechat_pay="yes")
    call_command("verify")
    assert counted("chinese_menu") == (12, 11)
    assert counted("unionpay") == (12, 12)
    assert known("talk_and_pay") == counted("talk_and_pay")
    acts.take_back_twelve()
    call_command("verify")
    acts.approve_twelve()
    rebuilt_is_the_same()
    for code in ("unionpay", "chinese_menu", "talk_and_pay"):
        assert known(code) == counted(code)
    look_at_pages("chinese_menu", is_drawn=True)
    call_command("verify", release=f"{last_quarter()}-1")


def door() -> None:
    """A shop that nobody has looked at for months, for the field app to go to."""
    from tests.factories import make_approved, make_shop
    from tests.promises.trait_acts import judge, now, worker
    from tracker.survey.answers import Answer
    from tracker.workflows import dispatch

    shop = make_shop("渚文具")
    make_approved(shop, worker(), judge(), at=now() - timedelta(days=100), unionpay=Answer.YES)
    dispatch.sweep(at=now())
    print(shop.uuid)


def sent(uuid: str) -> None:
    """What the field app has sent of the shop."""
    from tracker.fieldwork.models import Visit

    visit = Visit.objects.filter(shop__uuid=uuid).latest("pk")
    print(json.dumps([visit.answers, visit.revisions.get().content["unionpay"], visit.notice]))


def counted(code: str) -> tuple[int, int]:
    """Observed and yes of all cities, as they are counted now."""
    from tracker.adoption.queries import counts_by_area
    from tracker.months import month_of
    from tracker.places.kinds import AreaLevel
    from tracker.survey.measures import Measure

    month = month_of(_now())
    found = counts_by_area(level=AreaLevel.CITY, measure=Measure(code), month=month)
    return sum(one.observed for one in found.values()), sum(one.yes for one in found.values())


def known(code: str) -> tuple[int, int]:
    """The same out of decisions and revisions, as they are known now."""
    from tracker.adoption.known import counts_known_at
    from tracker.months import month_of
    from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
    from tracker.survey.measures import Measure

    found = counts_known_at(
        moment=_now(),
        level=AreaLevel.CITY,
        measure=Measure(code),
        month=month_of(_now()),
        segment=ALL_SEGMENTS,
    )
    return sum(one.observed for one in found.values()), sum(one.yes for one in found.values())


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()


def rebuilt_is_the_same() -> None:
    """A rebuild counts what refreshes had counted, of every shop and in every cell and month."""
    from tracker.adoption.stored import Mismatch, stored_cells, stored_shops

    unreadable: list[Mismatch] = []
    before = [dict(stored_cells(unreadable)), stored_shops(unreadable)]
    call_command("rebuild", processes=1)
    assert [dict(stored_cells(unreadable)), stored_shops(unreadable)] == before
    assert unreadable == []
    call_command("verify")


def look_at_pages(code: str, *, is_drawn: bool = False) -> None:
    from tracker.publication.drawing.styles import COLOURS
    from tracker.survey.specs import MEASURE_SPECS

    # With few shops nothing is drawn in the colour of the measure.
    client = reader("en")
    [label] = [spec.names["en"] for spec in MEASURE_SPECS if spec.code == code]
    yesterday = (_now() - timedelta(days=2)).date().isoformat()
    for page in PAGES:
        address = page.format(code=code, yesterday=yesterday)
        answer = client.get(address)
        said = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200, (address, answer.status_code, said[:300])
        if "chart.svg" in address and is_drawn:
            assert COLOURS[code][0].encode() in said, address
        elif page.startswith(("/explore", "/map?")) and "alipay" not in page:
            assert label in said.decode(), address


def look_at_files() -> None:
    """The questionnaire asks for it, and mappers are told its tag."""
    import openpyxl

    from tests.promises.trait_acts import NAMES
    from tracker.places.models import OSM_DATASET, Shop, Source
    from tracker.publication.files.xlsform import xlsform

    sheet = openpyxl.load_workbook(BytesIO(xlsform()))["survey"]
    [row] = [row for row in sheet.iter_rows(values_only=True) if "unionpay" in row]
    assert {
        "銀聯カードで支払えますか？",
        "能刷银联卡吗？",
        "Can a customer pay with UnionPay?",
    } <= set(row)
    shop = Shop.objects.get(name=NAMES[-1])
    Source.objects.create(
        shop=shop, dataset=OSM_DATASET, external_id="node/1", digest="0" * 64, imported_at=_now()
    )
    call_command("export_osm_tags", "tags.csv")
    assert ",payment:unionpay,,yes,check_date:payment:unionpay," in Path("tags.csv").read_text()


def look_at_field_app() -> None:
    """Its shell asks the question in each language, in the order of the survey."""
    for language, question in (("en", "with UnionPay?"), ("zh-hans", "能刷银联卡吗？")):
        page = reader(language).get(f"/field/app/{language}/").content.decode()
        assert question in page
        assert page.index('data-trait="chinese_staff"') < page.index('data-trait="unionpay"')
    assert '<span class="also">(银联)</span>' in reader("ja").get("/field/app/ja/").content.decode()


if __name__ == "__main__":
    set_up()
    globals()[sys.argv[1]](*sys.argv[2:])
