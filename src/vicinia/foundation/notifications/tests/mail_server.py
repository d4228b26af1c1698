"""A mail server for tests: speaks SMTP over a socket, keeps what it gets, and refuses as it is told."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


class MailServer(socketserver.ThreadingTCPServer):
    """`answers` maps a command (MAIL, RCPT, DATA) to the reply it gets instead of yes."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.received: list[EmailMessage] = []
        self.answers: dict[str, str] = {}

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            command = line[:4].decode().upper().strip()
            if command == "QUIT":
                self._say("221 bye")
                return
            if command == "DATA" and "DATA" not in self._server.answers:
                self._take()
            else:
                self._say(self._server.answers.get(command, "250 ok"))

    @property
    def _server(self) -> MailServer:
        return cast(MailServer, self.server)

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self._server.received.append(
            cast(EmailMessage, message_from_bytes(b"".join(lines), policy=policy.default))
        )
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
