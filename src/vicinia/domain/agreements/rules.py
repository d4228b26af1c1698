"""Who may do what in a behaviour agreement and when, who must sign it, and how one answers when it is not kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.agreements.models import AgreementReview, BehaviourAgreement, Invitation
from vicinia.domain.agreements.states import (
    AGREEMENT_MOVES,
    GRADE_ORDER,
    RUNNING,
    SIGNING,
    AgreementState,
    Answer,
    Grade,
    Held,
    Part,
    TermKind,
)
from vicinia.domain.casework import rules as casework
from vicinia.domain.casework.models import Case
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

# Under the first age a parent or guardian signs too; under the second the agreement is with them alone.
OF_AGE = 18
SIGNS_WITH_PARENT_FROM = 10
LONGEST_MONTHS = 24


@dataclass(frozen=True)
class Signer:
    """A party as the rules of signing need to know it. `born_on` only of who is under age, `guards` the key of a child."""

    key: int
    part: str
    born_on: dt.date | None = None
    guards: int | None = None
    signed_on: dt.date | None = None


@dataclass(frozen=True)
class Draft:
    """The terms not yet signed by everybody: which kinds are written, and how many have signed."""

    kinds: frozenset[str]
    signatures: int
    ends_on: dt.date


# Who signs -------------------------------------------------------------------------------------------------------


def age_on(born_on: dt.date, day: dt.date) -> int:
    """Full years on a day; who was born on 29 February has them on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _age(party: Signer, day: dt.date) -> int:
    """The age at signing: on the day when they signed, otherwise on the day that is asked about."""
    return OF_AGE if party.born_on is None else age_on(party.born_on, party.signed_on or day)


def who_signs(parties: Sequence[Signer], day: dt.date) -> list[Signer]:
    """Who must sign on a day: adults, minors from ten on with their parents, of younger children the parents only, bodies, ourselves."""
    minors = {party.key for party in parties if _age(party, day) < OF_AGE}
    children = {party.key for party in parties if _age(party, day) < SIGNS_WITH_PARENT_FROM}
    return [
        party
        for party in parties
        if party.key not in children and (party.part != Part.GUARDIAN or party.guards in minors)
    ]


def without_guardian(parties: Sequence[Signer], day: dt.date) -> list[Signer]:
    """Minors for whom no parent or guardian is named."""
    guarded = {party.guards for party in parties if party.part == Part.GUARDIAN}
    return [party for party in parties if _age(party, day) < OF_AGE and party.key not in guarded]


def still_to_sign(parties: Sequence[Signer], day: dt.date) -> list[Signer]:
    return [party for party in who_signs(parties, day) if party.signed_on is None]


# Proposing -------------------------------------------------------------------------------------------------------


def may_propose(by: Actor, case: Case) -> Verdict:
    return casework.may_work(by, case)


def may_be_proposed(*, people: int, why: str) -> Verdict:
    """With somebody of the case, about facts."""
    if not people:
        return no(_("Scegli almeno una persona del caso."), _("Se manca, aggiungila prima al caso."))
    return YES if why.strip() else no(_("Scrivi di quali fatti si tratta."))


def may_run(starts_on: dt.date, ends_on: dt.date) -> Verdict:
    """It has a beginning and an end, and is not for ever."""
    if ends_on <= starts_on:
        return no(_("L'accordo finisce dopo che è cominciato: cambia le date."))
    if (ends_on - starts_on).days > LONGEST_MONTHS * 31:
        return no(_("Un accordo dura al massimo due anni."))
    return YES


def may_work(by: Actor, agreement: BehaviourAgreement) -> Verdict:
    """By who works on the case; once it is closed, by who works on cases and sees it, so that what was signed goes on."""
    if agreement.case.is_open:
        return casework.may_work(by, agreement.case)
    return YES if by.can(Capability.WORK_CASES) else forbid(_("Il tuo ruolo non lavora sui casi."))


def may_move(by: Actor, agreement: BehaviourAgreement, state: str) -> Verdict:
    return all_of(may_work(by, agreement), AGREEMENT_MOVES.may(agreement.state, state))


def _is_unanswered(invitation: Invitation, today: dt.date) -> bool:
    """Whether an answer may still come."""
    return not invitation.answer and invitation.answer_by >= today


def may_invite_again(
    by: Actor, agreement: BehaviourAgreement, invitations: Sequence[Invitation], today: dt.date
) -> Verdict:
    """Once more, when the first has had its time or its answer, and the answer was not yes."""
    may = may_work(by, agreement)
    if agreement.state != AgreementState.INVITED:
        return all_of(may, no(_("L'accordo non è più solo proposto.")))
    if len(invitations) > 1:
        return all_of(may, no(_("Il secondo invito è già fatto.")))
    return all_of(may, _is_over(invitations[-1], today))


def _is_over(invitation: Invitation, today: dt.date) -> Verdict:
    if invitation.answer == Answer.YES:
        return no(_("Ha detto di sì: ora scrivete insieme i patti."))
    if _is_unanswered(invitation, today):
        return no(_("C'è ancora tempo per rispondere all'invito."))
    return YES


def may_answer(by: Actor, agreement: BehaviourAgreement, invitation: Invitation) -> Verdict:
    """What was answered to the last invitation; who changes their mind is heard."""
    if agreement.state != AgreementState.INVITED:
        return all_of(may_work(by, agreement), no(_("L'accordo non è più solo proposto.")))
    return may_work(by, agreement)


def may_expire(agreement: BehaviourAgreement, invitation: Invitation, today: dt.date) -> Verdict:
    """No answer by the day that was asked."""
    if agreement.state == AgreementState.INVITED and not invitation.answer and invitation.answer_by < today:
        return YES
    return no(_("C'è ancora tempo per rispondere all'invito."))


def may_refuse(
    by: Actor, agreement: BehaviourAgreement, invitations: Sequence[Invitation], today: dt.date
) -> Verdict:
    """A refusal is written down only after two invitations: the first no may be fear, or a bad day."""
    may = may_move(by, agreement, AgreementState.REFUSED)
    if len(invitations) < 2:
        return all_of(may, no(_("Prima di scrivere che rifiuta, fai un secondo invito.")))
    return all_of(may, _is_over(invitations[-1], today))


def may_withdraw(by: Actor, agreement: BehaviourAgreement, because: str) -> Verdict:
    """It is voluntary: it can be given up at any moment, saying why."""
    may = may_move(by, agreement, AgreementState.WITHDRAWN)
    return may if because else all_of(may, no(_("Scegli perché si ritira.")))


# Writing and signing ---------------------------------------------------------------------------------------------


def may_write(by: Actor, agreement: BehaviourAgreement, draft: Draft | None) -> Verdict:
    """Terms are written until somebody signs them."""
    if draft is None or agreement.state not in SIGNING:
        return all_of(
            may_work(by, agreement), no(_("I patti sono firmati: per cambiarli, rivedeteli insieme."))
        )
    if draft.signatures:
        return all_of(
            may_work(by, agreement),
            no(_("Qualcuno ha già firmato questi patti."), _("Ricomincia le firme, poi cambiali.")),
        )
    return may_work(by, agreement)


def may_change(by: Actor, agreement: BehaviourAgreement, draft: Draft | None) -> Verdict:
    """Days and people change while it is only proposed, and nobody has signed."""
    may = may_write(by, agreement, draft)
    if agreement.state != AgreementState.INVITED:
        return all_of(may_work(by, agreement), no(_("Date e persone si cambiano prima della firma.")))
    return may


def may_be_born(born_on: dt.date | None, today: dt.date) -> Verdict:
    """The date of birth serves only for who is under age."""
    if born_on is None:
        return YES
    if born_on > today:
        return no(_("La data di nascita è nel futuro."))
    if age_on(born_on, today) >= OF_AGE:
        return no(_("È maggiorenne: la data di nascita non serve, lasciala vuota."))
    return YES


def may_drop_party(part: str, *, committing: int) -> Verdict:
    """Somebody must commit, and we always sign."""
    if part == Part.UNIT:
        return no(_("Noi firmiamo sempre."))
    if part == Part.COMMITS and committing < 2:
        return no(_("Nell'accordo serve almeno una persona."), _("Se non serve più, ritiralo."))
    return YES


def may_start_again(by: Actor, agreement: BehaviourAgreement, draft: Draft | None) -> Verdict:
    """Signatures are taken back while somebody still has to sign."""
    if draft is None or not draft.signatures:
        return all_of(may_work(by, agreement), no(_("Non ci sono firme da ricominciare.")))
    return may_work(by, agreement)


def may_open_signing(
    by: Actor, agreement: BehaviourAgreement, draft: Draft | None, parties: Sequence[Signer], today: dt.date
) -> Verdict:
    """Terms of all three kinds, days that have not gone by, a parent beside every minor."""
    may = may_work(by, agreement)
    if draft is None or agreement.state not in SIGNING:
        return all_of(may, no(_("Non ci sono patti da firmare.")))
    if set(TermKind) - draft.kinds:
        sentence = _("Servono almeno una cosa da non fare, una da fare e un aiuto.")
        return all_of(may, no(sentence, _("Un accordo di soli divieti non funziona.")))
    if draft.ends_on <= today:
        return all_of(may, no(_("L'accordo sarebbe già finito: cambia le date.")))
    if without_guardian(parties, today):
        return all_of(may, no(_("Chi ha meno di 18 anni firma con un genitore o tutore: aggiungilo.")))
    return may


def may_sign(
    parties: Sequence[Signer], chosen: Collection[int], *, signed_on: dt.date, today: dt.date
) -> Verdict:
    """Those who must sign and have not yet, on a day that has come."""
    if signed_on > today:
        return no(_("Il giorno della firma non può essere nel futuro."))
    if not chosen or set(chosen) - {party.key for party in still_to_sign(parties, signed_on)}:
        return no(_("Scegli chi ha firmato, tra chi deve ancora farlo."))
    return YES


def may_start(agreement: BehaviourAgreement, today: dt.date) -> Verdict:
    """On its day."""
    if agreement.starts_on > today:
        return no(_("L'accordo non è ancora cominciato."))
    return AGREEMENT_MOVES.may(agreement.state, AgreementState.IN_FORCE)


def may_revise(by: Actor, agreement: BehaviourAgreement, *, has_draft: bool, why: str) -> Verdict:
    """New terms are proposed while the old ones hold; one proposal at a time."""
    may = may_work(by, agreement)
    if agreement.state != AgreementState.IN_FORCE:
        return all_of(may, no(_("Si rivedono i patti di un accordo in vigore.")))
    return all_of(may, _is_new_draft(has_draft, why))


def _is_new_draft(has_draft: bool, why: str) -> Verdict:
    if has_draft:
        return no(_("Ci sono già nuovi patti da firmare."))
    return YES if why.strip() else no(_("Scrivi perché si rivedono i patti."))


def may_drop_draft(by: Actor, agreement: BehaviourAgreement, *, number: int) -> Verdict:
    """Terms proposed anew may be dropped: the old ones hold. The first ones are withdrawn with the agreement."""
    if number < 2 or agreement.state not in RUNNING:
        return all_of(may_work(by, agreement), no(_("Non ci sono nuovi patti da lasciare.")))
    return may_work(by, agreement)


def may_print(by: Actor, agreement: BehaviourAgreement, *, terms: int) -> Verdict:
    """A paper with terms, by who may see the names on it."""
    may = may_work(by, agreement)
    return may if terms else all_of(may, no(_("Scrivi prima almeno un patto.")))


# Keeping it ------------------------------------------------------------------------------------------------------


def may_review(by: Actor, agreement: BehaviourAgreement, review: AgreementReview) -> Verdict:
    if agreement.state not in RUNNING:
        return all_of(may_work(by, agreement), no(_("L'accordo non è in vigore.")))
    if review.done_on is not None:
        return all_of(may_work(by, agreement), no(_("Questo riesame è già fatto.")))
    return may_work(by, agreement)


def may_note_breach(by: Actor, agreement: BehaviourAgreement) -> Verdict:
    if agreement.state in RUNNING:
        return may_work(by, agreement)
    return all_of(may_work(by, agreement), no(_("L'accordo non è in vigore.")))


def may_be_breach(agreement: BehaviourAgreement, *, on: dt.date, what: str, today: dt.date) -> Verdict:
    """A fact with a day within the agreement."""
    since = max(agreement.starts_on, agreement.signed_on or agreement.starts_on)
    if not since <= on <= today:
        return no(_("Scegli un giorno da quando l'accordo è in vigore fino a oggi."))
    return YES if what.strip() else no(_("Scrivi che cosa è successo."))


def next_grade(ladder: Sequence[str]) -> Grade:
    """The mildest answer that was not yet given."""
    highest = max((GRADE_ORDER.index(Grade(grade)) for grade in ladder), default=-1)
    return GRADE_ORDER[min(highest + 1, len(GRADE_ORDER) - 1)]


def may_respond(by: Actor, agreement: BehaviourAgreement, *, has_draft: bool) -> Verdict:
    """While it waits for a decision. With new terms to be signed there is only passing it on, or dropping them first."""
    if agreement.state != AgreementState.BREACHED:
        return all_of(may_work(by, agreement), no(_("Non c'è un mancato rispetto a cui rispondere.")))
    if has_draft:
        return all_of(
            may_work(by, agreement), no(_("Ci sono nuovi patti da firmare: falli firmare o lasciali."))
        )
    return may_work(by, agreement)


def may_answer_with(
    grade: str, ladder: Sequence[str], *, skipped_why: str, note: str, passed_to: str
) -> Verdict:
    """Step by step: who skips one says why. A revision says why too, and what is passed on says to whom."""
    if GRADE_ORDER.index(Grade(grade)) > GRADE_ORDER.index(next_grade(ladder)) and not skipped_why.strip():
        return no(
            _("Il prossimo passo è «%(grade)s».") % {"grade": next_grade(ladder).label},
            _("Se ne salti uno, scrivi perché."),
        )
    if not note.strip():
        return no(_("Scrivi che cosa si è detto, o perché si decide così."))
    if grade == Grade.ESCALATION and not passed_to:
        return no(_("Scegli a chi passa."))
    return YES


def may_complete(by: Actor, agreement: BehaviourAgreement) -> Verdict:
    return may_move(by, agreement, AgreementState.COMPLETED)


def may_end(agreement: BehaviourAgreement, *, held: str, undone: int, note: str, today: dt.date) -> Verdict:
    """At its end with every review made; earlier, or without one, it is explained."""
    if held not in Held.values:
        return no(_("Scegli com'è andato."))
    if note.strip():
        return YES
    if today < agreement.ends_on:
        return no(_("L'accordo finisce più avanti: spiega perché lo concludi adesso."))
    return no(_("Manca un riesame: fallo, o spiega perché no.")) if undone else YES


def may_forget(agreement: BehaviourAgreement, today: dt.date, *, months: int) -> Verdict:
    """So many months after its end; 0 while the town has not decided, and then nothing goes by itself."""
    if not months or agreement.ended_on is None or clock.add_months(agreement.ended_on, months) > today:
        return no(_("L'accordo si conserva ancora."))
    return YES
