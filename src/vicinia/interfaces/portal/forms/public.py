"""What is asked of everyone: how easy it was, and what the public list shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening.states import RatingAnswer
from vicinia.domain.territory import queries as territory
from vicinia.foundation.look.forms import RadioCards


class StarsForm(forms.Form):
    """How easy it was."""

    stars = forms.TypedChoiceField(
        label=_("Quanto è stato facile usare questo servizio?"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 6)],
    )


class RatingForm(forms.Form):
    """What was hard or liked, by how many stars were given."""

    liked = forms.ChoiceField(required=False, widget=RadioCards)
    words = forms.CharField(
        label=_("Vuoi aggiungere altri dettagli?"),
        required=False,
        max_length=200,
        help_text=_("Inserire massimo 200 caratteri"),
    )

    def __init__(self, *args: Any, stars: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_good = stars >= 4
        good = [answer for answer in RatingAnswer if answer in LIKED]
        bad = [answer for answer in RatingAnswer if answer not in LIKED]
        self.fields["liked"].choices = [(one.value, one.label) for one in (good if is_good else bad)]
        self.fields["liked"].label = (
            _("Quali sono stati gli aspetti che hai preferito?")
            if is_good
            else _("Dove hai incontrato le maggiori difficoltà?")
        )


LIKED = {
    RatingAnswer.CLEAR,
    RatingAnswer.COMPLETE,
    RatingAnswer.SURE,
    RatingAnswer.SMOOTH,
    RatingAnswer.LIKED_OTHER,
}

PERIODS = [("1", _("ultimo mese")), ("3", _("ultimi 3 mesi")), ("12", _("ultimi 12 mesi"))]


class PublicFilterForm(forms.Form):
    """What is looked for in the public list. An unknown value filters nothing."""

    tipo = forms.ChoiceField(label=_("Tipo"), required=False)
    zona = forms.ChoiceField(label=_("Quartiere"), required=False)
    stato = forms.ChoiceField(
        label=_("Stato"),
        required=False,
        choices=[("", _("tutti")), ("aperte", _("in corso")), ("chiuse", _("concluse"))],
    )
    periodo = forms.ChoiceField(label=_("Periodo"), required=False, choices=[("", _("sempre")), *PERIODS])

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tipo"].choices = [("", _("tutti")), *kinds]
        areas = [(area.code, area.name) for area in territory.reference_areas()]
        self.fields["zona"].choices = [("", _("tutti")), *areas]
