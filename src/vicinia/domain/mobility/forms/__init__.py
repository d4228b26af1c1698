"""What is typed about mobility, checked for shape."""

from vicinia.domain.mobility.forms.expenses import AgainForm, ExpenseForm, PayForm
from vicinia.domain.mobility.forms.moving import (
    AccordForm,
    DayForm,
    MessageForm,
    RenounceForm,
    SignForm,
    StepForm,
)
from vicinia.domain.mobility.forms.offers import AcceptForm, NotWantedForm, OfferForm

__all__ = [
    "AcceptForm",
    "AccordForm",
    "AgainForm",
    "DayForm",
    "ExpenseForm",
    "MessageForm",
    "NotWantedForm",
    "OfferForm",
    "PayForm",
    "RenounceForm",
    "SignForm",
    "StepForm",
]
