"""Who asks what of whom, and what may be shared for it."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from vicinia.domain.casework import rules as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.network.models import Agreement, PartnerBody
from vicinia.domain.network.states import DataCategory, LawfulBasis
from vicinia.domain.referrals.models import Referral
from vicinia.domain.referrals.states import OPEN_STATES, REFERRAL_MOVES, TO_ANSWER, ReferralState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

# Data of a person: they travel with consent, or with an agreement or a reason that says why not.
PERSONAL = frozenset({DataCategory.CONTACTS, DataCategory.NEEDS})


def may_ask(by: Actor, case: Case) -> Verdict:
    return casework.may_work(by, case)


def may_send(by: Actor, case: Case, body: PartnerBody) -> Verdict:
    """To a body that is asked; of a police case, only to offices of the municipality."""
    if not body.is_active:
        return no(_("%(body)s non è più tra gli enti a cui si chiede.") % {"body": body.name})
    if case.legal_basis == LegalBasis.POLICE and not body.is_internal:
        return no(_("Un caso di pubblica sicurezza non si condivide con enti esterni al Comune."))
    return casework.may_work(by, case)


def may_share(
    basis: str, basis_note: str, categories: Collection[str], agreement: Agreement | None
) -> Verdict:
    """With consent, saying when it was given; without, on a lawful basis and with the reason written down."""
    if not basis_note.strip():
        if basis == LawfulBasis.CONSENT:
            return no(_("Scrivi quando e come la persona ha dato il consenso."))
        return no(_("Scrivi perché si condivide senza il consenso della persona."))
    agreed = set(agreement.data_categories) if agreement else set()
    if basis == LawfulBasis.PUBLIC_TASK and (PERSONAL & set(categories)) - agreed:
        return no(
            _("Nessun accordo in vigore con questo ente prevede di condividere questi dati di una persona."),
            _("Chiedi il consenso, o togli i dati della persona."),
        )
    return YES


def _is_asked(by: Actor, referral: Referral, body: PartnerBody | None) -> Verdict:
    is_theirs = body is not None and body.pk == referral.body_id and by.only in ("", referral.reference)
    if by.can(Capability.ANSWER_REFERRALS) and is_theirs:
        return YES
    return forbid(_("Risponde %(body)s.") % {"body": referral.body.name})


def may_answer(by: Actor, referral: Referral, body: PartnerBody | None) -> Verdict:
    """Only the body that was asked, once."""
    if referral.state not in TO_ANSWER:
        return no(_("A questa richiesta è già stata data una risposta."))
    return _is_asked(by, referral, body)


def may_go_on(by: Actor, referral: Referral, body: PartnerBody | None, state: str) -> Verdict:
    """The body says that it has begun, and that it has done."""
    return all_of(_is_asked(by, referral, body), REFERRAL_MOVES.may(referral.state, state))


def may_write(by: Actor, referral: Referral, body: PartnerBody | None, text: str) -> Verdict:
    """Both sides write while it is open."""
    if referral.state not in OPEN_STATES:
        return no(_("La richiesta è già finita."))
    if not text.strip():
        return no(_("Scrivi qualcosa."))
    return casework.may_work(by, referral.case) if by.is_staff else _is_asked(by, referral, body)


def may_revoke(by: Actor, referral: Referral) -> Verdict:
    """Taken back by us while it is open, also after it was accepted, and after the case is closed: data can always be withdrawn."""
    may = casework.may_work(by, referral.case) if referral.case.is_open else may_settle(by)
    return all_of(may, REFERRAL_MOVES.may(referral.state, ReferralState.REVOKED))


def may_settle(by: Actor) -> Verdict:
    """After closing nobody is at work on the case: who works on cases, and sees it, settles what is left."""
    return YES if by.can(Capability.WORK_CASES) else forbid(_("Il tuo ruolo non lavora sui casi."))


def may_send_link(by: Actor, referral: Referral, *, has_account: bool) -> Verdict:
    """A link is for a body that has an e-mail and nobody who signs in."""
    if referral.state not in OPEN_STATES:
        return no(_("La richiesta è già finita."))
    if has_account:
        return no(_("Questo ente ha un accesso: legge la richiesta nella sua pagina."))
    if not referral.body.email:
        return no(_("Questo ente non ha un'e-mail."), _("Scrivila nella scheda dell'ente."))
    return casework.may_work(by, referral.case)


def may_revoke_link(by: Actor, *, is_live: bool) -> Verdict:
    """Also after the case is closed: an access can always be withdrawn."""
    return may_settle(by) if is_live else no(_("Non c'è nessun collegamento aperto."))


def may_have_code(referral: Referral) -> Verdict:
    """A code goes to the address that the body has today."""
    if not referral.body.is_active or not referral.body.email:
        return no(_("Non possiamo mandarvi un codice."), _("Chiamateci."))
    return YES


def may_read_end(by: Actor, referral: Referral) -> Verdict:
    if referral.state in OPEN_STATES:
        return no(_("La richiesta è ancora aperta."))
    return may_settle(by)


def may_read_words(by: Actor, *, is_waiting: bool) -> Verdict:
    """What a body wrote is read, also where there is nothing to answer."""
    if not is_waiting:
        return no(_("Non c'è niente di nuovo da leggere."))
    return may_settle(by)


def may_expire(referral: Referral) -> Verdict:
    return REFERRAL_MOVES.may(referral.state, ReferralState.EXPIRED)
