"""The papers of mobility, whose text the town may edit: the offer of a dwelling, the accord, the removals of a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
OFFER = "mobility.offer"
ACCORD = "mobility.accord"
DAY_SHEET = "mobility.day_sheet"
# The language of what is signed, and of the papers that stay among us.
LANGUAGE = "it"


def register_all() -> None:
    """Make the papers of mobility known to the documents."""
    about = (
        Word("reference", _("il numero dell'offerta o dell'accordo"), "OA2027-0003"),
        Word("household", _("il numero del nucleo"), "27"),
        Word("kind", _("per quanto: temporary, return, final"), "temporary"),
        Word("where", _("edificio, scala e porta"), "Corte B, scala B, int. 4"),
        Word("from_day", _("il primo giorno"), dt.date(2027, 5, 1)),
        Word("until", _("l'ultimo giorno, se si sa"), dt.date(2028, 2, 29)),
        Word("companion", _("chi accompagna il nucleo"), "Lucia Sala"),
        Word("phone", _("il telefono dello sportello"), "0131 555 010"),
        Word("address", _("dove si viene di persona"), "Via Roma 1"),
    )
    offer = (
        *about,
        Word("day", _("il giorno dell'offerta"), dt.date(2027, 3, 4)),
        Word("due_on", _("entro quando si risponde"), dt.date(2027, 3, 19)),
        Word("rooms", _("quante stanze"), "2"),
        Word("area", _("quanti metri quadri"), "54"),
        Word("floor", _("il piano; 0 è il piano terra"), "1"),
        Word("lift", _("se c'è l'ascensore"), True),
        Word("step_free", _("se si entra senza gradini"), True),
        Word("words", _("che cosa diciamo alla famiglia, come è scritto"), "Resti vicino alla scuola."),
        Word("page", _("il codice QR e l'indirizzo"), is_part=True, is_required=True),
    )
    register(DocumentKind(OFFER, _("Offerta di alloggio"), Audience.RESIDENT, offer, TEXTS / "offer"))
    accord = (
        *about,
        Word("returns", _("se il nucleo ha diritto a rientrare"), True),
        Word("promises", _("che cosa si è concordato, come è scritto"), "Il deposito è pagato da noi."),
        Word("notice_days", _("quanti giorni prima si dice il giorno del trasloco"), "15"),
        Word("payment_days", _("in quanti giorni si paga una spesa"), "28"),
        Word("signatures", _("dove si firma"), is_part=True, is_required=True),
    )
    register(
        DocumentKind(ACCORD, _("Accordo per il trasferimento"), Audience.RESIDENT, accord, TEXTS / "accord")
    )
    day_sheet = (
        Word("day", _("il giorno"), dt.date(2027, 4, 28)),
        Word("phone", _("il telefono dello sportello"), "0131 555 010"),
        Word("rows", _("la tabella dei traslochi"), is_part=True, is_required=True),
    )
    register(
        DocumentKind(
            DAY_SHEET, _("Foglio dei traslochi del giorno"), Audience.PARTNER, day_sheet, TEXTS / "day_sheet"
        )
    )
