"""A code, a ballot, a receipt, a published file, as residents give them."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vicinia.domain.elections.models import Option, Poll
from vicinia.domain.elections.states import Method
from vicinia.foundation.look.forms import CheckboxCards, RadioCards

BLANK = "-"
LARGEST_FILE = 5_000_000


class CodeForm(forms.Form):
    """The code of the letter."""

    code = forms.CharField(
        label=_("Il tuo codice"),
        max_length=40,
        help_text=_("È nella lettera: dodici segni. Maiuscole e trattini non contano."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
        ),
    )


class BallotForm(forms.Form):
    """One ballot: a voice, several, or places in an order. Leaving it blank is a vote too."""

    def __init__(self, *args: Any, poll: Poll, options: list[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll, self.options = poll, options
        if poll.method == Method.RANKED:
            places = [("", _("nessun posto")), *((str(n), f"{n}") for n in range(1, poll.most + 1))]
            for one in options:
                self.fields[f"place_{one.letter}"] = forms.ChoiceField(
                    label=str(one.label), choices=places, required=False
                )
            return
        choices = [(one.letter, one.label) for one in options]
        hints: dict[str, str | Promise] = {one.letter: one.about for one in options if one.about}
        if poll.method == Method.APPROVAL:
            self.fields["choice"] = forms.MultipleChoiceField(
                label=_("Le voci che ti vanno bene"),
                choices=choices,
                required=False,
                widget=CheckboxCards(hints=hints),
                help_text=_("Al massimo %(most)s. Se non ne segni nessuna è una scheda bianca.")
                % {"most": poll.most},
            )
        else:
            self.fields["choice"] = forms.ChoiceField(
                label=_("Scegli una voce"),
                choices=[*choices, (BLANK, _("Scheda bianca"))],
                widget=RadioCards(hints=hints),
                error_messages={"required": _("Scegli una voce, oppure scheda bianca.")},
            )

    def clean(self) -> dict[str, Any]:
        """Each place once, none left out; not too many voices."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.poll.method == Method.RANKED:
            places = sorted(int(place) for place in cleaned.values() if place)
            if places != list(range(1, len(places) + 1)):
                self.add_error(None, _("Usa ogni posto una volta sola, cominciando da 1 e senza saltarne."))
        elif len(cleaned.get("choice", "")) > self.poll.most:
            self.add_error("choice", _("Sono troppe: al massimo %(most)s.") % {"most": self.poll.most})
        return cleaned

    def letters(self) -> list[str]:
        """The letters as the box takes them; none is a blank ballot."""
        values = self.cleaned_data
        if self.poll.method == Method.RANKED:
            given = {int(values[f"place_{one.letter}"] or 0): one.letter for one in self.options}
            return [letter for place, letter in sorted(given.items()) if place]
        return [letter for letter in values["choice"] if letter != BLANK]


class ReceiptForm(forms.Form):
    """The receipt of a vote."""

    receipt = forms.CharField(
        label=_("La tua ricevuta"),
        max_length=40,
        help_text=_("Sedici segni. Maiuscole e trattini non contano."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
    )


class PublishedFileForm(forms.Form):
    """A published vote or draw."""

    file = forms.FileField(
        label=_("File pubblicato (JSON)"),
        help_text=_("Quello che si scarica dalla pagina della votazione o dell'estrazione."),
    )

    def clean_file(self) -> dict[str, Any]:
        """What is in the file."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError(_("È troppo grande per essere un file di qui."))
        try:
            read = json.loads(given.read())
        except ValueError:
            read = None
        if not isinstance(read, dict):
            raise forms.ValidationError(_("Questo file non si legge: scaricalo di nuovo."))
        return read
