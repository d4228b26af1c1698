"""What may be compared, and what the comparison says in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.casework import rules as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.domain.outcomes.states import SATISFIED
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Sentence, Verdict, forbid, no
from vicinia_analytics.geometry import metres_between
from vicinia_analytics.outcome import Change, Comparison, Conclusion, Displacement, Interval, Reason, wilson
from vicinia_analytics.outcome import Verdict as Finding

# Below this many weeks a count says more of the weather than of the work.
FEWEST_WEEKS = 4

# Below this many answers a share is not shown: it would say something of single people.
FEWEST_OPINIONS = 10


@dataclass(frozen=True, slots=True)
class Share:
    """Answers to one question: how many, of how many asked, and the share satisfied (None: too few to show)."""

    number: int
    invited: int
    rate: float
    satisfied: Interval | None


def may_measure(by: Actor, case: Case) -> Verdict:
    """By who works on cases, also after closing: it is then that one looks whether it held."""
    if case.lat is None or case.lon is None:
        return no(_("Il caso non ha un punto sulla mappa."), _("Correggi il caso e scegli dove succede."))
    if case.is_open:
        return casework.may_work(by, case)
    return YES if by.can(Capability.WORK_CASES) else forbid(_("Il tuo ruolo non lavora sui casi."))


def may_compare(
    case: Case,
    *,
    began_on: dt.date,
    today: dt.date,
    radius: int,
    ring: int,
    lat: float | None,
    lon: float | None,
) -> Verdict:
    """The two places do not touch, and the measure did not begin tomorrow."""
    if began_on > today:
        return no(_("L'intervento non è ancora cominciato: scegli un giorno passato."))
    if ring <= radius:
        return no(_("L'anello intorno deve essere più largo della zona dell'intervento."))
    if lat is None or lon is None:
        return no(_("Scegli sulla mappa, o con un indirizzo, il luogo di confronto."))
    assert case.lat is not None and case.lon is not None  # may_measure has asked
    if metres_between(case.lat, case.lon, lat, lon) < 2 * ring:
        return no(
            _("Il luogo di confronto è troppo vicino: le due zone si toccano."),
            ngettext("Sceglilo ad almeno %(n)s metro.", "Sceglilo ad almeno %(n)s metri.", 2 * ring)
            % {"n": 2 * ring},
        )
    return YES


def told(found: Conclusion, effect: Displacement, comparison: Comparison) -> list[Sentence]:
    """What can and can't be concluded, in sentences to be read aloud. "Cannot tell" unless chance is left out."""
    treated = comparison.treated
    sentences: list[Sentence] = [
        _("Nella zona dell'intervento le segnalazioni sono passate da %(before)s a %(after)s.")
        % {"before": treated.before, "after": treated.after}
    ]
    if found.verdict == Finding.CANNOT_TELL:
        sentences.append(_("Non si può dire se dipende dall'intervento."))
        if found.reason == Reason.TOO_FEW:
            sentences.append(_("Le segnalazioni sono troppo poche: in almeno una zona sono meno di cinque."))
        else:
            sentences.append(_("La differenza con il luogo di confronto può essere un caso."))
        if (least := round(found.detectable)) >= 1:
            sentences.append(
                _("Con questi numeri si vedrebbe solo un cambiamento di almeno %(n)s segnalazioni.")
                % {"n": least}
            )
    elif found.verdict == Finding.FELL:
        sentences.append(
            _("Rispetto al luogo di confronto sono %(n)s in meno (tra %(low)s e %(high)s): non è un caso.")
            % _span(effect, -1)
        )
    else:
        sentences.append(
            _("Rispetto al luogo di confronto sono %(n)s in più (tra %(low)s e %(high)s): non è un caso.")
            % _span(effect, 1)
        )
    sentences.append(_moved(comparison.around, comparison.around_control))
    return sentences


def _span(effect: Displacement, sign: int) -> dict[str, int]:
    total = effect.total
    ends = sorted((sign * total.low, sign * total.high))
    return {"n": round(sign * total.estimate), "low": round(ends[0]), "high": round(ends[1])}


def _moved(around: Change | None, around_control: Change | None) -> Sentence:
    if around is None or around_control is None:
        return ""
    return _(
        "Nell'anello intorno sono passate da %(before)s a %(after)s; intorno al confronto da %(control)s a %(later)s."
    ) % {
        "before": around.before,
        "after": around.after,
        "control": around_control.before,
        "later": around_control.after,
    }


def counted(
    points: Sequence[tuple[float, float, bool]], lat: float, lon: float, inner: float, outer: float
) -> Change:
    """Events (lat, lon, whether after) between two distances in metres from a point, before and after."""
    inside = [
        is_after
        for point_lat, point_lon, is_after in points
        if inner <= metres_between(lat, lon, point_lat, point_lon) < outer
    ]
    return Change(before=inside.count(False), after=inside.count(True))


def may_give_opinion(by: Actor, report: Report, case: Case | None, *, has_given: bool) -> Verdict:
    """Who reported, behind their link, or staff who asks them by phone: once for each closing."""
    is_theirs = by.kind is ActorKind.RESIDENT and by.ref == f"resident:{report.reference}"
    if not is_theirs and not by.can(Capability.WORK_CASES):
        return forbid(_("Questo collegamento è di un'altra segnalazione."))
    if case is None or case.is_open:
        return no(_("Il caso è ancora aperto: ti chiederemo com'è andata quando sarà chiuso."))
    if has_given:
        return no(_("Ce l'hai già detto: grazie."))
    return YES


def told_share(answers: Sequence[int], invited: int) -> Share:
    """The share of satisfied answers with its Wilson interval at 95 %, withheld under FEWEST_OPINIONS answers."""
    number = len(answers)
    rate = number / invited if invited else 0.0
    if number < FEWEST_OPINIONS:
        return Share(number, invited, rate, None)
    satisfied = sum(1 for answer in answers if answer in SATISFIED)
    return Share(number, invited, rate, wilson(successes=satisfied, total=number))
