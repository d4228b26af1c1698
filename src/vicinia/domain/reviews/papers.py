"""The letters of a review: that it was acknowledged, and what was decided."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vicinia.domain.people import queries as people
from vicinia.domain.reviews import queries, rules
from vicinia.domain.reviews.models import Review
from vicinia.domain.reviews.states import LetterKind
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel.actor import Actor


def letter(*, by: Actor, review: Review, kind: str) -> bytes:
    """A letter to be posted, with the name and address of who asked: reading them is written in the access log."""
    rules.may_handle(by).require()
    rules.may_print(review, kind).require()
    to: list[str] = []
    if review.person is not None:
        purpose = _("Lettera per il riesame %(reference)s") % {"reference": review.reference}
        shown = people.reveal(by, review.person, purpose)
        to = [line for line in (shown.name, shown.address) if line]
    return _render(review, kind, to)


def letter_for_reporter(*, review: Review, kind: str) -> bytes:
    """The same for who reads it behind their private link: without name and address, which a link does not prove."""
    rules.may_print(review, kind).require()
    return _render(review, kind, [])


def _render(review: Review, kind: str, to: list[str]) -> bytes:
    context = {
        "review": review,
        "to": to,
        "is_decision": kind == LetterKind.DECISION,
        "recommendations": queries.shown_recommendations(review),
    }
    return pdf.render("reviews/papers/letter.html", context, language=review.report.language)
