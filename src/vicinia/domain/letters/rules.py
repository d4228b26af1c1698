"""Who writes letters, what each kind needs before it is signed, and what may become of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vicinia.domain.casework import rules as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.letters.models import Letter
from vicinia.domain.letters.states import LETTER_MOVES, NEEDED, ON_ITS_WAY, TO_BODY, Answer, LetterState
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no


def may_write(by: Actor, case: Case) -> Verdict:
    """By who works on the case; a letter is often the last word, so after it is closed too."""
    if case.is_open:
        return casework.may_work(by, case)
    return may_settle(by)


def may_settle(by: Actor) -> Verdict:
    """Whoever works on cases, and sees this one, says what became of a letter."""
    return YES if by.can(Capability.WORK_CASES) else forbid(_("Il tuo ruolo non lavora sui casi."))


def may_address(case: Case, kind: str, *, has_person: bool, body: PartnerBody | None) -> Verdict:
    """A letter is for one person of the case, or for one body of the network, as its kind says."""
    if kind not in TO_BODY:
        return YES if has_person and body is None else no(_("Scegli a quale persona del caso scrivi."))
    if body is None or has_person:
        return no(_("Scegli a quale ente scrivi."))
    if not body.is_active:
        return no(_("%(body)s non è più tra gli enti a cui si scrive.") % {"body": body.name})
    if case.legal_basis == LegalBasis.POLICE and not body.is_internal:
        return no(_("Di un caso di pubblica sicurezza non si scrive a enti esterni al Comune."))
    return YES


def may_speak(language: str, languages: Collection[str]) -> Verdict:
    """A letter is written in a language in which there is a text."""
    return (
        YES
        if language in languages
        else no(_("Non c'è ancora un testo in questa lingua: scegline un'altra."))
    )


def may_change(by: Actor, letter: Letter) -> Verdict:
    """Only a draft: what was issued never changes."""
    if letter.state != LetterState.DRAFT:
        return no(
            _("La lettera è già firmata e non cambia."), _("Se è sbagliata, richiamala e scrivine un'altra.")
        )
    return may_write(by, letter.case)


def has_its_words(letter: Letter, words: Mapping[str, Any], today: dt.date) -> Verdict:
    """A letter says what its kind needs, and asks for nothing on a day that has passed."""
    if any(not words.get(name) for name in NEEDED[letter.kind]):
        return no(_("Mancano ancora delle parole."), _("Completa la lettera prima di firmarla."))
    if letter.answer_by is not None and letter.answer_by < today:
        return no(_("Il giorno entro cui rispondere è già passato."))
    if words.get("meet_on") and dt.date.fromisoformat(words["meet_on"]) < today:
        return no(_("Il giorno del colloquio è già passato."))
    return YES


def may_name(letter: Letter, *, names_people: bool) -> Verdict:
    """People are named to a body on a basis, with the reason written down."""
    if not letter.is_to_body or not names_people:
        return YES
    if letter.basis and letter.basis_note.strip():
        return YES
    return no(
        _("Nella lettera ci sono nomi o recapiti di persone del caso."),
        _("Toglili, oppure scrivi su quale base l'ente li può conoscere."),
    )


def may_issue(
    by: Actor, letter: Letter, words: Mapping[str, Any], today: dt.date, *, names_people: bool
) -> Verdict:
    """Sign: by who writes on the case, once everything is there and the addressee may still read it."""
    if not letter.is_to_body and letter.person is None:
        return no(_("La persona a cui scrivi non c'è più."))
    return all_of(
        may_change(by, letter),
        may_address(letter.case, letter.kind, has_person=letter.person is not None, body=letter.body),
        has_its_words(letter, words, today),
        may_name(letter, names_people=names_people),
    )


def may_sign_what_was_seen(seal: str | None, now: str) -> Verdict:
    """What is signed is what was looked at. None means that nobody looked (a job, an import)."""
    if seal is None or seal == now:
        return YES
    return no(_("La lettera è cambiata dopo che l'hai guardata."), _("Rileggila qui sotto, poi firmala."))


def may_drop(by: Actor, letter: Letter) -> Verdict:
    return all_of(may_change(by, letter), LETTER_MOVES.may(letter.state, LetterState.DROPPED))


def may_deliver(by: Actor, letter: Letter, state: str, *, has_email: bool = True) -> Verdict:
    """Handed, posted, or mailed to an address that we know."""
    if state not in ON_ITS_WAY:
        return no(_("Scegli come l'hai consegnata."))
    if state == LetterState.EMAILED and not has_email:
        return no(_("Non conosciamo un'e-mail."), _("Stampa la lettera e consegnala a mano o per posta."))
    return all_of(may_settle(by), LETTER_MOVES.may(letter.state, state))


def may_be_delivered_on(letter: Letter, day: dt.date, today: dt.date) -> Verdict:
    """Not before it was signed, not in the future."""
    if letter.issued_at is None:
        return no(_("La lettera non è ancora firmata."))
    if day > today:
        return no(_("Questo giorno deve ancora venire."))
    if day < timezone.localdate(letter.issued_at):
        return no(_("La lettera è stata firmata dopo questo giorno."))
    return YES


def may_call_back(by: Actor, letter: Letter, reason: str) -> Verdict:
    """A letter is withdrawn with a reason; it stays as it was."""
    return all_of(
        may_settle(by), LETTER_MOVES.may(letter.state, LetterState.CALLED_BACK), casework.must_say_why(reason)
    )


def may_protocol(by: Actor, letter: Letter) -> Verdict:
    """The number of the town's register is written on letters that were issued."""
    return may_settle(by) if letter.is_issued else no(_("La lettera non è ancora firmata."))


def may_answer(by: Actor, letter: Letter) -> Verdict:
    """Say what became of an answer that is awaited."""
    return may_settle(by) if letter.answer == Answer.AWAITED else no(_("Non si aspetta una risposta."))


def may_print(by: Actor, letter: Letter) -> Verdict:
    """A draft is printed by who may change it, to look at it; what was issued by who sees the case and people's data."""
    if letter.erased_at is not None:
        return no(_("Le parole di questa lettera sono state cancellate."))
    return casework.may_reveal(by, letter.case) if letter.is_issued else may_change(by, letter)


def may_print_plan(by: Actor) -> Verdict:
    return may_settle(by)
