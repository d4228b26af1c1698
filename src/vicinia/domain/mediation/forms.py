"""What is typed about mediations, checked for shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import CasePerson
from vicinia.domain.casework.states import PersonRole
from vicinia.domain.mediation import queries
from vicinia.domain.mediation.actions import NewMediation, Noted, Pact
from vicinia.domain.mediation.models import Meeting, Term
from vicinia.domain.mediation.rules import WhoItIs
from vicinia.domain.mediation.states import (
    QUESTIONS,
    Answer,
    Decline,
    Kept,
    MediationState,
    TermBy,
    Unsuitable,
    WayOut,
)
from vicinia.foundation.look.forms import DateInput, RadioCards, VersionedForm, textarea

NOBODY_OF_THE_CASE = ("", _("qualcuno che non è nel caso"))


class MediationForm(forms.Form):
    """Whom the operator asks, what they tell the mediator, and who the parties are."""

    mediator = forms.ModelChoiceField(
        label=_("A quale mediatore"), queryset=None, empty_label=_("Scegli un mediatore")
    )
    asked = forms.CharField(
        label=_("Che cosa chiedi al mediatore"),
        help_text=_(
            "Di che conflitto si tratta e che cosa vorrebbe chi la chiede. Non vedrà il caso, solo queste parole."
        ),
        widget=textarea(5),
    )
    first = forms.ChoiceField(label=_("Parte A"), required=False)
    first_words = forms.CharField(
        label=_("Parte A, se non è nel caso: nome e come raggiungerla"), required=False, max_length=300
    )
    second = forms.ChoiceField(label=_("Parte B"), required=False)
    second_words = forms.CharField(
        label=_("Parte B, se non è nel caso: nome e come raggiungerla"), required=False, max_length=300
    )

    def __init__(self, *args: Any, people: list[tuple[CasePerson, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(row.pk): row for row, _label in people}
        self.fields["mediator"].queryset = queries.mediators()
        choices = [NOBODY_OF_THE_CASE, *((str(row.pk), label) for row, label in people)]
        for name, proposed in zip(("first", "second"), _proposed_parties(people), strict=True):
            self.fields[name].choices = choices
            self.fields[name].initial = proposed

    def new_mediation(self) -> NewMediation:
        values = self.cleaned_data
        return NewMediation(
            mediator=values["mediator"],
            asked=values["asked"],
            first=self._who(values["first"], values["first_words"]),
            second=self._who(values["second"], values["second_words"]),
        )

    def _who(self, chosen: str, words: str) -> WhoItIs:
        return WhoItIs(person_id=self.people[chosen].person_id) if chosen else WhoItIs(words=words)


def _proposed_parties(people: list[tuple[CasePerson, str]]) -> tuple[str, str]:
    """Who reported, and the neighbour they complain of: the other who reported, where each complains of the other."""
    reporters = [str(row.pk) for row, _label in people if row.role == PersonRole.REPORTER]
    neighbours = [str(row.pk) for row, _label in people if row.role == PersonRole.NEIGHBOUR]
    first = next(iter(reporters), "")
    return first, next(iter([*neighbours, *reporters[1:]]), "")


class MediatorForm(forms.Form):
    """Another mediator."""

    to = forms.ModelChoiceField(
        label=_("A quale mediatore"), queryset=None, empty_label=_("Scegli un mediatore")
    )

    def __init__(self, *args: Any, besides: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = queries.mediators().exclude(pk=besides)


class PassForm(MediatorForm):
    """Who goes on, and whether the notes go along."""

    notes = forms.ChoiceField(
        label=_("Che cosa passa"),
        initial="without",
        choices=[
            ("without", _("Il fascicolo, senza i miei appunti")),
            ("with", _("Anche i miei appunti: le due parti sono d'accordo")),
        ],
        widget=RadioCards(
            hints={
                "without": _("Il collega sente di nuovo le parti. I tuoi appunti non li legge più nessuno."),
                "with": _("Hai chiesto a tutte e due le parti, e hanno detto di sì."),
            }
        ),
    )


class DeclineForm(forms.Form):
    """Why not, chosen from a list."""

    because = forms.ChoiceField(label=_("Perché no"), choices=Decline.choices, widget=RadioCards())


class UnsuitableForm(forms.Form):
    """Why it does not suit, for the mediator alone, and what the operator may do instead."""

    because = forms.ChoiceField(
        label=_("Perché non è adatta"),
        help_text=_("Resta nel tuo fascicolo: chi segue il caso non lo legge."),
        choices=Unsuitable.choices,
        widget=RadioCards(),
    )
    way_out = forms.ChoiceField(
        label=_("Che cosa fare invece"),
        help_text=_("Questa frase la legge oggi chi segue il caso."),
        choices=WayOut.choices,
        widget=RadioCards(),
    )


class MeetingForm(VersionedForm):
    """A talk or a meeting, written down by the mediator."""

    on = forms.DateField(label=_("Quando"), widget=DateInput())
    place = forms.CharField(label=_("Dove"), required=False, max_length=200)
    who_came = forms.CharField(label=_("Chi c'era"), required=False, max_length=200)
    notes = forms.CharField(
        label=_("Appunti"),
        help_text=_("Li leggi solo tu: né chi segue il caso, né il coordinatore, né l'amministratore."),
        required=False,
        widget=textarea(8),
    )

    def __init__(self, *args: Any, known: Meeting | None = None, **kwargs: Any) -> None:
        if known is not None:
            kwargs["initial"] = {
                "on": known.on,
                "place": known.place,
                "who_came": known.who_came,
                "notes": known.notes,
                "seen_version": known.version,
            }
        super().__init__(*args, **kwargs)

    @property
    def noted(self) -> Noted:
        return Noted(**{name: self.cleaned_data[name] for name in ("on", "place", "who_came", "notes")})


class QuestionsForm(forms.Form):
    """The questions that tell whether mediation suits, asked of one party alone."""

    def __init__(self, *args: Any, known: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, initial=known, **kwargs)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=str(question.words), choices=Answer.choices, widget=RadioCards()
            )


class TermForm(VersionedForm):
    """One thing that the parties agree."""

    by_whom = forms.ChoiceField(label=_("Chi"), choices=TermBy.choices, widget=RadioCards())
    what = forms.CharField(
        label=_("Che cosa fa"),
        help_text=_("Con le parole delle parti: sarà scritto così nell'accordo da firmare."),
        widget=textarea(3),
    )
    by_when = forms.CharField(
        label=_("Entro quando, o da quando"),
        help_text=_("Per esempio «da lunedì 2 marzo» o «ogni sera dalle 22»."),
        required=False,
        max_length=120,
    )

    def __init__(self, *args: Any, known: Term | None = None, **kwargs: Any) -> None:
        if known is not None:
            kwargs["initial"] = {
                "by_whom": known.by_whom,
                "what": known.what,
                "by_when": known.by_when,
                "seen_version": known.version,
            }
        super().__init__(*args, **kwargs)

    @property
    def pact(self) -> Pact:
        return Pact(**{name: self.cleaned_data[name] for name in ("by_whom", "what", "by_when")})


class SignForm(forms.Form):
    """When and where both parties signed."""

    signed_on = forms.DateField(label=_("Firmato il"), widget=DateInput())
    place = forms.CharField(label=_("Dove"), required=False, max_length=200)


class CheckForm(forms.Form):
    """How the agreement holds today."""

    kept = forms.ChoiceField(label=_("Com'è andata"), choices=Kept.choices, widget=RadioCards())
    notes = forms.CharField(label=_("Appunti"), required=False, widget=textarea())


class FinishForm(forms.Form):
    """How the agreement ended; it crosses the wall."""

    state = forms.ChoiceField(
        label=_("Com'è finita"),
        help_text=_("Chi segue il caso leggerà solo questo."),
        choices=[(state.value, state.label) for state in (MediationState.KEPT, MediationState.NOT_KEPT)],
        widget=RadioCards(),
    )


class NextForm(forms.Form):
    """The day of the next step."""

    next_on = forms.DateField(label=_("Prossimo passo"), widget=DateInput())
