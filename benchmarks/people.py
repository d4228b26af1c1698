"""Finding people among 100,000 by name, telephone and e-mail: 95th percentile against 100 ms, encrypted all along.

python -m benchmarks.people                                  SQLite, in a folder thrown away
tools/with_postgres python -m benchmarks.people       PostgreSQL, from a wheel
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

from benchmarks import asking

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
FIRST = (
    "Maria Anna Giuseppina Rosa Angela Giovanna Teresa Lucia Carmela Caterina Francesca Paola Giulia Sara Elena Laura "
    "Giuseppe Giovanni Antonio Mario Luigi Francesco Angelo Vincenzo Pietro Salvatore Carlo Franco Marco Andrea Luca "
    "Mohamed Fatima Ahmed Amina Olena Ion Ana Chen Li Blessing Samuel Aicha Youssef Elira Besnik"
)
SYLLABLES = "ba be bi bo ca co da di fa fe ga gi la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se ta te ti to va ve zi"
ENDINGS = "ni lli tti ssi nti rdi zzi ggi lo ri no sco"


def surnames(chance: random.Random) -> list[str]:
    """5,000 surnames; the first ones are borne by many, as in life."""
    syllables, endings = SYLLABLES.split(), ENDINGS.split()
    made: dict[str, None] = {"Rossi": None, "Ferrari": None, "Russo": None}
    while len(made) < 5000:
        made[
            "".join(chance.choices(syllables, k=chance.choice([2, 2, 3]))).capitalize()
            + chance.choice(endings)
        ] = None
    return list(made)


def fill() -> list[str]:
    """People with names, telephones and e-mails, each behind a report; returns some names to look for."""
    from vicinia.domain.listening.models import Category, Report
    from vicinia.domain.people.models import ContactPoint, NameKey, Person
    from vicinia.domain.people.queries import name_keys
    from vicinia.domain.territory.models import Area
    from vicinia.foundation.kernel.blind_index import digest

    chance = random.Random(7)
    areas = [Area.objects.create(kind="quarter", code=str(n), name=f"Quartiere {n}") for n in range(20)]
    kind = Category.objects.create(
        code="tipo", name="Tipo", parent=Category.objects.create(code="g", name="G")
    )
    first, last = FIRST.split(), surnames(chance)
    weights = [1 / (place + 10) for place in range(len(last))]
    asked = []
    for start in range(0, ROWS, 5000):
        many = min(5000, ROWS - start)
        names = [f"{chance.choice(first)} {name}" for name in chance.choices(last, weights, k=many)]
        people = Person.objects.bulk_create([Person(name=name) for name in names])
        keys: list[NameKey] = []
        points: list[ContactPoint] = []
        for number, person in enumerate(people, start=start):
            keys += name_keys(person)
            for kind_of, value in (("phone", f"+393{number:09d}"), ("email", f"p{number}@posta.example")):
                points.append(
                    ContactPoint(person=person, kind=kind_of, value=value, digest=digest(kind_of, value))
                )
        NameKey.objects.bulk_create(keys, batch_size=10_000)
        ContactPoint.objects.bulk_create(points, batch_size=10_000)
        Report.objects.bulk_create(
            Report(
                reference=f"2026-{number:06d}", channel="web", category=kind, title="Rumore",
                reporter=person, area=chance.choice(areas),
            )
            for number, person in enumerate(people, start=start)
        )  # fmt: skip
        asked += names[:2]
    return asked


def questions(names: list[str]) -> list[str]:
    """Whole names, one slip, the other way round, one word, common ones, telephones, e-mails."""
    chance = random.Random(8)
    asked = ["Rossi", "Maria", "maria rossi", "rosi maria", "Marria Rosi", "nessuno conosciuto"]
    for number, name in enumerate(names[:40]):
        first, last = name.split()
        cut = chance.randrange(1, len(last))
        asked += [name, f"{last} {first}", f"{first} {last[:cut] + last[cut + 1 :]}", last]
        asked += [f"0039 3{number * 7:09d}", f"P{number * 9}@posta.example"]
    return asked


def main() -> int:
    with asking.empty_town() as vendor:
        from vicinia.domain.people import queries

        asked = questions(fill())
        asking.analyse()

        def find_as(actor: object) -> Callable[[str], int]:
            return lambda words: len(queries.find(actor, words))  # type: ignore[arg-type]

        worst = max(
            asking.measure("coordinator", find_as(asking.coordinator()), asked),
            asking.measure("operator, one area of twenty", find_as(asking.operator()), asked),
        )
        return asking.verdict(f"{vendor}, {ROWS} people", worst)


if __name__ == "__main__":
    sys.exit(main())
