"""Finding encrypted values again: keyed digests of their normalised form.

A digest is HMAC-SHA256 with a key of its own, cut to 16 bytes. Names also get digests of their near forms
(one letter left out, after Garbe's symmetric delete), so that one slip of spelling is still found.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from django.conf import settings

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def digest(purpose: str, value: str) -> str:
    """32 hexadecimal characters that stand for `value`; digests of different purposes never match."""
    key = settings.BLIND_INDEX_KEY.encode()
    return hmac.new(key, f"{purpose}\x00{value}".encode(), hashlib.sha256).hexdigest()[:32]


def fold(text: str) -> str:
    """Lower case, no accents, words of letters and digits parted by one space."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return _NOT_WORD.sub(" ", plain.lower()).strip() or text.strip().lower()


def near_forms(word: str) -> set[str]:
    """The word itself and every form with one letter left out (words under four letters: itself only)."""
    if len(word) < 4:
        return {word}
    return {word} | {word[:cut] + word[cut + 1 :] for cut in range(len(word))}
