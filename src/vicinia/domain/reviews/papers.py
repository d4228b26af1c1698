"""The letters of a review: that it was acknowledged, and what was decided."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from vicinia.domain.people import queries as people
from vicinia.domain.reviews import queries, rules
from vicinia.domain.reviews.documents import key_of
from vicinia.domain.reviews.models import Review
from vicinia.domain.reviews.states import LetterKind, ReviewState
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents.composing import compose
from vicinia.foundation.kernel.actor import Actor


def letter(*, by: Actor, review: Review, kind: str) -> bytes:
    """A letter to be posted, with the name and address of who asked: reading them is written in the access log."""
    rules.may_handle(by).require()
    rules.may_print(review, kind).require()
    to: tuple[str, ...] = ()
    if review.person is not None:
        purpose = _("Lettera per il riesame %(reference)s") % {"reference": review.reference}
        to = people.reveal(by, review.person, purpose).postal_lines
    return _render(review, kind, to)


def letter_for_reporter(*, review: Review, kind: str) -> bytes:
    """The same for who reads it behind their private link: without name and address, which a link does not prove."""
    rules.may_print(review, kind).require()
    return _render(review, kind, ())


def _render(review: Review, kind: str, to: tuple[str, ...]) -> bytes:
    values = _decision if kind == LetterKind.DECISION else _acknowledgment
    document = compose(key_of(kind), review.report.language, lambda: _named(review) | values(review))
    context = {"review": review, "to": to, "document": document}
    return pdf.render("reviews/papers/letter.html", context, language=document.language)


def _named(review: Review) -> dict[str, Any]:
    return {
        "reference": review.reference,
        "report": review.report.reference,
        "asked_on": review.asked_on,
        "chair": str(review.chair_words),
    }


def _acknowledgment(review: Review) -> dict[str, Any]:
    return {"threshold_by": review.threshold_by, "meet_by": review.meet_by}


def _decision(review: Review) -> dict[str, Any]:
    return {
        "is_decided": review.state == ReviewState.DECIDED,
        "threshold_reasons": review.threshold_reasons,
        "reasons": review.reasons,
        "recommendations": [
            {
                "what": row.what,
                "who": row.who,
                "due": row.due_on,
                "state": row.get_state_display(),
                "refusal": row.refusal,
            }
            for row in queries.shown_recommendations(review)
        ],
    }
