"""An alert in words that a mayor could read aloud: what, where, since when, and how often chance would do it."""

from __future__ import annotations

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.foresight.engine import NearRepeat
from vicinia.domain.foresight.models import Alert
from vicinia.foundation.look import dates

# Above this many days the figure would pretend more than a simulation knows.
LONGEST_SAID = 3650


def headline(alert: Alert) -> str:
    """ "Dal 12 al 18 marzo, attorno a piazza X, 9 segnalazioni di rumore dove se ne attendevano 1,4: …". Two sentences."""
    return f"{what_rose(alert)} {how_often(alert.recurrence_days)}"


def what_rose(alert: Alert) -> str:
    """The first of the two."""
    facts = {
        "when": when(alert.first_day, alert.last_day),
        "where": where(alert),
        "n": alert.observed,
        "kinds": in_a_sentence(alert.group.label),
        "expected": number(alert.expected),
    }
    return (
        ngettext(
            "%(when)s, %(where)s, %(n)s segnalazione (%(kinds)s) dove se ne attendevano %(expected)s.",
            "%(when)s, %(where)s, %(n)s segnalazioni (%(kinds)s) dove se ne attendevano %(expected)s.",
            alert.observed,
        )
        % facts
    )


def in_a_sentence(name: str) -> str:
    """A name as it stands inside a sentence: its first letter small, unless the word is all capitals."""
    first = name.split(" ")[0]
    return name if len(first) > 1 and first.isupper() else name[:1].lower() + name[1:]


def when(first: dt.date, last: dt.date) -> str:
    """ "Dal 12 al 18 marzo", "Dal 28 febbraio al 3 marzo", "Il 18 marzo": at the head of a sentence."""
    end = dates.day_of_month_words(last)
    if first == last:
        return _("Il %(day)s") % {"day": end}
    begin = dates.day_of_month_words(first)
    if (first.year, first.month) == (last.year, last.month):
        begin = str(first.day)
    return _("Dal %(begin)s al %(end)s") % {"begin": begin, "end": end}


def where(alert: Alert) -> str:
    """ "attorno a piazza X", "in tutta la zona Y", "in un punto senza nome"."""
    if not alert.has_zone:
        area = alert.area.name if alert.area else ""
        return _("in tutta la zona %(area)s") % {"area": area} if area else _("in tutta la città")
    if alert.place_name:
        return _("attorno a %(place)s") % {"place": alert.place_name}
    return _("nella zona %(area)s") % {"area": alert.area.name} if alert.area else _("in un punto senza nome")


def title(alert: Alert) -> str:
    """ "Attorno a piazza X": the head of the page."""
    words = where(alert)
    return words[:1].upper() + words[1:]


def number(value: float) -> str:
    """ "1,4", "0,05", "12": as many decimals as say something, in the way of the language."""
    decimals = 0 if value >= 10 else 1 if value >= 0.1 else 2
    return formats.number_format(max(round(value, decimals), 10**-decimals if value < 1 else 0), decimals)


def how_often(days: float) -> str:
    """The recurrence interval as a sentence: "Per caso succederebbe circa una volta ogni 8 mesi."."""
    if days < 7:
        return _("Per caso succederebbe più di una volta a settimana.")
    if days > LONGEST_SAID:
        return _("Per caso succederebbe meno di una volta ogni 10 anni.")
    return _("Per caso succederebbe circa una volta ogni %(span)s.") % {"span": span(days)}


def span(days: float) -> str:
    """ "12 giorni", "8 mesi", "3 anni": rounded as people say it."""
    if days < 60:
        n = round(days)
        return ngettext("%(n)s giorno", "%(n)s giorni", n) % {"n": n}
    if days < 700:
        n = round(days / 30.44)
        return ngettext("%(n)s mese", "%(n)s mesi", n) % {"n": n}
    n = round(days / 365.25)
    return ngettext("%(n)s anno", "%(n)s anni", n) % {"n": n}


def intensity(alert: Alert) -> str:
    """How much is reported here at all; "" where nobody can tell. Silence is not calm."""
    if alert.intensity is None:
        return ""
    facts = {"times": number(alert.intensity)}
    if alert.intensity < 0.8:
        words = _("In questa zona si segnala poco: %(times)s volte la media della città.") % facts
        return words + " " + _("Il silenzio non è calma.")
    if alert.intensity > 1.25:
        return _("In questa zona si segnala molto: %(times)s volte la media della città.") % facts
    return _("In questa zona si segnala come nel resto della città.")


def how_near(one: NearRepeat) -> str:
    """ "nello stesso luogo, entro 1 giorno", "tra 150 e 300 m, da 8 a 14 giorni": a band of the table of what follows a report."""
    if not one.metres:
        place = _("nello stesso luogo")
    elif not one.metres_from:
        place = _("fino a %(metres)s m") % {"metres": one.metres}
    else:
        place = _("tra %(least)s e %(metres)s m") % {"least": one.metres_from, "metres": one.metres}
    if not one.days_from:
        days = ngettext("entro %(n)s giorno", "entro %(n)s giorni", one.days) % {"n": one.days}
    else:
        days = _("da %(least)s a %(days)s giorni") % {"least": one.days_from, "days": one.days}
    return _("%(place)s, %(days)s") % {"place": place, "days": days}
