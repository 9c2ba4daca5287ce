"""Inside a scratch copy that was given Korean: `python -m tests.promises.fourth_language`.

What fails ends the program with a traceback.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator

from django.core.management import call_command
from django.test import Client

from tests.promises.inside import last_quarter, reader, set_up

NEW, OWN_NAME = "ko", "한국어"
# Pages and files with arguments; the others are found by themselves.
ADDRESSES = (
    "/explore?view=ranking",
    "/explore?view=trend",
    "/explore?view=compare",
    "/map?level=grid1000",
    "/map.png",
    "/map.png?level=grid1000",
    "/map.svg",
    "/chart.png?view=ranking",
    "/chart.svg?view=trend",
    "/areas/13102/",
    "/field/app/ko/",
    "/field/manifest.webmanifest?lang=ko",
    "/api/v1/adoption/",
    "/api/v1/adoption/series/?area=13102",
    "/api/v1/nothing/",
)


def main() -> None:
    set_up()
    call_command("verify", release=f"{last_quarter()}-1")
    strings_fall_back_one_by_one()
    pictures_are_drawn()
    forms_have_it()
    every_page_answers_as_in_english()


def strings_fall_back_one_by_one() -> None:
    page = reader(NEW).get("/").content.decode()
    assert f'<html lang="{NEW}">' in page
    assert f'lang="{NEW}" aria-current="true">{OWN_NAME}</button>' in page
    assert "東京・大阪・京都の店舗" in page  # nobody has translated it: Japanese
    assert "년" in page  # Django itself has words for a month


def pictures_are_drawn() -> None:
    """There is no font with hangul: a PNG is Japanese, and says so; browsers have fonts."""
    for address, language in (
        ("/map.png", "ja"),
        ("/chart.png?view=trend", "ja"),
        ("/map.svg", "ko"),
    ):
        answer = reader(NEW).get(address)
        assert answer.status_code == 200, (address, answer.content[:300])
        assert answer["Content-Language"] == language, address


def forms_have_it() -> None:
    workbook = zipfile.ZipFile(io.BytesIO(reader(NEW).get("/data/questionnaire.xlsx").content))
    texts = workbook.read("xl/sharedStrings.xml").decode()
    assert f"label::{OWN_NAME} ({NEW})" in texts
    assert f'"/field/app/{NEW}/"' in reader(NEW).get("/field/sw.js").content.decode()


def every_page_answers_as_in_english() -> None:
    """Whoever asks: a language without words may change no answer into a refusal."""
    from django.urls import reverse

    from tracker.accounts.models import User

    addresses = [*ADDRESSES, f"/data/{last_quarter()}-1/", *plain_addresses()]
    addresses.append(reverse("person", args=[User.objects.get(username="aki").pk]))
    assert len(addresses) > 40
    for username in ("", "aki", "boss"):
        for address in addresses:
            code = asked(NEW, username, address)
            if code >= 400:
                assert code == asked("en", username, address) != 500, (username, address, code)


def plain_addresses() -> Iterator[str]:
    """Every route that takes no argument and only shows something."""
    from django.urls import URLPattern, get_resolver

    def walk(patterns: Iterable[object], prefix: str) -> Iterator[str]:
        for pattern in patterns:
            route = prefix + str(getattr(pattern, "pattern", ""))
            if isinstance(pattern, URLPattern):
                yield f"/{route}"
            else:
                yield from walk(getattr(pattern, "url_patterns", []), route)

    found = walk(get_resolver().url_patterns, "")
    yield from (one for one in found if not set("<^(") & set(one) and "logout" not in one)


CLIENTS: dict[tuple[str, str], Client] = {}


def asked(language: str, username: str, address: str) -> int:
    """The status of the answer to somebody; "" is nobody, and “boss” an administrator."""
    from tests.factories import make_user
    from tracker.accounts.models import User
    from tracker.accounts.roles import Role

    key = (language, username)
    if key not in CLIENTS:
        CLIENTS[key] = reader(language)
        if username == "boss" and not User.objects.filter(username="boss").exists():
            make_user("boss", Role.ADMIN)
        if username:
            CLIENTS[key].force_login(User.objects.get(username=username))
    return CLIENTS[key].get(address).status_code


if __name__ == "__main__":
    main()
