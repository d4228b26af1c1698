"""Pages of plans, as who makes them, who only sees dwellings and who may do neither."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.mobility import actions, queries
from vicinia.domain.mobility.actions import NewLock, NewPlan
from vicinia.domain.mobility.engine import solving
from vicinia.domain.mobility.jobs import computing as jobs
from vicinia.domain.mobility.models import Lock, MobilityPlan, Spell
from vicinia.domain.mobility.states import Change, PlanKind, PlanState
from vicinia.domain.mobility.tests import solvers
from vicinia.domain.mobility.tests.factories import Estate, a_household, court
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(estate: Estate, lucia: Actor, plain_solver: None) -> MobilityPlan:
    return computed(estate, lucia)


def computed(estate: Estate, by: Actor, **new: Any) -> MobilityPlan:
    plan = actions.ask_plan(by=by, relocation=estate.relocation, new=NewPlan(**new))
    found = jobs.carry_out(plan, every=60)
    assert found is not None
    return found


@pytest.fixture
def as_lucia(client, cast, january):
    client.force_login(cast.lucia)
    return client


@pytest.fixture
def as_anna(client, cast, january):
    client.force_login(cast.anna)
    return client


def url(name: str, *more: Any) -> str:
    return reverse(f"mobility_{name}", args=["MB1", *more])


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# Asking -----------------------------------------------------------------------------------------------------------


def test_a_plan_is_asked_for_followed_and_read(as_lucia, estate, plain_solver):
    assert "Qui compare chi abita dove" in words(as_lucia.get(url("plans")))
    page = words(as_lucia.get(url("plan_new")))
    assert "4 nuclei." in page and "6 alloggi." in page
    answer = as_lucia.post(url("plan_new"), {"kind": "plan", "time_limit": "60"})
    assert answer.status_code == 303 and answer["Location"] == url("plan", 1)
    waiting = as_lucia.get(url("plan", 1))
    assert "Comincia entro un minuto." in words(waiting) and "<noscript><p><a" in waiting.content.decode()
    jobs.carry_out(queries.open_plan(), every=60)
    page = words(as_lucia.get(url("plan", 1)))
    for part in (
        "ottimo dimostrato in meno di 1 s",
        "4 nuclei",
        "8 trasferimenti",
        "nessuno fuori dal quartiere",
        "N. 101",
        "lavori",
        "libero",
        "Pubblica la proposta",
    ):
        assert part in page
    assert "8 trasferimenti" in words(as_lucia.get(url("plans")))


def test_what_is_missing_is_listed_with_its_way(as_lucia, estate):
    estate.spare[0].rooms = None
    estate.spare[0].save()
    page = as_lucia.get(url("plan_new"))
    assert reverse("change_dwelling", args=[estate.spare[0].pk]) in page.content.decode()
    assert "stanze" in words(page)
    refused = as_lucia.post(url("plan_new"), {"kind": "plan", "time_limit": "60"})
    assert refused.status_code == 409 and "di 1 alloggio" in words(refused)
    assert as_lucia.post(url("plan_new"), {"kind": "x"}).status_code == 422


def test_progress_says_how_far_it_is_and_is_stopped(as_lucia, estate, lucia):
    plan = actions.begin_plan(
        by=jobs.JOB, plan=actions.ask_plan(by=lucia, relocation=estate.relocation, new=NewPlan())
    )
    assert "Prepara i dati." in words(as_lucia.get(url("plan_progress", 1)))
    actions.beat(
        by=jobs.JOB, plan=plan, progress={"level": "moves", "value": 40, "bound": 36, "seconds": 12.3}
    )
    part = words(as_lucia.get(url("plan_progress", 1), headers={"HX-Request": "true"}))
    assert "Dopo 12 secondi guarda: trasferimenti" in part
    assert "il migliore trovato: 40, di sicuro non meno di 36" in part
    assert as_lucia.post(url("plan_stop", 1)).status_code == 303
    assert "Si ferma" in words(as_lucia.get(url("plan_progress", 1)))
    actions.fail_plan(by=jobs.JOB, plan=plan, error="ValueError")
    over = as_lucia.get(url("plan_progress", 1), headers={"HX-Request": "true"})
    assert over.status_code == 204 and over["HX-Redirect"] == url("plan", 1)
    assert "non è riuscito (ValueError)" in words(as_lucia.get(url("plan", 1)))
    assert as_lucia.post(url("plan_again", 1)).status_code == 303
    assert "Comincia entro" in words(as_lucia.get(url("plan", 1)))
    actions.stop_plan(by=lucia, plan=MobilityPlan.objects.get())
    assert "Fermato prima" in words(as_lucia.get(url("plan", 1)))


@pytest.mark.parametrize(("error", "said"), [("checker", "controllo indipendente"), ("unknown", "dai più tempo"), ("interrupted", "più volte")])  # fmt: skip
def test_why_a_computation_failed_is_said(as_lucia, estate, lucia, error, said):
    plan = actions.begin_plan(
        by=jobs.JOB, plan=actions.ask_plan(by=lucia, relocation=estate.relocation, new=NewPlan())
    )
    actions.fail_plan(by=jobs.JOB, plan=plan, error=error)
    assert said in words(as_lucia.get(url("plan", 1)))


def test_a_gap_is_said(as_lucia, proposal):
    facts = proposal.facts | {"status": "feasible"}
    facts["levels"][2]["bound"] = 15
    MobilityPlan.objects.filter(pk=proposal.pk).update(facts=facts)
    assert "al massimo 6,2 % dal migliore" in words(as_lucia.get(url("plan", 1)))
    facts["levels"][0] |= {"value": 3, "bound": 1}
    MobilityPlan.objects.filter(pk=proposal.pk).update(facts=facts)
    assert "forse si possono evitare 2 periodi fuori" in words(as_lucia.get(url("plan", 1)))


# Reading ----------------------------------------------------------------------------------------------------------


def test_households_by_months_and_one_building(as_lucia, proposal):
    page = words(as_lucia.get(url("plan", 1), {"vista": "nuclei"}))
    assert "N. 103" in page and "B-1" in page and "V-1" in page
    page = words(as_lucia.get(url("plan", 1), {"edificio": "Corte B"}))
    assert "B-1" in page and "A-1" not in page


def test_a_plan_takes_the_same_queries_for_many_dwellings(as_lucia, estate, lucia, plain_solver):
    computed(estate, lucia)
    with CaptureQueriesContext(connection) as few:
        as_lucia.get(url("plan", 1))
    for door in court("M", doors=40):
        estate.relocation.units.create(dwelling=door)
        a_household(estate.relocation, door)
    computed(estate, lucia)
    with CaptureQueriesContext(connection) as many:
        as_lucia.get(url("plan", 2))
    # The second plan has one before it, which may be compared with it.
    assert len(many) <= len(few) + 1 <= 24


def test_the_list_takes_the_same_queries_for_many_plans(as_lucia, estate, proposal):
    with CaptureQueriesContext(connection) as few:
        as_lucia.get(url("plans"))
    for number in range(2, 52):
        MobilityPlan.objects.create(
            relocation=estate.relocation,
            number=number,
            state=PlanState.FAILED,
            slot=None,
            first_day=clock.today(),
            asked_by="Lucia",
            base=proposal,
        )
    with CaptureQueriesContext(connection) as many:
        assert "dal piano 1" in words(as_lucia.get(url("plans")))
    assert len(many) == len(few)


def test_who_sees_dwellings_only_reads_no_number(as_anna, estate, proposal, lucia):
    assert as_anna.get(url("plan", 1)).status_code == 404
    actions.publish_plan(by=lucia, plan=proposal)
    for query in ({}, {"vista": "nuclei"}):
        page = as_anna.get(url("plan", 1), query)
        assert "occupato" in words(page) and "lavori" in words(page) and "libero" in words(page)
        assert not re.search(r"N\. ?10\d|nuclei/10\d", page.content.decode())
        table = b"".join(as_anna.get(url("plan_table", 1), query).streaming_content).decode()
        assert "occupato" in table and not re.search(r"10\d", table)
    assert as_anna.get(url("plan_paper", 1))["Content-Type"] == "application/pdf"
    assert "pubblicato" in words(as_anna.get(url("plans")))
    assert "pubblicato" in words(as_anna.get(url("plans_panel")))


ALL_OF_RUNNING = [
    ("plan_new", ()), ("pool", ()), ("pool_ask", ()), ("locks", ()), ("lock_new", ()), ("lock_lift", (1,)),
    ("plan_progress", (1,)), ("plan_stop", (1,)), ("plan_again", (1,)), ("plan_publish", (1,)), ("plan_discard", (1,)),
    ("what_if", (1, "spare")), ("nobody_outside", (1,)), ("remedy", (1, 0)), ("plan_as_asked", (1,)),
    ("plan_compare", (1, 1)), ("plan_instance", (1,)), ("plan_result", (1,)), ("why", (1, 101)), ("why_ask", (1, 101)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "more"), ALL_OF_RUNNING)
def test_who_sees_dwellings_only_may_do_nothing_else(as_anna, proposal, lucia, name, more):
    actions.publish_plan(by=lucia, plan=proposal)
    assert as_anna.get(url(name, *more)).status_code == 403
    assert as_anna.post(url(name, *more)).status_code == 403


def test_a_partner_sees_nothing(client, cast, january, proposal):
    client.force_login(cast.paolo)
    assert client.get(url("plans")).status_code == 403
    assert client.get(url("plan", 1)).status_code == 403


def test_the_table_and_the_documents(as_lucia, proposal):
    text = b"".join(as_lucia.get(url("plan_table", 1)).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Alloggio", "Che cosa", "oggi", "aprile 2027", "settembre 2027", "gennaio 2028"]
    assert rows[1] == ["Corte A A-1", "2 stanze · 50 m²", "N. 101", "lavori", "N. 101", "N. 101"]
    assert len(rows) == 7
    instance = json.loads(as_lucia.get(url("plan_instance", 1)).content)
    assert instance["households"][0]["id"] == "h101"
    assert json.loads(as_lucia.get(url("plan_result", 1)).content)["assignments"]["h101"][1].startswith("d")


def test_a_plan_that_waits_has_no_paper_and_no_result(as_lucia, estate, lucia):
    actions.ask_plan(by=lucia, relocation=estate.relocation, new=NewPlan())
    assert as_lucia.get(url("plan_paper", 1)).status_code == 404
    assert as_lucia.get(url("plan_result", 1)).status_code == 404


def test_the_paper_is_a_pdf_in_both_views(as_lucia, proposal):
    for query in ({}, {"vista": "nuclei"}):
        assert as_lucia.get(url("plan_paper", 1), query).content.startswith(b"%PDF")


def test_a_dwelling_kept_for_others_is_said_and_drawn_apart(as_lucia, estate, lucia, plain_solver):
    unit = estate.relocation.units.get(dwelling=estate.spare[1])
    unit.spells.create(kind="reserved", from_day=clock.today(), to_day=None)
    computed(estate, lucia)
    page = as_lucia.get(url("plan", 1))
    assert "bar-closed" in page.content.decode() and "tenuto per altri" in words(page)
    assert Spell.objects.count() == 1


# Deciding ---------------------------------------------------------------------------------------------------------


def test_publishing_asks_once_more_and_discarding_asks_why(as_lucia, estate, proposal, lucia):
    assert "Pubblichi il piano 1?" in words(as_lucia.get(url("plan_publish", 1)))
    assert as_lucia.post(url("plan_publish", 1)).status_code == 303
    assert "Piano 1, pubblicato" in words(as_lucia.get(url("plans_panel"), headers={"HX-Request": "true"}))
    assert as_lucia.post(url("plan_publish", 1)).status_code == 409
    computed(estate, lucia)
    assert "Prende il posto del piano 1." in words(as_lucia.get(url("plan_publish", 2)))
    assert "Confronta con il 1" in words(as_lucia.get(url("plan", 2)))
    assert as_lucia.post(url("plan_discard", 2), {"reason": ""}).status_code == 422
    assert as_lucia.post(url("plan_discard", 2), {"reason": "No."}).status_code == 303
    assert "Piano 2" in words(as_lucia.get(url("plans_panel")))


def test_a_slip_is_said_everywhere(as_lucia, estate, proposal):
    estate.relocation.stale_since = clock.now()
    estate.relocation.save()
    MobilityPlan.objects.update(created_at=clock.now() - clock.now().resolution)
    assert "Ripianifica" in words(as_lucia.get(url("plan", 1)))
    assert "il piano non vale più" in words(as_lucia.get(url("plans")))
    page = as_lucia.get(url("plan_new"), {"tipo": "replan"}).content.decode()
    assert re.search(r'value="replan"[^>]*checked', page)


# What-ifs ---------------------------------------------------------------------------------------------------------


def test_what_ifs_are_asked_answered_and_compared(as_lucia, estate, proposal):
    asked = {
        "spare": {"count": "1", "area_m2": "60", "rooms": "3"},
        "lot_later": {"lot": estate.lots[1].reference, "months": "2"},
        "tolerance": {"percent": "5"},
    }
    for number, (change, values) in enumerate(asked.items(), 2):
        assert as_lucia.get(url("what_if", 1, change)).status_code == 200
        answer = as_lucia.post(url("what_if", 1, change), values)
        assert answer.status_code == 303 and answer["Location"] == url("plan", number)
        jobs.carry_out(queries.open_plan(), every=60)
        page = words(as_lucia.get(url("plan", number)))
        assert "È una prova." in page and "Confronta con il 1" in page
        assert as_lucia.get(url("plan_compare", number, 1)).status_code == 200
    assert "slitta di 2 mesi" in words(as_lucia.get(url("plan", 3)))
    assert "Volano 1" in words(as_lucia.get(url("plan", 2)))
    assert as_lucia.get(url("what_if", 1, "moon")).status_code == 404
    assert as_lucia.post(url("what_if", 1, "spare"), {"count": "0"}).status_code == 422
    assert as_lucia.post(url("plan_as_asked", 3)).status_code == 404


def test_nobody_outside_may_become_a_plan(as_lucia, estate, proposal):
    assert as_lucia.post(url("nobody_outside", 1))["Location"] == url("plan", 2)
    jobs.carry_out(queries.open_plan(), every=60)
    assert "Chiedi un piano così" in words(as_lucia.get(url("plan", 2)))
    assert as_lucia.post(url("plan_as_asked", 2))["Location"] == url("plan", 3)
    plan = queries.open_plan()
    assert (plan.kind, plan.question) == (PlanKind.PLAN, {"nobody_outside": True})


def test_two_plans_say_who_changes(as_lucia, estate, proposal, lucia):
    lock = NewLock(estate.spare[1], clock.today().replace(month=4, day=1), None, "Più vicino.")
    actions.lock_household(by=lucia, file=estate.files[0], new=lock)
    computed(estate, lucia)
    page = words(as_lucia.get(url("plan_compare", 2, 1)))
    assert "N. 101" in page and "cambia" in page
    assert "da aprile 2027: Corte V, scala A, int. 2 invece di Corte V, scala A, int. 1" in page
    same = words(as_lucia.get(url("plan_compare", 1, 1)))
    assert "Nei due piani ognuno abita negli stessi alloggi." in same and "uguale" in same


def test_why_nobody_can_is_said_and_remedies_are_asked_for(as_lucia, estate, lucia, monkeypatch):
    monkeypatch.setattr(solving, "solve", solvers.impossible)
    question = {"change": Change.NOBODY_OUTSIDE, "nobody_outside": True}
    computed(estate, lucia, question=question)
    page = words(as_lucia.get(url("plan", 1)))
    assert "4 nuclei hanno bisogno di un alloggio senza gradini di almeno 40 m²." in page
    assert "Nella fase di aprile 2027 non ce n'è nessuno." in page.replace("&#x27;", "'")
    assert "1 alloggio volano in più come Corte A, scala A, int. 1" in page
    changes = ("spare", "", "refusal", "tolerance", "removals")
    for at, change in enumerate(changes):
        answer = as_lucia.post(url("remedy", 1, at))
        assert answer.status_code == 303
        plan = queries.open_plan()
        assert plan.question["change"] == change and plan.base.number == 1
        actions.stop_plan(by=lucia, plan=plan)
    assert as_lucia.post(url("remedy", 1, 9)).status_code == 404


# Locks ------------------------------------------------------------------------------------------------------------


def test_a_household_is_locked_and_let_go(as_lucia, estate):
    assert "Nessun nucleo fissato" in words(as_lucia.get(url("locks")))
    assert as_lucia.get(url("lock_new"), {"nucleo": "102"}).status_code == 200
    values = {
        "household": "101",
        "dwelling": str(estate.spare[0].pk),
        "from_month": "2027-04-01",
        "to_month": "2027-08-01",
        "reason": "Lo chiede il medico.",
    }
    assert as_lucia.post(url("lock_new"), values).status_code == 303
    page = words(as_lucia.get(url("locks")))
    assert "N. 101: Corte V, scala A, int. 1" in page and "aprile 2027 – agosto 2027" in page.lower()
    refused = as_lucia.post(url("lock_new"), values | {"household": "102"})
    assert refused.status_code == 409 and "già di N. 101" in words(refused)
    lock = Lock.objects.get()
    assert "Togli il vincolo?" in words(as_lucia.get(url("lock_lift", lock.pk)))
    assert as_lucia.post(url("lock_lift", lock.pk)).status_code == 303
    assert as_lucia.get(url("lock_lift", lock.pk)).status_code == 404
    outside = as_lucia.post(url("lock_new"), values | {"dwelling": "fuori", "to_month": ""})
    assert outside.status_code == 303
    assert "fuori dal quartiere" in words(as_lucia.get(url("locks")))


# Why here ---------------------------------------------------------------------------------------------------------


def test_why_here_says_needs_choices_wishes_and_alternatives(
    as_lucia, estate, lucia, plain_solver, monkeypatch
):
    estate.files[0].near_wishes.create(other=estate.files[2])
    estate.files[0].fragile = True
    estate.files[0].save()
    computed(estate, lucia)
    page = words(as_lucia.get(url("why", 1, 101)))
    for part in (
        "2 persone", "nucleo fragile", "al massimo 2 trasferimenti", "vuole stare vicino a N. 103",
        "5 altri alloggi sono adatti", "Di questi, 4 si possono abitare finché il suo è in lavori.", "torna a casa", "vicino a N. 103",
        "da aprile 2027", "Corte V, scala A, int. 1", "Cerca le alternative",
    ):  # fmt: skip
        assert part in page, part
    assert as_lucia.post(url("why_ask", 1, 101)).status_code == 303
    assert "Si calcola" in words(as_lucia.get(url("why", 1, 101)))
    place = f"d{estate.spare[1].pk}"
    answer = [
        {
            "dwelling": place,
            "period": 1,
            "moment": "first",
            "differences": {"moves": 2, "outside": 0, "preferences": -1},
            "proved": True,
        }
    ]
    monkeypatch.setattr(solving, "alternatives", lambda *_asked: answer)
    jobs.answer_whys()
    page = words(as_lucia.get(url("why", 1, 101)))
    assert "Corte V, scala A, int. 2 da aprile 2027" in page and "peso dei trasferimenti: +2" in page
    assert "preferenze non accolte: −1" in page and "dimostrato" in page
    assert as_lucia.get(url("why", 1, 999)).status_code == 404


def test_where_a_household_will_live_is_for_who_accompanies_it(as_lucia, cast, estate, proposal, lucia):
    where = reverse("mobility_where", args=[101])
    assert as_lucia.get(where).status_code == 404
    estate.files[0].companions.create(user=cast.lucia)
    assert "quando un piano sarà pubblicato" in words(as_lucia.get(where))
    actions.publish_plan(by=lucia, plan=proposal)
    page = words(as_lucia.get(where))
    assert (
        "Resti a casa fino a marzo, poi bilocale in Corte V, scala A, con ascensore; torni a settembre."
        in page
    )
    assert "perché lì" in words(as_lucia.get(where, headers={"HX-Request": "true"}))


def test_spare_flats_are_counted_and_drawn(as_lucia, estate, lucia, plain_solver, monkeypatch):
    assert "Calcola adesso" in words(as_lucia.get(url("pool")))
    flat = {"id": "x", "rooms": 3, "area_m2": 60.0, "step_free": True}
    steps = [
        {"extra": 0, "outside": 2, "changed": 0, "moves": 20, "proved": True, "dwelling": None},
        {"extra": 1, "outside": 0, "changed": 0, "moves": 16, "proved": True, "dwelling": flat},
    ]
    monkeypatch.setattr(solving, "pool", lambda *_asked: steps)
    assert as_lucia.post(url("pool_ask")).status_code == 303
    assert "Comincia entro un minuto." in words(as_lucia.get(url("pool")))
    jobs.carry_out(queries.open_plan(), every=60)
    page = words(as_lucia.get(url("pool")))
    assert "Con 1 alloggio volano in più: 2 periodi fuori in meno, trasferimenti più leggeri di 4." in page
    assert "3 stanze, 60 m²" in page
    assert "Ancora nessun piano" in words(as_lucia.get(url("plans")))
