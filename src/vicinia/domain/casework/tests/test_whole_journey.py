"""From a report to a solved case, contested, reopened: each step through the acts."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.casework import actions, queries
from vicinia.domain.casework.states import CommitmentState, InterventionKind, Outcome, OutcomeVerdict, Stage
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import ReportState
from vicinia.domain.listening.tests.factories import received_in, report_in
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications.models import OutboxMessage


def _tomorrow() -> dt.date:
    return clock.today() + dt.timedelta(days=1)


def test_a_report_becomes_a_solved_case_and_the_reporter_has_the_last_word(cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    report = report_in(cast.crocetta)
    actions.contact_on_report(
        by=anna, report=report, new=actions.NewContact(summary="Mi ha raccontato tutto.")
    )
    case = case_of(anna, Report.objects.get(pk=report.pk))
    second = report_in(cast.crocetta, reporter=None)
    actions.link_report(by=anna, case=case, report=second, why="stesso civico")
    promise = actions.add_commitment(
        by=anna, case=case, new=actions.NewCommitment(what="Parlare con i vicini", due_on=_tomorrow())
    )
    deed = actions.plan_intervention(
        by=anna,
        case=case,
        new=actions.NewIntervention(
            kind=InterventionKind.SOCIAL, what="Incontro in cortile", planned_on=_tomorrow()
        ),
    )
    with pytest.raises(Refused, match="impegno"):
        close_case(anna, case, outcome=Outcome.SOLVED, note="Risolto", consultation="Contenta")
    actions.end_commitment(by=anna, commitment=promise, state=CommitmentState.KEPT)
    actions.carry_out(by=anna, intervention=deed, result="Bene")
    closed = close_case(anna, case, outcome=Outcome.SOLVED, note="Ora si dorme.", consultation="È contenta.")

    assert closed.stage == Stage.CLOSED
    assert Report.objects.get(pk=report.pk).state == ReportState.ANSWERED
    resident = Actor.resident(report.reference)
    report = listening.followed_report(report.reference)
    actions.reply_outcome(
        by=resident, report=report, verdict=OutcomeVerdict.CONTESTED, words="È ricominciato."
    )
    assert [reply.words for reply in queries.contested(anna)] == ["È ricominciato."]
    reopened = actions.reopen(by=anna, case=closed, reason="Il rumore è ricominciato.")
    assert reopened.stage == Stage.RESPONSE
    assert Report.objects.get(pk=second.pk).state == ReportState.LINKED
    assert not queries.contested(anna).exists()
    told = set(OutboxMessage.objects.values_list("template", flat=True))
    assert told == {"report_received", "report_taken", "case_closed", "case_reopened"}


def test_the_private_link_opens_the_report_and_no_other(cast: Cast) -> None:
    received = received_in(cast.crocetta)
    other = report_in(cast.crocetta)
    resident = Actor.resident(received.report.reference)
    with pytest.raises(Refused, match="altra segnalazione"):
        actions.reply_outcome(by=resident, report=other, verdict=OutcomeVerdict.CONFIRMED)


def test_who_is_of_another_area_sees_neither_report_nor_case(cast: Cast) -> None:
    anna, bruno = cast.actor(cast.anna), cast.actor(cast.bruno)
    case = case_of(anna, report_in(cast.crocetta))
    assert queries.cases(anna).count() == 1
    assert not queries.cases(bruno).exists()
    assert not listening.reports(bruno).exists()
    assert case.owner == cast.anna
