"""The plan on paper: the picture, in the size of a wall."""

from __future__ import annotations

from vicinia.domain.mobility.drawing import Chart
from vicinia.domain.mobility.models import MobilityPlan
from vicinia.foundation.documents import pdf


def plan(*, plan: MobilityPlan, chart: Chart) -> bytes:
    """The picture of a plan on A4 landscape, its head on every sheet."""
    return pdf.render("mobility/papers/plan.html", {"plan": plan, "chart": chart})
