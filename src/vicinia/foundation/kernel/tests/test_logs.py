"""No token of a private link reaches the log."""

import logging
import secrets

from django.conf import settings

from vicinia.foundation.kernel.logs import LineFormatter


def line(message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    return LineFormatter(fmt="%(levelname)s %(message)s").format(record)


def test_a_token_in_an_address_is_blotted_out() -> None:
    for _time in range(50):  # some begin or end with a dash
        token = secrets.token_urlsafe(32)
        written = line("%s: %s", "Not Found", f"/collegamento/{token}/codice")
        assert written == "WARNING Not Found: /collegamento/…/codice"
        assert line("/segui/%s", token) == "WARNING /segui/…"


def test_other_words_stay() -> None:
    for words in ("/casi/2026-0001/rete", "/static/" + "a" * 64, "x" * 42):
        assert line(words) == f"WARNING {words}"


def test_the_town_writes_its_log_with_it() -> None:
    assert settings.LOGGING["formatters"]["line"]["()"] == "vicinia.foundation.kernel.logs.LineFormatter"
