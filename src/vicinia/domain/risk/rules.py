"""From answers to a band, and who may say that it is another one. Nothing here knows a person."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from vicinia.domain.casework import rules as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.risk.states import Band, BandRule, Questions
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, forbid, no


def score_of(questions: Questions, answers: Mapping[str, int]) -> int:
    """The sum of the points of the chosen answers, by their place (from 0) in each question."""
    return sum(question.answers[answers[question.code]].points for question in questions.questions)


def band_of(questions: Questions, score: int) -> BandRule:
    """The highest band whose points are reached."""
    return next(rule for rule in reversed(questions.bands) if score >= rule.from_points)


def rule_of(questions: Questions, band: str) -> BandRule:
    return next(rule for rule in questions.bands if rule.band == band)


def may_assess(by: Actor, case: Case) -> Verdict:
    return casework.may_work(by, case)


def may_answer(questions: Questions, answers: Mapping[str, int]) -> Verdict:
    """Every question has one of its answers."""
    for question in questions.questions:
        if not 0 <= answers.get(question.code, -1) < len(question.answers):
            return no(_("Manca una risposta: %(question)s") % {"question": question.words})
    return YES


def may_choose_band(computed: str, chosen: str, reason: str) -> Verdict:
    """Another band than the computed one takes a reason."""
    if chosen not in Band.values:
        return no(_("Scegli una fascia."))
    if chosen != computed and not reason.strip():
        return no(
            _("Il punteggio dice «%(band)s»: scrivi perché scegli un'altra fascia.")
            % {"band": Band(computed).label}
        )
    return YES


def may_publish(by: Actor) -> Verdict:
    if by.can(Capability.MANAGE_SETTINGS):
        return YES
    return forbid(_("Il questionario lo pubblica l'amministratore."))
