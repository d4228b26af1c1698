"""Figures as sentences, charts and tables whose counts lead to what they count."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.casework.states import Outcome, OutcomeVerdict
from vicinia.foundation.kernel import clock
from vicinia.foundation.look.charts import Line as DrawnLine
from vicinia.foundation.look.charts import LineSeries
from vicinia.interfaces.statistics.figures import Count, Figures, Line, Times
from vicinia.interfaces.statistics.numbers import article, change, percent, whole
from vicinia.interfaces.statistics.periods import Period
from vicinia.interfaces.statistics.queries import AGES, Filters

MOST_MONTHS_OF_A_CHART = 36


@dataclass(frozen=True, slots=True)
class Row:
    """One bar lying down: its name, its number in words, how long it is (0 to 100) and where it leads."""

    label: str
    number: str
    share: str
    width: float
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A table that is its own chart. The `sentence` says what to see in it; `note` what is not in it."""

    title: str
    sentence: str
    heading: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Where counts lead: to the lists, with the filters of the page. Nowhere for who sees no rows."""

    sees_rows: bool
    period: Period
    filters: Filters

    def reports(self, **more: str) -> str:
        """The reports of the period."""
        return self._list("inbox", {"since": str(self.period.first), "until": str(self.period.last)} | more)

    def open_reports(self, first: dt.date | None, last: dt.date | None) -> str:
        """What is open now and came between two days."""
        days = {"since": first, "until": last}
        return self._list("inbox", {"state": "open"} | {name: str(day) for name, day in days.items() if day})

    def cases(self, view: str, **more: str) -> str:
        chosen = {"group": self.filters.group_id, "area": self.filters.area_id}
        query = {name: str(value) for name, value in chosen.items() if value} | more
        return f"{reverse('cases')}?{urlencode({'vista': view} | query)}" if self.sees_rows else ""

    def closed_cases(self, **more: str) -> str:
        return self.cases("chiusi", since=str(self.period.first), until=str(self.period.last), **more)

    def _list(self, name: str, query: dict[str, str]) -> str:
        if not self.sees_rows:
            return ""
        chosen = {
            "group": self.filters.group_id,
            "area": self.filters.area_id,
            "channel": self.filters.channel,
        }
        kept = {key: str(value) for key, value in chosen.items() if value}
        return f"{reverse(name)}?{urlencode({'vista': 'tutte'} | kept | query)}"


# Sentences --------------------------------------------------------------------------------------------------------------


def arrival_sentence(figures: Figures) -> str:
    """ "Nel 2026 sono arrivate 1.234 segnalazioni, il 4 % in più dell'anno prima." """
    when, total = figures.period.words, figures.total
    if total is None:
        return _("%(when)s sono arrivate meno di 5 segnalazioni.") % {"when": when}
    if not total:
        return _("%(when)s non è arrivata nessuna segnalazione.") % {"when": when}
    total += figures.police
    came = ngettext("è arrivata %(n)s segnalazione", "sono arrivate %(n)s segnalazioni", total)
    sentence = f"{when} {came % {'n': whole(total)}}"
    return f"{sentence}{_against(figures)}."


def _against(figures: Figures) -> str:
    """How much more or less than before; nothing where there was nothing, or where police reports are in the total."""
    if not figures.before or not figures.total or figures.police or not _had_begun(figures):
        return ""
    more = change(figures.total, figures.before)
    if not more:
        return _(", come l'anno prima")
    return _(", %(more)s dell'anno prima") % {"more": more}


def _had_begun(figures: Figures) -> bool:
    """Whether something came in from the first month of the earlier span on: a beginning is no year to compare with."""
    return bool(figures.months_before.counts) and figures.months_before.counts[0].value != 0


def police_sentence(figures: Figures) -> str:
    if not figures.police:
        return ""
    words = ngettext(
        "Nel totale c'è anche %(n)s segnalazione di pubblica sicurezza, che non compare in nessuna tabella.",
        "Nel totale ci sono anche %(n)s segnalazioni di pubblica sicurezza, che non compaiono in nessuna tabella.",
        figures.police,
    )
    return words % {"n": whole(figures.police)}


def contact_sentence(figures: Figures) -> str:
    if not figures.contacts.counted or figures.in_time == "–":
        return _("Non ci sono ancora abbastanza primi contatti per dire quanto tempo passa.")
    return _("Entro il termine abbiamo contattato %(share)s di chi voleva essere contattato.") % {
        "share": _with_article(figures.in_time)
    }


def _with_article(share: str) -> str:
    """ "il 91 %", "l'8 %"; a share that is already words keeps its own."""
    digits = re.match(r"\d+", share)
    return article(int(digits[0])) + share if digits else share


def end_sentence(times: Times) -> str:
    if times.median is None:
        return _("Non ci sono ancora abbastanza segnalazioni chiuse per dire quanto tempo serve.")
    return _("Metà delle segnalazioni si chiude entro %(days)s.") % {"days": days_words(times.median)}


def outcome_sentence(figures: Figures) -> str:
    closed = figures.cases_closed
    if closed is None:
        return _("Abbiamo chiuso meno di 5 casi.")
    if not closed:
        return _("In questo periodo non abbiamo chiuso casi.")
    words = ngettext("Abbiamo chiuso %(n)s caso", "Abbiamo chiuso %(n)s casi", closed) % {"n": whole(closed)}
    good = [_value(figures.outcomes, key) for key in (Outcome.SOLVED, Outcome.IMPROVED)]
    if any(value is None for value in good):
        return f"{words}."
    better = sum(value or 0 for value in good)
    ended = ngettext("%(n)s è risolto o migliorato", "%(n)s sono risolti o migliorati", better)
    return f"{words}: {ended % {'n': whole(better)}}."


def reply_sentence(figures: Figures) -> str:
    """What reporters say of outcomes: closed is not solved."""
    if not figures.replies.counts or figures.replies.is_withheld:
        return ""
    yes, no = (_value(figures.replies, key) for key in (OutcomeVerdict.CONFIRMED, OutcomeVerdict.CONTESTED))
    if yes is None or no is None:
        return ""
    confirmed = ngettext("%(n)s volta", "%(n)s volte", yes) % {"n": whole(yes)}
    contested = ngettext("%(n)s volta", "%(n)s volte", no) % {"n": whole(no)}
    words = _("Chi ha segnalato ha confermato l'esito %(yes)s e lo ha contestato %(no)s.")
    return words % {"yes": confirmed, "no": contested}


def review_sentence(figures: Figures) -> str:
    """How many asked for a review."""
    asked = figures.reviews
    if asked is None or asked.is_none:
        return _("Nessuno ha chiesto un riesame.")
    if asked.received is None:
        return _("Le richieste di riesame sono meno di 5.")
    words = ngettext(
        "Una richiesta di riesame è arrivata.", "Sono arrivate %(n)s richieste di riesame.", asked.received
    )
    return words % {"n": whole(asked.received)}


def age_sentence(figures: Figures) -> str:
    values = [count.value for count in figures.ages.counts]
    if figures.ages.is_withheld or any(value is None for value in values):
        return _("Queste sono le segnalazioni ancora aperte oggi, da quanto tempo.")
    total, old = sum(value or 0 for value in values), sum(value or 0 for value in values[2:])
    if not total:
        return _("Oggi non ci sono segnalazioni aperte.")
    is_open = ngettext("Oggi è aperta %(n)s segnalazione", "Oggi sono aperte %(n)s segnalazioni", total)
    over = ngettext("%(n)s da più di un mese", "%(n)s da più di un mese", old) % {"n": whole(old)}
    return f"{is_open % {'n': whole(total)}}, {over}."


def days_words(days: int) -> str:
    return (
        ngettext("%(n)s giorno", "%(n)s giorni", days) % {"n": whole(days)} if days else _("lo stesso giorno")
    )


def working_days_words(days: int) -> str:
    words = ngettext("%(n)s giorno lavorativo", "%(n)s giorni lavorativi", days)
    return words % {"n": whole(days)} if days else _("lo stesso giorno")


def _value(line: Line, key: str) -> int | None:
    return next((count.value for count in line.counts if count.key == key), 0)


# Charts -----------------------------------------------------------------------------------------------------------------


def months_chart(figures: Figures) -> LineSeries | None:
    """What came in month by month, with the year before as a second line."""
    now, before = figures.months.counts[-MOST_MONTHS_OF_A_CHART:], figures.months_before.counts
    if figures.months.is_withheld or len(now) < 2:
        return None
    lines = [DrawnLine(_("Questo periodo"), tuple(count.value for count in now))]
    earlier = [count.value for count in before[-len(now) :]]
    if _had_begun(figures) and len(earlier) == len(now):
        lines.append(DrawnLine(_("L'anno prima"), tuple(earlier)))
    return LineSeries(
        title=_("Segnalazioni arrivate, mese per mese"),
        sentence=_most(figures.months, _("Il mese con più segnalazioni è %(name)s: %(n)s.")),
        labels=tuple(count.label for count in now),
        lines=tuple(lines),
        label_heading=_("Mese"),
        note=_gaps_note(figures.months),
    )


def areas_bars(figures: Figures, links: Links) -> Bars:
    return _bars(
        _("Dove"),
        _most(figures.areas, _("La zona con più segnalazioni è %(name)s: %(n)s.")),
        _("Zona"),
        figures.areas,
        lambda count: links.reports(area=count.key),
    )


def groups_bars(figures: Figures, links: Links) -> Bars:
    def url(count: Count) -> str:
        level, _colon, pk = count.key.partition(":")
        return links.reports(**{level: pk})

    sentence = _most(figures.groups, _("Si segnala più di tutto: %(name)s (%(n)s)."))
    return _bars(_("Che cosa"), sentence, _("Tipo"), figures.groups, url)


def channels_bars(figures: Figures, links: Links) -> Bars:
    sentence = _most(figures.channels, _("Il canale più usato è %(name)s: %(n)s."))
    return _bars(
        _("Da quale canale"),
        sentence,
        _("Canale"),
        figures.channels,
        lambda count: links.reports(channel=count.key),
    )


def states_bars(figures: Figures, links: Links) -> Bars:
    sentence = _most(
        figures.states, _("A che punto sono quelle arrivate nel periodo. Le più: %(name)s (%(n)s).")
    )
    return _bars(
        _("A che punto sono"),
        sentence,
        _("Stato"),
        figures.states,
        lambda count: links.reports(state=count.key),
    )


def ages_bars(figures: Figures, links: Links) -> Bars:
    def url(count: Count) -> str:
        at, today = int(count.key), clock.today()
        first = today - dt.timedelta(days=AGES[at]) if at < len(AGES) else None
        last = today - dt.timedelta(days=AGES[at - 1] + 1) if at else None
        return links.open_reports(first, last)

    return _bars(_("Ancora aperte"), age_sentence(figures), _("Da quanto tempo"), figures.ages, url)


def outcomes_bars(figures: Figures, links: Links) -> Bars:
    sentence = " ".join(filter(None, [outcome_sentence(figures), reply_sentence(figures)]))
    return _bars(
        _("Come si chiudono i casi"),
        sentence,
        _("Esito"),
        figures.outcomes,
        lambda count: links.closed_cases(outcome=count.key),
    )


def stages_bars(figures: Figures, links: Links) -> Bars:
    open_cases = figures.cases_open
    if open_cases is None:
        sentence = _("Oggi sono aperti meno di 5 casi.")
    elif not open_cases:
        sentence = _("Oggi non ci sono casi aperti.")
    else:
        words = ngettext("Oggi è aperto %(n)s caso.", "Oggi sono aperti %(n)s casi.", open_cases)
        sentence = words % {"n": whole(open_cases)}
    return _bars(
        _("Casi aperti, per fase"),
        sentence,
        _("Fase"),
        figures.stages,
        lambda count: links.cases("aperti", stage=count.key),
    )


def _most(line: Line, words: str) -> str:
    most = line.largest
    if most is None or most.value is None:
        return _("Sono troppo poche per dire di più.") if line.has_gaps else _("Qui non c'è ancora niente.")
    return words % {"name": most.label, "n": whole(most.value)}


def _bars(title: str, sentence: str, heading: str, line: Line, url: Callable[[Count], str]) -> Bars:
    if line.is_withheld:
        return Bars(title, sentence, heading, (), _("Sono troppo poche per mostrarle in tabella."))
    largest = max((count.value or 0 for count in line.counts), default=0)
    total = sum(count.value or 0 for count in line.counts)
    rows = tuple(_row(count, largest, 0 if line.has_gaps else total, url) for count in line.counts)
    return Bars(title, sentence, heading, rows, _gaps_note(line))


def _row(count: Count, largest: int, total: int, url: Callable[[Count], str]) -> Row:
    if count.value is None:
        return Row(count.label, "–", "", 0)
    address = url(count) if count.value else ""
    share = percent(count.value, total) if total else ""
    return Row(count.label, whole(count.value), share, round(100 * count.value / (largest or 1), 1), address)


def _gaps_note(line: Line) -> str:
    if not line.has_gaps:
        return ""
    return _("Il trattino sta per un numero che non mostriamo: direbbe troppo di poche persone.")
