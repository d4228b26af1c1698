"""What is typed about acts, checked for shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.enforcement import queries
from vicinia.domain.enforcement.actions import KindCard, NewAct
from vicinia.domain.enforcement.models import ActKind, AdministrativeAct
from vicinia.domain.enforcement.states import ACT_MOVES, ActState
from vicinia.foundation.look.forms import DateInput, VersionedForm

_EURO: dict[str, Any] = {"required": False, "max_digits": 8, "decimal_places": 2, "min_value": 0}


class ActForm(forms.Form):
    """An act as it stands in the protocol."""

    kind = forms.ModelChoiceField(label=_("Che atto"), queryset=None, empty_label=_("Scegli dalla lista"))
    number = forms.CharField(
        label=_("Numero di protocollo"),
        max_length=40,
        help_text=_("I nomi restano nel protocollo: qui non servono."),
    )
    issued_on = forms.DateField(label=_("Emesso il"), widget=DateInput())
    amount = forms.DecimalField(label=_("Importo in euro, se c'è"), localize=True, **_EURO)
    note = forms.CharField(
        label=_("Note, senza nomi"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = queries.kinds_in_use()

    def new_act(self) -> NewAct:
        return NewAct(**self.cleaned_data)


class MoveForm(forms.Form):
    """What became of it. `seen_version` is the version that the page showed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("Com'è andata"))
    reason = forms.CharField(label=_("Che cosa è successo"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, act: AdministrativeAct, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen_version": act.version}, **kwargs)
        following = ACT_MOVES.table[act.state]
        self.fields["state"].choices = [
            (state, label) for state, label in ActState.choices if state in following
        ]


class RegisterFilter(forms.Form):
    """Which acts of the register."""

    kind = forms.ModelChoiceField(
        label=_("Tipo di atto"), queryset=None, required=False, to_field_name="code", empty_label=_("tutti")
    )
    first = forms.DateField(label=_("Dal"), required=False, widget=DateInput())
    last = forms.DateField(label=_("Al"), required=False, widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = queries.kinds()

    def asked(self) -> dict[str, Any]:
        """What `queries.register` takes: a date that is none is left out."""
        values = self.cleaned_data if self.is_valid() else {}
        kind = values.get("kind")
        return {"kind": kind.code if kind else "", "first": values.get("first"), "last": values.get("last")}


class PurposeForm(forms.Form):
    """Why the register is taken out."""

    purpose = forms.CharField(label=_("Perché lo scarichi"), max_length=300)


class KindForm(VersionedForm):
    """A kind of act."""

    name = forms.CharField(label=_("Nome"), max_length=120)
    name_en = forms.CharField(label=_("Nome in inglese"), max_length=120, required=False)
    law = forms.CharField(label=_("Norma"), max_length=200, required=False)
    least = forms.DecimalField(label=_("Importo minimo in euro"), localize=True, **_EURO)
    most = forms.DecimalField(label=_("Importo massimo in euro"), localize=True, **_EURO)
    lasts_hours = forms.IntegerField(label=_("Ore per cui vale"), required=False, min_value=1)
    is_active = forms.BooleanField(label=_("In uso"), required=False, initial=True)

    def __init__(self, *args: Any, kind: ActKind | None = None, **kwargs: Any) -> None:
        names = ("name", "name_en", "law", "least", "most", "lasts_hours", "is_active")
        initial = (
            {name: getattr(kind, name) for name in names} | {"seen_version": kind.version} if kind else {}
        )
        super().__init__(*args, initial=initial, **kwargs)

    def card(self) -> KindCard:
        return KindCard(
            **{name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        )
