"""What a what-if supposes, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.mobility.sentences.figures import figure
from vicinia.domain.mobility.states import Change


def question_words(question: Mapping[str, Any]) -> str:
    """ "E se il lotto L1 slitta di 3 mesi?"; nothing for a plan without a question."""
    change = question.get("change", "")
    if change in _WORDS:
        return _WORDS[change](question)
    if question.get("nobody_outside"):
        return _("E se nessuno andasse fuori dal quartiere?")
    return ""


def _spare(question: Mapping[str, Any]) -> str:
    words = ngettext(
        "E con %(n)s alloggio volano in più, di %(area)s m²?",
        "E con %(n)s alloggi volano in più, di %(area)s m²?",
        question["count"],
    )
    return words % {"n": question["count"], "area": figure(question["area_m2"])}


def _lot_later(question: Mapping[str, Any]) -> str:
    words = ngettext(
        "E se il lotto %(lot)s slitta di %(n)s mese?",
        "E se il lotto %(lot)s slitta di %(n)s mesi?",
        question["months"],
    )
    return words % {"lot": question["lot"], "n": question["months"]}


def _tolerance(question: Mapping[str, Any]) -> str:
    share = figure(question["percent"])
    return _("E se bastassero alloggi più piccoli del %(n)s %%?") % {"n": share}


def _of(pattern: str, question: Mapping[str, Any]) -> str:
    return pattern % {"who": f"N. {question['household']}"}


_WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    Change.SPARE: _spare,
    Change.LOT_LATER: _lot_later,
    Change.TOLERANCE: _tolerance,
    Change.REFUSAL: lambda question: _of(
        _("E se %(who)s accettasse un alloggio che ha rifiutato?"), question
    ),
    Change.MOVE: lambda question: _of(_("E se %(who)s potesse trasferirsi una volta in più?"), question),
    Change.RETURN: lambda question: _of(_("E se %(who)s non rientrasse?"), question),
    Change.LOCK: lambda question: _of(_("E se %(who)s non fosse fissato?"), question),
    Change.REMOVALS: lambda question: _("E con più traslochi per fase?"),
    Change.POOL: lambda question: _("Quanti alloggi volano servono?"),
}
