"""Bodies of tenants, signatures, offices and accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.assemblies.actions import AssemblyPlan
from vicinia.domain.commons.actions.bodies import NewBody, NewRule, NewSignature
from vicinia.domain.commons.actions.offices import NewLine, NewMandate
from vicinia.domain.commons.forms import LONGEST_WORDS, ReachForm
from vicinia.domain.commons.models import CommonsRule, TenantsBody
from vicinia.domain.commons.states import (
    BodyKind,
    BodyOrigin,
    LineKind,
    MandateRole,
    Service,
    SignatureState,
)
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Dwelling, Stair
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import (
    CheckboxCards,
    DateInput,
    LongSelect,
    RadioCards,
    TimeInput,
    VersionedForm,
    textarea,
)


class RuleForm(VersionedForm):
    """What the town asks."""

    request_share = forms.IntegerField(
        label=_("Quanti devono chiederla, in percentuale"), min_value=0, max_value=100
    )
    acceptance_share = forms.IntegerField(
        label=_("Quanti devono aderire, in percentuale"), min_value=0, max_value=100
    )
    notice_days = forms.IntegerField(label=_("Giorni di avviso per l'assemblea"), min_value=0, max_value=90)
    convention_months = forms.IntegerField(
        label=_("Mesi di durata della convenzione"), min_value=1, max_value=120
    )
    account_days = forms.IntegerField(
        label=_("Giorni per il rendiconto, dopo la fine dell'anno"), min_value=0, max_value=365
    )

    def rule(self) -> NewRule:
        return NewRule(**{one.name: self.cleaned_data[one.name] for one in fields(NewRule)})

    @staticmethod
    def values_of(row: CommonsRule) -> dict[str, Any]:
        return {one.name: getattr(row, one.name) for one in fields(NewRule)} | {"seen_version": row.version}


class BodyForm(VersionedForm):
    """Which tenants, for what, asked for by whom."""

    kind = forms.ChoiceField(label=_("Che cosa nasce"), choices=BodyKind.choices, widget=RadioCards)
    name = forms.CharField(label=_("Come si chiama"), max_length=140)
    building = forms.ModelChoiceField(
        label=_("Edificio"), queryset=None, widget=LongSelect(), empty_label=_("Scegli dalla lista")
    )
    stair_names = forms.CharField(
        label=_("Solo alcune scale"),
        max_length=200,
        required=False,
        help_text=_("Per esempio: A, B. Vuoto vuol dire tutto l'edificio."),
    )
    entitled = forms.IntegerField(
        label=_("Quanti sono gli assegnatari"),
        min_value=0,
        required=False,
        help_text=_("Vuoto vuol dire uno per ogni alloggio in uso."),
    )
    origin = forms.ChoiceField(
        label=_("Chi la chiede"),
        choices=BodyOrigin.choices,
        widget=RadioCards,
        initial=BodyOrigin.ASSIGNEES.value,
    )
    manager = forms.CharField(label=_("Chi gestisce le case"), max_length=140)
    services = forms.MultipleChoiceField(
        label=_("Di che cosa si occupa"), choices=Service.choices, required=False, widget=CheckboxCards()
    )
    purpose = forms.CharField(
        label=_("Perché nasce"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["building"].queryset = territory.buildings(by).order_by("name", "id")
        self.stairs: list[Stair] = []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        wanted = [name.strip() for name in cleaned.get("stair_names", "").split(",") if name.strip()]
        if building := cleaned.get("building"):
            there = {stair.name.casefold(): stair for stair in territory.stairs_of([building])}
            unknown = [name for name in wanted if name.casefold() not in there]
            if unknown:
                sentence = _("In questo edificio non c'è la scala %(name)s.") % {"name": unknown[0]}
                self.add_error("stair_names", sentence)
            self.stairs = [there[name.casefold()] for name in wanted if name.casefold() in there]
        return cleaned

    def body(self) -> NewBody:
        given = self.cleaned_data
        names = ("name", "building", "manager", "services", "purpose")
        return NewBody(
            **{name: given[name] for name in names},
            kind=BodyKind(given["kind"]),
            origin=BodyOrigin(given["origin"]),
            entitled=given["entitled"] or 0,
            stairs=self.stairs,
        )

    @staticmethod
    def values_of(row: TenantsBody) -> dict[str, Any]:
        names = ("kind", "name", "building", "entitled", "origin", "manager", "services", "purpose")
        stairs = ", ".join(sorted(stair.name for stair in row.stairs.all()))
        return {name: getattr(row, name) for name in names} | {
            "stair_names": stairs,
            "seen_version": row.version,
        }


class SignatureForm(ReachForm):
    """Who signs for which door."""

    dwelling = forms.TypedChoiceField(label=_("Alloggio"), coerce=int, widget=LongSelect())
    name = forms.CharField(label=_("Chi firma"), max_length=120)
    signed_on = forms.DateField(label=_("Firmata il"), widget=DateInput())
    field_order = ("dwelling", "name", "signed_on", "email", "phone")

    def __init__(self, *args: Any, doors: Sequence[Dwelling], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doors = {door.pk: door for door in doors}
        self.fields["dwelling"].choices = [
            ("", _("Scegli la porta")),
            *((pk, door.where) for pk, door in self.doors.items()),
        ]
        self.fields["signed_on"].initial = clock.today()

    def signature(self) -> NewSignature:
        given = self.cleaned_data
        return NewSignature(
            self.doors[given["dwelling"]], given["name"], given["signed_on"], self.details_given()
        )


class CheckForm(forms.Form):
    """Whether a signature is valid."""

    state = forms.ChoiceField(
        label=_("La firma vale?"),
        choices=[
            (SignatureState.VALID.value, _("Sì, vale")),
            (SignatureState.REJECTED.value, _("No, non vale")),
        ],
        widget=RadioCards,
    )
    reason = forms.CharField(
        label=_("Se non vale, perché"), max_length=LONGEST_WORDS, required=False, widget=textarea(2)
    )


class CallForm(forms.Form):
    """When and where the assembly that constitutes it meets."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    day = forms.DateField(label=_("Giorno"), widget=DateInput())
    from_time = forms.TimeField(label=_("Dalle"), widget=TimeInput())
    to_time = forms.TimeField(label=_("Alle"), widget=TimeInput())
    place = forms.CharField(label=_("Dove"), max_length=200)
    is_public = forms.BooleanField(
        label=_("La convocazione si legge sul portale"), required=False, initial=True
    )

    def plan(self, body: TenantsBody) -> AssemblyPlan:
        return AssemblyPlan(
            **self.cleaned_data,
            invitation=body.purpose,
            entitled=body.entitled,
            entitled_words=str(_("un voto per ogni assegnatario")),
        )


class ActivateForm(VersionedForm):
    """The convention that the manager has signed."""

    signed_on = forms.DateField(label=_("Firmata il"), widget=DateInput())
    convention = forms.CharField(
        label=_("Che cosa dice la convenzione"),
        max_length=20_000,
        required=False,
        widget=textarea(10),
        help_text=_(
            "La leggono tutti. Una riga che comincia con ## è un titolo, con - un punto di un elenco."
        ),
    )


class MandateForm(ReachForm):
    """Who holds which office."""

    role = forms.ChoiceField(label=_("Incarico"), choices=MandateRole.choices, widget=RadioCards)
    name = forms.CharField(label=_("Nome e cognome"), max_length=120)
    stair = forms.TypedChoiceField(label=_("Per quale scala"), coerce=int, required=False, empty_value=None)
    from_day = forms.DateField(label=_("Dal"), widget=DateInput())
    until = forms.DateField(label=_("Fino al"), widget=DateInput())
    is_shown = forms.BooleanField(label=_("Ha detto sì: il nome si può pubblicare"), required=False)
    field_order = ("role", "name", "stair", "from_day", "until", "is_shown", "email", "phone")

    def __init__(self, *args: Any, body: TenantsBody, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stairs = list(body.stairs.all()) or territory.stairs_of([body.building])
        self.stairs = {stair.pk: stair for stair in stairs}
        self.fields["stair"].choices = [
            ("", _("Per tutti")),
            *((pk, stair.name) for pk, stair in self.stairs.items()),
        ]
        today = clock.today()
        self.fields["from_day"].initial, self.fields["until"].initial = today, clock.add_months(today, 12)

    def mandate(self) -> NewMandate:
        given = self.cleaned_data
        return NewMandate(
            MandateRole(given["role"]),
            given["name"],
            given["from_day"],
            given["until"],
            self.stairs.get(given["stair"]),
            given["is_shown"],
            self.details_given(),
        )


class EndMandateForm(forms.Form):
    """When and why an office ends."""

    on = forms.DateField(label=_("Finisce il"), widget=DateInput())
    reason = forms.CharField(label=_("Perché"), max_length=LONGEST_WORDS, widget=textarea())


class YearForm(forms.Form):
    """The account of which year."""

    year = forms.IntegerField(label=_("Anno"), min_value=2000, max_value=2100)


class AccountForm(VersionedForm):
    """What it opens with, and in words what was done."""

    opening = forms.DecimalField(label=_("Saldo iniziale, in euro"), max_digits=10, decimal_places=2)
    words = forms.CharField(
        label=_("Relazione"), max_length=LONGEST_WORDS, required=False, widget=textarea(5),
        help_text=_("Che cosa si è fatto con questi soldi. La leggono tutti dopo l'approvazione."),
    )  # fmt: skip


class LineForm(forms.Form):
    """One sum."""

    kind = forms.ChoiceField(label=_("Tipo"), choices=LineKind.choices, widget=RadioCards)
    day = forms.DateField(label=_("Giorno"), widget=DateInput())
    words = forms.CharField(label=_("Per che cosa"), max_length=200)
    amount = forms.DecimalField(label=_("Euro"), min_value=0, max_digits=10, decimal_places=2)

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(_("Scrivi un importo maggiore di zero."))
        return amount

    def line(self) -> NewLine:
        return NewLine(**self.cleaned_data | {"kind": LineKind(self.cleaned_data["kind"])})


class ApproveForm(forms.Form):
    """Who approved an account, and when."""

    on = forms.DateField(label=_("Approvato il"), widget=DateInput())
    where = forms.CharField(
        label=_("Da chi"), max_length=200, help_text=_("Per esempio: l'assemblea, con 12 voti su 14.")
    )
