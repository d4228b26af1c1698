"""Reads about acts: those of cases that `by` may see, for who may see the police side."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, QuerySet, Sum

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.enforcement.models import ActKind, ActRows, AdministrativeAct
from vicinia.foundation.kernel.actor import Actor


def acts(by: Actor) -> ActRows:
    """The acts that `by` may see, newest first."""
    return AdministrativeAct.objects.visible_to(by, casework.cases(by).order_by()).in_lines().newest_first()


def acts_on(by: Actor, case: Case) -> ActRows:
    """The acts of a case, for who may see them."""
    return acts(by).filter(case=case)


def act_named(by: Actor, reference: str) -> AdministrativeAct:
    """The visible act of this reference (404 otherwise)."""
    row: AdministrativeAct = acts(by).select_related("case__owner", "case__area").one(reference=reference)
    return row


def register(
    by: Actor, *, kind: str = "", first: dt.date | None = None, last: dt.date | None = None
) -> ActRows:
    """The register: acts of a kind, issued from `first` to `last`, both included."""
    rows = acts(by)
    if kind:
        rows = rows.filter(kind__code=kind)
    if first:
        rows = rows.filter(issued_on__gte=first)
    if last:
        rows = rows.filter(issued_on__lte=last)
    return rows


def counts(rows: ActRows) -> list[dict[str, object]]:
    """How many acts and euro by kind. One query."""
    by_kind = rows.order_by("kind__name").values("kind__name").annotate(n=Count("pk"), euro=Sum("amount"))
    return list(by_kind)


def is_number_known(kind: ActKind, number: str) -> bool:
    return AdministrativeAct.objects.filter(kind=kind, number=number).exists()


def kinds() -> QuerySet[ActKind]:
    """Every kind, those out of use last."""
    return ActKind.objects.order_by("-is_active", "name", "id")


def kinds_in_use() -> QuerySet[ActKind]:
    return ActKind.objects.filter(is_active=True).order_by("name", "id")


def kind_coded(code: str) -> ActKind:
    """The kind of this code (404 otherwise)."""
    row: ActKind = ActKind.objects.all().one(code=code)
    return row
