"""How people say when: hours, days and spans in words."""

import datetime as dt
from random import Random

WEEKDAYS = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
    "novembre", "dicembre",
)  # fmt: skip
HOURS = (
    "mezzanotte", "l'una", "le due", "le tre", "le quattro", "le cinque", "le sei", "le sette", "le otto", "le nove",
    "le dieci", "le undici", "mezzogiorno", "l'una", "le due", "le tre", "le quattro", "le cinque", "le sei",
    "le sette", "le otto", "le nove", "le dieci", "le undici",
)  # fmt: skip
ORDINALS = ("prima", "seconda", "terza", "quarta", "quinta", "sesta", "settima", "ennesima")
SPANS = (
    "da tre giorni", "da una settimana", "da dieci giorni", "da due settimane", "da tre settimane", "da un mese",
    "da quasi due mesi", "da prima delle feste", "da quest'estate", "da sempre, ma adesso è peggio", "da lunedì",
    "da quando sono cambiati gli orari", "da circa quindici giorni", "da fine mese", "da quando hanno traslocato",
)  # fmt: skip
RHYTHMS = (
    ("tutte le sere", "daily"), ("quasi tutte le notti", "daily"), ("ogni giorno", "daily"), ("tre volte a settimana", "weekly"),
    ("ogni fine settimana", "weekly"), ("il venerdì e il sabato", "weekly"), ("almeno una volta a settimana", "weekly"),
    ("ogni tanto", "sometimes"), ("quando meno te lo aspetti", "sometimes"), ("due o tre volte al mese", "sometimes"),
)  # fmt: skip


def day_words(day: dt.date) -> str:
    """Say a date as people do: "3 ottobre"; the first is "1° ottobre"."""
    return f"{'1°' if day.day == 1 else day.day} {MONTHS[day.month - 1]}"


def hour_words(at: dt.datetime, rng: Random) -> str:
    """Say an hour with its article: "le due e mezza", "le 23.40"."""
    quarter = {0: "", 15: " e un quarto", 30: " e mezza", 45: " e tre quarti"}
    if rng.random() < 0.4 and at.hour not in {0, 1, 13}:
        return f"le {at.hour}.{at.minute // 5 * 5:02}"
    return HOURS[at.hour] + quarter[round(at.minute / 15) % 4 * 15]


def at_hour(at: dt.datetime, rng: Random) -> str:
    """Say "alle due e mezza", "verso le undici", "a mezzanotte"."""
    words = hour_words(at, rng)
    if rng.random() < 0.3:
        return f"verso {words}"
    if words.startswith("le "):
        return f"alle {words[3:]}"
    return f"all'{words[2:]}" if words.startswith("l'") else f"a {words}"


def until_hour(at: dt.datetime, rng: Random) -> str:
    """Say "fino alle due", a little after the moment."""
    words = hour_words(at + dt.timedelta(minutes=rng.choice((30, 60, 90, 120))), rng)
    if words.startswith("le "):
        return f"fino alle {words[3:]}"
    return f"fino all'{words[2:]}" if words.startswith("l'") else f"fino a {words}"


def part_of_day(hour: int) -> str:
    """Name the part of the day of an hour."""
    for first, name in ((22, "notte"), (18, "sera"), (12, "pomeriggio"), (5, "mattina")):
        if hour >= first:
            return name
    return "notte"


def when(happened: dt.datetime, told: dt.datetime) -> str:
    """Say when it happened, seen from when it is told: "ieri sera", "sabato notte", "il 3 ottobre"."""
    part = part_of_day(happened.hour)
    # A night belongs to the evening before.
    days = (told.date() - (happened - dt.timedelta(hours=5)).date()).days
    if days <= 0:
        return {
            "notte": "stanotte",
            "sera": "stasera",
            "pomeriggio": "oggi pomeriggio",
            "mattina": "stamattina",
        }[part]
    if days == 1:
        return {
            "notte": "stanotte",
            "sera": "ieri sera",
            "pomeriggio": "ieri pomeriggio",
            "mattina": "ieri mattina",
        }[part]
    if days <= 6:
        return f"{WEEKDAYS[(happened - dt.timedelta(hours=5)).weekday()]} {part}"
    return f"il {day_words(happened.date())}"


def season(day: dt.date) -> str:
    """Name the season that sentences are kept for; spring and autumn have no name here."""
    return "estate" if day.month in {6, 7, 8, 9} else "inverno" if day.month in {11, 12, 1, 2} else ""
