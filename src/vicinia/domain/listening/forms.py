"""What staff type about reports, checked for shape."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening import queries
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import Channel, LegalBasis, ReportState
from vicinia.domain.network import queries as network
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.forms import PlaceForm
from vicinia.foundation.look.forms import DateInput


class WordsForm(forms.Form):
    """Words to the reporter."""

    words = forms.CharField(
        label=_("Che cosa scrivi a chi segnala"), widget=forms.Textarea(attrs={"rows": 4})
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Motivo"), max_length=300)


class QuestionForm(forms.Form):
    """A question that stops the clock."""

    words = forms.CharField(
        label=_("Che cosa chiedi a chi segnala"),
        help_text=_(
            "Finché non risponde i termini restano fermi. Dopo dieci giorni lavorativi te lo ricordiamo."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RedirectForm(forms.Form):
    """To which body, and with what words."""

    body = forms.ModelChoiceField(label=_("A quale ente"), queryset=None)
    words = forms.CharField(
        label=_("Che cosa scrivi all'ente e a chi segnala"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = network.bodies()


class MergeForm(forms.Form):
    """Into which other report."""

    into = forms.CharField(label=_("Numero della segnalazione che resta"), max_length=16)
    reason = forms.CharField(label=_("Perché sono la stessa cosa"), max_length=300, required=False)


class CorrectForm(PlaceForm):
    """What staff put right. `seen_version` is the version that the page showed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    category = forms.ModelChoiceField(label=_("Tipo di problema"), queryset=None)
    title = forms.CharField(label=_("Titolo"), max_length=140)
    description = forms.CharField(
        label=_("Dettagli"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    at_risk = forms.BooleanField(label=_("Qualcuno è in pericolo o molto fragile"), required=False)
    legal_basis = forms.ChoiceField(label=_("Base giuridica"), choices=LegalBasis.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = queries.kinds_in_use()


class BulkForm(forms.Form):
    """One decision about several reports of the inbox."""

    ACTS = [
        ("take", _("Prendi in carico")),
        ("set_aside", _("Metti da parte")),
        ("redirect", _("Passa a un ente")),
    ]

    act = forms.ChoiceField(choices=ACTS)
    references = forms.MultipleChoiceField()
    reason = forms.CharField(required=False, max_length=300)
    body = forms.ModelChoiceField(required=False, queryset=None)

    def __init__(self, *args: Any, references: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["references"].choices = [(reference, reference) for reference in references]
        self.fields["body"].queryset = network.bodies()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("act") == "set_aside" and not cleaned.get("reason"):
            self.add_error("reason", _("Scrivi il motivo: chi ha segnalato lo leggerà."))
        if cleaned.get("act") == "redirect" and not cleaned.get("body"):
            self.add_error("body", _("Scegli l'ente."))
        return cleaned


class InboxFilter(django_filters.FilterSet):
    """Filters of the staff list."""

    q = django_filters.CharFilter(label=_("Numero o parole del titolo"), method="by_words")
    kind = django_filters.ModelChoiceFilter(
        label=_("Tipo"), field_name="category", queryset=queries.kinds_in_use
    )
    area = django_filters.ModelChoiceFilter(
        label=_("Zona"), field_name="area", queryset=territory.reference_areas
    )
    channel = django_filters.ChoiceFilter(label=_("Canale"), choices=Channel.choices)
    state = django_filters.ChoiceFilter(label=_("Stato"), choices=ReportState.choices)
    since = django_filters.DateFilter(
        label=_("Dal"), field_name="received_at", lookup_expr="date__gte", widget=DateInput()
    )
    until = django_filters.DateFilter(
        label=_("Al"), field_name="received_at", lookup_expr="date__lte", widget=DateInput()
    )

    class Meta:
        model = Report
        fields: list[str] = []

    def by_words(self, rows: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        """A number finds its report; words are looked for in the index."""
        return queries.with_words(rows, value)


def kind_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Kinds in use, in their groups, for a select."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for kind in queries.kinds_in_use():
        parent: Category | None = kind.parent
        groups.setdefault(parent.name if parent else "", []).append((kind.pk, kind.name))
    return list(groups.items())
