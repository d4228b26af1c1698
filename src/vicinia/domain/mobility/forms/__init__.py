"""What is asked of who makes the plan."""

from vicinia.domain.mobility.forms.plans import (
    AskForm,
    LockForm,
    LotLaterForm,
    SpareForm,
    ToleranceForm,
)

__all__ = ["AskForm", "LockForm", "LotLaterForm", "SpareForm", "ToleranceForm"]
