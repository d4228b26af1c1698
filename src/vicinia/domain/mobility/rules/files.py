"""Who may accompany a household, write in its file, close it, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.mobility.models import Refusal, RehousingFile, Relocation
from vicinia.domain.mobility.rules.relocations import is_open, may_change, may_run
from vicinia.domain.mobility.states import FILE_MOVES, FileState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """A household before it has a file: whether it has one here or an open one elsewhere, and whether it has a home here."""

    has_file_here: bool
    open_elsewhere: str
    is_home_here: bool


def is_a_size(size: int) -> Verdict:
    if 1 <= size <= MOST_PEOPLE:
        return YES
    return no(_("Le persone di un nucleo vanno da 1 a %(most)s.") % {"most": MOST_PEOPLE})


def may_open_file(by: Actor, relocation: Relocation, facts: HouseholdFacts, *, size: int) -> Verdict:
    """A household has one file in a relocation, and one open file in all."""
    if facts.has_file_here:
        return no(_("Questo nucleo ha già un fascicolo in questa mobilità."))
    if facts.open_elsewhere:
        return no(
            _("Questo nucleo è già accompagnato in un'altra mobilità: %(name)s.")
            % {"name": facts.open_elsewhere}
        )
    if not facts.is_home_here:
        return no(_("Il suo alloggio non è tra quelli della mobilità."), _("Prima aggiungi l'alloggio."))
    return all_of(may_change(by, relocation), is_a_size(size))


def is_not_closed(file: RehousingFile) -> Verdict:
    if file.state == FileState.CLOSED:
        return no(_("Il fascicolo è chiuso."), _("Per lavorarci ancora, riaprilo."))
    return YES


def may_change_numbers(by: Actor, file: RehousingFile, *, size: int) -> Verdict:
    """What counts in the plan is kept by who makes it."""
    return all_of(may_run(by), is_not_closed(file), is_a_size(size))


# Who accompanies --------------------------------------------------------------------------------------------------


def may_take(by: Actor, file: RehousingFile, *, is_accompanied: bool) -> Verdict:
    """A file that nobody accompanies is taken by who will."""
    if by.user_id is None:
        return forbid(_("Un nucleo lo accompagna una persona, non un programma."))
    if is_accompanied:
        return no(_("Qualcuno accompagna già questo nucleo."), _("Chi coordina può affidarlo anche a te."))
    return all_of(may_run(by), is_not_closed(file))


def may_give(by: Actor, file: RehousingFile) -> Verdict:
    """Who accompanies is chosen by who assigns."""
    if not by.can(Capability.ASSIGN):
        return forbid(_("Chi accompagna un nucleo lo decide chi coordina."))
    return all_of(may_run(by), is_not_closed(file))


def may_be_companion(*, is_able: bool, is_there: bool) -> Verdict:
    if not is_able:
        return no(_("Il ruolo di questa persona non accompagna nuclei."))
    if is_there:
        return no(_("Accompagna già questo nucleo."))
    return YES


def may_remove_companion(by: Actor, *, is_self: bool) -> Verdict:
    """Everybody may leave; others are taken off by who assigns."""
    if is_self or by.can(Capability.ASSIGN):
        return may_run(by)
    return forbid(_("Chi accompagna un nucleo lo decide chi coordina."))


# What is written --------------------------------------------------------------------------------------------------


def may_write(by: Actor, file: RehousingFile, *, is_companion: bool) -> Verdict:
    """The words of a file are for who accompanies the household."""
    if not is_companion:
        return forbid(_("Nel fascicolo scrive solo chi accompagna il nucleo."))
    return all_of(may_run(by), is_not_closed(file))


def may_interview(
    by: Actor, file: RehousingFile, *, is_companion: bool, day: dt.date, today: dt.date, words: str
) -> Verdict:
    if day > today:
        return no(_("Il giorno non può essere nel futuro."))
    if not words.strip():
        return no(_("Scrivi che cosa è stato detto."))
    return may_write(by, file, is_companion=is_companion)


def may_confirm(by: Actor, file: RehousingFile, *, is_companion: bool) -> Verdict:
    """Needs are confirmed after a talk with the household."""
    if file.state == FileState.CENSUS:
        return no(_("Prima parla con il nucleo e scrivi il colloquio."))
    if file.state != FileState.INTERVIEWED:
        return no(_("Le esigenze sono già confermate."))
    return may_write(by, file, is_companion=is_companion)


def may_be_near(
    by: Actor, file: RehousingFile, other: RehousingFile, *, is_companion: bool, is_there: bool
) -> Verdict:
    """Two households of one relocation, said once for both."""
    if file.pk == other.pk:
        return no(_("È lo stesso nucleo: scegline un altro."))
    if file.relocation_id != other.relocation_id:
        return no(_("L'altro nucleo non è in questa mobilità."))
    if is_there:
        return no(_("Questi due nuclei vogliono già restare vicini."))
    return may_write(by, file, is_companion=is_companion)


def may_refuse(
    by: Actor, file: RehousingFile, *, is_companion: bool, is_home: bool, is_unit: bool, is_there: bool
) -> Verdict:
    """A dwelling of the relocation, other than the own one, once."""
    if is_home:
        return no(_("È la sua casa: da lì si va via solo per i lavori."))
    if not is_unit:
        return no(_("Questo alloggio non è tra quelli della mobilità."))
    if is_there:
        return no(_("È già tra quelli che non vanno bene."))
    return may_write(by, file, is_companion=is_companion)


def may_take_refusal_back(by: Actor, refusal: Refusal, *, is_companion: bool) -> Verdict:
    if refusal.withdrawn_on is not None:
        return no(_("È già tra quelli che possono andare."))
    return may_write(by, refusal.file, is_companion=is_companion)


# The end ----------------------------------------------------------------------------------------------------------


def say_why(reason: str) -> Verdict:
    return YES if reason.strip() else no(_("Scrivi il motivo."))


def has_open_return(file: RehousingFile) -> bool:
    """The right to come back is claimed and has not come to its end."""
    return file.claims_return and file.return_ended_on is None


def may_end_return(by: Actor, file: RehousingFile, *, is_companion: bool, reason: str) -> Verdict:
    """Who has the right may give it up, and says why."""
    if not has_open_return(file):
        return no(_("Il nucleo non ha un rientro in sospeso."))
    return all_of(may_write(by, file, is_companion=is_companion), say_why(reason))


def may_close_file(
    by: Actor, file: RehousingFile, *, is_companion: bool, reason: str, was_moved: bool
) -> Verdict:
    """With a reason, from a state that may end. Who moved and may come back is not forgotten."""
    if was_moved and has_open_return(file):
        return no(
            _("Il diritto al rientro è ancora aperto."),
            _("Il nucleo rientra, oppure segna che rinuncia."),
        )
    return all_of(
        may_write(by, file, is_companion=is_companion),
        FILE_MOVES.may(file.state, FileState.CLOSED),
        say_why(reason),
    )


def may_reopen_file(
    by: Actor, file: RehousingFile, *, is_companion: bool, open_elsewhere: str, reason: str
) -> Verdict:
    """What was closed goes on from the beginning, if the relocation is open and no other follows the household."""
    if file.state != FileState.CLOSED:
        return no(_("Il fascicolo è aperto."))
    if open_elsewhere:
        return no(
            _("Questo nucleo è già accompagnato in un'altra mobilità: %(name)s.") % {"name": open_elsewhere}
        )
    if not is_companion:
        return forbid(_("Lo riapre chi accompagna il nucleo."))
    return all_of(may_run(by), is_open(file.relocation), say_why(reason))
