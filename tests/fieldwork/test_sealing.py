"""Envelopes open for the right key and the right context, and for nothing else."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from tracker.fieldwork.sealing import (
    OVERHEAD_BYTES,
    PrivateKey,
    SealBroken,
    key_id_of,
    open_sealed,
    point_of,
    seal,
)

pytestmark = pytest.mark.once
# Made by WebCrypto, as a browser makes them: hexadecimal, with the keys that were used.
VECTORS = json.loads((Path(__file__).parent / "seal_vectors.json").read_text())
KEY = ec.generate_private_key(ec.SECP256R1())
KEYS = {key_id_of(point_of(KEY)): KEY}


def key_of(vector: dict[str, str]) -> PrivateKey:
    return ec.derive_private_key(int(vector["server_key"], 16), ec.SECP256R1())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["context"][:5])
def test_an_envelope_of_webcrypto_opens(vector: dict[str, str]) -> None:
    key = key_of(vector)
    assert point_of(key).hex() == vector["server_point"]
    envelope = bytes.fromhex(vector["envelope"])
    keys = {key_id_of(point_of(key)): key}
    assert open_sealed(envelope, vector["context"], keys).hex() == vector["data"]


@given(st.binary(max_size=300), st.text(max_size=50))
def test_what_was_sealed_is_what_is_opened(data: bytes, context: str) -> None:
    context = context.encode("utf-8", "replace").decode()
    envelope = seal(data, context, point_of(KEY))
    assert len(envelope) == len(data) + OVERHEAD_BYTES
    assert open_sealed(envelope, context, KEYS) == data


def test_two_envelopes_of_the_same_data_have_nothing_in_common() -> None:
    first, second = (seal(b"yes", "entry:x", point_of(KEY)) for _ in range(2))
    assert first[12:] != second[12:]
    assert first[77:89] != second[77:89]


def test_every_byte_of_an_envelope_matters() -> None:
    envelope = seal(b"yes", "entry:x", point_of(KEY))
    for place in range(len(envelope)):
        changed = bytearray(envelope)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            open_sealed(bytes(changed), "entry:x", KEYS)


@pytest.mark.parametrize("context", ["", "entry:y", "entry:x ", "ENTRY:x"])
def test_another_context_does_not_open(context: str) -> None:
    with pytest.raises(SealBroken):
        open_sealed(seal(b"yes", "entry:x", point_of(KEY)), context, KEYS)


def test_another_key_does_not_open_even_under_the_same_id() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    envelope = seal(b"yes", "entry:x", point_of(KEY))
    for keys in ({}, {key_id_of(point_of(other)): other}, {key_id_of(point_of(KEY)): other}):
        with pytest.raises(SealBroken):
            open_sealed(envelope, "entry:x", keys)


@given(st.binary(max_size=200))
def test_rubbish_is_refused(data: bytes) -> None:
    for envelope in (data, b"NRS1" + data, b"NRS1" + key_id_of(point_of(KEY)) + data):
        with pytest.raises(SealBroken):
            open_sealed(envelope, "entry:x", KEYS)
