"""Rehousing: who lives where in every phase of a renovation, with the fewest people outside and the fewest moves.

The statement, the exchange format and the methods are in docs/analytics/rehousing.md. No person is ever an input: a household is an
id, a size and needs. Importing this module does not import HiGHS: the solver is loaded when a plan is made.
"""

from vicinia_analytics.rehousing.alternatives import Alternative, Moment, alternatives
from vicinia_analytics.rehousing.calendars import MovableLot
from vicinia_analytics.rehousing.checker import Report, Violation, ViolationKind, check
from vicinia_analytics.rehousing.explaining import explain
from vicinia_analytics.rehousing.inputs import (
    Adequacy,
    Assignments,
    Dwelling,
    Fixed,
    Household,
    Instance,
    read_instance,
)
from vicinia_analytics.rehousing.order import Lot, Order, lots_of, order_lots, pool_needed
from vicinia_analytics.rehousing.plans import (
    LEVELS,
    Conflict,
    ConflictKind,
    Level,
    Need,
    Plan,
    Relaxation,
    RelaxationKind,
    Rule,
    RuleKind,
    Status,
    read_plan,
)
from vicinia_analytics.rehousing.pool import PoolStep, size_pool
from vicinia_analytics.rehousing.shapes import RehousingInputError
from vicinia_analytics.rehousing.solving import Progress, full_bounds, solve
from vicinia_analytics.rehousing.starts import Starts, plan_starts

__all__ = [
    "LEVELS",
    "Adequacy",
    "Alternative",
    "Assignments",
    "Conflict",
    "ConflictKind",
    "Dwelling",
    "Fixed",
    "Household",
    "Instance",
    "Level",
    "Lot",
    "Moment",
    "MovableLot",
    "Need",
    "Order",
    "Plan",
    "PoolStep",
    "Progress",
    "RehousingInputError",
    "Relaxation",
    "RelaxationKind",
    "Report",
    "Rule",
    "RuleKind",
    "Starts",
    "Status",
    "Violation",
    "ViolationKind",
    "alternatives",
    "check",
    "explain",
    "full_bounds",
    "lots_of",
    "order_lots",
    "plan_starts",
    "pool_needed",
    "read_instance",
    "read_plan",
    "size_pool",
    "solve",
]
