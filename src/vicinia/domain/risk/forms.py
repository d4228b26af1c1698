"""What is typed about risk, checked for shape."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.risk.states import BadQuestionnaire, Band, Questions, read_questions
from vicinia.foundation.look.forms import RadioCards

LARGEST_FILE = 200_000


class AssessmentForm(forms.Form):
    """The questions in force, one card an answer, and the band if it is not the computed one."""

    band = forms.ChoiceField(
        label=_("Fascia"),
        required=False,
        choices=[("", _("quella del punteggio")), *Band.choices],
        help_text=_("Se sai qualcosa che le domande non chiedono, scegli tu e scrivi perché."),
    )
    override_reason = forms.CharField(
        label=_("Perché un'altra fascia"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = forms.CharField(
        label=_("Appunti"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Sulla situazione di chi ne soffre. Restano cifrate e le legge solo chi vede il caso."),
    )

    def __init__(self, *args: Any, questions: Questions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [question.code for question in questions.questions]
        for question in questions.questions:
            choices = [(str(place), str(answer.words)) for place, answer in enumerate(question.answers)]
            self.fields[f"q_{question.code}"] = forms.ChoiceField(
                label=str(question.words), choices=choices, widget=RadioCards()
            )
        self.order_fields([*(f"q_{code}" for code in self.codes), "band", "override_reason", "note"])

    @property
    def values(self) -> dict[str, Any]:
        """What `assess` needs."""
        answers = {code: int(self.cleaned_data[f"q_{code}"]) for code in self.codes}
        own = {name: self.cleaned_data[name] for name in ("band", "override_reason", "note")}
        return own | {"answers": answers}


class QuestionnaireForm(forms.Form):
    """A file with the next version."""

    file = forms.FileField(label=_("File del questionario (JSON)"))

    def clean_file(self) -> Any:
        """What the file says, checked row by row."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Il file è troppo grande per un questionario."))
        try:
            content = json.loads(file.read().decode("utf-8"))
            read_questions(content)
        except (ValueError, BadQuestionnaire) as error:
            words = str(error) if isinstance(error, BadQuestionnaire) else _("Il file non è JSON in UTF-8.")
            raise forms.ValidationError(words) from error
        return content
