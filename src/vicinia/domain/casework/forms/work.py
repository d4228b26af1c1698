"""What is done in a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.actions import (
    NewCommitment,
    NewContact,
    NewIntervention,
)
from vicinia.domain.casework.states import (
    COMMITMENT_MOVES,
    CommitmentBy,
    CommitmentState,
    ContactDirection,
    ContactHow,
    InterventionKind,
    InterventionWay,
)
from vicinia.domain.listening.models import Report
from vicinia.domain.network import queries as network
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.look.forms import DateInput, DateTimeInput


def _short(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


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

    def __init__(self, *args: Any, current: str, is_told: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_told:
            self.fields["explanation"].help_text = _("Chi ha segnalato lo legge sulla sua pagina.")
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
