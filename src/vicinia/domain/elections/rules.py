"""Who may run votes and draws, who may vote, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.elections.models import Draw, Poll
from vicinia.domain.elections.states import (
    DRAW_MOVES,
    POLL_MOVES,
    DrawState,
    Method,
    PollState,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no
from vicinia_analytics.lots import clean_seed

FEWEST_OPTIONS = 2
MOST_OPTIONS = 20
# A long order of preferences can be a signature, and ballots are published one by one.
MOST_RANKED = 6
MOST_VOTERS = 5000
COUNTERS = 2


def may_run(by: Actor) -> Verdict:
    if by.can(Capability.RUN_PARTICIPATION):
        return YES
    return forbid(_("Votazioni ed estrazioni sono curate dal laboratorio e dal coordinatore."))


def covers(by: Actor, area_ids: Collection[int | None]) -> Verdict:
    """Who closes a roll sees all who live there: part of a roll would take the vote away from the others."""
    if all(by.covers(area) for area in area_ids):
        return YES
    return forbid(_("Una di queste scale è in una zona che non vedi: chiedi al coordinatore."))


def is_said(words: str, sentence: str) -> Verdict:
    return YES if words.strip() else no(sentence)


# Preparing --------------------------------------------------------------------------------------------------------


def may_change(by: Actor, poll: Poll) -> Verdict:
    if poll.state != PollState.DRAFT:
        return no(_("La votazione è già indetta: la domanda e le voci non cambiano più."))
    return may_run(by)


def is_right(poll: Poll, *, options: int) -> Verdict:
    """Whether the numbers of a vote agree."""
    if poll.opens_at >= poll.closes_at:
        return no(_("La votazione finisce prima di cominciare: controlla i giorni."))
    if poll.method == Method.PLURALITY and poll.most != 1:
        return no(_("Con un voto solo si sceglie una voce: le scelte al massimo sono una."))
    if options > (MOST_RANKED if poll.method == Method.RANKED else MOST_OPTIONS):
        return no(
            _("Le voci sono troppe: al massimo %(most)s, e %(ranked)s se si mettono in ordine.")
            % {"most": MOST_OPTIONS, "ranked": MOST_RANKED}
        )
    return YES


def may_list(by: Actor, poll: Poll, *, area_ids: Collection[int | None]) -> Verdict:
    """Draw up the roll, as often as wanted before the vote is called."""
    return all_of(may_change(by, poll), covers(by, area_ids))


def has_a_size(count: int) -> Verdict:
    if not count:
        return no(_("Così non vota nessuno: controlla le scale o scrivi i nomi."))
    if count > MOST_VOTERS:
        return no(_("L'elenco può avere al massimo %(most)s persone.") % {"most": MOST_VOTERS})
    return YES


def may_call(by: Actor, poll: Poll, *, options: int, voters: int, now: dt.datetime) -> Verdict:
    """Call the vote: from here on question, options and roll are fixed and everybody reads them."""
    moves = all_of(may_run(by), POLL_MOVES.may(poll.state, PollState.CALLED), is_right(poll, options=options))
    if not moves:
        return moves
    if options < FEWEST_OPTIONS:
        return no(_("Scrivi almeno due voci: con una sola non si sceglie."))
    if poll.seats >= options:
        return no(_("Le voci devono essere più di quante se ne scelgono."))
    if not voters:
        return no(_("Prepara prima l'elenco di chi vota."))
    return YES if poll.closes_at > now else no(_("Il giorno in cui si finisce di votare è già passato."))


def may_correct_roll(by: Actor, poll: Poll) -> Verdict:
    """Add who was forgotten or strike who should not be there, until the vote is closed."""
    if poll.state not in (PollState.DRAFT, PollState.CALLED):
        return no(_("La votazione è chiusa: l'elenco non cambia più."))
    return may_run(by)


def may_admit(by: Actor, poll: Poll, *, label: str, reason: str) -> Verdict:
    named = is_said(label, _("Scrivi chi è e dove abita."))
    return all_of(
        may_correct_roll(by, poll), named, is_said(reason, _("Scrivi perché si aggiunge: resta in elenco."))
    )


def may_strike(by: Actor, poll: Poll, *, has_voted: bool, is_struck: bool, reason: str) -> Verdict:
    if has_voted:
        return no(_("Ha già votato: non si può più togliere."))
    if is_struck:
        return no(_("È già stato tolto dall'elenco."))
    return all_of(may_correct_roll(by, poll), is_said(reason, _("Scrivi perché si toglie: resta in elenco.")))


def may_give_codes(by: Actor, poll: Poll) -> Verdict:
    if poll.state != PollState.CALLED:
        return no(_("I codici si danno mentre la votazione è indetta."))
    return may_run(by)


# Voting -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """What decides whether a right to vote can be used."""

    is_struck: bool
    has_voted: bool
    now: dt.datetime


def may_vote(poll: Poll, facts: VoteFacts) -> Verdict:
    """Once, while the vote is open."""
    if facts.has_voted:
        return no(_("Questo voto è già stato dato. Se non sei stato tu, chiamaci subito."))
    if facts.is_struck:
        return no(_("Questo codice non è più nell'elenco di chi vota. Chiamaci: ti diciamo perché."))
    if poll.state == PollState.CALLED and facts.now < poll.opens_at:
        return no(_("Non si vota ancora: torna quando la votazione è aperta."))
    if not poll.is_open(facts.now):
        return no(_("La votazione è chiusa: non si vota più."))
    return YES


def may_mark_paper(by: Actor, poll: Poll, facts: VoteFacts) -> Verdict:
    """Mark on the roll who is given a paper ballot."""
    return all_of(may_run(by), may_vote(poll, facts))


def may_have_code(facts: VoteFacts) -> Verdict:
    """Whether a code would open anything."""
    if facts.has_voted or facts.is_struck:
        return no(_("Ha già votato o non è più in elenco: un codice non servirebbe."))
    return YES


# Counting ---------------------------------------------------------------------------------------------------------


def may_close(by: Actor, poll: Poll, *, now: dt.datetime) -> Verdict:
    """When the time is over: the program by itself, or who runs it."""
    if poll.closes_at > now:
        return no(_("C'è ancora tempo per votare: si chiude da sola all'ora scritta."))
    is_job = YES if by.kind is ActorKind.JOB else may_run(by)
    return all_of(is_job, POLL_MOVES.may(poll.state, PollState.CLOSED))


def may_annul(by: Actor, poll: Poll, reason: str) -> Verdict:
    said = is_said(reason, _("Scrivi perché si annulla: lo leggono tutti."))
    return all_of(may_run(by), POLL_MOVES.may(poll.state, PollState.ANNULLED), said)


def may_enter_paper(by: Actor, poll: Poll, *, others: int, paper_marks: int) -> Verdict:
    """Two people count the paper box, each by themselves, after the vote is closed."""
    if poll.state != PollState.CLOSED:
        return no(_("Le schede di carta si contano dopo la chiusura e prima dello scrutinio."))
    if by.user_id is None:
        return forbid(_("Le schede di carta le contano due persone con il proprio nome."))
    if not paper_marks:
        return no(_("Nessuno ha votato su carta: non ci sono schede da contare."))
    if others >= COUNTERS:
        return no(_("Le schede le hanno già contate due persone."))
    return may_run(by)


@dataclass(frozen=True, slots=True)
class CountFacts:
    """What has to agree before the box is opened."""

    paper_marks: int
    paper_ballots: tuple[int, ...]
    fingerprints: tuple[str, ...]
    note: str


def may_count(by: Actor, poll: Poll, facts: CountFacts) -> Verdict:
    """Count once: the two counts of the paper box are one, and agree with the roll or say why not."""
    moves = all_of(may_run(by), POLL_MOVES.may(poll.state, PollState.COUNTED))
    if not moves or not facts.paper_marks:
        return moves
    if len(facts.fingerprints) < COUNTERS:
        return no(_("Prima due persone contano le schede di carta, ognuna per conto suo."))
    if len(set(facts.fingerprints)) > 1:
        return no(_("I due conteggi delle schede di carta sono diversi: ricontate insieme e correggete."))
    ballots = facts.paper_ballots[0]
    if ballots > facts.paper_marks:
        return no(_("Le schede di carta sono più di chi ha votato su carta: ricontate."))
    if ballots < facts.paper_marks and not facts.note.strip():
        return no(_("Le schede di carta sono meno di chi ha votato su carta: scrivi perché."))
    return YES


def is_counted(poll: Poll) -> Verdict:
    if poll.state == PollState.COUNTED:
        return YES
    return no(_("Il verbale c'è dopo lo scrutinio."))


def is_published_file(*, is_one: bool) -> Verdict:
    """Whether a file that somebody gave can be a vote or a draw published here."""
    return YES if is_one else no(_("Questo non è un file di una votazione o di un'estrazione."))


def needs_no_lot(tied: Collection[str]) -> Verdict:
    """Whether the count decides by itself."""
    if not tied:
        return YES
    return no(
        _("C'è un pareggio: decide il sorteggio."),
        _("Scrivi il numero estratto in pubblico, come era stato detto prima del voto."),
    )


# Drawing ----------------------------------------------------------------------------------------------------------


def may_change_draw(by: Actor, draw: Draw) -> Verdict:
    if draw.state != DrawState.DRAFT:
        return no(_("L'elenco è già pubblicato: non cambia più."))
    return may_run(by)


def may_publish(by: Actor, draw: Draw, *, pool: int, today: dt.date) -> Verdict:
    """Publish the pool before the number exists."""
    moves = all_of(may_run(by), DRAW_MOVES.may(draw.state, DrawState.PUBLISHED))
    if not moves:
        return moves
    if pool < draw.places + draw.reserves or not pool:
        return no(_("L'elenco ha meno nomi di quanti se ne estraggono, riserve comprese."))
    if draw.source_day <= today:
        return no(_("Il numero deve uscire dopo la pubblicazione: scegli un giorno da domani in poi."))
    return YES


def may_draw(by: Actor, draw: Draw, *, seed: str, today: dt.date) -> Verdict:
    moves = all_of(may_run(by), DRAW_MOVES.may(draw.state, DrawState.DRAWN))
    if moves and today < draw.source_day:
        return no(_("Il numero non è ancora uscito: aspetta il giorno scritto."))
    return moves and is_said(clean_seed(seed), _("Scrivi il numero che è stato estratto in pubblico."))


def may_cancel(by: Actor, draw: Draw, reason: str) -> Verdict:
    said = is_said(reason, _("Scrivi perché si annulla: lo leggono tutti."))
    return all_of(may_run(by), DRAW_MOVES.may(draw.state, DrawState.CANCELLED), said)
