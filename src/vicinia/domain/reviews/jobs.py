"""What the night does for reviews."""

from __future__ import annotations

from contextlib import suppress

from vicinia.domain.reviews import actions, queries
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused


def tell_rights() -> int:
    """Write to who may ask for a review and has not been told; returns to how many."""
    told = 0
    for new in queries.rights_to_tell():
        with suppress(Refused):  # looked at closely there is no right: the others go on
            told += actions.tell_right(by=Actor.job("reviews.tell_rights"), new=new) is not None
    return told
