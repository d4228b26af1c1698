"""Who keeps an eye on the town and what rounds see there: data for the presence of the unit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Watcher:
    """A key contact: at a named place, with who speaks for it ('' when nobody in particular)."""

    kind: str
    place: str
    quarter: str
    by: str  # username of who keeps in touch
    rhythm: int  # working days
    name: str = ""
    phone: str = ""
    reach: str = ""
    missed: int = 0  # how many of the last talks have not taken place


@dataclass(frozen=True)
class Beat:
    """A round of every week: its weekday (0 is Monday), hours, quarters and who walks it."""

    weekday: int
    start: str
    end: str
    quarters: tuple[str, ...]
    who: tuple[str, ...]


@dataclass(frozen=True)
class Sight:
    """Something seen on a round, and what comes of it: nothing, note, linked or report (of a kind)."""

    kind: str
    words: str
    became: str = ""
    category: str = ""


WATCHERS = (
    Watcher("bar", "Bar Liberazione", "Crocetta", "anna.ferri", 10, "Loris Malagoli", "+390590001301", "la mattina presto, prima delle 8", missed=1),
    Watcher("shop", "Minimarket Bengala", "Crocetta", "davide.lusetti", 15, "Rafiq Islam", "+390590001302", "parla inglese e un po' di italiano"),
    Watcher("shop", "Farmacia Crocetta", "Crocetta", "anna.ferri", 20, "Silvia Reggiani", "+390590001303"),
    Watcher("parish", "Parrocchia di Cristo Lavoratore", "Crocetta", "anna.ferri", 20, "Don Paolo Zini", "+390590001304", "dopo la messa delle 18"),
    Watcher("school", "Scuola media Don Milani", "Crocetta", "davide.lusetti", 25, reach="chiedere della vicepreside, mai tra le 8 e le 8.30", missed=1),
    Watcher("bar", "Bar Binario", "Stazione", "davide.lusetti", 10, "Franca Tosi", "+390590001305"),
    Watcher("association", "Emporio solidale", "Stazione", "anna.ferri", 20),
    Watcher("caretaker", "Portierato delle Corti", "Le Corti", "samira.haddouchi", 5, "Tommaso Valli", "+390590001229", "in portineria dalle 8 alle 12"),
    Watcher("shop", "Alimentari Le Corti", "Le Corti", "matteo.sarti", 10, "Giovanna Prandi", "+390590001306", missed=2),
    Watcher("school", "Doposcuola Il Cortile", "Le Corti", "elena.ricco", 10, "Irene Bulgarelli", "+390590001307", missed=1),
    Watcher("parish", "Chiesa di San Lazzaro", "San Lazzaro", "giorgio.bonvicini", 20),
    Watcher("shop", "Forno Gualdi", "San Lazzaro", "ilaria.zanetti", 15, "Ermes Gualdi", "+390590001308", "dalle 6 alle 13"),
    Watcher("bar", "Caffè dei Portici", "Centro", "anna.ferri", 20),
    Watcher("other", "Edicola Ponte Vecchio", "Ponte Vecchio", "ilaria.zanetti", 15, "Gianni Cuoghi", "+390590001309"),
)  # fmt: skip

TALKS = (
    "Tutto tranquillo, da quando è tornata la luce sotto i portici.",
    "La sera c'è un gruppo di ragazzi sulle panchine: fanno rumore, ma salutano.",
    "Una signora anziana non si vede da una settimana: ha chiesto se qualcuno può passare.",
    "Chiede quando riaprono il parcheggio: i clienti girano per mezz'ora.",
    "Due volte in una settimana ha trovato sacchi davanti alla serranda.",
    "Contento che passiamo a piedi: la gente si ferma a parlare.",
    "Niente di nuovo.",
    "Il sabato notte qualcuno suona i campanelli per scherzo, fino alle due.",
)

BEATS = (
    Beat(0, "09:00", "11:00", ("Crocetta",), ("anna.ferri", "davide.lusetti")),
    Beat(1, "10:00", "12:00", ("Le Corti",), ("samira.haddouchi", "elena.ricco")),
    Beat(2, "15:00", "17:00", ("San Lazzaro",), ("giorgio.bonvicini", "ilaria.zanetti")),
    Beat(3, "17:30", "20:00", ("Crocetta", "Stazione"), ("davide.lusetti",)),
    Beat(4, "20:30", "23:00", ("Centro", "Stazione"), ("anna.ferri",)),
    Beat(5, "16:00", "18:30", ("Le Corti", "Villaggio Artigiano"), ("matteo.sarti",)),
)

SIGHTS = (
    Sight("quiet", "Bambini al parco, due anziani a carte."),
    Sight("quiet", ""),
    Sight("quiet", "Lampioni accesi, nessuno in giro."),
    Sight("positive", "Il comitato ha piantato fiori nelle aiuole."),
    Sight("positive", "Il campetto è aperto, giocano in venti."),
    Sight("decay", "Tre sacchi accanto ai cassonetti, uno aperto.", "report", "abbandono-rifiuti"),
    Sight("decay", "Scritte nuove sul muro della scuola.", "nothing"),
    Sight("damage", "Panchina con un'asse rotta, chiodi in vista.", "report", "arredi-rotti"),
    Sight("damage", "Vetro della pensilina crepato.", "nothing"),
    Sight("disorder", "Musica da un'auto ferma; abbassata quando l'abbiamo chiesto.", "note"),
    Sight("disorder", "Bottiglie rotte sui gradini della piazza.", "linked"),
    Sight("conflict", "Due persone litigano per un posto auto; ora si parlano.", "note"),
)

NOTES = (
    "Giro sereno, molte persone per strada.",
    "Poca gente per il freddo. Da ripassare la sera.",
    "Parlato con tre negozianti: contenti di vederci a piedi.",
    "",
)
