"""Who has what in hand; many cases change hands at once, by acceptance."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework import actions, queries
from vicinia.domain.casework.models import Case, Proposal
from vicinia.domain.casework.queries.team import ATTENTION
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.listening.tests.factories import report_in
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]


def late_case(cast: Cast, anna: Actor) -> Case:
    """A case with everything that can be late, and a quiet month and a half behind it."""
    with time_machine.travel(clock.now() - dt.timedelta(days=45)):
        case = case_of(anna, report_in(cast.crocetta))
        due = clock.today() + dt.timedelta(days=3)
        actions.add_commitment(by=anna, case=case, new=actions.NewCommitment(what="Passare", due_on=due))
        new = actions.NewIntervention(kind="presence", what="Presidio", planned_on=due)
        actions.plan_intervention(by=anna, case=case, new=new)
        actions.add_task(by=anna, case=case, what="Telefonare", due_on=due)
        matter = actions.OpenMatter(
            key="x:1", kind="case.came_back", url="/", facts={"count": 1}, raised_on=due
        )
        actions.raise_matter(by=anna, case=case, matter=matter)
    return case


def test_each_number_is_of_the_cases_that_its_list_shows(
    cast: Cast, anna: Actor, carla: Actor, client: Client
) -> None:
    late = late_case(cast, anna)
    quiet = case_of(anna, report_in(cast.crocetta))
    closed = case_of(anna, report_in(cast.crocetta))
    actions.reopen(by=anna, case=close_case(anna, closed), reason="Di nuovo.")
    line = next(line for line in queries.team(carla) if line.user == cast.anna)
    assert line.open == 3
    assert line.attention == dict.fromkeys(ATTENTION, 1)
    open_rows = queries.cases(carla).open()
    shown = {name: set(queries.needing(open_rows, name)) for name in ATTENTION}
    assert shown.pop("riaperto") == {closed}
    assert all(rows == {late} for rows in shown.values())
    client.force_login(cast.carla)
    for name in ATTENTION:
        page = client.get(reverse("cases"), {"vista": "aperti", "owner": cast.anna.pk, "attention": name})
        content = page.content.decode()
        assert (late.reference in content, closed.reference in content) == (
            name != "riaperto",
            name == "riaperto",
        )
        assert quiet.reference not in content


def test_who_left_with_cases_is_in_the_team_until_they_are_handed_over(
    cast: Cast, anna: Actor, carla: Actor, client: Client
) -> None:
    case_of(anna, report_in(cast.crocetta))
    cast.anna.is_active = False
    cast.anna.save()
    assert next(line.user for line in queries.team(carla)) == cast.anna
    client.force_login(cast.carla)
    assert "accesso chiuso" in client.get(reverse("team")).content.decode()
    assert client.get(reverse("hand_over", args=[cast.anna.pk])).status_code == 200
    Case.objects.update(owner=cast.bruno)
    assert cast.anna not in [line.user for line in queries.team(carla)]
    assert client.get(reverse("hand_over", args=[cast.anna.pk])).status_code == 404


def test_the_team_costs_the_same_with_many_cases(
    cast: Cast, anna: Actor, carla: Actor, django_assert_max_num_queries: object
) -> None:
    for _number in range(12):
        case_of(anna, report_in(cast.crocetta))
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        queries.team(carla)


def test_many_cases_are_proposed_each_for_itself(cast: Cast, anna: Actor, carla: Actor) -> None:
    plain, asked, police = (case_of(anna, report_in(cast.crocetta)) for _number in range(3))
    actions.propose(by=carla, case=asked, to=cast.bruno)
    Case.objects.filter(pk=police.pk).update(legal_basis=LegalBasis.POLICE)
    outcome = actions.propose_many(by=carla, cases=[plain, asked, police], to=cast.lucia, words="Anna va via")
    assert outcome.done == [plain]
    assert [case for case, _sentence in outcome.refused] == [asked, police]
    assert "già stato proposto" in str(outcome.refused[0][1]) and "pubblica sicurezza" in str(
        outcome.refused[1][1]
    )
    assert set(Case.objects.values_list("owner__name", flat=True)) == {"Anna Ferri"}


def test_all_are_accepted_or_none(cast: Cast, anna: Actor, carla: Actor) -> None:
    cases = [case_of(anna, report_in(cast.crocetta)) for _number in range(2)]
    actions.propose_many(by=carla, cases=cases, to=cast.bruno)
    bruno = cast.actor(cast.bruno)
    rows = list(queries.proposals_to(bruno))
    actions.withdraw_proposal(by=carla, proposal=rows[1])
    with pytest.raises(Refused, match="già stata data"):
        actions.accept_many(by=bruno, proposals=rows)
    assert not Case.objects.filter(owner=cast.bruno).exists()
    assert len(actions.accept_many(by=bruno, proposals=rows[:1])) == 1
    assert Case.objects.filter(owner=cast.bruno).count() == 1


def test_the_pages_hand_cases_over_with_their_sheets(cast: Cast, anna: Actor, client: Client) -> None:
    cases = [case_of(anna, report_in(cast.crocetta, title=f"Caso {n}")) for n in (1, 2)]
    client.force_login(cast.carla)
    address = reverse("hand_over", args=[cast.anna.pk])
    page = client.get(address).content.decode()
    assert "Caso 1" in page and cast.anna.name not in page.split("<select")[1].split("</select>")[0]
    assert client.post(address, {"to": cast.bruno.pk}).status_code == 422
    chosen = {"cases": [case.reference for case in cases], "to": cast.bruno.pk, "words": "Da lunedì."}
    assert client.post(address, chosen).status_code == 303
    assert client.get(reverse("sheets_of_user", args=[cast.anna.pk])).content.startswith(b"%PDF")
    assert client.post(address, chosen, follow=True).content.decode().count("già stato proposto") == 2

    client.force_login(cast.bruno)
    page = client.get(reverse("proposals")).content.decode()
    assert "Da lunedì." in page and "Li accetto tutti" in page
    assert client.get(reverse("sheets_for_me")).content.startswith(b"%PDF")
    # One that came in after the page was read is not accepted unread.
    assert client.post(reverse("proposals_accept"), {"case": [cases[0].reference]}).status_code == 303
    assert Case.objects.filter(owner=cast.bruno).get() == cases[0]
    assert Proposal.objects.filter(state="proposed").count() == 1


def test_only_who_assigns_sees_the_team(cast: Cast, anna: Actor, client: Client) -> None:
    case_of(anna, report_in(cast.crocetta))
    for user in cast.everybody:
        client.force_login(user)
        expected = 200 if user == cast.carla else 403
        for address in (
            reverse("team"),
            reverse("hand_over", args=[cast.anna.pk]),
            reverse("sheets_of_user", args=[cast.anna.pk]),
        ):
            assert client.get(address).status_code == expected, (user.name, address)
