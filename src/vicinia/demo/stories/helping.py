"""The help desk of Le Corti, as data: hours, what people ask, what is followed; days count back from today."""

from __future__ import annotations

import datetime as dt

OPENED = 190  # days ago
POINT = ("Sportello sociale Le Corti", "Via delle Corti 12, piano terra", "Porta verde nel cortile B.")
WEEK = (
    (0, 9, 13, "both"),
    (1, 15, 18, "both"),
    (2, 9, 13, "walk_in"),
    (3, 15, 18, "appointment"),
    (4, 9, 12, "both"),
)
# How much of each: kind and topic, weight, what one line may say.
ASKED = (
    ("information", "works", 16, ("Quando tocca alla scala C", "Rumore del cantiere: gli orari", "Dove si parcheggia adesso")),
    ("information", "rent", 10, ("Come si legge la bolletta delle spese", "Ricevuta dell'affitto")),
    ("orientation", "support", 9, ("A chi chiedere il bonus affitto", "Pacco alimentare: dove e quando")),
    ("orientation", "health", 5, ("Medico di base per chi è appena arrivato", "Numero dell'assistente sociale")),
    ("orientation", "work", 5, ("Corso di italiano del mattino", "Centro per l'impiego: cosa portare")),
    ("accompaniment", "papers", 9, ("Domanda dell'ISEE con il CAF", "Rinnovo del permesso: appuntamento")),
    ("accompaniment", "digital", 6, ("Attivato lo SPID", "Iscrizione alla mensa dal telefono")),
    ("accompaniment", "moves", 5, ("Che cosa succede ai mobili nel trasferimento", "Visita all'alloggio provvisorio")),
    ("accompaniment", "school", 3, ("Iscrizione alla materna",)),
    ("report", "repairs", 9, ("Ascensore fermo alla scala A", "Perdita sotto il lavello", "Luce delle scale")),
    ("report", "quarter", 3, ("Rifiuti accanto ai contenitori",)),
    ("mediation", "neighbours", 4, ("Musica la sera, piano di sopra", "Panni che gocciolano", "Bici nell'androne")),
)  # fmt: skip
LANGUAGES = (("it", 62), ("ar", 14), ("ro", 10), ("ur", 6), ("uk", 4), ("sq", 4))
CHANNELS = (("desk", 66), ("phone", 20), ("message", 7), ("street", 7))
# Days ago, title, what is needed, topic, language, what became of it: state, days ago, words.
FILES = (
    (70, "Bonus affitto con arretrati", "Due mensilità arretrate. Serve l'ISEE prima della scadenza.", "support", "it",
     (("waiting", 62, "Il CAF: ha i documenti dal 12."), ("closed", 30, "Bonus ottenuto, arretrati rateizzati."))),
    (41, "Trasferimento: montascale nell'alloggio provvisorio", "Chi si trasferisce usa la carrozzina.", "moves", "it",
     (("waiting", 33, "L'ufficio casa: sopralluogo con il tecnico."),)),
    (26, "Ricongiungimento: certificato di idoneità", "Serve il certificato di idoneità dell'alloggio.", "papers", "ar",
     (("answered", 9, "Domanda presentata, risposta attesa entro trenta giorni."),)),
    (12, "Iscrizione a scuola a metà anno", "Due bambini arrivati a ottobre, senza pagelle.", "school", "ro", ()),
    (3, "Contatore intestato al vecchio inquilino", "La fornitura è ancora a nome di chi c'era prima.", "rent", "ur", ()),
)  # fmt: skip
BOOKED = (
    ("Rosa Tonelli", "email", "rent"),
    ("Gino Pavesi", "phone", "moves"),
    ("", "none", "papers"),
    ("Amina Haddad", "email", "school"),
)
LONGEST = dt.timedelta(minutes=25)
