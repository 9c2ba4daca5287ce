"""Inside a scratch copy that was given Fukuoka and Sakai: `python -m tests.promises.fourth_city`.

    empty | existing

What fails ends the program with a traceback.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command

from tests.promises.inside import MONTHS, SHOPS, last_quarter, reader, set_up

# Two shops in one square of 250 m on the river Yamato, in two cities; and one in Fukuoka.
NEW = (
    ("大和川一番", "34.5952", "135.4790", "大阪府大阪市住吉区遠里小野1-1", "27120"),
    ("堺の角屋", "34.5953", "135.4793", "大阪府堺市堺区遠里小野町1-1", "27141"),
    ("博多うどん", "33.5902", "130.4017", "福岡県福岡市中央区天神1-1", "40133"),
)
CITIES = {"fukuoka": "Fukuoka City", "sakai": "Sakai City"}
PAGES = (
    "/explore?view=ranking&city={slug}",
    "/explore?view=trend&city={slug}",
    "/map?city={slug}",
    "/map?city={slug}&level=grid1000",
    "/map.png?city={slug}&level=grid250",
    "/map.svg?city={slug}",
    "/data/adoption.csv?city={slug}",
    "/api/v1/adoption/?city={slug}",
    "/areas/{ward}/",
    "/api/v1/adoption/series/?area={ward}",
)
WARDS = {"fukuoka": "40133", "sakai": "27141"}


def main(situation: str) -> None:
    set_up()
    {"empty": empty, "existing": existing}[situation]()


def empty() -> None:
    """The demonstration spreads over all cities, and its counts agree."""
    from tracker.places.models import Shop

    call_command("demo", shops=SHOPS, months=MONTHS)
    found = set(Shop.objects.values_list("city", flat=True))
    assert {"40130", "27140"} <= found, found
    call_command("verify")
    look_at_pages()


def existing() -> None:
    """Shops of the new cities are imported, visited and counted beside the old ones."""
    call_command("verify")
    call_command("verify", release=f"{last_quarter()}-1")
    call_command("import_shops", str(shop_file()))
    visit_new_shops()
    call_command("verify")
    call_command("rebuild", processes=1)
    call_command("verify")
    squares_are_whole()
    look_at_pages()


def shop_file() -> Path:
    path = Path("new_shops.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("name", "lat", "lon", "address"))
        writer.writerows(row[:-1] for row in NEW)
    return path


def visit_new_shops() -> None:
    """Approved visits through the workflows, and a worker that counts them."""
    from django.utils import timezone

    from tests.factories import make_approved
    from tracker.accounts.models import User
    from tracker.places.models import Shop
    from tracker.survey.answers import Answer
    from tracker.workflows import dispatch

    worker, judge = User.objects.get(username="aki"), User.objects.get(username="mori")
    at = timezone.now() - timedelta(days=1)
    for name, _lat, _lon, _address, ward in NEW:
        shop = Shop.objects.get(name=name)
        assert shop.ward_id == ward, (name, shop.ward_id)
        make_approved(shop, worker, judge, at=at, alipay=Answer.YES)
    dispatch.sweep(at=timezone.now())


def squares_are_whole() -> None:
    """The square that Osaka and Sakai share holds the shops of both, on either map."""
    from django.utils import timezone

    from tracker.places.models import Shop
    from tracker.publication.figures.cells import cells_of
    from tracker.publication.figures.filters import filter_from

    square = Shop.objects.get(name=NEW[0][0]).grid125 // 10
    assert square == Shop.objects.get(name=NEW[1][0]).grid125 // 10
    for slug in ("osaka", "sakai"):
        wanted = filter_from({"city": slug, "level": "grid250"}, at=timezone.now())
        [cell] = [cell for cell in cells_of(wanted) if cell.code == square]
        assert cell.count.observed == 2, (slug, cell)


def look_at_pages() -> None:
    client = reader("en")
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.content[:300])
    home = client.get("/").content.decode()
    assert "Tokyo, Osaka, Kyoto, Fukuoka and Sakai" in home
    assert all(name in home for name in CITIES.values())
    assert "Fukuoka (7) and Sakai (7)" in client.get("/method").content.decode()
    areas = client.get("/api/v1/areas/").json()
    assert {"40137", "27147"} <= {row["code"] for row in areas["results"]}
    assert "Hakata" in client.get("/field/app/en/").content.decode()


def addresses() -> Iterator[str]:
    for slug, ward in WARDS.items():
        yield from (page.format(slug=slug, ward=ward) for page in PAGES)
    yield from (
        "/claims/",
        "/data/",
        "/explore?view=compare&city=sakai&level=grid1000&with=wechat_pay",
    )


if __name__ == "__main__":
    main(sys.argv[1])
