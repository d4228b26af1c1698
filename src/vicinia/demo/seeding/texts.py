"""A text of a document that the town wrote in its own words, and one that waits as a draft."""

from __future__ import annotations

from vicinia.domain.casework.documents import HANDOVER
from vicinia.domain.reviews.documents import ACKNOWLEDGMENT
from vicinia.foundation.documents import actions, queries
from vicinia.foundation.kernel.actor import Actor

_OPENING = "Da leggere prima di chiamare: chi ha segnalato non deve raccontare tutto da capo."
_LONGER = f"{_OPENING} Se qualcosa non è chiaro, chiedi a chi ti passa il caso."


def write_texts(*, by: Actor) -> None:
    """The handover sheet has a sentence of the town's; the letter of a review is being made shorter."""
    ours = queries.text_of(HANDOVER, "it").source
    sheet = actions.save_draft(
        by=by,
        key=HANDOVER,
        language="it",
        source=ours.replace(_OPENING, _LONGER),
        note="che cosa fare se qualcosa non è chiaro",
    )
    actions.publish(by=by, text=sheet)
    letter = queries.text_of(ACKNOWLEDGMENT, "it").source
    actions.save_draft(
        by=by, key=ACKNOWLEDGMENT, language="it", source=letter.replace("ci hai chiesto di", "hai chiesto di")
    )
