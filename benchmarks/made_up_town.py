"""A town for measuring: many reports with the people, contacts, cases, journal lines and search documents around them.

The first `BASE` reports are made with a seed; a larger town is that one copied in SQL, each copy with numbers of its own
and further south, so that a street has as many problems as before. The demo town, made by the real acts, is for reading;
this one is for size.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Mapping

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

BASE = 20_000
GROUPS, KINDS = 14, 154  # 168 categories, as Signalen's taxonomy has
AREAS = 20
STAFF = 24
DAYS = 730
NUMBERED_FROM = 1_000_000  # references are this plus the row's id, so that a copy's follow from its ids
CASES_PER_REPORT = 0.05
SOUTH, WEST, SIDE = 44.80, 10.60, 0.01

WORDS = [
    "rumore",
    "musica",
    "notte",
    "rifiuti",
    "sacchi",
    "cassonetto",
    "strada",
    "buca",
    "marciapiede",
    "lampione",
    "spento",
    "cane",
    "abbaia",
    "auto",
    "sosta",
    "portone",
    "cortile",
    "scala",
    "vicino",
    "casa",
    "scuola",
    "parco",
    "panchina",
    "fermata",
    "mercato",
    "piazza",
    "giardino",
    "albero",
    "siepe",
    "acqua",
    "perdita",
    "muffa",
    "ascensore",
    "citofono",
    "cantiere",
    "polvere",
    "lite",
    "urla",
    "bambini",
    "anziana",
    "sola",
    "aiuto",
    "odore",
    "fumo",
    "vetri",
    "rotti",
    "scritte",
    "muro",
    "bottiglie",
    "motorini",
    "gruppo",
    "serata",
    "sempre",
    "ancora",
    "settimana",
    "mattina",
    "finestra",
    "balcone",
]
STREETS = [
    "Roma",
    "Po",
    "Garibaldi",
    "Verdi",
    "Mazzini",
    "Dante",
    "Cavour",
    "Emilia",
    "Marconi",
    "Matteotti",
    "Gramsci",
    "Puccini",
]
NAMES = [
    "Maria",
    "Luca",
    "Anna",
    "Paolo",
    "Giulia",
    "Marco",
    "Sara",
    "Ahmed",
    "Elena",
    "Ion",
    "Fatima",
    "Carlo",
    "Rosa",
    "Pietro",
    "Nadia",
    "Ugo",
]
SURNAMES = [
    "Bassi",
    "Rossi",
    "Ferri",
    "Galli",
    "Monti",
    "Sala",
    "Riva",
    "Neri",
    "Conti",
    "Villa",
    "Greco",
    "Testa",
    "Longo",
    "Serra",
    "Costa",
    "Fabbri",
]


def fill(reports: int, *, seed: int = 17) -> None:
    """Fill an empty, migrated database with a town of so many reports (a multiple of BASE, or fewer than it)."""
    base = min(reports, BASE)
    with transaction.atomic():
        _Maker(random.Random(seed), base).make()
        for number in range(1, reports // base):
            _copy(number)
        _set_sequences()
    with connection.cursor() as cursor:
        may_vacuum = connection.vendor == "postgresql" and not connection.in_atomic_block
        cursor.execute("VACUUM ANALYZE" if may_vacuum else "ANALYZE")


def _area_square(number: int) -> tuple[float, float]:
    return SOUTH + SIDE * (number // 5), WEST + SIDE * (number % 5)


class _Maker:
    """Makes the first reports and what stands around them."""

    def __init__(self, chance: random.Random, reports: int) -> None:
        self.chance, self.count = chance, reports
        self.now = timezone.now()
        self.today = timezone.localdate()

    def make(self) -> None:
        """Territory and staff, then people, reports, cases, and what is written about them."""
        self._make_setting()
        self._make_people()
        self._make_reports()
        self._make_cases()
        self._make_documents()

    def _make_setting(self) -> None:
        from vicinia.domain.listening.models import Category
        from vicinia.domain.network.models import PartnerBody
        from vicinia.domain.territory.models import Area, Edition
        from vicinia.foundation.accounts.models import Team, User

        areas = []
        for number in range(AREAS):
            south, west = _area_square(number)
            north, east = south + SIDE, west + SIDE
            ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
            areas.append(
                Area(
                    id=number + 1,
                    kind="quarter",
                    code=f"q{number}",
                    name=f"Quartiere {number + 1}",
                    boundary={"type": "Polygon", "coordinates": [ring]},
                    south=south,
                    west=west,
                    north=north,
                    east=east,
                )
            )
        Area.objects.bulk_create(areas)
        Edition.renew()  # as an import of a territory does: without it a process keeps none in memory
        groups = [
            Category(id=n + 1, code=f"gruppo-{n}", name=f"Gruppo {n + 1}", position=n) for n in range(GROUPS)
        ]
        kinds = [
            Category(
                id=GROUPS + n + 1,
                code=f"tipo-{n}",
                name=f"{WORDS[n % len(WORDS)].capitalize()} {n + 1}",
                parent_id=n % GROUPS + 1,
                position=n,
                is_public=n % 2 == 0,
                keywords=[WORDS[n % len(WORDS)], WORDS[(n * 7) % len(WORDS)]],
                first_contact_days=2,
            )
            for n in range(KINDS)
        ]
        Category.objects.bulk_create(groups)
        Category.objects.bulk_create(kinds)
        PartnerBody.objects.bulk_create(
            [
                PartnerBody(code=f"ente-{n}", name=f"Ente {n + 1}", email=f"e{n}@ente.example")
                for n in range(15)
            ]
        )
        roles = ["coordinator"] * 2 + ["operator"] * (STAFF - 2)
        User.objects.bulk_create(
            [
                User(
                    id=n + 1,
                    email=f"u{n + 1}@prova.example",
                    name=f"{NAMES[n % 16]} {SURNAMES[n % 13]}",
                    role=role,
                )
                for n, role in enumerate(roles)
            ]
        )
        for n in range(5):
            team = Team.objects.create(name=f"Gruppo {n + 1}", area_ids=list(range(4 * n + 1, 4 * n + 5)))
            team.members.set([user for user in User.objects.all() if user.pk % 5 == n])

    def _make_people(self) -> None:
        from vicinia.domain.people.models import ContactKind, ContactPoint, Person
        from vicinia.foundation.kernel import blind_index

        people, points = [], []
        for number in range(1, int(self.count * 0.6) + 1):
            name = f"{self.chance.choice(NAMES)} {self.chance.choice(SURNAMES)}"
            people.append(Person(id=number, name=name, reference=f"p{number}"))
            phone = f"+3905{number:08d}"
            digest = blind_index.digest(ContactKind.PHONE, phone)[:32]
            points.append(
                ContactPoint(id=number, person_id=number, kind=ContactKind.PHONE, value=phone, digest=digest)
            )
        Person.objects.bulk_create(people, batch_size=1000)
        ContactPoint.objects.bulk_create(points, batch_size=1000)

    def _make_reports(self) -> None:
        from vicinia.domain.listening.models import Report, ReportMove
        from vicinia.foundation.accounts.models import LinkPurpose, PrivateLink
        from vicinia.foundation.journal.models import Entry
        from vicinia.foundation.notifications.models import OutboxMessage

        reports = [self._report(number) for number in range(1, self.count + 1)]
        Report.objects.bulk_create(reports, batch_size=500)
        moves = [
            ReportMove(
                row_id=row.pk,
                by_ref=f"user:{row.owner_id}",
                by_name="Anna",
                from_state="received",
                to_state="taken",
            )
            for row in reports
            if row.owner_id
        ]
        ReportMove.objects.bulk_create(moves, batch_size=2000)
        PrivateLink.objects.bulk_create(
            (
                PrivateLink(purpose=LinkPurpose.FOLLOW, about=row.reference, token_digest=f"{row.pk:064x}")
                for row in reports
            ),
            batch_size=2000,
        )
        Entry.objects.bulk_create(self._lines(reports), batch_size=2000)
        OutboxMessage.objects.bulk_create(
            (
                OutboxMessage(
                    key=f"received:{row.reference}",
                    channel="email",
                    state="sent",
                    template="report_received",
                    language="it",
                    about=f"report:{row.reference}",
                    by_ref="visitor",
                    to_masked="m…@posta.example",
                    sent_at=row.received_at,
                )
                for row in reports
                if row.reporter_id
            ),
            batch_size=2000,
        )

    def _report(self, number: int) -> object:
        from vicinia.domain.listening.models import Report

        chance = self.chance
        age = chance.random() * DAYS
        received_at = self.now - dt.timedelta(days=age)
        area = chance.randrange(AREAS)
        south, west = _area_square(area)
        state, owner_id, due_on = self._standing(age, area)
        kind = chance.randrange(KINDS)
        is_placed = chance.random() < 0.92
        return Report(
            id=number,
            reference=f"2025-{NUMBERED_FROM + number}",
            channel=chance.choices(["web", "phone", "desk", "street", "email"], [50, 25, 12, 8, 5])[0],
            category_id=GROUPS + 1 + kind,
            title=" ".join(chance.choices(WORDS, k=4)).capitalize(),
            description=" ".join(chance.choices(WORDS, k=35)),
            received_at=received_at,
            state=state,
            owner_id=owner_id,
            due_on=due_on,
            reporter_id=chance.randint(1, int(self.count * 0.6)) if chance.random() < 0.75 else None,
            area_id=area + 1 if is_placed else None,
            lat=south + chance.random() * SIDE if is_placed else None,
            lon=west + chance.random() * SIDE if is_placed else None,
            address=f"via {chance.choice(STREETS)} {chance.randint(1, 200)}" if is_placed else "",
            place_words="" if is_placed else "dietro la scuola",
            me_too_count=chance.choices([0, 1, 3], [90, 8, 2])[0],
            at_risk=chance.random() < 0.02,
            is_published=kind % 2 == 0 and is_placed,
            legal_basis="police" if chance.random() < 0.03 else "administrative",
            answer="Abbiamo provveduto." if state == "answered" else "",
            set_aside_reason="Fuori competenza." if state == "set_aside" else "",
            ended_at=received_at + dt.timedelta(days=9) if state in {"answered", "set_aside"} else None,
        )

    def _standing(self, age: float, area: int) -> tuple[str, int | None, dt.date]:
        """State, owner and next date: new ones are open, old ones have mostly ended; one in twelve is open in all."""
        chance = self.chance
        owner = 3 + (area * 5 + chance.randrange(5)) % (STAFF - 2)
        due_on = self.today - dt.timedelta(days=int(age) - chance.randint(1, 20))
        if age < 15:
            state = chance.choices(["received", "taken", "waiting"], [55, 35, 10])[0]
        elif age < 90:
            state = chance.choices(
                ["received", "taken", "waiting", "linked", "answered"], [5, 15, 5, 10, 65]
            )[0]
        else:
            state = chance.choices(["taken", "linked", "answered", "set_aside"], [1, 9, 80, 10])[0]
        return state, None if state == "received" else owner, due_on

    def _lines(self, reports: Iterable[object]) -> Iterator[object]:
        """Three lines of the timeline for a report that someone has taken, one for the others."""
        for row in reports:
            about = f"report:{row.reference}"  # type: ignore[attr-defined]
            yield _line("report.received", about, row.received_at, {"channel": "web"})  # type: ignore[attr-defined]
            if row.owner_id:  # type: ignore[attr-defined]
                yield _line("report.taken", about, row.received_at, {})  # type: ignore[attr-defined]
                yield _line("report.answered", about, row.received_at, {})  # type: ignore[attr-defined]

    def _make_cases(self) -> None:
        from vicinia.domain.casework.models import (
            Case,
            CasePerson,
            CaseReport,
            Commitment,
            Contact,
            Intervention,
            Task,
        )
        from vicinia.domain.listening.models import Report
        from vicinia.foundation.journal.models import Entry

        chance = self.chance
        how_many = max(1, int(self.count * CASES_PER_REPORT))
        linked = iter(Report.objects.filter(state="linked").order_by("pk"))
        cases, links, people, lines = [], [], [], []
        for number, report in zip(range(1, how_many + 1), linked, strict=False):
            is_closed = chance.random() < 0.6
            cases.append(
                Case(
                    id=number,
                    reference=f"2025-{NUMBERED_FROM + number}",
                    category_id=report.category_id,
                    title=report.title,
                    summary=report.description,
                    legal_basis=report.legal_basis,
                    owner_id=report.owner_id,
                    area_id=report.area_id,
                    lat=report.lat,
                    lon=report.lon,
                    address=report.address,
                    opened_at=report.received_at,
                    stage="closed" if is_closed else chance.choice(["scanning", "analysis", "response"]),
                    outcome="solved" if is_closed else "",
                    closed_at=self.now if is_closed else None,
                    next_contact_on=None
                    if is_closed
                    else self.today + dt.timedelta(days=chance.randint(-3, 20)),
                )
            )
            both = [report, *([next(linked, None)] if number % 2 else [])]
            links += [CaseReport(case_id=number, report=row) for row in both if row]
            if report.reporter_id:
                people.append(CasePerson(case_id=number, person_id=report.reporter_id, role="reporter"))
            about = f"case:2025-{NUMBERED_FROM + number}"
            for event in [
                "case.opened",
                *["case.contact"] * 5,
                *["case.commitment"] * 2,
                *["case.stage"] * 3,
            ]:
                lines.append(_line(event, about, report.received_at, {}))
        Case.objects.bulk_create(cases, batch_size=500)
        CaseReport.objects.bulk_create(links, batch_size=2000)
        CasePerson.objects.bulk_create(people, batch_size=2000)
        Entry.objects.bulk_create(lines, batch_size=2000)
        who = {"by_ref": "user:3", "by_name": "Anna Ferri"}
        spoken = [
            Contact(case_id=row.pk, how="phone", direction="out", summary=row.summary[:80], **who)
            for row in cases
            for _time in range(5)
        ]
        Contact.objects.bulk_create(spoken, batch_size=2000)
        Commitment.objects.bulk_create(
            [
                Commitment(
                    case_id=row.pk, by_whom="unit", what="Passare a vedere", due_on=self.today, state=state
                )
                for row in cases
                for state in ("open" if row.is_open else "kept", "kept")
            ],
            batch_size=2000,
        )
        Intervention.objects.bulk_create(
            [
                Intervention(case_id=row.pk, kind="mediation", what="Incontro", planned_on=self.today)
                for row in cases
            ],
            batch_size=2000,
        )
        Task.objects.bulk_create(
            [
                Task(case_id=row.pk, what="Chiamare", assignee_id=row.owner_id, due_on=self.today)
                for row in cases
                if row.is_open
            ],
            batch_size=2000,
        )

    def _make_documents(self) -> None:
        from vicinia.foundation.search import actions as search

        for kind in ("report", "case"):
            for _done in search.rebuild(kind):
                pass


def _line(event: str, about: str, at: dt.datetime, facts: Mapping[str, str]) -> object:
    from vicinia.foundation.journal.models import Entry

    return Entry(
        event=event,
        about=about,
        at=at,
        facts=facts,
        by_ref="user:3",
        by_name="Anna Ferri",
        salt="0" * 32,
        digest="0" * 64,
    )


def _copied_models() -> list[type[models.Model]]:
    """What grows with a town, those that others point at first."""
    from vicinia.domain.casework import models as casework
    from vicinia.domain.listening import models as listening
    from vicinia.domain.people import models as people
    from vicinia.foundation.accounts.models import PrivateLink
    from vicinia.foundation.journal.models import Entry
    from vicinia.foundation.notifications.models import OutboxMessage
    from vicinia.foundation.search.models import Document

    return [
        people.Person,
        people.ContactPoint,
        listening.Report,
        listening.ReportMove,
        PrivateLink,
        casework.Case,
        casework.CaseReport,
        casework.CasePerson,
        casework.Contact,
        casework.Commitment,
        casework.Intervention,
        casework.Task,
        Entry,
        OutboxMessage,
        Document,
    ]


_strides: dict[str, int] = {}


def _stride(model: type[models.Model]) -> int:
    """How far the ids of one copy lie from those of the one before: the rows that the first town has."""
    name = model._meta.db_table
    if name not in _strides:
        _strides[name] = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
    return _strides[name]


def _copy(number: int) -> None:
    """Copy every row of the first town, once more."""
    if number == 1:
        _strides.clear()
    copied = _copied_models()
    for model in copied:
        _stride(model)
    for model in copied:
        _copy_rows(model, number, {one._meta.db_table for one in copied})


def _copy_rows(model: type[models.Model], number: int, copied: set[str]) -> None:
    from vicinia.domain.casework.models import Case
    from vicinia.domain.listening.models import Report

    quote = connection.ops.quote_name
    reports, cases = _stride(Report), _stride(Case)
    own = number * _stride(model)
    values = {}
    for field in model._meta.concrete_fields:
        column = quote(field.column)
        values[field.column] = column
        if field.primary_key:
            values[field.column] = f"{column} + {own}"
        elif field.remote_field and field.remote_field.model._meta.db_table in copied:
            values[field.column] = f"{column} + {number * _stride(field.remote_field.model)}"
    for name, sql in _own_words(model, number, reports, cases).items():
        values[name] = sql
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(name) for name in values)
    limit = f"WHERE {quote('id')} <= {_stride(model)}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {', '.join(values.values())} FROM {table} {limit}"
        )


def _own_words(model: type[models.Model], number: int, reports: int, cases: int) -> dict[str, str]:
    """The columns in which a copy must differ: references, digests, places."""

    def renumbered(column: str, length: int, shift: int) -> str:
        digits = f"CAST(CAST(substr({column}, {length + 1}, 7) AS INTEGER) + {shift} AS TEXT)"
        return f"substr({column}, 1, {length}) || {digits}"

    south = f"lat + {number * SIDE * 6}"
    r, c = number * reports, number * cases
    by_kind = f"CASE WHEN about LIKE 'case:%' THEN {renumbered('about', 10, c)} ELSE {renumbered('about', 12, r)} END"
    shift = f"CASE kind WHEN 'case' THEN {c} ELSE {r} END"
    old_number = f"CAST({NUMBERED_FROM} + row_id AS TEXT)"
    new_number = f"CAST({NUMBERED_FROM} + row_id + {shift} AS TEXT)"
    words: dict[str, dict[str, str]] = {
        "Person": {"reference": f"'p' || CAST(id + {number * _stride(model)} AS TEXT)"},
        "ContactPoint": {"digest": f"'c{number}-' || substr(digest, 1, 26)"},
        "Report": {"reference": renumbered("reference", 5, r), "lat": south},
        "Case": {"reference": renumbered("reference", 5, c), "lat": south},
        "PrivateLink": {
            "about": renumbered("about", 5, r),
            "token_digest": f"'{number}-' || substr(token_digest, 6)",
        },
        "Entry": {"about": by_kind},
        "OutboxMessage": {"about": by_kind, "key": renumbered("key", 14, r)},
        "Document": {
            "row_id": f"row_id + {shift}",
            "heading": f"replace(heading, {old_number}, {new_number})",
            "words": f"replace(words, {old_number}, {new_number})",
        },
    }
    return {
        connection.ops.quote_name(name).strip('"'): sql for name, sql in words.get(model.__name__, {}).items()
    }


def _set_sequences() -> None:
    from django.apps import apps

    statements = connection.ops.sequence_reset_sql(no_style(), list(apps.get_models()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def session(email: str) -> str:
    """A signed-in session of this user, second factor shown: its key."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from vicinia.foundation.accounts.models import User
    from vicinia.foundation.accounts.second_factor import SET_UP_HERE

    user = User.objects.get(email=email)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store[SET_UP_HERE] = user.pk
    store.create()
    return str(store.session_key)


def key() -> str:
    """A key of another program that sees the reports of four quarters."""
    from vicinia.foundation.accounts.models import ApiKey
    from vicinia.foundation.accounts.states import Capability
    from vicinia.foundation.accounts.tokens import new_token, token_digest

    secret = new_token()
    ApiKey.objects.create(
        name="Prova",
        key_digest=token_digest(secret),
        capabilities=[Capability.SEE_REPORTS],
        area_ids=[13, 14, 15, 16],
    )
    return secret
