"""What is typed about notices, events, the newsletter and the plan, checked for shape."""

from vicinia.domain.outreach.forms.events import (
    CheckInForm,
    CountForm,
    EventForm,
    ReportForm,
    SignUpForm,
)
from vicinia.domain.outreach.forms.newsletter import EndForm, PaperForm, SubscribeForm
from vicinia.domain.outreach.forms.notices import (
    AudienceForm,
    DeliveryForm,
    NoticeForm,
    ReaderForm,
    SheetForm,
    TextForm,
    WaysForm,
)
from vicinia.domain.outreach.forms.plan import FinishLineForm, LineForm, PlanFilterForm

__all__ = [
    "AudienceForm",
    "CheckInForm",
    "CountForm",
    "DeliveryForm",
    "EndForm",
    "EventForm",
    "FinishLineForm",
    "LineForm",
    "NoticeForm",
    "PaperForm",
    "PlanFilterForm",
    "ReaderForm",
    "ReportForm",
    "SheetForm",
    "SignUpForm",
    "SubscribeForm",
    "TextForm",
    "WaysForm",
]
