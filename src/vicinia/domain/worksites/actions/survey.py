"""One short answer of somebody who lives nearby: at the portal without a name, or from paper at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.worksites import events, queries, rules
from vicinia.domain.worksites.models import SurveyAnswer, Worksite
from vicinia.domain.worksites.states import ComplaintChannel
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class NewAnswer:
    """From 1 to 5 each; `once` is the browser's or the paper's token."""

    informed: int
    bearable: int
    heard: int
    once: str
    words: str = ""
    channel: ComplaintChannel = ComplaintChannel.PORTAL


@transaction.atomic
def answer_survey(*, by: Actor, worksite: Worksite, new: NewAnswer) -> bool:
    """Keep an answer. Whether it was counted: a browser counts once."""
    row = queries.locked_worksite(worksite)
    rules.may_survey(by, row).require()
    if queries.has_answered(row, new.once):
        return False

    SurveyAnswer.objects.create(
        worksite=row,
        informed=new.informed,
        bearable=new.bearable,
        heard=new.heard,
        words=new.words.strip(),
        channel=new.channel,
        once=new.once,
    )

    journal.record(events.SURVEYED, by=by, about=row)
    return True
