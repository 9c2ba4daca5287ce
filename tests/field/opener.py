"""Opens envelopes as docs/field-app.md describes them; written from that page alone."""

import hashlib

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def open_envelope(envelope: bytes, context: str, key: ec.EllipticCurvePrivateKey) -> bytes:
    """What was sealed; raises where a single byte or the context is another."""
    point = point_of(key)
    assert envelope[:4] == b"NRS1"
    assert envelope[4:12] == hashlib.sha256(point).digest()[:8]
    sender, iv, sealed = envelope[12:77], envelope[77:89], envelope[89:]
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    shared = key.exchange(ec.ECDH(), public)
    derived = HKDF(algorithm=SHA256(), length=32, salt=sender + point, info=b"noren seal 1")
    return AESGCM(derived.derive(shared)).decrypt(iv, sealed, context.encode())
