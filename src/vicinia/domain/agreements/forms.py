"""What is typed about behaviour agreements, checked for shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vicinia.domain.agreements import queries
from vicinia.domain.agreements.actions import Answered, Invited, Line, NewAgreement, Plan
from vicinia.domain.agreements.models import BehaviourAgreement, Term
from vicinia.domain.agreements.states import Answer, GivenUp, Grade, Held, PassedTo, TermKind, Way
from vicinia.domain.casework.models import CasePerson
from vicinia.foundation.kernel import clock
from vicinia.foundation.look.forms import CheckboxCards, DateInput, RadioCards, VersionedForm, textarea


def _weeks() -> list[tuple[int, str]]:
    """The rhythms that the unit offers, the usual one first."""
    return [
        (weeks, ngettext("ogni settimana", "ogni %(n)s settimane", weeks) % {"n": weeks})
        for weeks in map(int, settings.BEHAVIOUR_REVIEW_WEEKS)
    ]


class InvitationForm(forms.Form):
    """When and how somebody was invited."""

    on = forms.DateField(label=gettext_lazy("Quando hai fatto l'invito"), widget=DateInput())
    way = forms.ChoiceField(label=gettext_lazy("Come"), choices=Way.choices, widget=RadioCards())
    answer_by = forms.DateField(label=gettext_lazy("Risposta entro"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["on"].initial = today
        self.fields["way"].initial = Way.IN_PERSON
        self.fields["answer_by"].initial = clock.add_working_days(today, settings.BEHAVIOUR_ANSWER_DAYS)

    @property
    def invited(self) -> Invited:
        return Invited(**{name: self.cleaned_data[name] for name in ("on", "way", "answer_by")})


class DaysForm(forms.Form):
    """The facts, the days and the rhythm of reviews."""

    why = forms.CharField(
        label=gettext_lazy("Di quali fatti si tratta"),
        help_text=gettext_lazy(
            "Fatti con un giorno e un luogo, non giudizi. Sta scritto nell'accordo da firmare."
        ),
        widget=textarea(4),
    )
    starts_on = forms.DateField(label=gettext_lazy("Comincia il"), widget=DateInput())
    ends_on = forms.DateField(label=gettext_lazy("Finisce il"), widget=DateInput())
    review_weeks = forms.TypedChoiceField(
        label=gettext_lazy("Ogni quanto vi rivedete"), coerce=int, choices=_weeks, widget=RadioCards()
    )

    def plan(self) -> Plan:
        names = ("why", "starts_on", "ends_on", "review_weeks")
        return Plan(**{name: self.cleaned_data[name] for name in names})


class ProposeForm(DaysForm, InvitationForm):
    """A new agreement with its first invitation."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("A chi lo proponi"),
        help_text=gettext_lazy(
            "Persone del caso. I genitori di un minorenne li aggiungi dopo, nella pagina."
        ),
        widget=CheckboxCards(),
    )
    field_order = ("people", "why", "starts_on", "ends_on", "review_weeks", "on", "way", "answer_by")

    def __init__(self, *args: Any, people: Sequence[tuple[CasePerson, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        soon = clock.add_working_days(today, settings.BEHAVIOUR_ANSWER_DAYS)
        self.fields["people"].choices = [(str(row.person_id), label) for row, label in people]
        self.fields["starts_on"].initial = soon
        self.fields["ends_on"].initial = clock.add_months(soon, settings.BEHAVIOUR_MONTHS)
        self.fields["review_weeks"].initial = _weeks()[0][0]

    def new_agreement(self) -> NewAgreement:
        people = [int(key) for key in self.cleaned_data["people"]]
        plan = self.plan()
        return NewAgreement(
            people=people,
            why=plan.why,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            review_weeks=plan.review_weeks,
            invited=self.invited,
        )


class ChangeDaysForm(VersionedForm, DaysForm):
    """Facts and days, while it is only proposed."""

    def __init__(self, *args: Any, agreement: BehaviourAgreement, **kwargs: Any) -> None:
        names = ("why", "starts_on", "ends_on", "review_weeks")
        known = {name: getattr(agreement, name) for name in names} | {"seen_version": agreement.version}
        super().__init__(*args, initial=known, **kwargs)
        offered = _weeks()
        if agreement.review_weeks not in dict(offered):
            own = ngettext("ogni settimana", "ogni %(n)s settimane", agreement.review_weeks)
            offered.append((agreement.review_weeks, own % {"n": agreement.review_weeks}))
        self.fields["review_weeks"].choices = offered


class AnswerForm(forms.Form):
    """What was answered to the invitation."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Che cosa ha risposto"), choices=Answer.choices, widget=RadioCards()
    )
    note = forms.CharField(label=gettext_lazy("Appunti"), required=False, widget=textarea())


class NoteForm(forms.Form):
    """Some words, if one wants."""

    note = forms.CharField(label=gettext_lazy("Appunti"), required=False, widget=textarea())


class WithdrawForm(NoteForm):
    """Why it is given up."""

    because = forms.ChoiceField(
        label=gettext_lazy("Perché si ritira"), choices=GivenUp.choices, widget=RadioCards()
    )
    field_order = ("because", "note")


class AgeForm(forms.Form):
    """The date of birth of who is under age."""

    born_on = forms.DateField(
        label=gettext_lazy("Data di nascita, se ha meno di 18 anni"),
        help_text=gettext_lazy("Serve solo per sapere chi firma. Di un adulto lasciala vuota."),
        required=False,
        widget=DateInput(),
    )


class GuardianForm(forms.Form):
    """Which person of the case is a parent or guardian."""

    person = forms.ChoiceField(label=gettext_lazy("Genitore o tutore"), widget=RadioCards())

    def __init__(
        self, *args: Any, people: Sequence[tuple[CasePerson, str]], besides: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(row.pk): row for row, _label in people if row.person_id != besides}
        self.fields["person"].choices = [
            (str(row.pk), label) for row, label in people if str(row.pk) in self.people
        ]

    @property
    def chosen(self) -> CasePerson:
        return self.people[self.cleaned_data["person"]]


class BodyForm(forms.Form):
    """A body that helps, and who signs for it."""

    body = forms.ModelChoiceField(
        label=gettext_lazy("Ente"), queryset=None, empty_label=gettext_lazy("Scegli un ente")
    )
    who = forms.CharField(label=gettext_lazy("Chi firma per l'ente"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = queries.bodies()


class TermForm(VersionedForm):
    """One term of the agreement."""

    kind = forms.ChoiceField(label=gettext_lazy("Che cosa è"), choices=TermKind.choices, widget=RadioCards())
    what = forms.CharField(
        label=gettext_lazy("Con quali parole"),
        help_text=gettext_lazy(
            "Parole di chi si impegna: un fatto che si può vedere, con un'ora o un luogo."
        ),
        widget=textarea(3),
    )
    party_id = forms.TypedChoiceField(
        label=gettext_lazy("Di chi"), coerce=int, empty_value=None, required=False
    )
    due_on = forms.DateField(
        label=gettext_lazy("Entro quando, se c'è un giorno"),
        help_text=gettext_lazy(
            "Un aiuto con un giorno diventa un impegno del caso quando l'accordo è firmato."
        ),
        required=False,
        widget=DateInput(),
    )

    def __init__(self, *args: Any, whose: dict[int, str], known: Term | None = None, **kwargs: Any) -> None:
        names = ("kind", "what", "party_id", "due_on")
        if known is not None:
            kwargs["initial"] = {name: getattr(known, name) for name in names} | {
                "seen_version": known.version
            }
        super().__init__(*args, **kwargs)
        self.fields["party_id"].choices = [("", _("di tutti")), *whose.items()]

    @property
    def line(self) -> Line:
        return Line(**{name: self.cleaned_data[name] for name in ("kind", "what", "party_id", "due_on")})


class SignForm(forms.Form):
    """Who has signed, and when."""

    parties = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Chi ha firmato"), coerce=int, widget=CheckboxCards()
    )
    signed_on = forms.DateField(label=gettext_lazy("Firmato il"), widget=DateInput())

    def __init__(self, *args: Any, waited_for: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"signed_on": clock.today()}, **kwargs)
        self.fields["parties"].choices = list(waited_for.items())


class ReviseForm(forms.Form):
    """Why the terms are looked at again, and until when the new ones hold."""

    why = forms.CharField(label=gettext_lazy("Perché si rivedono i patti"), widget=textarea())
    ends_on = forms.DateField(label=gettext_lazy("Finisce il"), widget=DateInput())


class ReviewForm(forms.Form):
    """How it goes, at a review."""

    held = forms.ChoiceField(label=gettext_lazy("Come va"), choices=Held.choices, widget=RadioCards())
    notes = forms.CharField(
        label=gettext_lazy("Che cosa vi siete detti"),
        help_text=gettext_lazy("Prima che cosa è andato bene. Poi che cosa manca, anche del nostro aiuto."),
        required=False,
        widget=textarea(4),
    )


class BreachForm(forms.Form):
    """What was not kept."""

    on = forms.DateField(label=gettext_lazy("Quando"), widget=DateInput())
    term = forms.ChoiceField(label=gettext_lazy("Quale patto"), required=False)
    what = forms.CharField(
        label=gettext_lazy("Che cosa è successo"),
        help_text=gettext_lazy("Un fatto, e come lo sai. Senti anche chi ha firmato, prima di decidere."),
        widget=textarea(4),
    )

    def __init__(self, *args: Any, terms: Sequence[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = {str(term.pk): term for term in terms}
        self.fields["on"].initial = clock.today()
        labels = [(key, f"{term.get_kind_display()}: {term.what[:80]}") for key, term in self.terms.items()]
        self.fields["term"].choices = [("", _("nessuno in particolare")), *labels]

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {"on": found["on"], "what": found["what"], "term": self.terms.get(found["term"])}


class RespondForm(forms.Form):
    """How one answers, step by step."""

    grade = forms.ChoiceField(
        label=gettext_lazy("Come rispondi"),
        choices=Grade.choices,
        widget=RadioCards(
            hints={
                Grade.TALK: gettext_lazy("Se ne parla insieme. L'accordo continua."),
                Grade.WARNING: gettext_lazy("Si scrive che cosa non va. L'accordo continua."),
                Grade.REVISION: gettext_lazy("Si riscrivono i patti e si firmano di nuovo."),
                Grade.ESCALATION: gettext_lazy("L'accordo finisce e altri vanno avanti."),
            }
        ),
    )
    note = forms.CharField(label=gettext_lazy("Che cosa vi siete detti"), widget=textarea(4))
    skipped_why = forms.CharField(
        label=gettext_lazy("Se salti un passo, perché"), required=False, widget=textarea(2)
    )
    passed_to = forms.ChoiceField(
        label=gettext_lazy("Se passa ad altri, a chi"), choices=[("", "—"), *PassedTo.choices], required=False
    )

    @property
    def answered(self) -> Answered:
        return Answered(**self.cleaned_data)


class CompleteForm(forms.Form):
    """How it was kept in all."""

    held = forms.ChoiceField(label=gettext_lazy("Com'è andato"), choices=Held.choices, widget=RadioCards())
    note = forms.CharField(
        label=gettext_lazy("Che cosa è cambiato"),
        help_text=gettext_lazy("Se lo concludi prima della fine o senza un riesame, spiega perché."),
        required=False,
        widget=textarea(4),
    )
