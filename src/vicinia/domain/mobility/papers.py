"""The letter of an offer, the accord to sign, the removals of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from vicinia.domain.mobility import queries
from vicinia.domain.mobility.actions.family import link_of
from vicinia.domain.mobility.documents import ACCORD, DAY_SHEET, LANGUAGE, OFFER
from vicinia.domain.mobility.models import Accord, Offer, RehousingFile, Removal
from vicinia.domain.mobility.queries import offers
from vicinia.domain.mobility.rules import last_day_of
from vicinia.foundation.documents import pdf, qr
from vicinia.foundation.documents.composing import Composed, compose, part

# How long before a removal its day is said.
NOTICE_DAYS = 15


def _printed(document: Composed) -> bytes:
    return pdf.render("documents/paper.html", {"document": document}, language=document.language)


def _about(file: RehousingFile, offer: Offer) -> dict[str, Any]:
    companions = [one.user.name for one in queries.companions_of(file)]
    return {
        "household": str(file.household.number),
        "kind": offer.kind,
        "where": offers.offered(offer)["where"],
        "from_day": offer.from_month,
        "until": last_day_of(offer.to_month) if offer.to_month else "",
        "companion": ", ".join(companions),
        "phone": settings.HELP_PHONE,
        "address": settings.HELP_ADDRESS,
    }


def letter(*, offer: Offer, token: str, language: str) -> bytes:
    """What is offered, as it was when it was sent, and until when to answer; the code of the household's page."""
    said = offers.offered(offer)
    link = link_of(token)

    def values() -> dict[str, Any]:
        return {
            **_about(offer.file, offer),
            "reference": offer.reference,
            "day": offer.sent_on,
            "due_on": offer.due_on,
            "rooms": str(said["rooms"] or ""),
            "area": f"{said['area_m2']:g}" if said["area_m2"] else "",
            "floor": "" if said["floor"] is None else str(said["floor"]),
            "lift": said["has_lift"],
            "step_free": said["step_free"],
            "words": offer.words,
            "page": part("mobility/papers/page.html", {"link": link, "qr": qr.svg(link)}),
        }

    return _printed(compose(OFFER, language, values))


def accord(*, accord: Accord, language: str) -> bytes:
    """What both promise, and where they sign."""
    file = accord.file

    def values() -> dict[str, Any]:
        number = file.household.number
        return {
            **_about(file, accord.offer),
            "reference": accord.reference,
            "returns": file.claims_return and file.return_ended_on is None,
            "promises": accord.promises,
            "notice_days": str(NOTICE_DAYS),
            "payment_days": str(file.relocation.payment_days),
            "signatures": part("mobility/papers/signatures.html", {"number": number}),
        }

    return _printed(compose(ACCORD, language, values))


def day_sheet(*, day: dt.date, removals: Sequence[Removal]) -> bytes:
    """Who moves on a day, by number and door: nobody is named, and no note is printed."""

    def values() -> dict[str, Any]:
        rows = part("mobility/papers/removals.html", {"removals": removals})
        return {"day": day, "phone": settings.HELP_PHONE, "rows": rows}

    return _printed(compose(DAY_SHEET, LANGUAGE, values))
