"""Envelopes that only the server opens: P-256, HKDF-SHA256, AES-256-GCM. Pure: no Django.

    envelope = "NRS1" (4) ‖ key id (8) ‖ ephemeral point (65) ‖ iv (12) ‖ ciphertext with tag

docs/field-app.md describes it for those who write the phone's side; WebCrypto has all of it.
"""

import hashlib
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PrivateKey = ec.EllipticCurvePrivateKey
Keys = Mapping[bytes, PrivateKey]  # key id → key

MAGIC = b"NRS1"
INFO = b"noren seal 1"
ID_BYTES, POINT_BYTES, IV_BYTES, TAG_BYTES = 8, 65, 12, 16
HEAD_BYTES = len(MAGIC) + ID_BYTES + POINT_BYTES + IV_BYTES
OVERHEAD_BYTES = HEAD_BYTES + TAG_BYTES  # an envelope is so much longer than what is in it


class SealBroken(Exception):
    """This is no envelope, or not one for these keys and this context."""


def point_of(key: PrivateKey) -> bytes:
    """The public half as an uncompressed point, 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def key_id_of(point: bytes) -> bytes:
    """The first eight bytes of the SHA-256 of the point."""
    return hashlib.sha256(point).digest()[:ID_BYTES]


def seal(data: bytes, context: str, point: bytes) -> bytes:
    """What a phone does; the server seals for its tests and for `verify` only."""
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    shared = ephemeral.exchange(ec.ECDH(), public)
    sender, iv = point_of(ephemeral), os.urandom(IV_BYTES)
    sealed = AESGCM(_derived(shared, sender, point)).encrypt(iv, data, context.encode())
    return MAGIC + key_id_of(point) + sender + iv + sealed


def open_sealed(envelope: bytes, context: str, keys: Keys) -> bytes:
    """What was sealed for `context`. Raises SealBroken whatever is wrong with it."""
    if len(envelope) < OVERHEAD_BYTES or not envelope.startswith(MAGIC):
        raise SealBroken("no envelope")
    key = keys.get(key_id_in(envelope))
    if key is None:
        raise SealBroken("sealed to another server's key")
    sender = envelope[len(MAGIC) + ID_BYTES :][:POINT_BYTES]
    iv, sealed = envelope[HEAD_BYTES - IV_BYTES : HEAD_BYTES], envelope[HEAD_BYTES:]
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = key.exchange(ec.ECDH(), public)
        derived = _derived(shared, sender, point_of(key))
        return AESGCM(derived).decrypt(iv, sealed, context.encode())
    except (ValueError, InvalidTag):
        raise SealBroken("changed on the way, or sealed for something else") from None


def key_id_in(envelope: bytes) -> bytes:
    """The id of the key an envelope was sealed to."""
    return envelope[len(MAGIC) :][:ID_BYTES]


def _derived(shared: bytes, sender: bytes, receiver: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=sender + receiver, info=INFO).derive(shared)
