"""What goes on by itself: messages are written piece by piece, and what is no longer needed is forgotten."""

from __future__ import annotations

from vicinia.domain.outreach import actions, queries
from vicinia.foundation.kernel.actor import Actor

# Pieces of one run: what a town sends in a minute.
MOST_PIECES = 20


def send() -> int:
    """Write the next messages of notices that are going out; how many."""
    worker = Actor.job("send-notices")
    written = 0
    for publication in queries.unsent():
        for _piece in range(MOST_PIECES):
            count = actions.send_piece(by=worker, publication=publication)
            written += count
            if not count:
                break
    return written


def forget() -> int:
    """Forget who signed up to what is long over, and who never confirmed."""
    worker = Actor.job("forget-sign-ups")
    return actions.forget_sign_ups(by=worker) + actions.forget_unconfirmed(by=worker)
