"""Who may see, correct, merge, export and erase what we keep of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

PURPOSE_MIN = 5


def may_reveal(by: Actor, *, purpose: str) -> Verdict:
    # A mediator reaches the parties of the own mediations: which people those are, the rows say.
    if not by.can(Capability.REVEAL_PEOPLE) and not by.can(Capability.MEDIATE):
        return forbid(_("Il tuo ruolo non può vedere i dati delle persone."))
    if len(purpose.strip()) < PURPOSE_MIN:
        return no(_("Scrivi perché ti servono questi dati, con qualche parola."))
    return YES


def may_correct(by: Actor, person: Person) -> Verdict:
    if not by.can(Capability.REVEAL_PEOPLE):
        return forbid(_("Il tuo ruolo non può cambiare i dati delle persone."))
    return is_present(person)


def may_manage(by: Actor, person: Person) -> Verdict:
    """Merge, export, erase."""
    if not by.can(Capability.MANAGE_PEOPLE):
        return forbid(
            _("Solo chi coordina può unire, esportare o cancellare persone."),
            hint=_("Chiedi a chi coordina il tuo gruppo."),
        )
    return is_present(person)


def may_merge(by: Actor, *, keep: Person, gone: Person) -> Verdict:
    if keep.pk == gone.pk:
        return no(_("È la stessa scheda: scegline un'altra da unire."))
    return all_of(may_manage(by, keep), may_manage(by, gone))


def may_undo_merge(by: Actor, gone: Person) -> Verdict:
    if not by.can(Capability.MANAGE_PEOPLE):
        return forbid(_("Solo chi coordina può separare due schede unite."))
    if gone.erased_at is not None:
        return no(_("I dati sono stati cancellati: non c'è più niente da separare."))
    if gone.merged_into_id is None:
        return no(_("Questa scheda non è unita a un'altra."))
    return YES


def is_present(person: Person) -> Verdict:
    if person.erased_at is not None:
        return no(_("I dati di questa persona sono stati cancellati."))
    if person.merged_into_id is not None:
        return no(_("Questa scheda è stata unita a un'altra: lavora su quella."))
    return YES
