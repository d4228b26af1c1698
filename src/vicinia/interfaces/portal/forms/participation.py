"""A proposal, a support, a correction of minutes, as residents write them."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vicinia.domain.participation import queries
from vicinia.domain.participation.actions import NewIdea
from vicinia.domain.participation.forms import LONGEST_WORDS
from vicinia.domain.participation.states import Channel
from vicinia.domain.people.forms import DetailsMixin
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import clock
from vicinia.foundation.look.forms import textarea
from vicinia.interfaces.portal.forms.report import KeptFilesField


class IdeaForm(forms.Form):
    """First step: what is proposed, and where."""

    title = forms.CharField(
        label=_("Titolo"), max_length=140, help_text=_("La tua proposta in poche parole.")
    )
    text = forms.CharField(
        label=_("Che cosa proponi?"),
        max_length=LONGEST_WORDS,
        widget=textarea(6),
        help_text=_("Scrivi come parli, nella lingua che vuoi. Non scrivere nomi di altre persone."),
    )
    place = forms.CharField(
        label=_("Dove?"),
        max_length=200,
        required=False,
        help_text=_("Per esempio: nel cortile della scala B."),
    )
    area = forms.ModelChoiceField(
        label=_("In quale zona?"), queryset=None, required=False, empty_label=_("Tutta la città, o non so")
    )
    process = forms.ModelChoiceField(
        label=_("È per uno di questi percorsi?"),
        queryset=None,
        required=False,
        empty_label=_("No, per nessuno"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = territory.reference_areas()
        process = self.fields["process"]
        process.queryset = queries.open_to_ideas(clock.today())
        process.label_from_instance = lambda row: row.title
        if not process.queryset.exists():
            del self.fields["process"]


class SendIdeaForm(DetailsMixin):
    """Second step, after the similar ones were shown: photos, and who proposes."""

    photos = KeptFilesField(label=_("Foto"), required=False, help_text=_("Se aiutano a capire. Senza volti."))
    shown = forms.CharField(
        label=_("Come vuoi comparire?"),
        max_length=120,
        required=False,
        help_text=_("Il nome che leggono tutti. Se lo lasci vuoto scriviamo «una persona che abita qui»."),
    )
    privacy = forms.BooleanField(
        label=_("Ho letto e compreso l'informativa sulla privacy"),
        error_messages={"required": _("Per andare avanti, conferma di aver letto l'informativa.")},
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)
    field_order = ("photos", "name", "email", "phone", "shown", "privacy")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Lo vede solo chi cura la partecipazione. Puoi non scriverlo.")
        self.fields["email"].help_text = _("Se la lasci, ti avvisiamo quando la proposta va avanti.")
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "inputmode": "email"}
        self.fields["phone"].widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}

    def idea(self, first: IdeaForm) -> NewIdea:
        """The whole proposal, of both steps."""
        given = {name: first.cleaned_data.get(name) for name in ("title", "text", "place", "area", "process")}
        return NewIdea(
            **given,  # type: ignore[arg-type]
            shown=self.cleaned_data["shown"],
            once=self.cleaned_data["once"],
            details=self.details_given(),
            channel=Channel.PORTAL,
            language=get_language() or "it",
            files=self.cleaned_data["photos"],
        )


class SupportIdeaForm(DetailsMixin):
    """A support, with a name or without."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Nome e recapito servono a contare ogni persona una volta sola.")


class CorrectionForm(forms.Form):
    """What in the draft of minutes is not as it was."""

    words = forms.CharField(
        label=_("Che cosa va corretto?"),
        max_length=LONGEST_WORDS,
        widget=textarea(5),
        help_text=_("Di' il punto del verbale e come va scritto."),
    )
    who = forms.CharField(
        label=_("Chi sei?"),
        max_length=120,
        required=False,
        help_text=_("Lo legge solo chi cura il verbale. Puoi non scriverlo."),
    )
