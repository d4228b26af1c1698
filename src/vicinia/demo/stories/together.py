"""What Le Corti decides together, as data: days count back from today, negative ones are to come."""

from __future__ import annotations

from dataclasses import dataclass

ELENA, PIETRO = "elena.ricco", "pietro.fantini"


@dataclass(frozen=True)
class Stage:
    """A phase of the process."""

    title: str
    first: int
    last: int
    decides: str
    where: str
    takes_ideas: bool = False


@dataclass(frozen=True)
class Decision:
    """What an assembly decided: who carries it out (a username or words), when it falls due, how it goes."""

    words: str
    owner: str
    due: int
    votes: tuple[int, int, int] | None = None
    follow_up: tuple[int, str, str] | None = None


@dataclass(frozen=True)
class Gathered:
    """An assembly: prepared, called, held (None: still to come), with its points, minutes and decisions."""

    kind: str
    title: str
    invitation: str
    prepared: int
    called: int
    on: int
    points: tuple[tuple[str, str], ...]
    entitled: int = 0
    present: int | None = None
    minutes: str = ""
    decisions: tuple[Decision, ...] = ()
    validated: bool = False
    with_sign_up: bool = False
    places: int | None = None
    groups: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wish:
    """A proposal of a resident: when it came, who, and what became of it."""

    days: int
    title: str
    text: str
    place: str
    who: str
    supports: int = 0
    state: str = "draft"
    answer: str = ""
    merged_into: int | None = None
    language: str = "it"
    progress: tuple[tuple[int, str, int, str], ...] = ()
    milestones: tuple[tuple[str, int, bool], ...] = ()


PROCESS = (
    "Il cortile che vogliamo",
    "Decidiamo insieme che cosa diventa il cortile della corte B quando finiscono i lavori.",
    "## Perché\n\nIl cantiere lascia libero il cortile in primavera. Chi lo usa deve dire come lo vuole.\n\n"
    "## Come si decide\n\n- Ognuno può **proporre**, anche a voce o su carta.\n- In assemblea si sceglie.\n- Poi si vede qui che cosa è fatto.",
)
STAGES = (
    Stage(
        "Raccogliamo le idee",
        60,
        -20,
        "Che cosa manca e che cosa c'è già.",
        "Sul portale, allo sportello, in cortile",
        True,
    ),
    Stage("Disegniamo insieme", 15, -40, "Dove vanno le cose.", "Due laboratori nella sala comune"),
    Stage("Scegliamo", -41, -60, "Che cosa si fa per primo.", "In assemblea, un voto per ogni alloggio"),
)
GATHERED = (
    Gathered(
        "assembly",
        "Assemblea della corte B",
        "Parliamo di come si usa il cortile durante i lavori e di che cosa serve subito.",
        62,
        58,
        40,
        (
            (
                "Come si passa durante il cantiere",
                "L'impresa spiega il percorso sicuro per chi ha carrozzine e passeggini.",
            ),
            ("Luce e panchine", "Che cosa si può sistemare prima della fine dei lavori."),
        ),
        entitled=33,
        present=19,
        minutes="## 1. Come si passa durante il cantiere\n\nL'impresa ha spiegato il percorso. Chi ha difficoltà a camminare chiede "
        "un **corrimano** lungo la rampa provvisoria.\n\n## 2. Luce e panchine\n\nDue lampade del cortile sono spente da mesi. "
        "Le panchine si possono spostare accanto alla scala C, che ha l'ombra.",
        decisions=(
            Decision(
                "Si mette un corrimano lungo la rampa provvisoria.",
                PIETRO,
                12,
                (19, 0, 0),
                (20, "under_way", "L'impresa lo monta con la prossima consegna."),
            ),
            Decision(
                "Si riparano le due lampade del cortile.",
                ELENA,
                25,
                (18, 0, 1),
                (24, "done", "Riparate il mattino del sopralluogo."),
            ),
            Decision(
                "Il comitato degli inquilini sposta le panchine accanto alla scala C.",
                "Comitato degli inquilini",
                -10,
                (15, 3, 1),
            ),
        ),
        validated=True,
    ),
    Gathered(
        "workshop",
        "Laboratorio: il cortile sul pavimento",
        "Disegniamo il cortile a grandezza vera con il nastro, e proviamo dove vanno giochi, panchine e orto.",
        22,
        18,
        6,
        (
            ("Il cortile adesso", ""),
            ("Il cortile come lo vogliamo", "Si lavora in tre gruppi, anche con i bambini."),
        ),
        present=27,
        minutes="## 1. Il cortile adesso\n\nTre gruppi hanno segnato i percorsi che si fanno davvero.\n\n## 2. Il cortile come lo vogliamo\n\n"
        "Tutti mettono i giochi lontano dalle finestre del piano terra. L'orto sta bene al sole, vicino all'acqua.",
        decisions=(Decision("Il laboratorio disegna due soluzioni da votare.", ELENA, -15),),
    ),
    Gathered(
        "assembly",
        "Assemblea: quale cortile scegliamo",
        "Guardiamo insieme i due disegni e decidiamo quale si fa.",
        5,
        3,
        -18,
        (
            ("I due disegni", "Che cosa hanno di uguale e di diverso, e quanto costano."),
            ("Quale si fa", "Un voto per ogni alloggio, anche per delega."),
        ),
        entitled=33,
        with_sign_up=True,
        places=40,
        groups=(2, 1, 3, 1),
    ),
)
WISHES = (
    Wish(
        55,
        "Panchine all'ombra",
        "Chi è anziano scende e non sa dove sedersi. Tre panchine con lo schienale, all'ombra degli alberi.",
        "cortile della corte B",
        "Rosa Tonelli",
        14,
        "accepted",
        "Le panchine costano poco e servono a molti. Le mettiamo dove c'è ombra, lontano dalle finestre.",
        progress=(
            (20, "under_way", 30, "Ordinate tre panchine con lo schienale."),
            (4, "under_way", 60, "Il posto è preparato: mancano le panchine."),
        ),
        milestones=(("Ordine delle panchine", 21, True), ("Posa", -12, False)),
    ),
    Wish(
        50,
        "Un posto per sedersi",
        "Mia mamma ha ottantacinque anni: vorrebbe una panchina vicino al portone.",
        "portone della scala C",
        "Mario Lusuardi",
        2,
        "merged",
        merged_into=0,
    ),
    Wish(
        45,
        "Un orto per le famiglie",
        "Un piccolo orto con dieci riquadri, l'acqua e un capanno per gli attrezzi.",
        "angolo al sole della corte B",
        "Samira Haddad",
        9,
        "evaluating",
        language="ar",
    ),
    Wish(
        40,
        "Chiudere il cortile di notte",
        "Di notte entra gente da fuori. Si potrebbe chiudere il cancello alle undici.",
        "cancello di via delle Corti",
        "",
        3,
        "rejected",
        "Il cortile è un passaggio pubblico e le ambulanze entrano da lì. Mettiamo più luce, e ne parliamo al prossimo incontro.",
    ),
    Wish(
        8,
        "Rastrelliere per le bici",
        "Le bici stanno legate ai pali e non si passa con le carrozzine.",
        "ingresso della corte B",
        "Ionela Marin",
        4,
        "published",
    ),
    Wish(
        2,
        "Una bacheca in più lingue",
        "Gli avvisi sono solo in italiano. Una bacheca con le lingue di chi abita qui.",
        "scala D",
        "Olena Koval",
    ),
)
