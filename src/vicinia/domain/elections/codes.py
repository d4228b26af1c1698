"""Codes to vote with and receipts of votes: random, easy to read aloud, kept as digests only."""

from __future__ import annotations

import hashlib
import re
import secrets

from vicinia.foundation.kernel.blind_index import digest

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: read aloud and copied without mistakes
CODE_LENGTH = 12  # 59 random bits: nobody tries them all
RECEIPT_LENGTH = 16
_OTHER = re.compile(r"[^a-z0-9]+")


def new_code() -> str:
    """A code to vote with once."""
    return _random(CODE_LENGTH)


def new_receipt() -> str:
    """The receipt of one vote, made before the vote is sent: the same page sent twice is one vote."""
    return _random(RECEIPT_LENGTH)


def new_ticket() -> str:
    """The public number of one in a pool."""
    return _random(8)


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(length))


def cleaned(words: str) -> str:
    """A code or a receipt as it was made, however it was typed."""
    return _OTHER.sub("", words.lower())


def spoken(code: str) -> str:
    """In groups of four, as it is printed and read aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def code_digest(code: str) -> str:
    """What is kept of a code: a keyed digest, so that who reads the table can't try codes."""
    return digest("elections.code", cleaned(code))


def receipt_digest(receipt: str) -> str:
    """What is kept and published of a receipt: its SHA-256, which anybody can compute."""
    return hashlib.sha256(cleaned(receipt).encode()).hexdigest()


def is_receipt(words: str) -> bool:
    """Whether this can be a receipt that we made."""
    given = cleaned(words)
    return len(given) == RECEIPT_LENGTH and set(given) <= set(ALPHABET)
