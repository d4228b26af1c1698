"""What a draft holds: the answers as typed, and after sending what its writer may still see."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from vicinia.foundation.kernel.fields import cipher


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a draft: a report of one's own, or one's name under the report of somebody else.

    `token` opens the follow page of a report of one's own, and is empty otherwise.
    """

    reference: str
    token: str = ""
    is_me_too: bool = False
    is_rated: bool = False


@dataclass(frozen=True, slots=True)
class DraftContent:
    """The answers of a form as they were typed, by field; once it is sent, only what came of it."""

    answers: Mapping[str, str] = field(default_factory=dict)
    sent: Sent | None = None


def seal(content: DraftContent) -> bytes:
    """The content, encrypted with the keys of personal data."""
    return cipher().encrypt(json.dumps(asdict(content)).encode())


def unseal(kept: bytes | memoryview) -> DraftContent:
    """The content of a draft as it was sealed."""
    plain = json.loads(cipher().decrypt(bytes(kept)))
    sent = Sent(**plain["sent"]) if plain["sent"] else None
    return DraftContent(answers=plain["answers"], sent=sent)
