"""A bad network: a TCP proxy that cuts, doubles, or answers as the Wi-Fi of a station does.

It reads whole requests of HTTP/1.1 with a Content-Length, which is all that browsers send, and
forwards each on a connection of its own.
"""

import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

HOST = "127.0.0.1"
PORTAL = b"<!doctype html><title>Wi-Fi</title><p>Welcome! Please accept the terms."
FAULTS = ("cut up", "cut down", "doubled", "portal")
SECONDS = 90


@dataclass
class Proxy:
    """`share` of the requests meet a fault; `seen` counts what became of them."""

    to_port: int
    seed: int
    share: float = 0.0
    is_down: bool = False
    seen: Counter[str] = field(default_factory=Counter)
    lines: socket.socket = field(default_factory=lambda: socket.create_server((HOST, 0)))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.lines.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                line, _address = self.lines.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        line.settimeout(SECONDS)
        with closing(line), suppress(OSError):
            if self.is_down:
                _slam(line)
                return
            request = _read_request(line)
            if request:
                self._meet(line, request)

    def _fate(self) -> tuple[str, float]:
        """What becomes of a request, and where it is cut, as a share of its bytes."""
        with self.lock:
            is_bad = self.chance.random() < self.share
            fate = self.chance.choice(FAULTS) if is_bad else "whole"
            self.seen[fate] += 1
            return fate, self.chance.random()

    def _meet(self, line: socket.socket, request: bytes) -> None:
        fate, where = self._fate()
        if fate == "portal":
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(PORTAL)}"
            line.sendall(head.encode() + b"\r\nConnection: close\r\n\r\n" + PORTAL)
        elif fate == "cut up":
            self._forward(request[: int(len(request) * where)])
            _slam(line)
        elif fate == "doubled":
            with ThreadPoolExecutor(2) as pool:  # both at the same moment
                answers = list(pool.map(self._forward, (request, request)))
            line.sendall(answers[where < 0.5])
        else:
            answer = self._forward(request)
            if fate == "whole":
                line.sendall(answer)
                return
            line.sendall(answer[: int(len(answer) * where)])
            _slam(line)

    def _forward(self, request: bytes) -> bytes:
        """All that the site answers; where the request is not whole, it hears no more of it."""
        with closing(socket.create_connection((HOST, self.to_port), timeout=SECONDS)) as site:
            site.sendall(request)
            if not _is_whole(request):
                return b""
            answer = bytearray()
            while piece := site.recv(65_536):
                answer += piece
            return bytes(answer)


def _slam(line: socket.socket) -> None:
    """A reset instead of a goodbye, after what was sent has gone."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_WR)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _read_request(line: socket.socket) -> bytes:
    """One request, told to close its connection; nothing where the browser went away."""
    read = bytearray()
    while b"\r\n\r\n" not in read:
        piece = line.recv(65_536)
        if not piece:
            return b""
        read += piece
    head, body = bytes(read).split(b"\r\n\r\n", 1)
    kept = [one for one in head.split(b"\r\n") if not one.lower().startswith(b"connection:")]
    rest = bytearray(body)
    while len(rest) < _length_of(head):
        piece = line.recv(65_536)
        if not piece:
            return b""
        rest += piece
    return b"\r\n".join([*kept, b"Connection: close"]) + b"\r\n\r\n" + bytes(rest)


def _length_of(head: bytes) -> int:
    for one in head.lower().split(b"\r\n"):
        if one.startswith(b"content-length:"):
            return int(one.split(b":")[1])
    return 0


def _is_whole(request: bytes) -> bool:
    head, between, body = request.partition(b"\r\n\r\n")
    return bool(between) and len(body) == _length_of(head)


@contextmanager
def bad_network(to_port: int, seed: int) -> Iterator[Proxy]:
    """A proxy before the site; it does no harm until `share` is set."""
    proxy = Proxy(to_port, seed)
    thread = threading.Thread(target=proxy.serve, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.lines.shutdown(socket.SHUT_RDWR)
        proxy.lines.close()
        thread.join(5)
