"""The papers of what is common, whose text the town may edit: convention, offices, account, pact."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
CONVENTION = "commons.convention"
OFFICES = "commons.offices"
ACCOUNT = "commons.account"
PACT = "commons.pact"
# The language in which these are signed.
LANGUAGE = "it"


def register_all() -> None:
    """Make the four papers known to the documents."""
    of_body = (
        Word("reference", _("il numero della struttura"), "AG2026-0001"),
        Word("name", _("come si chiama la struttura"), "Autogestione Corte B"),
        Word("kind", _("comitato o autogestione"), "autogestione"),
        Word("unit", _("l'edificio e le scale"), "Corte B, A, B"),
    )
    convention = (
        Word("manager", _("chi gestisce le case"), "Azienda casa"),
        Word("services", _("di che cosa si occupa"), "pulizie, verde"),
        Word("constituted_on", _("il giorno della costituzione, se c'è"), dt.date(2026, 5, 4)),
        Word("signed_on", _("il giorno della firma, se c'è"), dt.date(2026, 5, 20)),
        Word("until", _("il termine, se c'è"), dt.date(2027, 5, 20)),
        Word("convention", _("il testo della convenzione"), is_part=True, is_required=True),
    )
    register(
        DocumentKind(
            CONVENTION,
            _("Convenzione di autogestione"),
            Audience.UNIT,
            of_body + convention,
            TEXTS / "convention",
        )
    )
    offices = (Word("rows", _("chi ha quale incarico"), is_part=True, is_required=True),)
    register(
        DocumentKind(
            OFFICES, _("Elenco dei rappresentanti"), Audience.UNIT, of_body + offices, TEXTS / "offices"
        )
    )
    account = (
        Word("year", _("l'anno"), "2025"),
        Word("words", _("la relazione, se c'è"), "Abbiamo pulito le scale."),
        Word("approved_on", _("il giorno dell'approvazione, se c'è"), dt.date(2026, 2, 3)),
        Word("approved_where", _("chi lo ha approvato, se c'è"), "l'assemblea"),
        Word("rows", _("le voci e i totali"), is_part=True, is_required=True),
    )
    register(
        DocumentKind(
            ACCOUNT, _("Rendiconto di autogestione"), Audience.UNIT, of_body + account, TEXTS / "account"
        )
    )
    pact = (
        Word("reference", _("il numero del patto"), "PC2026-0001"),
        Word("title", _("il titolo"), "Il giardino di via Po"),
        Word("level", _("il tipo di cura"), "cura continuativa"),
        Word("goals", _("che cosa si vuole ottenere"), "Curare insieme il giardino."),
        Word("place", _("dove, se è scritto"), "via Po"),
        Word("who", _("chi firma per gli abitanti"), "Gruppo via Po"),
        Word("months", _("quanti mesi dura"), "12"),
        Word("starts_on", _("il primo giorno, se c'è"), dt.date(2026, 5, 4)),
        Word("ends_on", _("l'ultimo giorno, se c'è"), dt.date(2027, 5, 4)),
        Word("promises", _("impegni, condizioni e firme"), is_part=True, is_required=True),
    )
    register(DocumentKind(PACT, _("Patto di collaborazione"), Audience.RESIDENT, pact, TEXTS / "pact"))
