"""What the laboratory tells Le Corti and who comes, as data: days count back from today, negative ones are to come."""

from __future__ import annotations

from dataclasses import dataclass

ELENA, PIETRO = "elena.ricco", "pietro.fantini"


@dataclass(frozen=True)
class Words:
    """A text in one language."""

    language: str
    subject: str
    body: str
    easy: str = ""


@dataclass(frozen=True)
class Told:
    """A notice: when it was written, when it went out (None: not yet), by which ways, how long it holds."""

    days: int
    out: int | None
    texts: tuple[Words, ...]
    ways: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()
    until: int | None = None
    kind: str = "notice"
    read_again: tuple[str, ...] = ()
    carried: bool = False
    approved: bool = True


NOTICES = (
    Told(
        9,
        8,
        (
            Words(
                "it",
                "Mercoledì manca l'acqua nelle scale A e B",
                "Mercoledì **dalle 9 alle 12** l'acqua manca nelle scale A e B della prima corte: si cambia una valvola.\n\n"
                "- Riempi prima una bottiglia e un secchio.\n- Tieni chiusi i rubinetti.\n\n"
                "Se hai bisogno di acqua in casa per motivi di salute, chiama {{ phone }}.",
                "Mercoledì mattina non c'è l'acqua.\n\nPrendi l'acqua prima delle 9.\n\nDopo le 12 l'acqua torna.",
            ),
            Words(
                "en",
                "No water on Wednesday in stairs A and B",
                "On Wednesday **from 9 to 12** there is no water in stairs A and B of the first court: a valve is replaced.\n\n"
                "- Fill a bottle and a bucket before.\n- Keep the taps closed.\n\n"
                "If you need water at home for your health, call {{ phone }}.",
            ),
            Words(
                "ar",
                "لا ماء يوم الأربعاء في السلالم A و B",
                "يوم الأربعاء **من الساعة 9 إلى 12** لا يوجد ماء في السلالم A و B.\n\n- املأ زجاجة ودلوا قبل ذلك.\n- أغلق الصنابير.",
            ),
            Words(
                "ro",
                "Miercuri nu este apă la scările A și B",
                "Miercuri **între orele 9 și 12** nu este apă la scările A și B: se schimbă o valvă.\n\n"
                "- Umpleți înainte o sticlă și o găleată.\n- Țineți robinetele închise.",
            ),
        ),
        ("email", "poster", "leaflet", "doors"),
        ("COR-A",),
        until=-2,
        read_again=("en",),
        carried=True,
    ),
    Told(
        26,
        25,
        (
            Words(
                "it",
                "Che cosa succede a Le Corti: novembre",
                "Questo mese:\n\n- **Lo sportello** è aperto anche il sabato mattina.\n- **Le prove di coro** sono nella sala comune, il martedì.\n"
                "- **I lavori** nella corte B cominciano dopo l'Epifania: ne parliamo insieme prima.\n\nPer dirci la tua: {{ phone }}.",
            ),
        ),
        ("email",),
        kind="newsletter",
    ),
    Told(
        2,
        None,
        (
            Words(
                "it",
                "La sala comune resta chiusa due giorni",
                "Lunedì e martedì la sala comune è chiusa: si imbianca. Il coro prova nella palestra della scuola.",
            ),
            Words(
                "uk",
                "Спільна зала зачинена два дні",
                "У понеділок і вівторок спільна зала зачинена: її фарбують.",
            ),
        ),
        approved=False,
    ),
    Told(
        1,
        None,
        (
            Words(
                "it",
                "Ritiro dei mobili vecchi",
                "Giovedì si ritirano i mobili vecchi: lasciali nel cortile entro le 8.",
            ),
        ),
        buildings=("COR-B", "COR-C"),
    ),
)


@dataclass(frozen=True)
class Gathering:
    """An event: when it was written and announced, when it takes place, how many come."""

    days: int
    on: int
    title: str
    description: str
    hours: tuple[int, int]
    place: str
    places: int | None = None
    announced: bool = True
    groups: tuple[int, ...] = ()
    came: tuple[int, int, int] | None = None
    report: str = ""
    cost: str = ""
    cancelled: str = ""
    access: str = "Si entra senza gradini. C'è un bagno accessibile."
    languages: tuple[str, ...] = ("it", "ar")


EVENTS = (
    Gathering(
        40,
        22,
        "Merenda di cortile",
        "Tè, dolci e giochi per chi abita nelle corti. Portate una sedia e quello che vi va.",
        (16, 19),
        "Cortile della corte A",
        groups=(2, 4, 1, 3),
        came=(46, 19, 12),
        report="È venuta molta gente, anche cinque famiglie che non conoscevamo. Le signore della scala C hanno portato il pane. "
        "La prossima volta servono più sedie e un tavolo all'ombra.",
        cost="84.50",
    ),
    Gathering(
        12,
        -6,
        "Laboratorio di riparazioni",
        "Si ripara insieme: lampade, sedie, biciclette. Gli attrezzi li mettiamo noi.",
        (15, 18),
        "Sala comune di Le Corti",
        places=12,
        groups=(2, 1, 3, 2, 2, 2, 1),
        languages=("it", "ro", "ar"),
    ),
    Gathering(
        8,
        -13,
        "Passeggiata nelle corti con i bambini",
        "I bambini disegnano la mappa delle corti come le vorrebbero. Finisce con la merenda.",
        (10, 12),
        "Ingresso della corte B",
        groups=(3, 2),
    ),
    Gathering(
        15,
        -3,
        "Cinema all'aperto",
        "Un film per tutte le età, sottotitolato.",
        (20, 22),
        "Cortile della corte D",
        places=60,
        groups=(2, 2),
        cancelled="Danno pioggia per tutta la settimana: lo rifacciamo in primavera.",
    ),
    Gathering(
        3,
        -24,
        "Incontro sui lavori nella corte B",
        "Che cosa si fa, quando, quanto dura: con l'impresa e l'ente che gestisce le case.",
        (18, 20),
        "Sala comune di Le Corti",
        announced=False,
    ),
)

# Who reads along: address, what they want, in which language. The first ones signed at the desk.
READERS = (
    ("samira.haddad", "ar", True, True),
    ("gino.pavesi", "it", True, False),
    ("rosa.tonelli", "it", True, True),
    ("ionela.marin", "ro", True, True),
    ("fatima.zahra", "ar", True, False),
    ("mario.lusuardi", "it", False, True),
    ("olena.koval", "uk", True, True),
    ("carla.benassi", "it", True, True),
)


@dataclass(frozen=True)
class Line:
    """A line of the plan: how many days ago (negative: to come), and whether it is done."""

    on: int
    audience: str
    channel: str
    message: str
    cost: str = ""
    reach: int | None = None
    dropped: str = ""
    owner: str = ELENA


PLAN = (
    Line(60, "Tutta Le Corti", "press", "Apre lo sportello del sabato", "", 300, owner=PIETRO),
    Line(30, "Chi abita nelle corti", "leaflet", "Invito alla merenda di cortile", "38", 132),
    Line(25, "Chi ha chiesto la newsletter", "email", "Newsletter di novembre", "", 8),
    Line(
        10,
        "Tutta la città",
        "social",
        "Racconto della merenda con le foto",
        "",
        None,
        "Mancano i permessi per le foto.",
    ),
    Line(8, "Corte A, scale A e B", "doors", "Manca l'acqua mercoledì", "", 34),
    Line(1, "Corte B", "poster", "Ritiro dei mobili vecchi", "12", owner=PIETRO),
    Line(-2, "Chi abita nelle corti", "leaflet", "Laboratorio di riparazioni", "25"),
    Line(
        -9,
        "Famiglie della corte B",
        "event",
        "Incontro sui lavori: prima agli inquilini della corte",
        "60",
        owner=PIETRO,
    ),
    Line(-20, "Tutta Le Corti", "poster", "I lavori cominciano: calendario e numeri da chiamare", "45"),
    Line(-35, "Chi ha chiesto la newsletter", "email", "Newsletter di gennaio"),
)
