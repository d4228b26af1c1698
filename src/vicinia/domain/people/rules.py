"""Who may see, correct, merge, export and erase what we keep of a person; who keeps households, and when they move."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from vicinia.domain.people.models import Household, HouseholdMember, Person
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


@dataclass(frozen=True, slots=True)
class HousingFacts:
    """A dwelling before somebody moves in: out of use, whose number lives there, in which area."""

    is_retired: bool
    lives_there: int | None
    area_id: int | None


def may_keep_households(by: Actor, area_id: int | None) -> Verdict:
    """Who may see people in an area keeps its households."""
    if not by.can(Capability.REVEAL_PEOPLE):
        return forbid(_("Il tuo ruolo non segue i nuclei che abitano negli edifici."))
    if not by.covers(area_id):
        return forbid(_("Questo edificio è di una zona che non segui."))
    return YES


def may_live_in(by: Actor, facts: HousingFacts, since: dt.date | None, *, today: dt.date) -> Verdict:
    """One household at a time behind a door; what is to come is planned elsewhere."""
    if facts.is_retired:
        return no(_("Questo alloggio è fuori uso."))
    keeps = may_keep_households(by, facts.area_id)
    # Before the number: who does not keep the households of an area does not hear of one.
    if keeps.allowed and facts.lives_there is not None:
        sentence = _("Qui abita già il nucleo %(number)s.") % {"number": facts.lives_there}
        return no(sentence, hint=_("Prima segna che ha lasciato l'alloggio."))
    return all_of(keeps, _is_past(since, today))


def may_move(by: Actor, household: Household, since: dt.date | None, *, today: dt.date) -> Verdict:
    """A household moves on after it has moved in."""
    if household.since and (since or today) < household.since:
        return no(_("La data viene prima di quando il nucleo è entrato dove abita ora."))
    return all_of(may_keep_households(by, household.area_id), _is_past(since, today))


def may_move_out(by: Actor, household: Household, until: dt.date | None, *, today: dt.date) -> Verdict:
    """A household leaves the dwelling that it has."""
    if household.dwelling_id is None:
        return no(_("Questo nucleo non ha un alloggio."))
    return may_move(by, household, until, today=today)


def _is_past(day: dt.date | None, today: dt.date) -> Verdict:
    return no(_("La data è nel futuro.")) if day is not None and day > today else YES


def may_add_member(
    person: Person, *, elsewhere: HouseholdMember | None, is_known_to_police_only: bool
) -> Verdict:
    """Somebody lives in one household at a time; who is known for police purposes only is in none.

    Households are seen by everybody who looks after the houses: they'd show what is kept for police purposes (D.Lgs. 51/2018).
    """
    if is_known_to_police_only:
        hint = _("Se te lo dice chi abita lì, scrivila come persona nuova.")
        return no(
            _("Conosciamo questa persona solo per finalità di polizia: qui non può comparire."), hint=hint
        )
    if elsewhere is not None:
        sentence = _("Questa persona è già nel nucleo %(number)s.") % {"number": elsewhere.household.number}
        return no(sentence, hint=_("Prima toglila da lì."))
    return is_present(person)
