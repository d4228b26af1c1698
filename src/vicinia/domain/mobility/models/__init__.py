"""The mobility plan: who is accompanied, where one can live and when, plans, offers and moves."""

from vicinia.domain.mobility.models.files import (
    Companion,
    Interview,
    NearWish,
    Refusal,
    RehousingFile,
    RehousingMove,
    RehousingRows,
)
from vicinia.domain.mobility.models.moving import (
    Accord,
    AccordMove,
    Expense,
    ExpenseMove,
    ExpenseRows,
    Offer,
    OfferMove,
    OfferRows,
    Removal,
    RemovalMove,
    RemovalRows,
    RemovalStep,
)
from vicinia.domain.mobility.models.plans import Lock, MobilityPlan, PlanMove, PlanRows, Stay
from vicinia.domain.mobility.models.relocations import AdequacyTable, Relocation, RelocationRows, Spell, Unit

__all__ = [
    "Accord",
    "AccordMove",
    "AdequacyTable",
    "Companion",
    "Expense",
    "ExpenseMove",
    "ExpenseRows",
    "Interview",
    "Lock",
    "MobilityPlan",
    "NearWish",
    "Offer",
    "OfferMove",
    "OfferRows",
    "PlanMove",
    "PlanRows",
    "Refusal",
    "RehousingFile",
    "RehousingMove",
    "RehousingRows",
    "Relocation",
    "RelocationRows",
    "Removal",
    "RemovalMove",
    "RemovalRows",
    "RemovalStep",
    "Spell",
    "Stay",
    "Unit",
]
