"""Who decides about alerts and when, from which rise on there is one, and when two are the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.utils.translation import gettext as _

from vicinia.domain.casework.models import Case
from vicinia.domain.foresight.models import Alert, Run
from vicinia.domain.foresight.states import AlertState, Dismissal, Method
from vicinia.domain.listening.states import LegalBasis
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no
from vicinia_analytics.outcome import Interval

DAYS_OF_A_YEAR = 365
# A rise that is known already is followed from night to night until chance explains it this well.
STILL_THERE = 0.05
# A dismissed alert comes back when this many reports more are in it, and as many as this share of those known then.
COMES_BACK_WITH, COMES_BACK_SHARE = 3, 0.5
# Of the budget of useless alerts, what circles around places may use where whole areas are watched too.
SHARE_OF_PLACES = 0.75
WATCHED_AT_MOST = dt.timedelta(days=366)


# ---------------------------------------------------------------- how often chance would do it


def false_alarms_a_year(tests: int, recurrence_days: float) -> float:
    """How many useless alerts a year chance gives: each test of each night gives one every `recurrence_days` nights."""
    return tests * DAYS_OF_A_YEAR / recurrence_days


def threshold_days(tests: int, budget: float) -> float:
    """The recurrence interval from which one test alone is an alert, so that a year has `budget` useless ones at most."""
    return tests * DAYS_OF_A_YEAR / budget


@dataclass(frozen=True, slots=True)
class Tests:
    """How many questions a night asks: of circles around places, one a kind; of whole areas, one a kind and area.

    Circles see more and sooner (docs/adr/0016), so that they may use most of the budget, however many the areas are.
    """

    scans: int
    trends: int

    @property
    def all(self) -> int:
        return self.scans + self.trends

    def weighed(self, p_value: float, method: str) -> float:
        """A p-value divided by the weight of its test; weights are 1 on average (Genovese, Roeder, Wasserman 2006)."""
        if not (self.scans and self.trends):
            return p_value
        share, number = (
            (1 - SHARE_OF_PLACES, self.trends) if method == Method.TREND else (SHARE_OF_PLACES, self.scans)
        )
        return p_value / (share * self.all / number)

    def threshold_days(self, budget: float) -> float | None:
        """The recurrence interval from which a circle alone is an alert; of areas, if they are all that is watched."""
        if not self.all:
            return None
        return threshold_days(self.all, budget) * self.weighed(1.0, Method.PERMUTATION)


def cutoff(p_values: Sequence[float], tests: int, budget: float) -> float:
    """The p-value up to which this night's signals are alerts, 0.0 if none is.

    Benjamini and Hochberg (1995) over the `tests` of a night, at q = budget / 365. With one signal alone it is the same as
    `threshold_days`; when several kinds rise together each needs less. Tests without a signal have the p-value 1.
    """
    q = budget / DAYS_OF_A_YEAR
    passing = [p for rank, p in enumerate(sorted(p_values), 1) if p <= rank / tests * q]
    return max(passing, default=0.0)


# ---------------------------------------------------------------- the same rise again


@dataclass(frozen=True, slots=True)
class Zone:
    """Where and when something rises: its cells (none: the whole area), and the first and the last day."""

    cells: frozenset[str]
    area_id: int | None
    first_day: dt.date
    last_day: dt.date


def is_same(known: Zone, found: Zone) -> bool:
    """Whether what is found is what was known: half of the smaller zone in common, days that overlap or follow each other."""
    day = dt.timedelta(days=1)
    if found.first_day > known.last_day + day or known.first_day > found.last_day + day:
        return False
    if not (known.cells and found.cells):
        return not (known.cells or found.cells) and known.area_id == found.area_id
    return 2 * len(known.cells & found.cells) >= min(len(known.cells), len(found.cells))


def is_explained(excess: float, circles: float) -> bool:
    """Whether at least half of what a whole area has more than expected is in circles that are known or alerts themselves."""
    return circles > 0 and 2 * circles >= excess


def comes_back(known: int, more: int) -> bool:
    """Whether a dismissed alert grew enough to be looked at again: `more` reports beside those `known` when it was dismissed."""
    return more >= max(COMES_BACK_WITH, COMES_BACK_SHARE * known)


def is_identical(kept: Any, computed: Any) -> bool:
    """Whether an alert and a signal are the same to the last digit: place, days, figures and chance."""
    names = ("observed", "expected", "statistic", "p_value", "first_day", "last_day")
    same_cells = sorted(kept.cells) == sorted(computed.cells)
    return same_cells and all(getattr(kept, name) == getattr(computed, name) for name in names)


# ---------------------------------------------------------------- who and when


def may_decide(by: Actor, alert: Alert) -> Verdict:
    """By who decides about alerts, where they work."""
    if not by.can(Capability.DECIDE_ALERTS):
        return forbid(_("Sulle allerte decide chi coordina."))
    return YES if by.covers(alert.area_id) else forbid(_("Questa allerta è di un'altra zona."))


def may_dismiss(by: Actor, alert: Alert, reason: str) -> Verdict:
    """With a reason from the list, which the quality page counts."""
    if reason not in Dismissal.values:
        return no(_("Scegli perché la archivi."))
    return all_of(may_decide(by, alert), alert.moves.may(alert.state, AlertState.DISMISSED))


def may_watch(by: Actor, alert: Alert, until: dt.date, today: dt.date) -> Verdict:
    """Until a day to come, within a year."""
    if not today < until <= today + WATCHED_AT_MOST:
        return no(_("Scegli un giorno futuro, entro un anno."))
    return all_of(may_decide(by, alert), alert.moves.may(alert.state, AlertState.WATCHED))


def may_open_case(by: Actor, alert: Alert, free_reports: int) -> Verdict:
    """A case begins from at least one report that one may see and that is in no case yet."""
    may = all_of(may_decide(by, alert), alert.moves.may(alert.state, AlertState.ACTED))
    if may and not free_reports:
        return no(
            _("Nessuna delle segnalazioni è libera: sono già in altri casi."),
            _("Collega l'allerta a uno di quei casi."),
        )
    return may


def may_link_case(by: Actor, alert: Alert, case: Case) -> Verdict:
    """A case of the administrative regime that is still worked on."""
    if case.legal_basis != LegalBasis.ADMINISTRATIVE:
        return no(
            _("Le allerte nascono da segnalazioni amministrative: questo caso ha un'altra base giuridica.")
        )
    if not case.is_open:
        return no(_("Il caso è chiuso."), _("Per collegarlo, riaprilo."))
    return all_of(may_decide(by, alert), alert.moves.may(alert.state, AlertState.ACTED))


def may_take_back(by: Actor, alert: Alert, reason: str) -> Verdict:
    """A verdict is taken back with a reason."""
    if not reason.strip():
        return no(_("Scrivi perché: resta nella storia dell'allerta."))
    return all_of(may_decide(by, alert), alert.moves.may(alert.state, AlertState.NEW))


def may_set(by: Actor) -> Verdict:
    """How alerts are looked for is decided by who coordinates."""
    return (
        YES
        if by.can(Capability.SET_ALERTS)
        else forbid(_("Il tuo ruolo non decide come si cercano le allerte."))
    )


def make_sense(longest_days: int, history_days: int, radius_m: int, grid_m: int) -> Verdict:
    """Enough history to know what is usual, and a circle wider than one cell."""
    if history_days < 4 * longest_days:
        return no(_("La storia deve durare almeno quattro volte la finestra più lunga."))
    if radius_m < grid_m:
        return no(_("Il raggio più largo deve contenere almeno una cella."))
    return YES


def may_propose_groups(by: Actor) -> Verdict:
    """By who sets, and by the first night of a town where nobody has."""
    return YES if by.kind is ActorKind.JOB else may_set(by)


def may_recompute(by: Actor) -> Verdict:
    """By whoever sees the alert: it changes nothing, and anybody may check it."""
    return YES if by.can(Capability.SEE_ALERTS) else forbid(_("Il tuo ruolo non vede le allerte."))


def may_group(by: Actor, elsewhere: Collection[str]) -> Verdict:
    """A kind is in one group only: `elsewhere` are the chosen kinds that another group has."""
    if elsewhere:
        return no(
            _("Sono già in un altro gruppo: %(kinds)s.") % {"kinds": ", ".join(sorted(elsewhere))},
            _("Toglili prima da lì: ogni tipo sta in un gruppo solo."),
        )
    return may_set(by)


def may_ask_run(by: Actor, running: Run | None, groups: int) -> Verdict:
    """One search at a time: the second would find the same."""
    if not by.can(Capability.DECIDE_ALERTS):
        return forbid(_("La ricerca di allerte la chiede chi coordina."))
    if not groups:
        return no(_("Non c'è nessun gruppo di tipi da guardare."), _("Fai prima i gruppi."))
    if running is not None and not running.is_dead:
        return no(_("Una ricerca è già in corso."), _("Aspetta che finisca: vedi qui a che punto è."))
    return YES


# ---------------------------------------------------------------- how well alerts did

LONGEST_WITHOUT_ROUND = 30
"""Days after which an area without a round is called silent."""
SHORTEST_SILENCE = 14
SILENCE_FACTOR = 4


def is_silence(days_without: int | None, usual_gap: float | None) -> bool:
    """Whether reports are missing: none in a year, or none for two weeks and for four times the usual gap between two days with some."""
    if days_without is None:
        return True
    return days_without >= max(SHORTEST_SILENCE, SILENCE_FACTOR * (usual_gap or 0))


def rate_a_year(events: int, days: int) -> Interval:
    """How many a year, when so many happened in so many days, with a 95 % interval.

    Byar's approximation of the Poisson limits (Breslow and Day 1987, vol. II, p. 69): within 1 % of the exact ones.
    """
    scale, z = DAYS_OF_A_YEAR / days, 1.959964
    low = events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3 if events else 0.0
    more = events + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return Interval(events * scale, max(low, 0.0) * scale, high * scale)


def keeps_promise(useless: Interval | None, promised: float) -> bool | None:
    """Whether useless alerts stay within the budget; None while their number can't tell."""
    if useless is None or useless.low <= promised < useless.high:
        return None
    return useless.high <= promised


def verdict_words(state: str, dismissed_as: str) -> str:
    """What was decided, in words: the reason too if it was dismissed."""
    words = str(AlertState(state).label)
    return f"{words}: {Dismissal(dismissed_as).label}" if dismissed_as else words
