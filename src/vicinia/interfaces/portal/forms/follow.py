"""The private page: finding it again, writing, the diary, the outcome."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.states import OutcomeVerdict
from vicinia.foundation.kernel import clock
from vicinia.foundation.look.forms import DateInput, RadioCards, TimeInput
from vicinia.interfaces.portal.forms.report import KeptFilesField

MESSAGE_MAX = 5000


class LostLinkForm(forms.Form):
    """To get the private link again."""

    reference = forms.CharField(
        label=_("Numero della segnalazione"), max_length=20, help_text=_("Per esempio: 2026-00871.")
    )
    email = forms.CharField(
        label=_("E-mail che ci avevi lasciato"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class OnceForm(forms.Form):
    """A form that a double tap on its button sends once."""

    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, initial=secrets.token_hex)


class MessageForm(OnceForm):
    """Words to the unit, with files."""

    text = forms.CharField(
        label=_("Che cosa vuoi dirci?"), max_length=MESSAGE_MAX, widget=forms.Textarea(attrs={"rows": 6})
    )
    files = KeptFilesField(  # type: ignore[assignment]  # declared fields leave the class, `form.files` stays
        label=_("Foto o documenti"), required=False, help_text=_("Foto o PDF, se aiutano a capire.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["accept"] = "image/*,application/pdf"


class EpisodeForm(OnceForm):
    """One time that it happened again."""

    day = forms.DateField(label=_("Che giorno è successo?"), widget=DateInput)
    time = forms.TimeField(label=_("A che ora, più o meno?"), required=False, widget=TimeInput)
    text = forms.CharField(
        label=_("Che cosa è successo?"), max_length=MESSAGE_MAX, widget=forms.Textarea(attrs={"rows": 5})
    )
    files = KeptFilesField(  # type: ignore[assignment]  # declared fields leave the class, `form.files` stays
        label=_("Foto o registrazione"), required=False, help_text=_("Una foto o un audio, se li hai.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["accept"] = "image/*,audio/*"

    def clean_day(self) -> dt.date:
        """Not tomorrow."""
        day: dt.date = self.cleaned_data["day"]
        if day > clock.today():
            raise ValidationError(_("Questo giorno deve ancora venire."))
        return day

    @property
    def happened_at(self) -> dt.datetime:
        """Day and hour in the town's time; noon stands for an hour that was not said."""
        at = self.cleaned_data["time"] or dt.time(12)
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["day"], at))


class OutcomeForm(forms.Form):
    """Whether it is as we say."""

    verdict = forms.ChoiceField(
        label=_("È così?"),
        choices=[
            (OutcomeVerdict.CONFIRMED.value, _("Sì, confermo")),
            (OutcomeVerdict.CONTESTED.value, _("No, non è così")),
        ],
        widget=RadioCards(
            hints={OutcomeVerdict.CONTESTED.value: _("Chi ha seguito il caso lo riguarda e ti risponde.")}
        ),
    )
    words = forms.CharField(
        label=_("Vuoi dirci di più?"),
        required=False,
        max_length=MESSAGE_MAX,
        help_text=_("Se non è così, scrivi che cosa succede ancora."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """A contest says why."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == OutcomeVerdict.CONTESTED and not cleaned.get("words", "").strip():
            self.add_error("words", _("Scrivi che cosa succede ancora, così sappiamo da dove ripartire."))
        return cleaned


class ReviewForm(forms.Form):
    """Asking for a review: words help, none are needed."""

    words = forms.CharField(
        label=_("Che cosa vorresti che fosse riguardato?"),
        required=False,
        max_length=MESSAGE_MAX,
        help_text=_("Se vuoi. Bastano poche parole, e puoi anche lasciare vuoto."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    ask = forms.CharField(widget=forms.HiddenInput, initial="1")


class WithdrawReviewForm(forms.Form):
    """Taking a request back."""

    words = forms.CharField(
        label=_("Vuoi dirci perché?"),
        required=False,
        max_length=MESSAGE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
