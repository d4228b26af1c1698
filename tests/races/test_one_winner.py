"""What only one can do, asked by eight at the same moment: one does it, the others read why not, the journal has one line.

Both databases: SQLite lets one write at a time, PostgreSQL locks the row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies.models import Minutes
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework import queries as cases
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of, open_on
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.network import actions as network
from vicinia.domain.participation import actions as participation
from vicinia.domain.participation.models import Idea, Support
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Household
from vicinia.domain.referrals import actions as referrals
from vicinia.domain.referrals import queries as referral_queries
from vicinia.domain.territory.tests.factories import DwellingFactory
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.journal.queries import verify_chains
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = 8
WON = "won"


@dataclass(frozen=True)
class Told:
    """What one who was too late was told."""

    status: int
    words: str


Answer = str | Told


def race(runs: Sequence[Callable[[], object]]) -> list[Answer]:
    """All at the same moment, each with a connection of its own; what each got."""
    start = Barrier(len(runs))

    def run(do: Callable[[], object]) -> Answer:
        start.wait(timeout=20)
        try:
            done = do()
        except Refused as refusal:
            return Told(refusal.verdict.status, str(refusal.verdict.sentence))
        finally:
            connection.close()
        return WON if done else Told(0, "")

    with ThreadPoolExecutor(len(runs)) as pool:
        return list(pool.map(run, runs))


def one_won(answers: list[Answer], *events: str) -> list[Told]:
    """One did it and the journal says so once; those who were late."""
    assert answers.count(WON) == 1, answers
    for event in events:
        assert Entry.objects.filter(event=event).count() == 1, event
    assert not [problem for chain in verify_chains() for problem in chain.problems]
    return [answer for answer in answers if isinstance(answer, Told)]


def colleagues(cast: Cast, role: Role = Role.OPERATOR) -> list[User]:
    """Eight who work in Anna's quarter."""
    found = []
    for number in range(EIGHT):
        user = User(email=f"otto{number}@prova.example", name=f"Otto{number} Righi", role=role)
        user.set_unusable_password()
        user.save()
        user.teams.set(cast.anna.teams.all())
        found.append(user)
    return found


def test_a_report_is_taken_by_one(cast: Cast, shared_database: None) -> None:
    report, eight = report_in(cast.crocetta), [user.as_actor() for user in colleagues(cast)]
    late = one_won(race([lambda by=by: listening.take(by=by, report=report) for by in eight]), "report.taken")  # type: ignore[misc]
    winner = Report.objects.get(pk=report.pk).owner
    assert late == [Told(409, f"La segue già {winner}.")] * 7


def test_a_case_is_taken_by_one(cast: Cast, shared_database: None) -> None:
    eight = [user.as_actor() for user in colleagues(cast)]
    case = open_on(report_in(cast.crocetta), by=eight[0])
    late = one_won(race([lambda by=by: casework.take_charge(by=by, case=case) for by in eight]), "case.taken")  # type: ignore[misc]
    winner = Case.objects.get(pk=case.pk).owner
    assert late == [Told(409, f"Lo segue già {winner}.")] * 7


def test_a_case_is_taken_by_one_from_its_page(cast: Cast, shared_database: None, settings: Any) -> None:
    settings.SECOND_FACTOR = False
    case = open_on(report_in(cast.crocetta), by=cast.actor(cast.anna))
    address, clients = reverse("case_take", args=[case.reference]), []
    for user in colleagues(cast):
        client = Client()
        client.force_login(user)
        clients.append(client)
    pages: list[Any] = []
    answers = race([lambda client=client: pages.append(client.post(address)) or True for client in clients])  # type: ignore[func-returns-value, misc]
    assert answers == [WON] * EIGHT, "every browser gets a page"
    assert sorted(page.status_code for page in pages) == [303] + [409] * 7
    winner = str(Case.objects.get(pk=case.pk).owner)
    late = [page.content.decode() for page in pages if page.status_code == 409]
    assert all("Lo segue già" in page and winner in page for page in late)
    assert Entry.objects.filter(event="case.taken").count() == 1


def test_a_proposal_is_accepted_once(cast: Cast, shared_database: None) -> None:
    """The same person in eight windows, of a case that nobody has in charge."""
    carla, lucia = cast.actor(cast.carla), cast.actor(cast.lucia)
    case = open_on(report_in(cast.crocetta), by=carla)
    proposal = casework.propose(by=carla, case=case, to=cast.lucia)
    late = one_won(race([lambda: casework.accept(by=lucia, proposal=proposal)] * EIGHT), "case.taken")
    assert {answer.status for answer in late} == {409}
    assert all("già stata data" in answer.words for answer in late)
    assert Case.objects.get(pk=case.pk).owner == cast.lucia


def test_who_is_asked_and_who_takes_are_not_both_in_charge(cast: Cast, shared_database: None) -> None:
    carla, lucia = cast.actor(cast.carla), cast.actor(cast.lucia)
    case = open_on(report_in(cast.crocetta), by=carla)
    proposal = casework.propose(by=carla, case=case, to=cast.lucia)
    takers = [user.as_actor() for user in colleagues(cast)[:4]]
    runs: list[Callable[[], object]] = [lambda: casework.accept(by=lucia, proposal=proposal)] * 4
    runs += [lambda by=by: casework.take_charge(by=by, case=case) for by in takers]  # type: ignore[misc]
    late = one_won(race(runs), "case.taken")
    assert {answer.status for answer in late} == {409} and all(answer.words for answer in late)
    assert not cases.proposals_to(lucia).exists()


def test_a_handover_is_accepted_once(cast: Cast, shared_database: None) -> None:
    """Anna's case, handed over to Lucia: accepted with others from the list, and one by one."""
    anna, carla, lucia = (cast.actor(user) for user in (cast.anna, cast.carla, cast.lucia))
    case = case_of(anna, report_in(cast.crocetta))
    proposed = casework.propose_many(by=carla, cases=[case], to=cast.lucia)
    assert len(proposed.done) == 1
    proposal = cases.proposals_to(lucia).get()
    runs: list[Callable[[], object]] = [lambda: casework.accept_many(by=lucia, proposals=[proposal])] * 4
    runs += [lambda: casework.accept(by=lucia, proposal=proposal)] * 4
    taken_before = Entry.objects.filter(event="case.taken").count()
    one_won(race(runs), "case.handed_over")
    assert Entry.objects.filter(event="case.taken").count() == taken_before + 1
    assert Case.objects.get(pk=case.pk).owner == cast.lucia


def test_a_body_answers_a_request_once(cast: Cast, shared_database: None) -> None:
    """Eight accounts of one body: some accept, some decline."""
    carla, anna = cast.actor(cast.carla), cast.actor(cast.anna)
    casa = network.write_body(by=carla, card=network.BodyCard(code="casa", name="Azienda casa"))
    accounts = colleagues(cast, Role.PARTNER)
    for user in accounts:
        network.write_person(by=carla, body=casa, card=network.PersonCard(name=user.name, user=user))
    case = case_of(anna, report_in(cast.crocetta))
    new = referrals.NewReferral(
        body=casa,
        kind="referral",
        asked="Riparare la porta",
        basis="public_task",
        basis_note="È il loro compito.",
        answer_by=clock.today() + dt.timedelta(days=5),
        share=[thing for thing in referral_queries.shareable(case) if thing.code == "kind"],
    )
    sent = referrals.send(by=anna, case=case, new=new)
    eight = [user.as_actor() for user in accounts]
    runs: list[Callable[[], object]] = [
        lambda by=by: referrals.accept(by=by, referral=sent) for by in eight[:6]
    ]  # type: ignore[misc]
    runs += [
        lambda by=by: referrals.decline(by=by, referral=sent, reason="Non tocca a noi.") for by in eight[6:]
    ]  # type: ignore[misc]
    late = one_won(race(runs))
    assert {answer.status for answer in late} == {409} and all(answer.words for answer in late)
    lines = Entry.objects.filter(event__in=["referral.accepted", "referral.declined"])
    assert lines.count() == 1, list(Entry.objects.values_list("event", flat=True))


def test_a_supporter_counts_once_and_nobody_is_lost(cast: Cast, shared_database: None) -> None:
    """Eight windows of one person, then eight people, at the same proposal."""
    lucia = cast.actor(cast.lucia)
    new = participation.NewIdea("Panchine", "Tre panchine.", once="uno")
    idea = participation.publish(by=lucia, idea=participation.propose(by=lucia, new=new).idea)
    ugo = PersonDetails(name="Ugo Neri", phone="059 123456")
    people.meet(by=lucia, details=ugo)
    same = race(
        [
            lambda n=n: participation.support(by=lucia, idea=idea, once=f"u{n}", details=ugo)
            for n in range(EIGHT)
        ]
    )  # type: ignore[misc]
    assert same.count(WON) == 1, same
    many = race([lambda n=n: participation.support(by=lucia, idea=idea, once=f"m{n}") for n in range(EIGHT)])  # type: ignore[misc]
    assert many == [WON] * EIGHT
    assert Support.objects.filter(idea=idea).count() == EIGHT + 1


def test_a_proposal_sent_by_eight_taps_is_one(cast: Cast, shared_database: None) -> None:
    new = participation.NewIdea("Panchine", "Tre panchine.", once="tap")
    answers = race([lambda: participation.propose(by=Actor.visitor(), new=new) for _turn in range(EIGHT)])
    assert answers == [WON] * EIGHT and Idea.objects.count() == 1


def test_minutes_lose_no_words(cast: Cast, shared_database: None) -> None:
    """Eight who write on top of the same version: one is kept, the others are told and keep theirs."""
    lucia, today = cast.actor(cast.lucia), clock.today()
    plan = assemblies.AssemblyPlan(
        "Laboratorio", today, dt.time(1), dt.time(2), "Sala", short_notice_reason="Prova."
    )
    row = assemblies.plan(by=lucia, kind=AssemblyKind.WORKSHOP, new=plan)
    assemblies.add_point(by=lucia, assembly=row, new=assemblies.NewPoint("Panchine"))
    row = assemblies.open_assembly(by=lucia, assembly=assemblies.call(by=lucia, assembly=row), present=3)
    minutes = Minutes.objects.get(assembly=row)
    write = [
        lambda n=n: assemblies.write_minutes(
            by=lucia, minutes=minutes, text=f"Testo {n}", seen_version=minutes.version
        )  # type: ignore[misc]
        for n in range(EIGHT)
    ]
    late = one_won(race(write), "assembly.minutes_written")
    assert {answer.status for answer in late} == {409}
    assert minutes.versions.count() == 2


def test_a_door_is_given_to_one_household(cast: Cast, shared_database: None) -> None:
    """Eight households come to one door at once, some from somewhere else: one lives there, the others are told."""
    lucia = cast.lucia.as_actor()
    flat = DwellingFactory(stair__building__area=cast.crocetta)
    known = [people.make_household(by=lucia, area_id=cast.crocetta.pk) for _turn in range(4)]
    answers = race(
        [
            *(lambda row=row: people.move_in(by=lucia, household=row, dwelling=flat) for row in known),
            *(lambda: people.make_household(by=lucia, dwelling=flat) for _turn in range(4)),
        ]
    )
    one_won(answers)
    assert Household.objects.filter(dwelling=flat).count() == 1
