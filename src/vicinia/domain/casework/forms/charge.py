"""To whom a case is given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.look.forms import CheckboxCards


def _short(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


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
