"""Who keeps key contacts and makes rounds, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.presence.models import KeyContact, KeyContactTalk, Observation, Round
from vicinia.domain.presence.states import (
    ROUND_MOVES,
    ObservationBecame,
    RoundState,
    TalkBecame,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

MOST_RHYTHM_DAYS = 250
MOST_STOPS = 40


@dataclass(frozen=True)
class Crew:
    """Who makes a round, as far as the rules ask: whether `by` is one of them, and who of them can't."""

    has_me: bool
    unable: tuple[str, ...] = ()


def may_keep(by: Actor) -> Verdict:
    return (
        YES
        if by.can(Capability.KEEP_PRESENCE)
        else forbid(_("Il tuo ruolo non fa giri e non sente testimoni."))
    )


def must_say_why(reason: str) -> Verdict:
    return YES if reason.strip() else no(_("Scrivi il motivo."))


# Key contacts -----------------------------------------------------------------------------------------------------


def may_add_contact(by: Actor, area_id: int | None) -> Verdict:
    """In an area of one's own: elsewhere one would not see it any more."""
    if not by.covers(area_id):
        return forbid(_("Questa zona è di un altro gruppo: chiedi a chi coordina."))
    return may_keep(by)


def may_have_rhythm(days: int) -> Verdict:
    if 1 <= days <= MOST_RHYTHM_DAYS:
        return YES
    return no(_("Il ritmo va da 1 a %(most)s giorni lavorativi.") % {"most": MOST_RHYTHM_DAYS})


def must_be_called_something(body_name: str, *, has_person: bool) -> Verdict:
    """A key contact is a person or a body with a name."""
    if body_name.strip() or has_person:
        return YES
    return no(_("Scrivi il nome del negozio o dell'ente, oppure quello della persona."))


def may_change_contact(by: Actor, contact: KeyContact) -> Verdict:
    if not contact.is_active:
        return no(_("Non si sente più da quando è stato tolto dall'elenco."), _("Per sentirlo, riprendilo."))
    return may_keep(by)


def may_retire(by: Actor, contact: KeyContact, reason: str) -> Verdict:
    return all_of(may_change_contact(by, contact), must_say_why(reason))


def may_resume(by: Actor, contact: KeyContact) -> Verdict:
    return no(_("Si sente già.")) if contact.is_active else may_keep(by)


def may_log_talk(by: Actor, contact: KeyContact, *, became: str, words: str, reached: bool) -> Verdict:
    """What goes into a case or a report are words that somebody said."""
    if became != TalkBecame.NOTHING and not (reached and words.strip()):
        return no(_("Scrivi che cosa ha detto: è quello che va nel caso o nella segnalazione."))
    return may_change_contact(by, contact)


def must_be_carried(became: str, *, has_case: bool, has_kind: bool) -> Verdict:
    """What goes into a case says which, what becomes a report says of which kind."""
    if became == TalkBecame.CASE and not has_case:
        return no(_("Scegli il caso."))
    if became == TalkBecame.REPORT and not has_kind:
        return no(_("Scegli il tipo di problema."))
    return YES


def is_same_talk(known: KeyContactTalk, contact: KeyContact, by: Actor) -> Verdict:
    """A talk sent again is the one that is kept; another of the same key is a mistake of who sends."""
    if known.contact_id == contact.pk and known.by_ref == by.ref:
        return YES
    return no(_("Questo codice è già di un altro colloquio."))


# Rounds -----------------------------------------------------------------------------------------------------------


def may_plan(
    by: Actor,
    crew: Crew,
    area_ids: Collection[int],
    from_time: dt.time,
    to_time: dt.time,
    given: Collection[int] = (),
) -> Verdict:
    """For oneself and one's areas, or those that were `given` already; who coordinates plans for everybody."""
    if not area_ids:
        return no(_("Scegli almeno una zona."))
    if from_time >= to_time:
        return no(_("Il giro finisce prima di cominciare: controlla le ore."))
    if crew.unable:
        return no(_("%(name)s non fa giri: scegli un'altra persona.") % {"name": crew.unable[0]})
    if not by.can(Capability.ASSIGN):
        if not crew.has_me:
            return forbid(
                _("Puoi programmare i giri che fai anche tu."), _("Per gli altri li programma chi coordina.")
            )
        if not all(by.covers(area_id) for area_id in set(area_ids) - set(given)):
            return forbid(_("Una delle zone è di un altro gruppo: la programma chi coordina."))
    return may_keep(by)


def may_lead(by: Actor, crew: Crew) -> Verdict:
    """Who makes the round, or coordinates."""
    if crew.has_me or by.can(Capability.ASSIGN):
        return may_keep(by)
    return forbid(_("Il giro lo segue chi lo fa, o chi coordina."))


def may_change_round(by: Actor, round_: Round, crew: Crew) -> Verdict:
    if not round_.is_open:
        return no(_("Il giro è già %(state)s.") % {"state": round_.get_state_display()})
    return may_lead(by, crew)


def may_have_stops(count: int) -> Verdict:
    if count <= MOST_STOPS:
        return YES
    return no(_("Un giro ha al massimo %(most)s tappe.") % {"most": MOST_STOPS})


def may_drop_stops(*, has_seen: bool) -> Verdict:
    """What was seen stays on the round."""
    return no(_("Una tappa già vista resta nel giro.")) if has_seen else YES


def may_start(by: Actor, round_: Round, crew: Crew, today: dt.date) -> Verdict:
    """On its day, or late; not before."""
    may = all_of(ROUND_MOVES.may(round_.state, RoundState.UNDER_WAY), may_lead(by, crew))
    if may and round_.planned_on > today:
        return no(_("Il giro è in programma per un altro giorno."), _("Per farlo oggi, cambia il giorno."))
    return may


def may_tick(by: Actor, round_: Round, crew: Crew) -> Verdict:
    if not round_.is_under_way:
        return no(_("Le tappe si segnano mentre il giro è in corso."))
    return may_lead(by, crew)


def may_observe(by: Actor, round_: Round, crew: Crew, at: dt.datetime) -> Verdict:
    """While it goes on; and afterwards what was seen meanwhile, written on a phone without network."""
    is_of_the_round = round_.ended_at is not None and round_.started_at is not None
    if is_of_the_round and round_.started_at <= at <= round_.ended_at:  # type: ignore[operator]
        return may_lead(by, crew)
    if not round_.is_under_way:
        return no(_("Il giro non è in corso: comincialo, poi scrivi che cosa vedi."))
    return may_lead(by, crew)


def is_same_observation(known: Observation, round_: Round, by: Actor) -> Verdict:
    """One sent again is the one that is kept; another of the same key is a mistake of who sends."""
    if known.round_id == round_.pk and known.by_ref == by.ref:
        return YES
    return no(_("Questo codice è già di un'altra rilevazione."))


def is_stop_of(round_: Round, stop_round_id: int | None) -> Verdict:
    """An observation at a stop is on the round of that stop."""
    if stop_round_id in (None, round_.pk):
        return YES
    return no(_("Questa tappa è di un altro giro."))


def may_finish(by: Actor, round_: Round, crew: Crew) -> Verdict:
    return all_of(ROUND_MOVES.may(round_.state, RoundState.DONE), may_lead(by, crew))


def may_cancel(by: Actor, round_: Round, crew: Crew, reason: str) -> Verdict:
    may = all_of(ROUND_MOVES.may(round_.state, RoundState.CANCELLED), may_lead(by, crew))
    return all_of(may, must_say_why(reason))


def may_settle(by: Actor, observation: Observation) -> Verdict:
    """Once: what came of it stays, so that two do not decide about the same thing."""
    if observation.became != ObservationBecame.OPEN:
        return no(_("È già deciso: %(became)s.") % {"became": observation.get_became_display()})
    return may_keep(by)


def must_lead_somewhere(became: str, *, has_case: bool, has_kind: bool) -> Verdict:
    """What goes into a case says which, what becomes a report says of which kind."""
    if became == ObservationBecame.OPEN:
        return no(_("Scegli che cosa ne è stato."))
    if became in (ObservationBecame.NOTE, ObservationBecame.LINKED) and not has_case:
        return no(_("Scegli il caso."))
    if became == ObservationBecame.REPORT and not has_kind:
        return no(_("Scegli il tipo di problema."))
    return YES


def may_note_after_closing(*, has_watch_point: bool) -> Verdict:
    """A closed case is looked at on its days; when those are over, nothing is written into it."""
    if has_watch_point:
        return YES
    return no(_("Il caso è chiuso e le verifiche sono finite."), _("Collegala al caso, oppure riaprilo."))
