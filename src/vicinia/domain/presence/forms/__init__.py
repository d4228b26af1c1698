"""What is typed about key contacts and rounds, checked for shape."""

from vicinia.domain.presence.forms.carrying import SettleForm, TalkForm
from vicinia.domain.presence.forms.contacts import ContactCardForm, ContactFilter, NewContactForm, RhythmForm
from vicinia.domain.presence.forms.rounds import (
    CoverageForm,
    FinishForm,
    ObservationForm,
    ProposedStopsForm,
    RoundForm,
    StopForm,
    VersionedReasonForm,
)

__all__ = [
    "ContactCardForm",
    "ContactFilter",
    "CoverageForm",
    "FinishForm",
    "NewContactForm",
    "ObservationForm",
    "ProposedStopsForm",
    "RhythmForm",
    "RoundForm",
    "SettleForm",
    "StopForm",
    "TalkForm",
    "VersionedReasonForm",
]
