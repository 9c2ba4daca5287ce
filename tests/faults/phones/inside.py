"""Acts and looks on the database of a running site; each answers with what JSON can say."""

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings

from tests.stack import Stack

PASSWORD = "noren-noren-noren"  # of people who live as long as the test
METRE = 90  # e7 of latitude, nearly


def inside(stack: Stack, act: str, *words: object) -> Any:
    """What an act of this module answers on the database of the stack."""
    return stack.ask(__name__, act, *map(str, words))


def person(name: str) -> dict[str, Any]:
    """A fieldworker with a password and a session."""
    factories = import_module("tests.factories")
    users = factories.User.objects
    made = users.create_user(username=name, password=PASSWORD, role=factories.Role.FIELDWORKER)
    return {"id": made.pk, "name": name, "session": _session_of(made)}


def session(name: str) -> str:
    """A new session of somebody."""
    return _session_of(import_module("tests.factories").User.objects.get(username=name))


def _session_of(person: Any) -> str:
    auth = import_module("django.contrib.auth")
    store = import_module("django.contrib.sessions.backends.db").SessionStore()
    store[auth.SESSION_KEY] = str(person.pk)
    store[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def end_session(key: str) -> int:
    """A session has run out."""
    model = import_module("django.contrib.sessions.models").Session
    return int(model.objects.filter(session_key=key).delete()[0])


def role(name: str, to: str, active: str = "active") -> None:
    """An administrator gives a person another role, or closes the account."""
    factories = import_module("tests.factories")
    users, roles = factories.User.objects, factories.Role
    people = import_module("tracker.workflows.people.people")
    timezone = import_module("django.utils.timezone")
    admin, _made = users.get_or_create(username="sora", defaults={"role": roles.ADMIN})
    people.change_role(
        person=users.get(username=name), role=roles(to), is_active=active == "active",
        by=admin, at=timezone.now(),
    )  # fmt: skip


def shops(name: str, count: str) -> list[str]:
    """Shops a metre apart, north of where the phones stand; their UUIDs."""
    factories = import_module("tests.factories")
    north = factories.GINZA[0]
    made = [
        factories.make_shop(f"{name}{number}", lat_e7=north + number * METRE)
        for number in range(int(count))
    ]
    return [str(one.uuid) for one in made]


def send_back(uuid: str, note: str) -> None:
    """A moderator has sent an entry back, two minutes ago: within one it may still be undone."""
    _decide(uuid, "RETURN", ["incomplete"], note)


def approve(uuid: str) -> None:
    """A moderator has approved an entry, two minutes ago."""
    _decide(uuid, "APPROVE", [], "")


def _decide(uuid: str, move: str, reasons: list[str], note: str) -> None:
    factories = import_module("tests.factories")
    moderate = import_module("tracker.workflows.judging.moderate")
    timezone = import_module("django.utils.timezone")
    judge = factories.User.objects.create_user(
        username=f"judge-{uuid}", role=factories.Role.MODERATOR
    )
    visit = factories.Visit.objects.get(uuid=uuid)
    moderate.decide(
        visit=visit, revision=visit.revision, move=factories.Move[move],
        reasons=reasons, note=note, by=judge,
        at=timezone.now() - timedelta(minutes=2),
    )  # fmt: skip


def stored(name: str) -> list[dict[str, Any]]:
    """The visits of a person as they lie here, the files of their photos read and hashed."""
    models = import_module("tracker.fieldwork.models")
    store = import_module("tracker.fieldwork.pictures.store")
    visits = models.Visit.objects.filter(worker__username=name).order_by("pk")
    return [
        {
            "uuid": str(visit.uuid),
            "revision": visit.revision,
            "state": visit.state,
            "shop": str(visit.shop.uuid),
            "shop_name": visit.shop.name,
            "answers": {one: getattr(visit, one) for one in ("alipay", "wechat_pay")},
            "evidence": visit.evidence,
            "note": visit.note,
            "sent": [one.sent_sha256 for one in visit.revisions.order_by("number")],
            "photos": [
                store.photo_digest(store.read_kept(photo.sha256))
                for photo in visit.photos.order_by("pk")
            ],
        }
        for visit in visits.select_related("shop").prefetch_related("photos", "revisions")
    ]


def parked() -> list[int]:
    """How many entries and photos wait for something else on the server."""
    models = import_module("tracker.fieldwork.parked")
    return [models.ParkedEntry.objects.count(), models.ParkedPhoto.objects.count()]
