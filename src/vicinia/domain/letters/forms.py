"""What is filled in of a letter and of a plan, checked for shape."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case, CasePerson, Plan
from vicinia.domain.letters import queries
from vicinia.domain.letters.actions import LetterWords
from vicinia.domain.letters.models import Letter
from vicinia.domain.letters.states import NEEDED, TO_BODY, WORDS, Fact, LetterState
from vicinia.domain.network import queries as network
from vicinia.domain.network.states import LawfulBasis
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.forms import CheckboxCards, DateInput, RadioCards, TimeInput


def _text(rows: int = 6) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AddresseeField(forms.ModelChoiceField):
    """Someone of the case: what they are in it, how staff call them, their initials."""

    def label_from_instance(self, row: CasePerson) -> str:
        """The label of one person, without the name."""
        who = f"{row.get_role_display()}, {row.label}" if row.label else str(row.get_role_display())
        return f"{who} ({row.person.masked})"


class LetterForm(forms.Form):
    """The few words of one kind of letter. Of a new one also whom it is for."""

    meet_on = forms.DateField(label=_("Che giorno"), widget=DateInput())
    meet_at = forms.TimeField(label=_("A che ora"), widget=TimeInput())
    place = forms.CharField(label=_("Dove"), max_length=200)
    subject = forms.CharField(label=_("Oggetto"), max_length=140)
    text = forms.CharField(
        label=_("Le tue parole"),
        max_length=6000,
        widget=_text(),
        help_text=_("Una riga vuota comincia un altro capoverso. Il saluto e la firma ci sono già."),
    )
    answer_by = forms.DateField(
        label=_("Rispondere entro"),
        required=False,
        widget=DateInput(),
        help_text=_("Se aspetti una risposta: quel giorno ti ricordiamo di cercarla."),
    )
    facts = forms.MultipleChoiceField(
        label=_("Che cosa diciamo del caso"),
        required=False,
        choices=Fact.choices,
        widget=CheckboxCards(),
        help_text=_("I dati delle persone si mandano con una richiesta a un ente, che ne tiene il motivo."),
    )
    basis = forms.ChoiceField(
        label=_("Se nomini delle persone: su quale base"),
        required=False,
        choices=[("", _("Non nomino nessuno")), *LawfulBasis.choices],
    )
    basis_note = forms.CharField(label=_("Perché l'ente può conoscerle"), required=False, widget=_text(2))

    def __init__(
        self, *args: Any, case: Case, kind: str, letter: Letter | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _typed(letter) if letter else {})
        super().__init__(*args, **kwargs)
        self.kind = kind
        self._keep_what_the_kind_asks()
        self.fields["language"] = forms.ChoiceField(
            label=_("In che lingua"), choices=self._languages(letter), required=False
        )
        if letter is not None:
            self.fields["seen_version"] = forms.IntegerField(widget=forms.HiddenInput())
        elif kind in TO_BODY:
            self.fields["body"] = forms.ModelChoiceField(
                label=_("A quale ente"), queryset=network.bodies(), empty_label=_("Scegli un ente")
            )
        else:
            self.fields["to"] = AddresseeField(
                label=_("A chi"), queryset=queries.addressees(case), empty_label=_("Scegli una persona")
            )
        self.order_fields(["body", "to", "language"])

    def _keep_what_the_kind_asks(self) -> None:
        asked = {*WORDS[self.kind], *(("facts", "basis", "basis_note") if self.kind in TO_BODY else ())}
        for name in set(self.fields) - asked:
            del self.fields[name]
        for name in WORDS[self.kind]:
            self.fields[name].required = name in NEEDED[self.kind]

    def _languages(self, letter: Letter | None) -> list[tuple[str, Sentence]]:
        known = list(queries.languages_of(self.kind).items())
        if letter is not None or self.kind in TO_BODY:
            return known
        return [("", _("Nella sua, se abbiamo un testo; altrimenti in inglese")), *known]

    @property
    def words(self) -> LetterWords:
        """What was filled in."""
        values = self.cleaned_data
        return LetterWords(
            words={name: _kept(values[name]) for name in WORDS[self.kind] if name != "answer_by"},
            language=values["language"],
            answer_by=values.get("answer_by"),
            facts=tuple(values.get("facts", ())),
            basis=values.get("basis", ""),
            basis_note=values.get("basis_note", ""),
        )


def _kept(value: Any) -> str:
    """As the letter keeps it: a day as ISO, a time as 10:30, words as they are."""
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def _typed(letter: Letter) -> dict[str, Any]:
    known = {"answer_by": letter.answer_by, "basis": letter.basis, "basis_note": letter.basis_note}
    return letter.words | known | {"language": letter.language, "seen_version": letter.version}


class DeliveryForm(forms.Form):
    """How a letter left us, and when."""

    state = forms.ChoiceField(
        label=_("Come"),
        choices=[(state.value, state.label) for state in (LetterState.HANDED, LetterState.POSTED)],
        widget=RadioCards(),
    )
    day = forms.DateField(label=_("Quando"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": clock.today()}, **kwargs)


class ProtocolForm(forms.Form):
    """The number of the town's register."""

    protocol = forms.CharField(
        label=_("Numero di protocollo"), max_length=60, required=False, help_text=_("Vuoto lo toglie.")
    )


class AnswerForm(forms.Form):
    """What was answered."""

    note = forms.CharField(label=_("Che cosa hanno risposto"), widget=_text(4))


class PlanForm(forms.Form):
    """What is wanted, and when it is looked at again."""

    goal = forms.CharField(
        label=_("Che cosa vogliamo ottenere"),
        max_length=2000,
        widget=_text(4),
        help_text=_("Con parole semplici: chi segnala lo legge sulla sua copia."),
    )
    review_on = forms.DateField(label=_("Quando lo rivediamo"), widget=DateInput())
    seen_version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        known = {"goal": plan.goal, "review_on": plan.review_on, "seen_version": plan.version}
        super().__init__(*args, initial=known, **kwargs)
