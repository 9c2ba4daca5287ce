"""The phone's modules and the server of these tests at one address.

The modules are served under the names they have in the source. In production they have names
with a hash, so a page of the real site holds instances of its own: these tests use a page with
nothing on it instead, and never the shell.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.conf import settings

from tests.field.server import Answer, PhoneServer, Request

HARNESS = b'<!doctype html><html lang="en"><title>phone</title><body></body></html>'
PAGES = ("/harness", "/portal", "/", "/favicon.ico")
MODULES = {
    "/static/field/": Path(settings.BASE_DIR) / "tracker/static/field",
    "/static/idb/": Path(settings.NPM_DIR) / "idb/build",
}


def _handler(server: PhoneServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_words: object) -> None:
            """Quiet."""

        def cut(self) -> None:
            """In the middle of an answer: before its first byte a browser asks again itself."""
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
            self.wfile.write(b"Content-Length: 100\r\n\r\n{")
            self.close_connection = True

        def handle_one(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size)
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = _file(self.path)
            if answer is None:
                with server.lock:
                    answer = server.answer(Request(self.command, self.path, headers, body))
            if answer is None:
                self.cut()
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

    for method in ("GET", "POST", "PUT"):
        setattr(Handler, f"do_{method}", Handler.handle_one)
    return Handler


def _file(path: str) -> Answer | None:
    if path in PAGES:
        return Answer(200, HARNESS, "text/html; charset=utf-8")
    for prefix, folder in MODULES.items():
        if path.startswith(prefix):
            return Answer(200, (folder / path[len(prefix) :]).read_bytes(), "text/javascript")
    return None


@contextmanager
def phone_server() -> Iterator[PhoneServer]:
    server = PhoneServer()
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    http.daemon_threads = True
    server.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield server
    http.shutdown()
    http.server_close()
