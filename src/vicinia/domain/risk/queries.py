"""Reads about risk."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Max, Q, QuerySet

from vicinia.domain.casework.models import Case, Matter
from vicinia.domain.casework.states import Stage
from vicinia.domain.risk import events
from vicinia.domain.risk.default import DEFAULT, default_questions
from vicinia.domain.risk.models import Assessment, Questionnaire
from vicinia.domain.risk.states import Questions


def versions() -> QuerySet[Questionnaire]:
    return Questionnaire.objects.all()


def current() -> tuple[int, Questions]:
    """The version in force and its questions; version 0 is the built-in one."""
    newest = Questionnaire.objects.first()
    return (newest.version, newest.questions) if newest else (0, default_questions())


def example() -> dict[str, object]:
    """The built-in questionnaire as the file from which a town starts its own."""
    return DEFAULT


def assessments_of(case: Case) -> list[Assessment]:
    """Every assessment of a case, the one that holds first."""
    return list(Assessment.objects.filter(case=case))


def is_out_of_date(case: Case) -> bool:
    """Whether a report or an episode came in after the last assessment."""
    return _overtaken().filter(pk=case.pk).exists()


def overtaken() -> list[Assessment]:
    """The assessments that hold in open cases where something has happened since, and that nobody was asked to make again.

    Asking twice would put the day off on which it rises to the coordinator.
    """
    asked = Matter.objects.filter(kind=events.AFTER_INCIDENT).order_by().values("case_id")
    ids = list(_overtaken().exclude(pk__in=asked).values_list("last_id", flat=True))
    return list(Assessment.objects.filter(pk__in=ids).select_related("case__owner"))


def _overtaken() -> QuerySet[Any, Any]:
    last = Case.objects.exclude(stage=Stage.CLOSED).annotate(
        last_id=Max("assessments__id"), assessed_at=Max("assessments__created_at")
    )
    came = Q(report_links__created_at__gt=F("assessed_at"))
    came |= Q(report_links__report__episodes__created_at__gt=F("assessed_at"))
    return last.filter(came, last_id__isnull=False).distinct()
