"""What is typed about programmes, sheets and reports, checked for shape."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.network import queries as network
from vicinia.domain.programme import queries
from vicinia.domain.programme.actions import (
    Done,
    IndicatorPlan,
    NewConvention,
    NewCost,
    NewMember,
    Period,
    ProgrammePlan,
    SheetPlan,
)
from vicinia.domain.programme.models import HEADINGS, ActionSheet, Activity, Indicator, Programme
from vicinia.domain.programme.states import (
    SHEET_MOVES,
    ActivityKind,
    AxisKind,
    Measure,
    MemberKind,
    Scope,
    SheetState,
)
from vicinia.domain.territory import queries as territory
from vicinia.foundation.attachments.forms import FilesField
from vicinia.foundation.documents.queries import Text
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.models import label_of
from vicinia.foundation.look.forms import (
    CheckboxCards,
    DateInput,
    LongSelect,
    RadioCards,
    VersionedForm,
    textarea,
)

LONGEST_WORDS = 8000
NO_NAMES = _("Non scrivere nomi di persone.")


def a_day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), **options)


def money(label: Any, least: float = 0) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=least, max_digits=12, decimal_places=2)


class FromTo(VersionedForm):
    """Two days in their order."""

    from_day = a_day(_("Dal"))
    to_day = a_day(_("Al"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_day"), cleaned.get("to_day")
        if first and last and first > last:
            self.add_error("to_day", _("Finisce prima di cominciare: controlla i giorni."))
        return cleaned


class ProgrammeForm(FromTo):
    """The contract."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    aim = forms.CharField(
        label=_("A che cosa serve"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )
    funder = forms.CharField(label=_("Chi lo finanzia"), max_length=160)
    act = forms.CharField(
        label=_("Con quale atto"),
        max_length=160,
        required=False,
        help_text=_("Per esempio: delibera e data."),
    )
    manager = forms.ModelChoiceField(label=_("Responsabile"), queryset=None, required=False)
    resident_seats = forms.IntegerField(
        label=_("Rappresentanti degli abitanti nel comitato"), min_value=0, max_value=50, initial=2
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Zone"), queryset=None, required=False, widget=CheckboxCards()
    )
    field_order = ("title", "funder", "act", "from_day", "to_day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = territory.reference_areas()
        self.fields["manager"].queryset = queries.managers()

    def plan(self) -> ProgrammePlan:
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return ProgrammePlan(**values | {"areas": list(values["areas"])})

    @staticmethod
    def values_of(row: Programme) -> dict[str, Any]:
        names = ("title", "aim", "funder", "act", "from_day", "to_day", "manager", "resident_seats")
        areas = list(row.areas.values_list("pk", flat=True))
        return {name: getattr(row, name) for name in names} | {"areas": areas, "seen_version": row.version}


class AxisForm(VersionedForm):
    kind = forms.ChoiceField(label=_("Di che cosa si occupa"), choices=AxisKind.choices, widget=RadioCards)
    title = forms.CharField(label=_("Titolo"), max_length=140)


class ConventionForm(forms.Form):
    """What was signed."""

    title = forms.CharField(label=_("Che cosa si firma"), max_length=160)
    is_contract = forms.BooleanField(label=_("È il contratto stesso"), required=False)
    bodies = forms.ModelMultipleChoiceField(
        label=_("Enti che firmano"), queryset=None, required=False, widget=CheckboxCards()
    )
    others = forms.CharField(
        label=_("Altri che firmano"),
        max_length=300,
        required=False,
        help_text=_("Enti e uffici, non persone."),
    )
    signed_on = a_day(_("Firmato il"))
    until = a_day(_("Vale fino al"), required=False)
    protocol = forms.CharField(label=_("Numero di protocollo"), max_length=60, required=False)
    scans = FilesField(label=_("Il testo firmato"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"].queryset = network.bodies()

    def new(self) -> NewConvention:
        values = dict(self.cleaned_data)
        files = values.pop("scans")
        return NewConvention(**values | {"bodies": list(values["bodies"]), "files": files})


class MemberForm(forms.Form):
    """Who sits in the committee."""

    kind = forms.ChoiceField(label=_("Per chi siede"), choices=MemberKind.choices, widget=RadioCards)
    user = forms.ModelChoiceField(label=_("Un collega"), queryset=None, required=False)
    body = forms.ModelChoiceField(label=_("Un ente della rete"), queryset=None, required=False)
    words = forms.CharField(
        label=_("Chi, in parole"),
        max_length=120,
        required=False,
        help_text=_("Chi abita qui, o chi siede per l'ente. Il nome resta cifrato e non si pubblica."),
    )
    role = forms.CharField(label=_("In che ruolo"), max_length=120, required=False)
    is_counted = forms.BooleanField(label=_("Conta per il numero legale"), required=False, initial=True)
    from_day = a_day(_("Dal"))
    to_day = a_day(_("Al"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = queries.managers()
        self.fields["body"].queryset = network.bodies()

    def new(self) -> NewMember:
        return NewMember(**self.cleaned_data)


class MandateForm(forms.Form):
    on = a_day(_("Ultimo giorno"))
    reason = forms.CharField(label=_("Perché"), max_length=300)


class SheetForm(FromTo):
    """An action sheet with its headings."""

    axis = forms.ModelChoiceField(label=_("Asse"), queryset=None)
    title = forms.CharField(label=_("Titolo"), max_length=140)
    owner = forms.ModelChoiceField(label=_("Chi la segue"), queryset=None, required=False)
    field_order = ("axis", "title", "from_day", "to_day", "owner")

    def __init__(self, *args: Any, programme: Programme, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in HEADINGS:
            label = str(label_of(ActionSheet, name)).capitalize()
            self.fields[name] = forms.CharField(
                label=label, max_length=LONGEST_WORDS, required=False, widget=textarea()
            )
        self.fields["owner"].queryset = queries.managers()
        self.fields["axis"].queryset = programme.axes.order_by("position", "id")
        if not is_new:
            del self.fields["axis"]

    def plan(self) -> SheetPlan:
        values = self.cleaned_data
        headings = {name: values[name] for name in HEADINGS}
        return SheetPlan(values["title"], values["from_day"], values["to_day"], values["owner"], headings)

    @staticmethod
    def values_of(row: ActionSheet) -> dict[str, Any]:
        names = ("title", "from_day", "to_day", "owner", *HEADINGS)
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


class SheetStateForm(forms.Form):
    """What becomes of a sheet."""

    state = forms.ChoiceField(label=_("A che punto è"), widget=RadioCards)
    reason = forms.CharField(label=_("Perché"), max_length=1000, required=False, widget=textarea(2))

    def __init__(self, *args: Any, sheet: ActionSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = SHEET_MOVES.table[sheet.state]
        self.fields["state"].choices = [(one.value, one.label) for one in SheetState if one in following]


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("Tappa"), max_length=160)
    planned_on = a_day(_("Prevista il"))


class SlipForm(VersionedForm):
    to_day = a_day(_("Attesa il"))
    reason = forms.CharField(label=_("Perché si sposta"), max_length=1000, widget=textarea(2))


class ActivityForm(VersionedForm):
    """What was done, in twenty seconds: sheet, kind and day are already there."""

    what = forms.CharField(
        label=_("Che cosa hai fatto"), max_length=160, help_text=NO_NAMES, widget=forms.TextInput()
    )
    sheet = forms.ModelChoiceField(label=_("Scheda"), queryset=None)
    kind = forms.ChoiceField(label=_("Tipo"), choices=ActivityKind.choices)
    day = a_day(_("Giorno"))
    hours = forms.DecimalField(
        label=_("Ore"), min_value=0, max_value=200, max_digits=5, decimal_places=2, initial=1
    )
    people = forms.IntegerField(label=_("Persone contate"), min_value=0, max_value=100_000, initial=0)
    cases = forms.IntegerField(
        label=_("Casi seguiti"),
        min_value=0,
        max_value=1000,
        initial=0,
        help_text=_("Solo quanti, mai quali."),
    )
    deliverables = forms.CharField(
        label=_("Prodotti"), max_length=2000, required=False, widget=textarea(2), help_text=NO_NAMES
    )
    once = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=secrets.token_hex)

    def __init__(self, *args: Any, sheets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].queryset = sheets

    def done(self) -> Done:
        values = {k: v for k, v in self.cleaned_data.items() if k not in ("seen_version", "once")}
        return Done(**values)

    @staticmethod
    def values_of(row: Activity) -> dict[str, Any]:
        names = ("what", "sheet", "kind", "day", "hours", "people", "cases", "deliverables")
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Perché"), max_length=300)


class BudgetForm(VersionedForm):
    title = forms.CharField(label=_("Voce"), max_length=160)
    source = forms.CharField(label=_("Chi paga"), max_length=160)
    amount = money(_("Importo in euro"))


class CostForm(forms.Form):
    """What was paid."""

    line = forms.ModelChoiceField(label=_("Voce di spesa"), queryset=None)
    what = forms.CharField(label=_("Per che cosa"), max_length=160, help_text=NO_NAMES)
    amount = money(_("Importo in euro"), 0.01)
    day = a_day(_("Giorno"))
    supplier = forms.CharField(label=_("A chi"), max_length=160, required=False)
    document = forms.CharField(label=_("Fattura o ricevuta n."), max_length=80, required=False)
    activity = forms.ModelChoiceField(label=_("Per quale attività"), queryset=None, required=False)
    scans = FilesField(label=_("Ricevuta"))

    def __init__(self, *args: Any, sheet: ActionSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = sheet.budget_lines.order_by("id")
        self.fields["activity"].queryset = sheet.activities.live().order_by("-day", "-id")

    def new(self) -> NewCost:
        values = dict(self.cleaned_data)
        return NewCost(files=values.pop("scans"), **values)


class ReceiptForm(forms.Form):
    scans = FilesField(label=_("Ricevuta"))


class IndicatorForm(VersionedForm):
    """What is counted, narrowed how, against what."""

    title = forms.CharField(label=_("Che cosa misura"), max_length=160)
    source = forms.ChoiceField(label=_("Che cosa si conta"))
    kinds = forms.MultipleChoiceField(
        label=_("Solo questi tipi"),
        required=False,
        help_text=_("Nessuna scelta vuol dire tutti."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    measure = forms.ChoiceField(label=_("Che numero"), choices=Measure.choices, initial=Measure.RECORDS)
    scope = forms.ChoiceField(label=_("Da dove"), choices=Scope.choices, initial=Scope.ALL)
    goal = forms.IntegerField(label=_("Obiettivo"), min_value=0, max_value=10_000_000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = queries.sources()
        self.fields["source"].choices = [(one.key, one.title) for one in known]
        grouped = [
            (one.title, [(f"{one.key}:{k}", label) for k, label in one.kinds().items()]) for one in known
        ]
        self.fields["kinds"].choices = [(title, kinds) for title, kinds in grouped if kinds]

    def clean(self) -> dict[str, Any]:
        """Kinds of what is counted only."""
        cleaned: dict[str, Any] = super().clean() or {}
        pairs = [value.partition(":") for value in cleaned.get("kinds", [])]
        if any(source != cleaned.get("source") for source, _colon, _kind in pairs):
            self.add_error("kinds", _("Scegli i tipi di ciò che si conta."))
        cleaned["kinds"] = [kind for _source, _colon, kind in pairs]
        return cleaned

    def plan(self) -> IndicatorPlan:
        return IndicatorPlan(**{k: v for k, v in self.cleaned_data.items() if k != "seen_version"})

    @staticmethod
    def values_of(row: Indicator) -> dict[str, Any]:
        kinds = [f"{row.source}:{kind}" for kind in row.kinds]
        names = ("title", "source", "measure", "scope", "goal")
        return {name: getattr(row, name) for name in names} | {"kinds": kinds, "seen_version": row.version}


class PeriodForm(FromTo):
    """A new report."""

    due_on = a_day(_("Da inviare entro"), required=False)
    text = forms.ChoiceField(label=_("Con quale testo"), widget=LongSelect)

    def __init__(self, *args: Any, texts: list[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = dict(texts)
        names = {True: _("Il testo del Comune, versione %(n)s"), False: _("Il testo di Vicinia")}
        self.fields["text"].choices = [
            (digest, names[bool(text.version)] % {"n": text.version}) for digest, text in texts
        ]

    def period(self) -> Period:
        values = self.cleaned_data
        return Period(values["from_day"], values["to_day"], self.texts[values["text"]], values["due_on"])


class WordsForm(VersionedForm):
    words = forms.CharField(
        label=_("Testo"), max_length=20_000, required=False, widget=textarea(8), help_text=NO_NAMES
    )


class ReportForm(WordsForm):
    due_on = a_day(_("Da inviare entro"), required=False)


class CheckForm(VersionedForm):
    note = forms.CharField(
        label=_("Perché quello che manca va bene così"), max_length=4000, required=False, widget=textarea(4)
    )


class ProtocolForm(forms.Form):
    protocol = forms.CharField(label=_("Numero di protocollo"), max_length=60)
    on = a_day(_("Giorno"))


class QuestionForm(forms.Form):
    words = forms.CharField(label=_("Che cosa chiedono"), max_length=8000, widget=textarea(4))
    asked_on = a_day(_("Chiesto il"))
    answer_by = a_day(_("Rispondere entro"), required=False)


class AnswerForm(VersionedForm):
    words = forms.CharField(label=_("Risposta"), max_length=8000, widget=textarea(6))


class DayForm(forms.Form):
    on = a_day(_("Giorno"))

    @staticmethod
    def today() -> dict[str, Any]:
        return {"on": clock.today()}
