"""What the laboratory tells the neighbourhood, by which ways, and who comes."""

from vicinia.domain.outreach.models.events import Event, EventMove, EventRows, SignUp, SignUpMove, SignUpRows
from vicinia.domain.outreach.models.notices import (
    Delivery,
    DeliveryRows,
    Notice,
    NoticeMove,
    NoticeRows,
    NoticeText,
    Publication,
)
from vicinia.domain.outreach.models.plan import PlanLine, PlanLineMove, PlanLineRows
from vicinia.domain.outreach.models.subscriptions import Subscription, SubscriptionMove, SubscriptionRows

__all__ = [
    "Delivery",
    "DeliveryRows",
    "Event",
    "EventMove",
    "EventRows",
    "Notice",
    "NoticeMove",
    "NoticeRows",
    "NoticeText",
    "PlanLine",
    "PlanLineMove",
    "PlanLineRows",
    "Publication",
    "SignUp",
    "SignUpMove",
    "SignUpRows",
    "Subscription",
    "SubscriptionMove",
    "SubscriptionRows",
]
