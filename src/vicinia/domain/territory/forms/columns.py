"""A table whose columns are chosen once its header is known, and guessed at first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar, Self

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.uploads import SmallFileForm


class ColumnsForm(SmallFileForm):
    """Base of such a form. `labels` are the things that we know, by the keys that an import knows them by."""

    labels: ClassVar[Mapping[str, Sentence]]
    wanting: Collection[str] = ()

    whole = forms.ChoiceField(
        label=_("Se una riga non va bene"),
        choices=[("rows", _("tieni le altre")), ("whole", _("non tenere niente"))],
        initial="rows",
        widget=forms.RadioSelect,
    )

    @property
    def has_chosen(self) -> bool:
        """Whether the page has already asked which column is which."""
        return any(name.startswith("column_") for name in self.data)

    def choose_among(self, header: list[str]) -> None:
        """Ask for each thing that we know which column has it."""
        choices = [("", _("non c'è")), *((name, name) for name in header if name)]
        for key, label in self.labels.items():
            self.fields[f"column_{key}"] = forms.ChoiceField(
                label=str(label), required=False, choices=choices
            )

    def chosen(self, header: list[str]) -> dict[str, str]:
        """The columns that were chosen, of those that the file has."""
        given = {key: self.data.get(f"column_{key}", "") for key in self.labels}
        return {key: name for key, name in given.items() if name and name in header}

    def with_columns(
        self, header: list[str], columns: Mapping[str, str], *, tried: str = "", missing: Collection[str] = ()
    ) -> Self:
        """The same form for another turn: what was chosen stays, the file has to be given again."""
        values = {f"column_{key}": name for key, name in columns.items()}
        again = type(self)(initial=values | {"whole": self.cleaned_data["whole"], "tried": tried})
        again.choose_among(header)
        again.wanting = [str(label) for key, label in self.labels.items() if key in missing]
        return again

    @property
    def wants(self) -> str:
        """What no column gives yet, in a sentence; "" when nothing is missing."""
        if not self.wanting:
            return ""
        return gettext("Scegli quale colonna ha: %(names)s.") % {"names": ", ".join(self.wanting)}
