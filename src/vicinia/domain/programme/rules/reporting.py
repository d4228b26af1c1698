"""Who may write, check, freeze and send a report, and when; what is still missing in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.programme.models import FunderQuery, FunderReport
from vicinia.domain.programme.rules.keeping import in_order, is_said, may_keep, may_sign
from vicinia.domain.programme.states import REPORT_MOVES, ProgrammeState, ReportState
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, no


@dataclass(frozen=True)
class SheetFacts:
    """What a report would say of one sheet, as far as it can be wrong or missing."""

    code: str
    title: str
    is_live: bool
    has_words: bool
    activities: int
    late_milestones: int
    costs_without_receipt: int
    lines_overspent: int
    indicators: int
    indicators_without_goal: int
    sources_gone: int


@dataclass(frozen=True)
class ReportFacts:
    """What a report would say of all of the programme."""

    to_day: dt.date
    today: dt.date
    has_words: bool
    sheets: Sequence[SheetFacts]
    sittings: int
    open_minutes: int
    residents: int
    resident_seats: int
    late_decisions: int


@dataclass(frozen=True)
class Missing:
    """Something that is missing. What `blocks` is done before the check; the rest is explained in its note."""

    sentence: str
    blocks: bool = False
    code: str = ""


def missing(facts: ReportFacts) -> list[Missing]:
    """Everything that is missing in a report, what blocks it first."""
    found = [*_missing_in_all(facts), *(one for sheet in facts.sheets for one in _missing_in_sheet(sheet))]
    return sorted(found, key=lambda one: not one.blocks)


def _missing_in_all(facts: ReportFacts) -> Iterator[Missing]:
    if facts.to_day >= facts.today:
        yield Missing(_("Il periodo non è ancora finito."), blocks=True)
    if not facts.sheets:
        yield Missing(_("Nel periodo non c'è nessuna scheda."), blocks=True)
    if not facts.has_words:
        yield Missing(_("Manca la presentazione."), blocks=True)
    if not facts.sittings:
        yield Missing(_("Nel periodo il comitato di attuazione non si è riunito."))
    if facts.open_minutes:
        yield Missing(
            ngettext(
                "C'è %(n)s verbale del comitato da approvare.",
                "Ci sono %(n)s verbali del comitato da approvare.",
                facts.open_minutes,
            )
            % {"n": facts.open_minutes}
        )
    if facts.residents < facts.resident_seats:
        yield Missing(
            _("Nel comitato i rappresentanti degli abitanti sono %(n)s su %(most)s.")
            % {"n": facts.residents, "most": facts.resident_seats}
        )
    if facts.late_decisions:
        yield Missing(
            ngettext(
                "C'è %(n)s decisione del comitato in ritardo.",
                "Ci sono %(n)s decisioni del comitato in ritardo.",
                facts.late_decisions,
            )
            % {"n": facts.late_decisions}
        )


def _missing_in_sheet(sheet: SheetFacts) -> Iterator[Missing]:
    named = {"code": sheet.code}
    if sheet.is_live and not sheet.has_words:
        yield Missing(_("Scheda %(code)s: scrivi che cosa si è fatto nel periodo.") % named, True, sheet.code)
    if sheet.is_live and not sheet.activities:
        yield Missing(_("Scheda %(code)s: nessuna attività registrata nel periodo.") % named, code=sheet.code)
    if sheet.late_milestones:
        yield Missing(
            _("Scheda %(code)s: tappe scadute senza una nuova data: %(n)s.")
            % {**named, "n": sheet.late_milestones},
            True,
            sheet.code,
        )
    if sheet.costs_without_receipt:
        yield Missing(
            _("Scheda %(code)s: spese senza ricevuta: %(n)s.") % {**named, "n": sheet.costs_without_receipt},
            code=sheet.code,
        )
    if sheet.lines_overspent:
        yield Missing(
            _("Scheda %(code)s: voci in cui si è speso più del previsto: %(n)s.")
            % {**named, "n": sheet.lines_overspent},
            code=sheet.code,
        )
    if not sheet.indicators:
        yield Missing(_("Scheda %(code)s: nessun indicatore.") % named, code=sheet.code)
    if sheet.indicators_without_goal:
        yield Missing(
            _("Scheda %(code)s: indicatori senza obiettivo: %(n)s.")
            % {**named, "n": sheet.indicators_without_goal},
            code=sheet.code,
        )
    if sheet.sources_gone:
        yield Missing(
            _("Scheda %(code)s: indicatori che contano qualcosa che non c'è più: %(n)s.")
            % {**named, "n": sheet.sources_gone},
            True,
            sheet.code,
        )


def may_begin_report(by: Actor, report: FunderReport) -> Verdict:
    """A period within the programme."""
    programme = report.programme
    if not (may := may_keep(by)):
        return may
    if programme.state == ProgrammeState.DRAFT:
        return no(_("Il programma non è ancora cominciato."))
    if report.from_day < programme.from_day or report.to_day > programme.to_day:
        return no(_("Il periodo sta dentro i giorni del programma."))
    return in_order(report.from_day, report.to_day)


def may_write(by: Actor, report: FunderReport) -> Verdict:
    """Its words: while it is prepared, and while the funder's questions are being answered."""
    if may_keep(by) and report.state not in (ReportState.DRAFT, ReportState.QUERIED):
        return no(_("Il rendiconto è già controllato: i testi non si cambiano più."))
    return may_keep(by)


def may_check(by: Actor, report: FunderReport, gaps: Sequence[Missing], note: str) -> Verdict:
    """Nothing that blocks is missing; what else is missing is explained."""
    moves = all_of(may_sign(by), REPORT_MOVES.may(report.state, ReportState.CHECKED))
    if moves and any(one.blocks for one in gaps):
        return no(_("Mancano cose senza le quali il rendiconto non parte: sono nell'elenco."))
    if moves and gaps and not note.strip():
        return no(_("Scrivi perché quello che manca va bene così."))
    return moves


def may_reopen(by: Actor, report: FunderReport, reason: str) -> Verdict:
    """Before it is sent. An edition that was frozen stays."""
    moves = all_of(may_sign(by), REPORT_MOVES.may(report.state, ReportState.DRAFT))
    return all_of(moves, is_said(reason, _("Scrivi perché si riapre.")))


def may_freeze(by: Actor, report: FunderReport) -> Verdict:
    return all_of(may_sign(by), REPORT_MOVES.may(report.state, ReportState.FROZEN))


def is_protocolled(protocol: str, on: dt.date, today: dt.date) -> Verdict:
    if not protocol.strip():
        return no(_("Scrivi il numero di protocollo."))
    return no(_("Quel giorno deve ancora venire.")) if on > today else YES


def may_send(by: Actor, report: FunderReport, protocol: str, on: dt.date, today: dt.date) -> Verdict:
    moves = all_of(may_sign(by), REPORT_MOVES.may(report.state, ReportState.SENT))
    return all_of(moves, is_protocolled(protocol, on, today))


def may_ask(by: Actor, report: FunderReport, words: str) -> Verdict:
    """A question that came in: the report goes back to be answered, or is there already."""
    moves = (
        YES if report.state == ReportState.QUERIED else REPORT_MOVES.may(report.state, ReportState.QUERIED)
    )
    return all_of(may_keep(by), moves, is_said(words, _("Scrivi che cosa chiedono.")))


def may_answer(by: Actor, query: FunderQuery, answer: str) -> Verdict:
    if may_keep(by) and query.report.state != ReportState.QUERIED:
        return no(_("Il rendiconto con questa risposta è già partito."))
    return all_of(may_keep(by), is_said(answer, _("Scrivi la risposta: la legge chi finanzia.")))


def may_integrate(
    by: Actor, report: FunderReport, *, unanswered: int, protocol: str, on: dt.date, today: dt.date
) -> Verdict:
    """Every question is answered; the new edition has a protocol number of its own."""
    moves = all_of(may_sign(by), REPORT_MOVES.may(report.state, ReportState.INTEGRATED))
    if moves and unanswered:
        return no(_("Rispondi prima a tutte le richieste."))
    return all_of(moves, is_protocolled(protocol, on, today))


def may_approve(by: Actor, report: FunderReport, on: dt.date, today: dt.date) -> Verdict:
    moves = all_of(may_sign(by), REPORT_MOVES.may(report.state, ReportState.APPROVED))
    return all_of(moves, no(_("Quel giorno deve ancora venire.")) if on > today else YES)
