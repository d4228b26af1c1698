"""What staff type about cases, checked for shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import queries
from vicinia.domain.casework.actions import (
    CaseCorrection,
    NewCommitment,
    NewContact,
    NewIntervention,
    OpenCase,
)
from vicinia.domain.casework.models import Case, CaseRows
from vicinia.domain.casework.queries.team import ATTENTION
from vicinia.domain.casework.states import (
    COMMITMENT_MOVES,
    CaseKind,
    CommitmentBy,
    CommitmentState,
    ContactDirection,
    ContactHow,
    InterventionKind,
    InterventionWay,
    Outcome,
    PersonRole,
    Stage,
)
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.network import queries as network
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.forms import PlaceForm
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.look.forms import CheckboxCards, DateInput, DateTimeInput, LongSelect, SeekingForm
from vicinia.foundation.search.forms import WordsFilterSet


def _short(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OpenCaseForm(forms.Form):
    """A new case on a report; what the report says already is proposed."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    kind = forms.ChoiceField(label=_("Che caso è"), choices=CaseKind.choices)
    category = forms.ModelChoiceField(
        label=_("Tipo di problema"), queryset=None, empty_label=_("Scegli dalla lista")
    )
    legal_basis = forms.ChoiceField(
        label=_("Base giuridica"),
        choices=LegalBasis.choices,
        help_text=_("Decide chi vede il caso. Dati di polizia e dati amministrativi non si mescolano."),
    )
    summary = forms.CharField(label=_("Che cosa succede, in breve"), required=False, widget=_short())
    take = forms.BooleanField(label=_("Lo prendo in carico io"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = listening.kinds_in_use()

    def new_case(self) -> OpenCase:
        values = self.cleaned_data
        return OpenCase(
            **{name: values[name] for name in ("title", "kind", "category", "legal_basis", "summary")}
        )


class LinkForm(SeekingForm):
    """Which report, and why it is the same problem."""

    sought = "report"

    report = forms.CharField(
        label=_("Quale segnalazione"), max_length=140, help_text=_("Scrivi il numero, il titolo o la via.")
    )
    why = forms.CharField(label=_("Perché è lo stesso problema"), max_length=200, required=False)


class ToCaseForm(SeekingForm):
    """Which case, and why it is the same problem."""

    sought = "case"

    case = forms.CharField(
        label=_("Quale caso"), max_length=140, help_text=_("Scrivi il numero, il titolo o la via.")
    )
    why = forms.CharField(label=_("Perché è lo stesso problema"), max_length=200, required=False)


EVERYBODY = "tutti"


class ContactForm(forms.Form):
    """A contact. The quick way is two taps: how, and done. Where several people reported, it says with whom of them."""

    of = forms.ChoiceField(label=_("Con chi"))
    how = forms.ChoiceField(label=_("Come"), choices=ContactHow.choices)
    direction = forms.ChoiceField(label=_("Chi ha cercato chi"), choices=ContactDirection.choices)
    reached = forms.TypedChoiceField(
        label=_("Vi siete parlati?"),
        choices=[("1", _("sì")), ("0", _("no, non ha risposto"))],
        coerce=lambda value: value == "1",
        initial="1",
    )
    with_whom = forms.CharField(
        label=_("Con chi, se non è chi segnala"),
        required=False,
        max_length=140,
        help_text=_("Senza nomi: per esempio «famiglia del secondo piano»."),
    )
    summary = forms.CharField(label=_("Che cosa è emerso"), required=False, widget=_short())
    agreed = forms.CharField(label=_("Che cosa avete deciso insieme"), required=False, widget=_short(2))
    at = forms.DateTimeField(label=_("Quando, se non adesso"), required=False, widget=DateTimeInput())
    minutes = forms.IntegerField(label=_("Minuti"), required=False, min_value=1, max_value=600)
    next_contact_on = forms.DateField(
        label=_("Prossimo contatto"),
        required=False,
        widget=DateInput(),
        help_text=_("Se lo lasci vuoto, lo proponiamo noi secondo il ritmo dell'unità."),
    )

    def __init__(self, *args: Any, reporters: Sequence[Report] = (), of: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reporters = {report.reference: report for report in reporters}
        if len(self._reporters) < 2:
            del self.fields["of"]
            return
        label = _("chi ha segnalato «%(title)s» (%(reference)s)")
        self.fields["of"].choices = [
            *(
                (reference, label % {"title": report.title, "reference": reference})
                for reference, report in self._reporters.items()
            ),
            (EVERYBODY, _("tutti quelli che hanno segnalato")),
        ]
        self.fields["of"].initial = of

    def new_contact(self) -> NewContact:
        return NewContact(**{name: value for name, value in self.cleaned_data.items() if name != "of"})

    @property
    def reporter(self) -> dict[str, Any]:
        """Whose report it was about, or everybody's, as the action asks for it."""
        chosen = self.cleaned_data.get("of", "")
        return {"report": self._reporters.get(chosen), "everybody": chosen == EVERYBODY}


class CommitmentForm(forms.Form):
    """What someone undertakes, by when."""

    by_whom = forms.ChoiceField(label=_("Di chi è l'impegno"), choices=CommitmentBy.choices)
    body = forms.ModelChoiceField(
        label=_("Quale ente"), queryset=None, required=False, empty_label=_("nessun ente")
    )
    who = forms.CharField(
        label=_("Chi, se sono altri"),
        required=False,
        max_length=140,
        help_text=_("Senza nomi: per esempio «famiglia del secondo piano»."),
    )
    what = forms.CharField(label=_("Che cosa"), max_length=300)
    due_on = forms.DateField(label=_("Entro quando"), widget=DateInput())
    told_to_reporter = forms.BooleanField(
        label=_("Chi segnala lo vede nella sua pagina"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = network.bodies()

    def new_commitment(self) -> NewCommitment:
        return NewCommitment(**self.cleaned_data)


class CommitmentEndForm(forms.Form):
    """Kept or not; what was not kept is explained."""

    state = forms.ChoiceField(label=_("Com'è andata?"))
    explanation = forms.CharField(
        label=_("Perché, se non è stato mantenuto o non serve più"), required=False, widget=_short()
    )

    def __init__(self, *args: Any, current: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = COMMITMENT_MOVES.table[current]
        self.fields["state"].choices = [row for row in CommitmentState.choices if row[0] in following]


class InterventionForm(forms.Form):
    """Something to be done about a cause."""

    kind = forms.ChoiceField(label=_("Che intervento"), choices=InterventionKind.choices)
    what = forms.CharField(label=_("Che cosa si fa"), max_length=300)
    cause = forms.CharField(label=_("Su quale causa agisce"), required=False, max_length=300)
    way = forms.ChoiceField(label=_("Chi lo fa"), choices=InterventionWay.choices)
    body = forms.ModelChoiceField(
        label=_("Con quale ente"), queryset=None, required=False, empty_label=_("nessun ente")
    )
    led_by = forms.CharField(
        label=_("Chi lo guida, se sono i residenti"),
        required=False,
        max_length=140,
        help_text=_("Senza nomi: per esempio comitato della scala B."),
    )
    planned_on = forms.DateField(label=_("Quando"), widget=DateInput())
    told_to_reporter = forms.BooleanField(
        label=_("Chi segnala lo vede nella sua pagina"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = network.bodies()

    def new_intervention(self) -> NewIntervention:
        return NewIntervention(**self.cleaned_data)


class InterventionDoneForm(forms.Form):
    """How it went."""

    result = forms.CharField(label=_("Com'è andata"), required=False, widget=_short())
    done_on = forms.DateField(label=_("Quando, se non oggi"), required=False, widget=DateInput())


class TaskForm(forms.Form):
    """Something to do."""

    what = forms.CharField(label=_("Che cosa c'è da fare"), max_length=300)
    due_on = forms.DateField(label=_("Entro quando"), widget=DateInput())
    assignee = forms.ModelChoiceField(
        label=_("Chi lo fa"), queryset=None, required=False, empty_label=_("io")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = accounts.users_who_can(Capability.WORK_CASES)


class StageForm(forms.Form):
    """Why the case moves on."""

    reason = forms.CharField(label=_("Che cosa ti fa passare a questa fase"), required=False, widget=_short())


class CloseForm(forms.Form):
    """The outcome, what changed, what the reporter thinks."""

    # Nothing chosen beforehand: whoever reported reads the outcome.
    outcome = forms.ChoiceField(
        label=_("Com'è finita"), choices=[("", _("Scegli dalla lista")), *Outcome.choices]
    )
    note = forms.CharField(
        label=_("Che cosa è cambiato"),
        widget=_short(),
        help_text=_("Chi ha segnalato leggerà queste parole."),
    )
    consultation = forms.CharField(
        label=_("Che cosa ne pensa chi ha segnalato"),
        required=False,
        widget=_short(),
        help_text=_("O perché non è stato possibile sentirlo."),
    )
    explanation = forms.CharField(
        label=_("Che cosa manca e perché si chiude lo stesso"),
        required=False,
        widget=_short(),
        help_text=_("Lo legge solo chi lavora sul caso."),
    )


class ProposeForm(forms.Form):
    """To whom the case is proposed."""

    to = forms.ModelChoiceField(
        label=_("A chi lo proponi"), queryset=None, empty_label=_("Scegli dalla lista")
    )
    words = forms.CharField(label=_("Due parole per chi lo riceve"), required=False, widget=_short())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = accounts.users_who_can(Capability.TAKE_CHARGE)


class HandOverForm(ProposeForm):
    """Which cases of someone are proposed, and to whom."""

    field_order = ("cases", "to", "words")

    cases = forms.MultipleChoiceField(
        label=_("Quali casi"),
        widget=CheckboxCards(),
        error_messages={"required": _("Scegli almeno un caso.")},
    )

    def __init__(self, *args: Any, cases: list[Case], leaving: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cases = {case.reference: case for case in cases}
        self.fields["cases"].choices = [(case.reference, str(case)) for case in cases]
        self.fields["to"].queryset = self.fields["to"].queryset.exclude(pk=leaving.pk)

    @property
    def chosen(self) -> list[Case]:
        return [self._cases[reference] for reference in self.cleaned_data["cases"]]


class ContestAnswerForm(forms.Form):
    """Why the case stays closed."""

    answer = forms.CharField(label=_("Che cosa rispondi a chi contesta"), widget=_short())


class WatchForm(forms.Form):
    """How it went on after closing."""

    note = forms.CharField(label=_("Com'è la situazione"), widget=_short())


class FileForm(forms.Form):
    """A file for the case."""

    file = forms.FileField(label=_("File"))


class PersonForm(SeekingForm):
    """A person already known, and what they are in this case."""

    sought = "person"

    person = forms.CharField(
        label=_("Chi è"),
        max_length=120,
        help_text=_("Nome, telefono, e-mail o codice. La ricerca resta nel registro degli accessi."),
    )
    role = forms.ChoiceField(label=_("Che parte ha"), choices=PersonRole.choices)
    label = forms.CharField(
        label=_("Come ne parliamo senza fare nomi"),
        max_length=140,
        required=False,
        help_text=_("Per esempio: scala B, secondo piano."),
    )


class CorrectForm(PlaceForm):
    """What is put right in a case. `seen_version` is the version that the page showed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Titolo"), max_length=140)
    kind = forms.ChoiceField(label=_("Che caso è"), choices=CaseKind.choices)
    category = forms.ModelChoiceField(
        label=_("Tipo di problema"), queryset=None, empty_label=_("Scegli dalla lista")
    )
    legal_basis = forms.ChoiceField(label=_("Base giuridica"), choices=LegalBasis.choices)
    summary = forms.CharField(label=_("Che cosa succede, in breve"), required=False, widget=_short())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = listening.kinds_in_use()

    def correction(self) -> CaseCorrection:
        values = self.cleaned_data
        names = ("title", "kind", "category", "legal_basis", "summary")
        moved = {"address", "civic_number_id", "lat", "lon", "place_words"} & set(self.changed_data)
        return CaseCorrection(
            **{name: values[name] for name in names}, location=self.location if moved else None
        )


class CaseFilter(WordsFilterSet):
    """Filters of the list of cases."""

    kind_of_rows = "case"

    q = django_filters.CharFilter(label=_("Numero o parole"), method="by_words")
    stage = django_filters.ChoiceFilter(label=_("Fase"), choices=Stage.choices)
    kind = django_filters.ChoiceFilter(
        label=_("Tipo"), field_name="category", choices=listening.kinds_by_group, widget=LongSelect
    )
    area = django_filters.ChoiceFilter(
        label=_("Zona"), field_name="area", choices=territory.reference_area_choices, widget=LongSelect
    )
    group = django_filters.ModelChoiceFilter(
        label=_("Gruppo di tipi"), field_name="category__parent", queryset=lambda _request: listening.groups()
    )
    legal_basis = django_filters.ChoiceFilter(label=_("Base giuridica"), choices=LegalBasis.choices)
    owner = django_filters.ModelChoiceFilter(
        label=_("Referente"), queryset=lambda _request: accounts.users_who_can(Capability.TAKE_CHARGE)
    )
    attention = django_filters.ChoiceFilter(
        label=_("Da guardare"),
        choices=[(name, label) for name, (label, _narrow) in ATTENTION.items()],
        method="needing",
    )
    outcome = django_filters.ChoiceFilter(label=_("Esito"), choices=Outcome.choices)
    since = django_filters.DateFilter(
        label=_("Chiuso dal"), field_name="closed_at", lookup_expr="date__gte", widget=DateInput()
    )
    until = django_filters.DateFilter(
        label=_("Chiuso fino al"), field_name="closed_at", lookup_expr="date__lte", widget=DateInput()
    )

    def needing(self, rows: CaseRows, _name: str, value: str) -> CaseRows:
        return queries.needing(rows.open(), value)

    class Meta:
        model = Case
        fields: list[str] = []
