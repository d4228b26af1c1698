"""Dates as people say them: "oggi", "entro venerdì 27 novembre", "scaduto ieri"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.foundation.kernel import clock

# Languages that write days and months with a capital; Italian and the others here do not.
CAPITALISED = ("en", "de")
# How a whole day is written where it is not day, month, year one after the other ("E" is the month as it stands in a date).
FULL_DAY = {"es": r"j \d\e F \d\e Y", "uk": "j E Y", "ru": "j E Y", "zh": "Y年n月j日"}
SOON_DAYS = 2
WEEK_DAYS = 6


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in words, with its meaning: late, due (today or in the next two days) or calm."""

    words: str
    meaning: str


def local_day(when: dt.date | dt.datetime) -> dt.date:
    """The day of `when` as the town lives it."""
    if isinstance(when, dt.datetime):
        return timezone.localtime(when).date() if timezone.is_aware(when) else when.date()
    return when


def day_words(when: dt.date | dt.datetime) -> str:
    """ "oggi", "ieri", "domani", "venerdì 27 novembre", or "27 novembre 2025" in another year."""
    day = local_day(when)
    return _near_day(day) or _far_day(day)


def weekday_words(when: dt.date | dt.datetime) -> str:
    """ "lunedì 23 novembre", today too: for the head of a day."""
    return _far_day(local_day(when))


def full_day_words(when: dt.date | dt.datetime) -> str:
    """ "27 novembre 2026": for paper and wherever "domani" would soon be wrong."""
    return _formatted(local_day(when), FULL_DAY.get(_language(), "j F Y"))


def day_of_month_words(when: dt.date | dt.datetime) -> str:
    """ "27 novembre", after words such as "dal" or "fatto il"; with its year when it is another one."""
    day = local_day(when)
    return _formatted(day, "j F" if day.year == clock.today().year else "j F Y")


def month_words(when: dt.date | dt.datetime) -> str:
    """ "novembre 2026"."""
    return _formatted(local_day(when), "F Y")


def short_day_words(when: dt.date | dt.datetime) -> str:
    """ "27 nov", or "27 nov 2025" in another year."""
    day = local_day(when)
    return _formatted(day, "j M" if day.year == clock.today().year else "j M Y")


def moment_words(when: dt.datetime) -> str:
    """ "oggi 9:10", "20 nov 21:40"; a bare date has no time."""
    day = local_day(when)
    near = _near_day(day) or short_day_words(day)
    return f"{near} {time_words(when)}" if isinstance(when, dt.datetime) else near


def time_words(when: dt.datetime) -> str:
    """ "9:10" in the town's time zone."""
    local = timezone.localtime(when) if timezone.is_aware(when) else when
    return formats.date_format(local, "G:i")


def ago_words(when: dt.datetime) -> str:
    """ "adesso", "3 minuti fa", "2 ore fa", "ieri", "5 giorni fa", "2 mesi fa"."""
    seconds = int((clock.now() - when).total_seconds())
    if seconds < 60:
        return _("adesso")
    if seconds < 3600:
        return ngettext("%(n)d minuto fa", "%(n)d minuti fa", seconds // 60) % {"n": seconds // 60}
    days = (clock.today() - local_day(when)).days
    if days == 0:
        return ngettext("%(n)d ora fa", "%(n)d ore fa", seconds // 3600) % {"n": seconds // 3600}
    return _days_ago(days)


def due_words(when: dt.date | dt.datetime) -> Due:
    """A deadline as a sentence fragment; a date lasts until the end of its day."""
    day, today = local_day(when), clock.today()
    is_past = when < clock.now() if isinstance(when, dt.datetime) else day < today
    if is_past:
        return Due(_past(day, when), "late")
    if day == today:
        words = _("entro le %(time)s") % {"time": _hour(when)} if isinstance(when, dt.datetime) else _("oggi")
        return Due(words, "due")
    return Due(
        _("entro %(day)s") % {"day": _by_day(day)}, "due" if (day - today).days <= SOON_DAYS else "calm"
    )


def _past(day: dt.date, when: dt.date | dt.datetime) -> str:
    today = clock.today()
    if day == today and isinstance(when, dt.datetime):
        return _("scaduto alle %(time)s") % {"time": _hour(when)}
    if (today - day).days == 1:
        return _("scaduto ieri")
    if (today - day).days <= WEEK_DAYS:
        return _("scaduto %(weekday)s") % {"weekday": _formatted(day, "l")}
    return _("scaduto il %(date)s") % {"date": _formatted(day, "j F" if day.year == today.year else "j F Y")}


def _near_day(day: dt.date) -> str:
    names = {0: _("oggi"), 1: _("domani"), -1: _("ieri")}
    return names.get((day - clock.today()).days, "")


def _far_day(day: dt.date) -> str:
    return _formatted(day, "l j F" if day.year == clock.today().year else "j F Y")


def _by_day(day: dt.date) -> str:
    """The day after "entro": a date in another year takes its article."""
    if near := _near_day(day):
        return near
    if day.year == clock.today().year:
        return _far_day(day)
    return _("il %(date)s") % {"date": _far_day(day)}


def _days_ago(days: int) -> str:
    if days == 1:
        return _("ieri")
    if days < 14:
        return ngettext("%(n)d giorno fa", "%(n)d giorni fa", days) % {"n": days}
    if days < 60:
        return ngettext("%(n)d settimana fa", "%(n)d settimane fa", days // 7) % {"n": days // 7}
    if days < 730:
        return ngettext("%(n)d mese fa", "%(n)d mesi fa", days // 30) % {"n": days // 30}
    return ngettext("%(n)d anno fa", "%(n)d anni fa", days // 365) % {"n": days // 365}


def _hour(when: dt.datetime) -> str:
    """ "12:30"; Italian says the full hour without its minutes ("entro le 12"), English does not."""
    words = time_words(when)
    return words.removesuffix(":00") if _language() == "it" else words


def _formatted(day: dt.date, pattern: str) -> str:
    words = formats.date_format(day, pattern)
    return words if _language() in CAPITALISED else words.lower()


def _language() -> str:
    return (translation.get_language() or "it").split("-")[0]
