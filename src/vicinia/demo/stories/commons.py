"""What Le Corti has in common, as data."""

from __future__ import annotations

from typing import Any

BUILDING = "COR-B"
MANAGER = "Azienda casa"
BODY = "Autogestione Corte B"
PURPOSE = "Tenere pulite le scale e curare il cortile, spendendo meno e decidendo insieme."
ASSEMBLY = "Assemblea costitutiva dell'autogestione della Corte B"
CONVENTION = (
    "## Che cosa fa l'autogestione\n\n- Pulisce le scale ogni settimana.\n- Cura il verde del cortile.\n\n"
    "## Che cosa fa il gestore\n\n- Versa la quota delle pulizie ogni tre mesi.\n- Resta responsabile di impianti e tetto."
)
APPROVED_BY = "l'assemblea della Corte B"
NEIGHBOURS = (
    "Rosa Merli", "Gino Pavesi", "Amina Haddad", "Ion Popa", "Olena Bondar", "Tullio Greco", "Besa Hoxha", "Carmen Ruiz",
)  # fmt: skip
OFFICES = (
    ("Rosa Merli", "representative", True),
    ("Gino Pavesi", "treasurer", False),
    ("Amina Haddad", "member", False),
)
LINES = (
    ("income", 10, "Quota delle pulizie versata dal gestore", "900.00"),
    ("expense", 10, "Prodotti e attrezzi per le pulizie", "184.30"),
    ("expense", 11, "Terriccio e bulbi per il cortile", "96.50"),
)

ROOM = "Sala comune di Le Corti"
ROOM_PLACE = "Corte B, piano terra, ingresso dal cortile"
ROOM_LIKE = "Una sala con tavoli, sedie per quaranta persone e una piccola cucina."
ROOM_ACCESS = "Si entra senza gradini; c'è un bagno accessibile."
HOUSE_RULES = "Si lascia pulito e si portano via i rifiuti.\nMusica bassa dopo le 20.\nLe chiavi si ritirano e si rendono allo sportello."
# In how many days, at what hour, who, for what, how many people, every how many weeks (0: once).
BOOKINGS = (
    (5, 16, "Amina Haddad", "Compiti insieme per i bambini delle medie", 15, 1),
    (9, 10, "Ion Popa", "Festa di compleanno", 30, 0),
    (12, 18, "Carmen Ruiz", "Prove del coro", 18, 0),
)

PACT = "Il giardino dei Glicini"
PACT_PLACE = "tra la Corte B e la Corte C"
GROUP = "Gruppo Giardino dei Glicini"
GOALS = "Riaprire il giardino chiuso da anni, curarlo insieme e farne un posto dove ci si incontra."
TERMS: dict[str, Any] = {
    "public_use": "Il giardino è aperto a tutti dall'alba al tramonto.",
    "insurance": "Chi lavora nel giardino è coperto dalla polizza del Comune per i volontari.",
    "publicity": "Un cartello all'ingresso e una pagina sul portale.",
    "monitoring": "Ci troviamo nel giardino ogni tre mesi per vedere come va.",
    "exclusion": "Il patto finisce prima se per tre mesi nessuno cura il giardino.",
}
PROMISES = (
    ("residents", "Aprire e chiudere il cancello, annaffiare, tenere pulito.", "ogni giorno"),
    ("residents", "Fare almeno due feste aperte a tutto il quartiere.", "ogni anno"),
    ("town", "Dare acqua, attrezzi e terra.", "in primavera"),
    ("town", "Potare gli alberi alti.", "ogni inverno"),
)
ASSESSMENT = "L'ufficio verde è d'accordo. Gli alberi alti li pota il Comune, per sicurezza."
REPORT = "Il giardino è aperto tutti i giorni. Due feste e un orto con la scuola."
TROUBLE = "In agosto eravamo in pochi ad annaffiare."
OTHER_PACT = "Ridipingiamo il sottopasso"
OTHER_GOALS = "Vorremmo ridipingere il sottopasso della stazione con i ragazzi del centro giovani."
OTHER_GROUP = "Ragazzi del centro giovani"
