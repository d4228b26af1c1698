"""How a case ends, and what comes afterwards."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.states import (
    Outcome,
)


def _short(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


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


class ContestAnswerForm(forms.Form):
    """Why the case stays closed."""

    answer = forms.CharField(label=_("Che cosa rispondi a chi contesta"), widget=_short())


class WatchForm(forms.Form):
    """How it went on after closing."""

    note = forms.CharField(label=_("Com'è la situazione"), widget=_short())
