"""What is typed about reviews, checked for shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening.states import Channel
from vicinia.domain.network import queries as network
from vicinia.domain.reviews.actions import Chair, Entered, NewRecommendation
from vicinia.domain.reviews.queries import Candidate
from vicinia.domain.reviews.states import ReviewState
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.look.forms import DateInput, DateTimeInput, RadioCards, textarea

# How a request reaches us when it is not through the private page.
ENTERED_BY = (Channel.PHONE, Channel.DESK, Channel.STREET, Channel.LETTER, Channel.EMAIL)
OUTSIDE = "outside"


class ReviewFilter(forms.Form):
    """Which reviews of a view are listed."""

    stato = forms.ChoiceField(label=_("A che punto"), required=False)

    def __init__(self, *args: Any, states: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(state, ReviewState(state).label) for state in states]
        self.fields["stato"].choices = [("", _("Tutti")), *labels]

    @property
    def state(self) -> str:
        """The state asked for; "" for all, and for one that this view does not have."""
        return str(self.cleaned_data.get("stato", "")) if self.is_valid() else ""


class EnterForm(forms.Form):
    """A request made by telephone, at the desk or on paper."""

    asker = forms.ChoiceField(label=_("Chi lo chiede"), widget=RadioCards())
    channel = forms.ChoiceField(
        label=_("Come"), choices=[(one.value, one.label) for one in ENTERED_BY], initial=Channel.PHONE
    )
    asked_on = forms.DateField(
        label=_("Quando l'ha chiesto"),
        widget=DateInput(),
        help_text=_("I termini partono da questo giorno."),
    )
    words = forms.CharField(label=_("Che cosa chiede"), widget=textarea(4))

    def __init__(self, *args: Any, askers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        first = {"asker": askers[0][0] if askers else "", "asked_on": clock.today()}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["asker"].choices = askers

    def entered(self) -> Entered:
        return Entered(**{name: self.cleaned_data[name] for name in ("words", "channel", "asked_on")})


class ChairForm(forms.Form):
    """Who presides: one of those who had no part in the case, or somebody from another office."""

    chair = forms.ChoiceField(label=_("Chi presiede"), widget=RadioCards())
    name = forms.CharField(label=_("Nome e cognome di chi presiede"), max_length=120, required=False)
    office = forms.CharField(
        label=_("Ufficio"),
        max_length=140,
        required=False,
        help_text=_("Per esempio: direttrice dei Servizi sociali."),
    )

    def __init__(self, *args: Any, free: Sequence[Candidate], may_name_outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free: dict[str, User] = {str(one.user.pk): one.user for one in free}
        choices = [(pk, user.name) for pk, user in self.free.items()]
        if may_name_outside:
            choices.append((OUTSIDE, str(_("Una persona di un altro ufficio"))))
        else:
            del self.fields["name"], self.fields["office"]
        self.fields["chair"].choices = choices
        if len(choices) == 1:
            self.fields["chair"].initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        """Somebody from outside has a name and an office."""
        cleaned = super().clean() or {}
        if cleaned.get("chair") == OUTSIDE:
            for name in ("name", "office"):
                if not cleaned.get(name, "").strip():
                    self.add_error(name, _("Di chi viene da un altro ufficio serve anche questo."))
        return cleaned

    def as_chair(self) -> Chair:
        values = self.cleaned_data
        user = self.free.get(values["chair"])
        return Chair(user=user) if user else Chair(name=values["name"], office=values["office"])


class ThresholdForm(forms.Form):
    """Whether the review is held, and why."""

    is_met = forms.TypedChoiceField(
        label=_("Il riesame si fa?"),
        choices=[("1", _("Sì, i requisiti ci sono")), ("0", _("No, i requisiti non ci sono"))],
        coerce=lambda value: value == "1",
        widget=RadioCards(),
    )
    reasons = forms.CharField(
        label=_("Perché"),
        widget=textarea(4),
        help_text=_("Chi l'ha chiesto lo legge. Se è no, scrivi anche che cosa potrebbe cambiarlo."),
    )


class MeetingForm(forms.Form):
    """When and where."""

    at = forms.DateTimeField(label=_("Quando"), widget=DateTimeInput())
    place = forms.CharField(
        label=_("Dove"),
        max_length=200,
        required=False,
        help_text=_("Anche «per telefono» va bene. Chi l'ha chiesto lo legge."),
    )


class RecommendationForm(forms.Form):
    """What should be done, whose it is, by when."""

    what = forms.CharField(label=_("Che cosa si raccomanda"), max_length=300, widget=textarea(2))
    user = forms.ModelChoiceField(
        label=_("Di chi è"), queryset=None, required=False, empty_label=_("Dell'ufficio")
    )
    body = forms.ModelChoiceField(
        label=_("O di quale ente"), queryset=None, required=False, empty_label=_("Nessun ente")
    )
    due_on = forms.DateField(label=_("Entro"), widget=DateInput())

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues
        self.fields["body"].queryset = network.bodies()

    def clean(self) -> dict[str, Any]:
        """It is one's own or another's."""
        cleaned = super().clean() or {}
        if cleaned.get("user") and cleaned.get("body"):
            self.add_error("body", _("Scegli un collega o un ente, non tutti e due."))
        return cleaned

    def new(self) -> NewRecommendation:
        return NewRecommendation(**self.cleaned_data)


class DecisionForm(forms.Form):
    """What was decided, and why."""

    reasons = forms.CharField(
        label=_("Che cosa è stato deciso, e perché"),
        widget=textarea(8),
        help_text=_("Chi l'ha chiesto lo legge. Non scrivere di altre persone né di indagini."),
    )


class WithdrawForm(forms.Form):
    """That who asked does not want it any more."""

    words = forms.CharField(label=_("Che cosa ha detto"), required=False, widget=textarea(3))
