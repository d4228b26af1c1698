"""Who asks for a review, who presides over it, and what each step needs."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from vicinia.domain.casework import rules as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.reviews.models import Recommendation, Review
from vicinia.domain.reviews.rules.right import Right
from vicinia.domain.reviews.states import REVIEW_MOVES, LetterKind, RecommendationState, ReviewState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no


def may_ask(by: Actor, report: Report) -> Verdict:
    """Whoever holds the private link of a report, whatever the register says: the answer gives reasons."""
    if by.kind is not ActorKind.RESIDENT or by.ref != f"resident:{report.reference}":
        return forbid(_("Questo collegamento è di un'altra segnalazione."))
    return YES


def may_enter(by: Actor, asked_on: dt.date, words: str) -> Verdict:
    """Staff write down what was asked by telephone, at the desk or on paper, on the day on which it was."""
    if not by.can(Capability.TRIAGE_REPORTS):
        return forbid(_("Il tuo ruolo non registra richieste di riesame."))
    if asked_on > clock.today():
        return no(_("Il giorno della richiesta deve ancora venire."))
    return YES if words.strip() else no(_("Scrivi che cosa chiede la persona."))


def may_begin(known: Review | None) -> Verdict:
    """One open request of one person from one report."""
    if known is None:
        return YES
    return no(_("C'è già una richiesta aperta: %(reference)s.") % {"reference": known.reference})


def may_tell(right: Right, basis: str) -> Verdict:
    """What the night has guessed from all reports is looked at again before anybody is written to."""
    return YES if basis in right.bases else no(_("I requisiti per un riesame non ci sono."))


def may_chair(who: Actor, report: Report, legal_basis: str, *, is_involved: bool) -> Verdict:
    """Someone who may chair, can read the case and had no part in it."""
    name = {"name": who.name}
    if not who.can(Capability.CHAIR_REVIEWS):
        return no(_("%(name)s non può presiedere riesami.") % name)
    if legal_basis == LegalBasis.POLICE and not who.can(Capability.SEE_POLICE_CASES):
        return no(_("%(name)s non vede questo caso.") % name)
    if not who.covers(report.area_id):
        return no(_("%(name)s non segue questa zona.") % name)
    if is_involved:
        return no(_("%(name)s ha seguito il caso, lo ha proposto o lo ha chiuso.") % name)
    return YES


def may_handle(by: Actor) -> Verdict:
    """The office side of a review: acknowledging it and naming who presides."""
    if by.can(Capability.CHAIR_REVIEWS):
        return YES
    return forbid(_("Se ne occupano il coordinatore e il laboratorio."))


def may_acknowledge(by: Actor, review: Review) -> Verdict:
    return all_of(may_handle(by), REVIEW_MOVES.may(review.state, ReviewState.ACKNOWLEDGED))


def may_change_chair(by: Actor, review: Review) -> Verdict:
    """While it goes on, once somebody presides."""
    if not review.is_open or not review.chair_name:
        return no(_("Chi presiede si sceglie quando si conferma la richiesta."))
    return may_handle(by)


def may_name_outside(by: Actor, name: str, office: str) -> Verdict:
    """Somebody from another office, by words: named by who assigns work."""
    if not by.can(Capability.ASSIGN):
        return forbid(_("Una persona esterna la indica il coordinatore."))
    if not name.strip() or not office.strip():
        return no(_("Scrivi il nome di chi presiede e il suo ufficio."))
    return YES


def may_preside(by: Actor, review: Review, *, is_involved: bool) -> Verdict:
    """The chair, who still had no part in the case; for one from outside, the coordinator writes down what they say."""
    if review.has_outside_chair:
        if by.can(Capability.ASSIGN):
            return YES
        return forbid(_("Lo scrive il coordinatore, per conto di %(name)s.") % {"name": review.chair_words})
    if review.chair_id is None or review.chair_id != by.user_id:
        who = review.chair_name or _("chi presiede")
        return forbid(_("Lo decide %(name)s.") % {"name": who})
    if is_involved:
        return no(_("Ora hai una parte nel caso: non puoi più presiedere."), _("Indica un'altra persona."))
    return YES


def may_decide_threshold(by: Actor, review: Review, *, is_met: bool, is_involved: bool) -> Verdict:
    following = ReviewState.THRESHOLD_MET if is_met else ReviewState.BELOW_THRESHOLD
    return all_of(REVIEW_MOVES.may(review.state, following), may_preside(by, review, is_involved=is_involved))


def may_set_meeting(by: Actor, review: Review, *, is_involved: bool) -> Verdict:
    return all_of(
        REVIEW_MOVES.may(review.state, ReviewState.MEETING_SET),
        may_preside(by, review, is_involved=is_involved),
    )


def may_meet_at(when: dt.datetime) -> Verdict:
    return YES if when >= clock.now() else no(_("L'incontro deve ancora venire: scegli un'altra data."))


def may_recommend(by: Actor, review: Review, *, is_involved: bool) -> Verdict:
    """Recommendations are written between the meeting being set and the decision."""
    if review.state != ReviewState.MEETING_SET:
        return no(_("Le raccomandazioni si scrivono dopo aver fissato l'incontro."))
    return may_preside(by, review, is_involved=is_involved)


def may_decide(by: Actor, review: Review, *, is_involved: bool) -> Verdict:
    """After the meeting."""
    may = REVIEW_MOVES.may(review.state, ReviewState.DECIDED)
    if may and review.meeting_at is not None and review.meeting_at > clock.now():
        may = no(_("L'incontro non c'è ancora stato."))
    return all_of(may, may_preside(by, review, is_involved=is_involved))


def may_withdraw(by: Actor, review: Review, *, is_by_reporter: bool) -> Verdict:
    """By who asked, or by who handles it when they say so by telephone or in person."""
    move = REVIEW_MOVES.may(review.state, ReviewState.WITHDRAWN)
    if by.kind is ActorKind.RESIDENT:
        # Who joined a report asked by telephone: the private page is not theirs.
        mine = YES if is_by_reporter else forbid(_("Questo riesame l'ha chiesto un'altra persona."))
        return all_of(may_ask(by, review.report), mine, move)
    return all_of(may_handle(by), move)


def may_answer(by: Actor, recommendation: Recommendation, case: Case | None) -> Verdict:
    """Who works on the case says yes or no to what a decided review recommends."""
    if recommendation.review.state != ReviewState.DECIDED:
        return no(_("Il riesame non è ancora deciso."))
    if recommendation.state != RecommendationState.PROPOSED:
        return no(_("A questa raccomandazione è già stata data una risposta."))
    if case is None:
        return no(_("La segnalazione non è in un caso."), _("Apri prima un caso: lì si lavora."))
    return casework.may_work(by, case)


def may_refuse(by: Actor, recommendation: Recommendation, case: Case | None) -> Verdict:
    """The same; where there is no case to work on, or it is closed, who handles reviews answers."""
    is_case_open = case is not None and case.is_open
    if recommendation.state == RecommendationState.PROPOSED and not is_case_open:
        return may_handle(by)
    return may_answer(by, recommendation, case)


def may_print(review: Review, kind: str) -> Verdict:
    """The acknowledgment since somebody presides, the decision since there is one."""
    if kind == LetterKind.DECISION:
        is_there = review.state in (ReviewState.BELOW_THRESHOLD, ReviewState.DECIDED)
        return YES if is_there else no(_("La decisione non c'è ancora."))
    return YES if review.chair_name else no(_("La richiesta non è ancora confermata."))
