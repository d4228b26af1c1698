"""What staff write about messages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DropForm(forms.Form):
    """Why a message is given up."""

    reason = forms.CharField(
        label=_("Perché non va mandato"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Resta scritto nella cronologia."),
    )


class PostedForm(forms.Form):
    """Which letters went to the post."""

    letters = forms.TypedMultipleChoiceField(label=_("Lettere"), coerce=int)

    def __init__(self, *args: object, numbers: list[int], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # passed on as they came
        self.fields["letters"].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]  # a choice field
