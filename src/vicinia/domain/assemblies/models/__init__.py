"""An assembly: its call, agenda and seats; its minutes with every version; what was decided and what came of it."""

from vicinia.domain.assemblies.models.assemblies import (
    FIRST_RULES,
    Assembly,
    AssemblyMove,
    AssemblyRows,
    CallRule,
    Point,
    Seat,
)
from vicinia.domain.assemblies.models.minutes import (
    Amendment,
    AmendmentMove,
    Minutes,
    MinutesMove,
    MinutesVersion,
)
from vicinia.domain.assemblies.models.resolutions import FollowUp, Resolution, ResolutionMove, ResolutionRows

__all__ = [
    "FIRST_RULES",
    "Amendment",
    "AmendmentMove",
    "Assembly",
    "AssemblyMove",
    "AssemblyRows",
    "CallRule",
    "FollowUp",
    "Minutes",
    "MinutesMove",
    "MinutesVersion",
    "Point",
    "Resolution",
    "ResolutionMove",
    "ResolutionRows",
    "Seat",
]
