"""What the phone seals, the key of the server opens: nothing else, and for nothing else."""

import base64
import hashlib

import pytest
from cryptography.exceptions import InvalidTag

from tests.field.opener import open_envelope, point_of
from tests.field.phone import Phone, as_bytes
from tests.field.server import PhoneServer

pytestmark = [pytest.mark.browser, pytest.mark.once]
CONTEXT = "entry:0198c0de-0000-4000-8000-000000000001:1:12"


def sealed(phone: Phone, server: PhoneServer, data: bytes) -> bytes:
    point = point_of(server.key)
    key = {"id": "", "point": base64.b64encode(point).decode()}
    made = phone.call("seal", "seal", as_bytes(data), CONTEXT, key)
    return base64.b64decode(made["$bytes"])


@pytest.mark.parametrize("size", [0, 1, 15, 16, 4000, 300_000])
def test_the_server_opens_what_the_phone_sealed(
    phone: Phone, server: PhoneServer, size: int
) -> None:
    data = hashlib.sha256(b"x").digest() * (size // 32 + 1)
    envelope = sealed(phone, server, data[:size])
    assert open_envelope(envelope, CONTEXT, server.key) == data[:size]
    assert len(envelope) == 4 + 8 + 65 + 12 + size + 16


def test_no_two_envelopes_are_alike(phone: Phone, server: PhoneServer) -> None:
    assert sealed(phone, server, b"a") != sealed(phone, server, b"a")


def test_an_envelope_opens_in_its_own_context_only(phone: Phone, server: PhoneServer) -> None:
    envelope = sealed(phone, server, b"a")
    with pytest.raises(InvalidTag):
        open_envelope(envelope, CONTEXT.replace(":1:12", ":2:12"), server.key)


def test_a_changed_byte_is_seen(phone: Phone, server: PhoneServer) -> None:
    envelope = bytearray(sealed(phone, server, b"a"))
    envelope[-17] ^= 1
    with pytest.raises(InvalidTag):
        open_envelope(bytes(envelope), CONTEXT, server.key)


def test_base64_and_hashes_are_those_of_everybody(phone: Phone) -> None:
    data = bytes(range(256)) * 300
    encoded = base64.b64encode(data).decode()
    assert phone.call("bytes", "base64", as_bytes(data)) == encoded
    assert phone.call("bytes", "fromBase64", encoded) == as_bytes(data)
    assert phone.call("bytes", "sha256", as_bytes(data)) == hashlib.sha256(data).hexdigest()
