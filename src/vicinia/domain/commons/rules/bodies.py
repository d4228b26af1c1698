"""How a body of tenants is constituted, works and ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.assemblies.states import AssemblyState
from vicinia.domain.commons.models import CommonsRule, Mandate, TenantsAccount, TenantsBody
from vicinia.domain.commons.rules import is_said, may_run
from vicinia.domain.commons.states import (
    ACCOUNT_MOVES,
    BODIES_AT_WORK,
    BODY_MOVES,
    AccountState,
    BodyKind,
    BodyOrigin,
    BodyState,
    SignatureKind,
    SignatureState,
)
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, no

MOST_LINES = 500


@dataclass(frozen=True)
class Signed:
    """How many signatures of one kind there are, by what was said of them."""

    valid: int = 0
    unchecked: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class Meeting:
    """What the constitution asks of its assembly: held or not, and how many days before it was called."""

    state: str = ""
    days_of_notice: int = 0
    is_minuted: bool = False


def share_of(entitled: int, percent: int) -> int:
    """The smallest number of tenants that makes up this percentage."""
    return -(-entitled * percent // 100)


def may_set(by: Actor, rule: CommonsRule) -> Verdict:
    if rule.request_share > 100 or rule.acceptance_share > 100:
        return no(_("Una percentuale va da 0 a 100."))
    if rule.convention_months < 1:
        return no(_("Una convenzione dura almeno un mese."))
    return may_run(by)


def may_describe(by: Actor, body: TenantsBody) -> Verdict:
    """Before it has been constituted; afterwards its papers say what was decided."""
    if body.state not in (BodyState.PROPOSED, BodyState.VERIFIED):
        return no(_("La struttura è già costituita: i suoi dati non cambiano più."))
    if body.entitled < 1:
        return no(_("Scrivi quanti sono gli assegnatari: serve per contare le firme."))
    if body.kind == BodyKind.SELF_MANAGEMENT and not body.services:
        return no(
            _("Segna almeno una voce in «Di che cosa si occupa»: un'autogestione cura qualcosa della casa.")
        )
    return may_run(by)


# Signatures -------------------------------------------------------------------------------------------------------


def may_sign(by: Actor, body: TenantsBody, kind: str, *, has_signed: bool) -> Verdict:
    """The request until it is verified; who joins, from then on."""
    if kind == SignatureKind.REQUEST and body.state != BodyState.PROPOSED:
        return no(_("Le firme per chiedere la costituzione sono già verificate."))
    if kind == SignatureKind.ACCEPTANCE and (body.state == BodyState.PROPOSED or body.is_over):
        return no(_("Le adesioni si raccolgono dopo la verifica delle firme e finché la struttura esiste."))
    if has_signed:
        return no(_("Per questo alloggio c'è già una firma."))
    return may_run(by)


def may_check(by: Actor, body: TenantsBody, state: str, reason: str) -> Verdict:
    """While it still counts; one that isn't valid with a reason."""
    if body.is_over:
        return no(_("La struttura non c'è più: le firme restano come sono."))
    if state == SignatureState.REJECTED and not reason.strip():
        return no(_("Scrivi perché la firma non vale."))
    return may_run(by)


def may_verify(by: Actor, body: TenantsBody, requests: Signed) -> Verdict:
    """Every signature is checked and enough of them are valid; the manager asks without signatures."""
    may = all_of(may_run(by), BODY_MOVES.may(body.state, BodyState.VERIFIED))
    if not may or body.origin == BodyOrigin.MANAGER:
        return may
    if requests.unchecked:
        words = ngettext(
            "C'è ancora %(n)s firma da verificare.",
            "Ci sono ancora %(n)s firme da verificare.",
            requests.unchecked,
        )
        return no(words % {"n": requests.unchecked})
    least = share_of(body.entitled, body.request_share)
    if requests.valid < least:
        words = ngettext(
            "Serve almeno %(n)s firma valida: ce ne sono %(there)s.",
            "Servono almeno %(n)s firme valide: ce ne sono %(there)s.",
            least,
        )
        return no(words % {"n": least, "there": requests.valid})
    return may


# The assembly and the constitution --------------------------------------------------------------------------------


def may_plan_assembly(
    by: Actor, body: TenantsBody, *, day: dt.date, today: dt.date, meeting: Meeting
) -> Verdict:
    """Once the signatures are verified, with the days of notice; another one only where the first came to nothing."""
    if body.state != BodyState.VERIFIED:
        return no(_("L'assemblea si prepara dopo la verifica delle firme."))
    if meeting.state in (AssemblyState.DRAFT, AssemblyState.CALLED, AssemblyState.HELD):
        return no(_("L'assemblea c'è già."))
    if (day - today).days < body.notice_days:
        words = ngettext(
            "Serve almeno %(n)s giorno di avviso.", "Servono almeno %(n)s giorni di avviso.", body.notice_days
        )
        return no(words % {"n": body.notice_days})
    return may_run(by)


def may_constitute(
    by: Actor, body: TenantsBody, *, meeting: Meeting, joined: Signed, mandates: int
) -> Verdict:
    """An assembly that was called in time and held, enough who join, somebody who represents them."""
    may = all_of(may_run(by), BODY_MOVES.may(body.state, BodyState.CONSTITUTED))
    if not may:
        return may
    if meeting.state != AssemblyState.HELD:
        return no(_("Si costituisce in assemblea: prima va convocata e tenuta."))
    if meeting.days_of_notice < body.notice_days:
        return no(
            _("L'assemblea è stata convocata con %(there)s giorni di avviso: ne servono %(n)s.")
            % {"there": meeting.days_of_notice, "n": body.notice_days}
        )
    if not mandates:
        return no(_("Scrivi almeno un rappresentante."))
    return _enough_join(body, joined) if body.kind == BodyKind.SELF_MANAGEMENT else YES


def _enough_join(body: TenantsBody, joined: Signed) -> Verdict:
    if joined.unchecked:
        return no(_("Ci sono adesioni da verificare."))
    least = share_of(body.entitled, body.acceptance_share)
    if joined.valid < least:
        return no(
            _("Aderiscono in %(there)s su %(all)s: ne servono %(n)s.")
            % {"there": joined.valid, "all": body.entitled, "n": least}
        )
    return YES


def may_activate(
    by: Actor, body: TenantsBody, *, signed_on: dt.date, convention: str, today: dt.date
) -> Verdict:
    """With the convention that the manager has signed; a committee with the day on which it was recognised."""
    may = all_of(may_run(by), BODY_MOVES.may(body.state, BodyState.ACTIVE))
    if may and signed_on > today:
        return no(_("Il giorno della firma non è ancora arrivato."))
    if may and body.constituted_on is not None and signed_on < body.constituted_on:
        return no(_("La firma viene dopo la costituzione."))
    if body.kind == BodyKind.SELF_MANAGEMENT:
        said = is_said(convention, _("Scrivi che cosa dice la convenzione."))
        return all_of(may, said)
    return may


# At work, and the end ---------------------------------------------------------------------------------------------


def may_suspend(by: Actor, body: TenantsBody, reason: str) -> Verdict:
    said = is_said(reason, _("Scrivi perché la sospendi: lo leggono gli inquilini."))
    return all_of(may_run(by), BODY_MOVES.may(body.state, BodyState.SUSPENDED), said)


def may_resume(by: Actor, body: TenantsBody) -> Verdict:
    if body.state != BodyState.SUSPENDED:
        return no(_("Non è sospesa."))
    return may_run(by)


def may_end(by: Actor, body: TenantsBody, state: str, reason: str) -> Verdict:
    """It ceases by itself at any time; it is revoked only once it is at work. Always with reasons."""
    said = is_said(reason, _("Scrivi i motivi: li leggono tutti."))
    return all_of(may_run(by), BODY_MOVES.may(body.state, state), said)


def may_give_notice(by: Actor, body: TenantsBody, reason: str) -> Verdict:
    """Before its term, so that the convention doesn't renew itself."""
    if body.state not in BODIES_AT_WORK:
        return no(_("Si dà disdetta di una convenzione in corso."))
    if body.notice_reason:
        return no(_("La disdetta c'è già."))
    return all_of(may_run(by), is_said(reason, _("Scrivi perché non si rinnova.")))


def goes_on(body: TenantsBody, today: dt.date) -> Verdict:
    """Whether the convention has come to its term and renews itself."""
    if body.state not in BODIES_AT_WORK or body.until is None or body.until >= today:
        return no(_("La convenzione non è ancora scaduta."))
    return YES


def may_have_mandate(by: Actor, body: TenantsBody, mandate: Mandate) -> Verdict:
    if body.is_over:
        return no(_("La struttura non c'è più."))
    if mandate.from_day >= mandate.until:
        return no(_("L'incarico finisce prima di cominciare: controlla i giorni."))
    return may_run(by)


def may_end_mandate(by: Actor, mandate: Mandate, *, on: dt.date, reason: str) -> Verdict:
    if mandate.ended_on is not None:
        return no(_("L'incarico è già finito."))
    if on < mandate.from_day:
        return no(_("L'incarico non può finire prima di cominciare."))
    return all_of(may_run(by), is_said(reason, _("Scrivi perché l'incarico finisce.")))


# Yearly accounts --------------------------------------------------------------------------------------------------


def may_account(by: Actor, body: TenantsBody, *, year: int, today: dt.date, has_one: bool) -> Verdict:
    if body.kind != BodyKind.SELF_MANAGEMENT:
        return no(_("Il rendiconto lo fa chi gestisce: un comitato non ha spese proprie."))
    if body.signed_on is None or not body.signed_on.year <= year <= today.year:
        return no(_("Per quell'anno non c'è niente da rendicontare."))
    if has_one:
        return no(_("Il rendiconto di quell'anno c'è già."))
    return may_run(by)


def may_write(by: Actor, account: TenantsAccount) -> Verdict:
    if account.state != AccountState.DRAFT:
        return no(_("Il rendiconto è già consegnato: per cambiarlo va prima restituito."))
    return may_run(by)


def may_have_line(*, year: int, day: dt.date, count: int) -> Verdict:
    if day.year != year:
        return no(_("Il giorno è fuori dall'anno del rendiconto."))
    if count > MOST_LINES:
        return no(_("Un rendiconto ha al massimo %(n)s voci.") % {"n": MOST_LINES})
    return YES


def may_submit(by: Actor, account: TenantsAccount, *, lines: int) -> Verdict:
    moves = all_of(may_run(by), ACCOUNT_MOVES.may(account.state, AccountState.SUBMITTED))
    if moves and not lines:
        return no(_("Il rendiconto è vuoto: scrivi almeno una voce."))
    return moves


def may_approve(
    by: Actor, account: TenantsAccount, *, on: dt.date, where: str, is_over: bool, today: dt.date
) -> Verdict:
    """By the tenants, once the year is over, or the body is."""
    moves = all_of(may_run(by), ACCOUNT_MOVES.may(account.state, AccountState.APPROVED))
    if moves and on > today:
        return no(_("Il giorno dell'approvazione non è ancora arrivato."))
    if moves and on.year <= account.year and not is_over:
        return no(_("Si approva quando l'anno è finito."))
    return all_of(moves, is_said(where, _("Scrivi chi lo ha approvato, per esempio l'assemblea.")))


def may_return(by: Actor, account: TenantsAccount, reason: str) -> Verdict:
    moves = ACCOUNT_MOVES.may(account.state, AccountState.DRAFT)
    return all_of(may_run(by), moves, is_said(reason, _("Scrivi che cosa va corretto.")))
