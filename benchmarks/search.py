"""Search over 100,000 reports: 95th percentile against the promised 100 ms, on the database of VICINIA_DATABASE_URL.

python -m benchmarks.search                                  SQLite, in a folder thrown away
tools/with_postgres python -m benchmarks.search       PostgreSQL, from a wheel
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from benchmarks import asking

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
STAFF = 20  # one for each area

# Words by how often people use them: the first ones are in a third of all reports.
COMMON = ["rumore", "rifiuti", "strada", "notte", "buca", "lampione", "cane", "auto"]
RARE = [
    "amianto",
    "vespaio",
    "tombino",
    "altalena",
    "gattile",
    "ringhiera",
    "citofono",
    "ascensore",
    "sgombero",
    "scooter",
    "panchina",
]
FILLER = [
    "vicino",
    "casa",
    "scuola",
    "parco",
    "mercato",
    "fermata",
    "marciapiede",
    "portone",
    "cortile",
    "scala",
    "giardino",
    "piazza",
]
QUESTIONS = [
    "rumore",
    "rumori notturni",
    "rif",
    "str",
    "strada buca",
    "lampioni",
    "altalene",
    "amianto",
    "citofono cortile",
    "2026-50000",
    "777",
    "via roma 12",
    "niente di simile",
    "casa",
]


def fill() -> None:
    from vicinia.domain.listening.models import Category, Report
    from vicinia.domain.territory.models import Area
    from vicinia.foundation.accounts.models import User
    from vicinia.foundation.search import actions

    chance = random.Random(7)
    areas = [Area.objects.create(kind="quarter", code=str(n), name=f"Quartiere {n}") for n in range(STAFF)]
    staff = [
        User.objects.create(email=f"u{n}@prova.example", name=f"Utente {n}", role="operator")
        for n in range(STAFF)
    ]
    group = Category.objects.create(code="gruppo", name="Gruppo")
    kind = Category.objects.create(code="tipo", name="Tipo", parent=group)
    streets = [f"via {name}" for name in ("Roma", "Po", "Garibaldi", "Verdi", "Mazzini", "Dante", "Cavour")]
    for start in range(0, ROWS, 5000):
        rows = []
        for number in range(start, min(start + 5000, ROWS)):
            words = chance.choices(FILLER, k=20) + [w for w in COMMON if chance.random() < 0.33]
            words += [w for w in RARE if chance.random() < 0.002] + [f"p{chance.randrange(30_000)}"]
            chance.shuffle(words)
            area = chance.choice(areas)
            rows.append(
                Report(
                    reference=f"2026-{number:05d}",
                    channel="web",
                    category=kind,
                    title=" ".join(words[:4]),
                    description=" ".join(words[4:]),
                    address=f"{chance.choice(streets)} {chance.randrange(1, 200)}",
                    area=area,
                    owner=staff[area.pk - 1] if chance.random() < 0.99 else chance.choice(staff),
                )
            )
        Report.objects.bulk_create(rows)
    started = time.perf_counter()
    for _done in actions.rebuild("report"):
        pass
    print(f"indexing {ROWS} reports: {time.perf_counter() - started:.0f} s")


def main() -> int:
    with asking.empty_town() as vendor:
        from vicinia.foundation.search import queries

        fill()
        asking.analyse()

        def ask_as(actor: object) -> Callable[[str], int]:
            return lambda words: queries.search(actor, words)[0].total  # type: ignore[arg-type]

        worst = max(
            asking.measure("coordinator, the whole town", ask_as(asking.coordinator()), QUESTIONS, rounds=5),
            asking.measure("operator, one area of twenty", ask_as(asking.operator()), QUESTIONS, rounds=5),
        )
        return asking.verdict(vendor, worst)


if __name__ == "__main__":
    sys.exit(main())
