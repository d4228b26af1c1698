"""Pages, tables and papers of the mobility cost as many queries with fifty rows as with one or two."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.mobility import actions
from vicinia.domain.mobility.actions import NewLock, NewPlan
from vicinia.domain.mobility.jobs import computing as jobs
from vicinia.domain.mobility.models import Offer, Unit
from vicinia.domain.mobility.tests.factories import (
    DAY,
    a_file,
    a_household,
    a_removal,
    an_expense,
    an_offer,
    court,
    has_moved,
    month,
    works,
)
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
# What a page asks only once there is something of a kind.
SPARE_QUERIES = 1


@pytest.fixture(autouse=True)
def _papers_in_words(monkeypatch):
    monkeypatch.setattr(pdf, "from_html", lambda html, made_at: html.encode())


def cost(client: Client, url: str) -> int:
    """How many queries a page costs, read to its end."""

    def read() -> None:
        answer = client.get(url)
        assert answer.status_code == 200, url
        if answer.streaming:
            list(answer.streaming_content)

    read()
    with CaptureQueriesContext(connection) as found:
        read()
    return len(found)


def computed(estate, by: Actor) -> None:
    asked = actions.ask_plan(by=by, relocation=estate.relocation, new=NewPlan())
    assert jobs.carry_out(asked, every=60) is not None


def at_plan(name: str, *more: object) -> str:
    return reverse(name, args=["MB1", *more])


def test_what_comes_of_a_plan_costs_the_same_for_many_households(client, cast, estate, lucia, plain_solver):
    """Table, paper, both views, both documents, comparison, why; locks; the parts on other pages; what may be offered."""
    client.force_login(cast.lucia)
    later = month(2)
    actions.lock_household(
        by=lucia, file=estate.files[3], new=NewLock(estate.files[3].home, later, later, "Cura")
    )
    for _turn in range(2):
        computed(estate, lucia)

    def urls(number: int) -> list[str]:
        plan = at_plan("mobility_plan", number)
        names = ("table", "paper", "instance", "result")
        return [
            *(at_plan(f"mobility_plan_{name}", number) for name in names),
            f"{plan}?vista=nuclei",
            f"{at_plan('mobility_plan_table', number)}?vista=nuclei",
            f"{at_plan('mobility_plan_paper', number)}?vista=nuclei",
            at_plan("mobility_plan_compare", number, number - 1),
            at_plan("mobility_why", number, 101),
            *(at_plan(name) for name in ("mobility_locks", "mobility_lock_new", "mobility_plan_new")),
            *(at_plan(name) for name in ("mobility_plans_panel", "mobility_pool", "rehousing_import")),
            reverse("mobility_in_laboratory"),
        ]

    few = [cost(client, url) for url in urls(2)]
    doors = court("M", doors=50)
    for door in doors:
        estate.relocation.units.create(dwelling=door)
        file = a_household(estate.relocation, door)
        actions.lock_household(by=lucia, file=file, new=NewLock(door, later, later, "Cura"))
    for door in doors[:20]:
        works(estate.lots[0], door, estate.lots[0].planned_from, estate.lots[0].planned_to)
    for _turn in range(2):
        computed(estate, lucia)
    for url, before in zip(urls(4), few, strict=True):
        assert cost(client, url) <= before + SPARE_QUERIES, (url, before)


@pytest.mark.parametrize(
    "name",
    ["rehousing_offers", "rehousing_moves", "rehousing_expenses", "rehousing_messages", "mobility_where"],
)
def test_parts_of_a_file_cost_the_same_with_much_in_them(client, cast, courts, name):
    client.force_login(cast.lucia)
    file, url = courts.file, reverse(name, args=[1])

    def fill(number: int, door) -> None:
        an_expense(courts.lucia, file)
        family = Actor.resident(file.reference)
        new = actions.NewMessage("question", "Quando?", f"message {number}")
        actions.write_message(by=family, file=file, new=new)
        has_moved(file, door)
        key = {"reference": f"OW{number}", "once": f"withdrawn {number}"}
        values = {"kind": "temporary", "from_month": month(1), "state": "withdrawn"}
        Offer.objects.create(file=file, dwelling=door, **key, **values)

    fill(0, courts.free[0])
    few = cost(client, url)
    doors = court("M", doors=50, area=cast.crocetta)
    for number, door in enumerate(doors, 1):
        fill(number, door)
    assert cost(client, url) == few


def test_the_table_of_expenses_and_the_sheet_of_a_day_cost_the_same(client, cast, courts):
    client.force_login(cast.lucia)
    day = clock.today() + 3 * DAY
    urls = (reverse("rehousing_expenses_csv"), reverse("rehousing_day_sheet", args=[day]))

    def fill(number: int) -> None:
        doors = court(f"M{number}", doors=2, area=cast.crocetta)
        Unit.objects.bulk_create(Unit(relocation=courts.relocation, dwelling=door) for door in doors)
        file = a_file(courts.relocation, doors[0], number, cast.lucia)
        an_expense(courts.lucia, file)
        removal = a_removal(courts.lucia, file, doors[1])
        actions.schedule_removal(by=courts.lucia, removal=removal, day=day)

    fill(10)
    few = [cost(client, url) for url in urls]
    for number in range(11, 25):
        fill(number)
    assert [cost(client, url) for url in urls] == few


def test_forms_with_much_to_choose_from_cost_the_same(client, cast, courts):
    client.force_login(cast.lucia)
    one = ["MB1", 1]
    offer = an_offer(courts.lucia, courts.other, courts.free[0], sent=False)
    urls = [
        reverse("rehousing_offer_new", args=[1]),
        reverse("rehousing_offer_change", args=[offer.reference]),
        reverse("rehousing_near_new", args=one),
        reverse("rehousing_refusal_new", args=one),
        reverse("relocation_units_add", args=["MB1"]),
        reverse("relocation_doors_add", args=["MB1"]),
        f"{reverse('relocation_doors_add', args=['MB1'])}?edificio=2",
        reverse("relocation_new"),
    ]
    few = [cost(client, url) for url in urls]
    for number, door in enumerate(court("2b", doors=50, area=cast.crocetta), 50):
        Unit.objects.create(relocation=courts.relocation, dwelling=door)
        a_file(courts.relocation, door, number, cast.lucia)
    for number in range(20):
        court(f"N{number}", doors=1, area=cast.crocetta)
    for url, before in zip(urls, few, strict=True):
        assert cost(client, url) <= before + SPARE_QUERIES, (url, before)


def test_the_page_of_a_household_costs_the_same_with_much_on_it(client, cast, courts):
    token = actions.give_link(by=courts.lucia, file=courts.file)
    url = reverse("rehousing_mine", args=[token])
    an_expense(courts.lucia, courts.file)
    few = cost(client, url)
    for _number in range(50):
        an_expense(courts.lucia, courts.file)
    assert cost(client, url) == few
