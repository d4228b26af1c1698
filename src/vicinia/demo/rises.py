"""What rises somewhere above the rhythm of the town, for early warning to find: three rises of the past, one that begins now."""

import datetime as dt
from dataclasses import dataclass
from random import Random

NIGHT, DUSK, MORNING = (22, 23, 23, 0, 1), (17, 18, 18, 19, 20), (6, 7, 7, 8, 9)


@dataclass(frozen=True)
class Rise:
    """Reports around a place, from a day to a day before today, denser towards the end."""

    code: str
    place: str
    kinds: tuple[str, ...]
    from_days: int
    to_days: int
    hours: tuple[int, ...]
    metres: int = 160

    def moment(self, now: dt.datetime, rng: Random) -> dt.datetime:
        """When one of its reports happens; the small hours belong to the night that began the evening before."""
        back = round(rng.triangular(self.to_days, self.from_days, self.to_days + 1))
        hour = rng.choice(self.hours)
        day = now.date() - dt.timedelta(days=back - (1 if hour < 5 else 0))
        at = dt.datetime.combine(day, dt.time(hour, rng.randrange(60)), now.tzinfo)
        return min(at, now - dt.timedelta(hours=1))


# 14 reports where about 1.5 are expected; nobody has decided anything about them yet.
EMERGING = Rise(
    "piazza-liberazione", "Piazza Liberazione",
    ("schiamazzi",) * 9 + ("musica-locali",) * 3 + ("vetri-rotti", "alcol-in-strada"), 9, 1, NIGHT, 110,
)  # fmt: skip
SPRING = Rise(
    "piazza-in-primavera", "Piazza Liberazione", ("schiamazzi",) * 8 + ("musica-locali",) * 3, 241, 233, NIGHT
)
# One fault, told by a whole street.
DARK = Rise("buio-alla-scuola", "Scuola primaria Ponte Vecchio", ("illuminazione",) * 7, 97, 95, DUSK, 120)
SACKS = Rise(
    "sacchi-alla-palestra", "Palestra comunale Verdi", ("abbandono-rifiuti",) * 6 + ("ingombranti",) * 2, 31, 25, MORNING
)  # fmt: skip
RISES = (EMERGING, SPRING, DARK, SACKS)
