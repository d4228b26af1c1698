"""The contract of Le Corti, as data: its axes, its sheets, what was done and paid. Days count back from today."""

from __future__ import annotations

from dataclasses import dataclass

BEGUN, ENDS = 196, -534
TITLE = "Abitare Le Corti: contratto di quartiere"
FUNDER = "Regione, programma «Abitare insieme»"
ACT = "Delibera della Giunta regionale n. 412"
AIM = "Case più curate, vicini che si conoscono, uno sportello a due passi: il quartiere torna un posto dove stare."
AXES = (
    ("housing", "Abitare"),
    ("social", "Azioni sociali"),
    ("communication", "Comunicazione e animazione"),
)
# What, other signatories, protocol, whether it is the contract, how long ago.
SIGNED = (
    ("Contratto di quartiere", "Comune, azienda per la casa, Regione", "2026/0004127", True, 194),
    ("Accordo per lo sportello sociale", "Cooperativa Il Cortile, Comune", "2026/0005310", False, 180),
)
# For whom they sit, who, in what role.
SEATS = (
    ("institution", "Ufficio politiche abitative", "presiede"),
    ("institution", "Servizio sociale di zona", ""),
    ("signatory", "Azienda per la casa", ""),
    ("signatory", "Cooperativa Il Cortile", ""),
    ("resident", "Amina Rachidi", "corte A"),
    ("resident", "Gino Pavesi", "corte B"),
)


@dataclass(frozen=True)
class Stage:
    """A milestone: promised for a day, moved to others each with a reason, reached."""

    title: str
    planned: int
    slips: tuple[tuple[int, int, str], ...] = ()  # on, to, why
    reached: int | None = None


@dataclass(frozen=True)
class Aim:
    """An indicator: what it is called, what it counts, which kinds, what it takes, from where, how much is promised."""

    title: str
    source: str
    goal: int
    kinds: tuple[str, ...] = ()
    measure: str = "records"
    scope: str = "all"


@dataclass(frozen=True)
class Sheet:
    """An action sheet, with what happens under it every so many days."""

    axis: int
    title: str
    first: int
    last: int
    headings: dict[str, str]
    stages: tuple[Stage, ...]
    aims: tuple[Aim, ...]
    lines: tuple[tuple[str, str, int], ...]
    costs: tuple[
        tuple[int, int, str, str, str, str], ...
    ] = ()  # on, line, amount, for what, to whom, document
    kind: str = "other"
    every: int = 14
    done: tuple[str, ...] = ()
    hours: str = "3"
    people: tuple[int, int] = (4, 12)
    told: str = ""


SHEETS = (
    Sheet(
        0,
        "Scale pulite e androni sicuri",
        190,
        -400,
        {
            "aims": "Rimettere in ordine scale e androni delle tre corti, insieme a chi ci abita.",
            "features": "Sopralluoghi per scala, piccole riparazioni, un referente per ogni scala.",
            "organisation": "Il laboratorio raccoglie le richieste; l'azienda per la casa manda le squadre.",
            "target": "Le famiglie delle tre corti.",
            "actors": "Azienda per la casa, referenti di scala, laboratorio.",
            "economic_resources": "Fondo regionale e quota dell'azienda per la casa.",
            "evaluation": "Sopralluoghi fatti e scale con un referente.",
        },
        (
            Stage("Sopralluogo in tutte le scale", 150, reached=146),
            Stage(
                "Luci nuove nella corte B",
                70,
                ((74, 20, "La ditta ha consegnato le lampade con sei settimane di ritardo."),
                 (24, -25, "Manca il collaudo dell'impianto: il tecnico viene il mese prossimo.")),
            ),
            Stage("Androni ridipinti", -120),
        ),
        (
            Aim("Sopralluoghi nelle scale", "activities", 12, ("visit",), scope="sheet"),
            Aim("Segnalazioni raccolte", "reports", 300),
        ),
        (("Lampade e materiali", "Regione", 9000), ("Squadre di manutenzione", "Azienda per la casa", 14000)),
        (
            (130, 0, "1840.00", "Lampade per la corte A", "Elettroforniture Tanaro", "117/2026"),
            (62, 0, "2210.50", "Lampade per la corte B", "Elettroforniture Tanaro", "163/2026"),
            (58, 1, "3600.00", "Squadra, due settimane", "Cooperativa Manutenzioni", "88/2026"),
        ),
        "visit",
        17,
        ("Sopralluogo nella corte A", "Sopralluogo nella corte B", "Sopralluogo nella corte C"),
        "2.5",
        (6, 14),
        "Abbiamo visto tutte le scale. Le luci della corte A sono nuove; quelle della corte B aspettano il collaudo.",
    ),
    Sheet(
        1,
        "Sportello sociale di quartiere",
        188,
        -500,
        {
            "aims": "Un posto vicino a casa dove chiedere, senza appuntamento e senza vergogna.",
            "features": "Aperto quattro mattine alla settimana; aiuto per moduli, bollette, scuola.",
            "organisation": "Due operatori della cooperativa e una mediatrice linguistica.",
            "target": "Chi abita a Le Corti, per primo chi è solo o non legge l'italiano.",
            "human_resources": "Due operatori, una mediatrice per sei ore alla settimana.",
            "evaluation": "Persone ascoltate e richieste chiuse.",
        },
        (
            Stage("Apertura dello sportello", 180, reached=180),
            Stage("Mediatrice linguistica", 140, ((143, 110, "Il bando è andato deserto la prima volta."),), 112),
        ),
        (
            Aim("Contatti allo sportello", "help_contacts", 250),
            Aim("Persone accompagnate dalle attività", "activities", 120, measure="people", scope="sheet"),
            Aim("Mediazioni tra vicini", "mediations", 6),
        ),
        (("Operatori", "Regione", 38000), ("Mediazione linguistica", "Comune", 6000)),
        (
            (150, 0, "3150.00", "Operatori, primo bimestre", "Cooperativa Il Cortile", "41/2026"),
            (90, 0, "3150.00", "Operatori, secondo bimestre", "Cooperativa Il Cortile", "67/2026"),
            (88, 1, "720.00", "Mediazione, ventiquattro ore", "Studio Parole", "12/2026"),
        ),
        "desk",
        9,
        ("Sportello del lunedì", "Sportello del giovedì", "Aiuto per le iscrizioni a scuola"),
        "4",
        (5, 15),
        "Lo sportello ha tenuto tutti i giorni promessi. Dalla primavera c'è anche la mediatrice linguistica.",
    ),
    Sheet(
        2,
        "Il cortile si anima",
        160,
        -360,
        {
            "aims": "Far incontrare chi abita qui, con feste piccole e spesso.",
            "features": "Una merenda al mese, un giornale di quartiere, avvisi in sei lingue.",
            "target": "Famiglie con bambini, anziani, chi è appena arrivato.",
            "timetable": "Da aprile a ottobre all'aperto, poi in sala comune.",
        },
        (
            Stage("Prima merenda in cortile", 120, ((124, 106, "Pioveva."),), 106),
            Stage("Primo numero del giornale", 30, ((33, -6, "Mancano le traduzioni."),)),
            Stage("Festa di fine anno", -40),
        ),
        (
            Aim("Merende e laboratori", "activities", 8, scope="sheet"),
            Aim("Avvisi pubblicati", "notices", 15),
            Aim("Assemblee tenute", "assemblies", 3),
        ),
        (("Merende e materiali", "Comune", 3500), ("Stampa del giornale", "Fondazione di comunità", 2400)),
        (
            (106, 0, "164.30", "Merenda di maggio", "Forno di Via dei Mille", "312"),
            (48, 0, "148.90", "Merenda d'autunno", "Forno di Via dei Mille", "398"),
        ),
        "workshop",
        21,
        ("Merenda in cortile", "Laboratorio di cartelloni", "Letture in sala comune"),
        "3",
        (12, 40),
        "Cinque incontri in cortile e in sala. Il giornale è pronto: mancano le traduzioni.",
    ),
)  # fmt: skip

COMMITTEE_CALLED, COMMITTEE_HELD, COMMITTEE_VALIDATED = 84, 72, 60
MINUTES = (
    "## 1. A che punto siamo\n\nIl comitato legge lo stato delle schede e prende atto del ritardo delle luci."
)
# What was decided, who carries it out, by when.
DECISIONS = (
    ("Si chiede alla ditta una data certa per il collaudo delle luci.", "elena.ricco", 12),
    ("Lo sportello apre anche il sabato mattina, per prova.", "pietro.fantini", -20),
)
FIRST_DAY, LAST_DAY, FROZEN, SENT = 190, 10, 6, 4
WORDS = (
    "Nei primi sei mesi il contratto è partito su tutti e tre gli assi. "
    "Lo sportello lavora a pieno ritmo; le luci della corte B sono in ritardo e il comitato le segue."
)
CHECKED = "Alcune ricevute sono in carta all'ufficio ragioneria. La decisione in ritardo è già sollecitata."
PROTOCOL = "2026/0018840"
