"""A closing is asked, approved or returned; what comes back asks to be opened again."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework import actions, jobs, queries
from vicinia.domain.casework.models import Case, ClosingRequest, Matter
from vicinia.domain.casework.states import ClosingState, Outcome, Stage
from vicinia.domain.casework.tests.factories import close_case
from vicinia.domain.listening.tests.factories import report_in
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
WORDS = {
    "outcome": Outcome.SOLVED,
    "note": "Si dorme.",
    "consultation": "Contenta.",
    "explanation": "È bastato parlarsi.",
}


@pytest.fixture(autouse=True)
def without_second_factor(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]


def ask(by: Actor, case: Case) -> ClosingRequest:
    actions.ask_to_close(by=by, case=case, **WORDS)
    return queries.closing_of(case)


def told() -> int:
    return OutboxMessage.objects.filter(template="case_closed").count()


def test_what_an_operator_asks_waits_for_the_coordinator_and_nobody_is_told_before(
    case: Case, anna: Actor, carla: Actor
) -> None:
    request = ask(anna, case)
    assert Case.objects.get().is_open and told() == 0
    matter = queries.matters_due(carla, clock.today()).get()
    assert matter.sentence == "Anna Ferri chiede di chiudere il caso."
    assert not queries.matters_due(anna, clock.today()).exists()

    actions.approve_closing(by=carla, request=request)

    closed = Case.objects.get()
    assert (closed.stage, closed.outcome, closed.consultation) == (Stage.CLOSED, "solved", "Contenta.")
    assert told() == 1 and not Matter.objects.exists()
    assert queries.closing_of(case).answered_by_name == carla.name
    with pytest.raises(Refused, match="già stata data"):
        actions.approve_closing(by=carla, request=request)


def test_a_returned_closing_is_read_and_asked_again(case: Case, anna: Actor, carla: Actor) -> None:
    request = ask(anna, case)
    with pytest.raises(Refused, match="motivo"):
        actions.return_closing(by=carla, request=request, reason=" ")
    actions.return_closing(by=carla, request=request, reason="Senti anche il figlio.")
    assert Case.objects.get().is_open and told() == 0
    assert [row.kind for row in queries.matters_due(anna, clock.today())] == ["closing.returned"]
    assert Entry.objects.get(event="case.closing_returned").facts["reason"] == "Senti anche il figlio."
    actions.read_return(by=anna, request=request)
    assert not Matter.objects.exists()
    assert ask(anna, case).pk != request.pk


def test_asking_again_answers_a_return(case: Case, anna: Actor, carla: Actor) -> None:
    actions.return_closing(by=carla, request=ask(anna, case), reason="Senti anche il figlio.")
    ask(anna, case)
    assert [row.kind for row in Matter.objects.all()] == ["closing.asked"]


def test_a_closing_is_asked_once_and_withdrawn(case: Case, anna: Actor) -> None:
    ask(anna, case)
    with pytest.raises(Refused, match="già stata chiesta"):
        ask(anna, case)
    with pytest.raises(IntegrityError):
        ClosingRequest.objects.create(case=case, outcome="solved", note="x", by_name="x")


def test_a_withdrawn_closing_leaves_the_case_as_it_was(case: Case, anna: Actor, carla: Actor) -> None:
    request = actions.withdraw_closing(by=anna, request=ask(anna, case))
    assert request.state == ClosingState.WITHDRAWN and not Matter.objects.exists()
    with pytest.raises(Refused, match="già stata data"):
        actions.approve_closing(by=carla, request=request)


def test_what_was_added_meanwhile_holds_the_approval_back(case: Case, anna: Actor, carla: Actor) -> None:
    request = ask(anna, case)
    actions.add_task(by=anna, case=case, what="Telefonare", due_on=clock.today())
    with pytest.raises(Refused, match="una cosa da fare"):
        actions.approve_closing(by=carla, request=request)
    assert Case.objects.get().is_open and queries.closing_of(case).state == ClosingState.ASKED


def test_who_assigns_closes_at_once_and_so_does_everybody_where_no_approval_is_wanted(
    case: Case, anna: Actor, carla: Actor, settings: object
) -> None:
    settings.CLOSING_NEEDS_APPROVAL = False  # type: ignore[attr-defined]
    ask(anna, case)
    assert not Case.objects.get().is_open
    actions.reopen(by=anna, case=case, reason="Di nuovo.")
    settings.CLOSING_NEEDS_APPROVAL = True  # type: ignore[attr-defined]
    ask(carla, case)
    assert not Case.objects.get().is_open


def test_reports_that_come_back_ask_once_whether_to_open_again(cast: Cast, case: Case, anna: Actor) -> None:
    close_case(anna, case)
    with time_machine.travel(clock.now() + dt.timedelta(days=5)):
        report_in(cast.crocetta)
        assert jobs.propose_reopening() == 0
        report_in(cast.crocetta)
        assert (jobs.propose_reopening(), jobs.propose_reopening()) == (1, 0)
        matter = queries.matters_due(anna, clock.today()).get()
        assert "2 nuove segnalazioni" in matter.sentence
        assert queries.reports_since_closing(anna, case).count() == 0  # read before: the case is stale
        fresh = Case.objects.get()
        assert queries.reports_since_closing(anna, fresh).count() == 2
        assert queries.reports_since_closing(cast.actor(cast.bruno), fresh).count() == 0
        report_in(cast.crocetta)
        assert jobs.propose_reopening() == 1
        assert "3 nuove" in Matter.objects.get().sentence

        actions.keep_closed(by=anna, case=fresh, reason="Un'altra famiglia.")
        assert not Matter.objects.exists() and jobs.propose_reopening() == 0
        report_in(cast.crocetta), report_in(cast.crocetta)
        assert jobs.propose_reopening() == 1
        actions.reopen(by=anna, case=fresh, reason="È ricominciato.")
        assert not Matter.objects.exists() and jobs.propose_reopening() == 0


def test_who_has_looked_at_the_new_reports_is_not_asked_again(cast: Cast, case: Case, anna: Actor) -> None:
    close_case(anna, case)
    with time_machine.travel(clock.now() + dt.timedelta(days=31)):
        report_in(cast.crocetta), report_in(cast.crocetta)
        assert jobs.propose_reopening() == 1
        point = queries.watch_points_due(anna).get()
        actions.note_watch_point(by=anna, point=point, note="Un'altra famiglia.")
        assert not Matter.objects.exists() and jobs.propose_reopening() == 0
        report_in(cast.crocetta), report_in(cast.crocetta)
        assert jobs.propose_reopening() == 1


def test_a_case_closed_long_ago_is_left_alone(cast: Cast, case: Case, anna: Actor) -> None:
    close_case(anna, case)
    with time_machine.travel(clock.now() + dt.timedelta(days=181)):
        report_in(cast.crocetta), report_in(cast.crocetta)
        assert jobs.propose_reopening() == 0


def test_the_pages_of_a_closing(desk: Client, cast: Cast, case: Case) -> None:
    address = reverse("case_chiudi", args=[case.reference])
    page = desk.get(address).content.decode()
    assert "Chiedi la chiusura" in page and "Il caso non è passato dalla verifica." in page
    assert desk.post(address, WORDS | {"outcome": ""}).status_code == 422
    refused = desk.post(address, WORDS | {"explanation": ""})
    assert refused.status_code == 409
    assert "Si dorme." in refused.content.decode() and "Spiega perché" in refused.content.decode()
    assert desk.get(reverse("case_closing", args=[case.reference])).status_code == 404
    assert desk.post(address, WORDS).status_code == 303
    page = desk.get(reverse("case_closing", args=[case.reference])).content.decode()
    assert "È bastato parlarsi." in page and "Ritira la richiesta" in page and "Approva" not in page
    assert desk.post(reverse("closing_approve", args=[case.reference])).status_code == 403

    desk.force_login(cast.carla)
    assert "Approva e chiudi" in desk.get(reverse("case_closing", args=[case.reference])).content.decode()
    back = reverse("closing_return", args=[case.reference])
    assert (
        desk.get(back).status_code == 200
        and desk.post(back, {"reason": "Senti il figlio."}).status_code == 303
    )
    assert desk.get(back).status_code == 409

    desk.force_login(cast.anna)
    page = desk.get(reverse("case_closing", args=[case.reference])).content.decode()
    assert "Senti il figlio." in page and "Ho letto" in page
    assert desk.post(reverse("closing_read", args=[case.reference])).status_code == 303
    assert desk.post(address, WORDS).status_code == 303
    assert desk.post(reverse("closing_withdraw", args=[case.reference])).status_code == 303
    assert desk.post(address, WORDS).status_code == 303

    desk.force_login(cast.carla)
    assert desk.post(reverse("closing_approve", args=[case.reference])).status_code == 303
    report_in(cast.crocetta, title="Di nuovo musica")
    assert "Di nuovo musica" in desk.get(reverse("case_came_back", args=[case.reference])).content.decode()
    keep = reverse("case_keep_closed", args=[case.reference])
    assert desk.get(keep).status_code == 200 and desk.post(keep, {"reason": "Altra casa."}).status_code == 303
    assert Case.objects.get().seen_after_closing == 1


def test_the_pages_of_a_closing_are_hidden_with_the_case(
    client: Client, cast: Cast, case: Case, anna: Actor
) -> None:
    ask(anna, case)
    names = ("closing_approve", "closing_return", "closing_withdraw", "closing_read")
    for user in cast.everybody:
        client.force_login(user)
        sees = user in (cast.anna, cast.carla, cast.lucia)
        page = client.get(reverse("case_closing", args=[case.reference]))
        is_staff = user in (cast.anna, cast.bruno, cast.carla, cast.lucia)
        assert page.status_code == (200 if sees else 404 if is_staff else 403), user.name
        if not sees:
            for name in names:
                assert client.post(reverse(name, args=[case.reference])).status_code in (403, 404), name
    assert queries.closing_of(case).state == ClosingState.ASKED
