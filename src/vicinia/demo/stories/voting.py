"""What Le Corti votes on and draws, as data: days count back from today, negative ones are to come."""

from __future__ import annotations

from dataclasses import dataclass

LOT = "La prima estrazione del lotto dopo la chiusura, prima ruota in ordine alfabetico"
PLACE = "Laboratorio di quartiere, dal lunedì al venerdì, 9–12"


@dataclass(frozen=True)
class Asked:
    """A vote of some stairs: opened, closed, of a hundred how many vote with the code, and how each option is liked."""

    kind: str
    title: str
    question: str
    method: str
    opens: int
    closes: int
    options: tuple[tuple[str, str], ...]
    likes: tuple[int, ...]
    stairs: int
    most: int = 1
    seats: int = 1
    turnout: int = 55
    paper: tuple[str, ...] = ()


ASKED = (
    Asked(
        "stairs",
        "Chi parla per la scala con l'ente gestore",
        "Chi rappresenta la vostra scala per i prossimi due anni?",
        "plurality",
        32,
        25,
        (
            ("Graziella Monti", "Abita qui da trent'anni e conosce tutti i contatori."),
            ("Karim Haddad", "Aiuta chi non parla bene l'italiano."),
            ("Silvano Ferri", "Idraulico in pensione: «le perdite le vedo io»."),
        ),
        (5, 4, 2),
        stairs=1,
        paper=("A", "A", "B"),
    ),
    Asked(
        "question",
        "Che cosa facciamo nel cortile",
        "Quali di queste cose ti vanno bene per il cortile?",
        "approval",
        3,
        -5,
        (
            ("Panchine all'ombra", "Tre panchine sotto i tigli."),
            ("Orto condiviso", "Dodici cassoni, con un turno per l'acqua."),
            ("Campo da gioco", "Una porta e un canestro, fino alle 20."),
            ("Lasciare com'è", "Solo la manutenzione di oggi."),
        ),
        (6, 4, 5, 1),
        stairs=2,
        most=4,
        turnout=40,
    ),
)
DRAWN = (
    "Chi guarda lo scrutinio e il cantiere",
    "Tre famiglie, estratte a sorte, guardano le prossime votazioni e un sopralluogo al mese.",
)
SEED = "23 61 4 88 17"
