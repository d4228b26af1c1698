"""Filters of the list of cases."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import queries
from vicinia.domain.casework.models import Case, CaseRows
from vicinia.domain.casework.queries.team import ATTENTION
from vicinia.domain.casework.states import (
    Outcome,
    Stage,
)
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.look.forms import DateInput, LongSelect
from vicinia.foundation.search.forms import WordsFilterSet


class CaseFilter(WordsFilterSet):
    """Filters of the list of cases."""

    kind_of_rows = "case"

    q = django_filters.CharFilter(label=_("Numero o parole"), method="by_words")
    stage = django_filters.ChoiceFilter(label=_("Fase"), choices=Stage.choices)
    kind = django_filters.ChoiceFilter(
        label=_("Tipo"), field_name="category", choices=listening.kinds_by_group, widget=LongSelect
    )
    area = django_filters.ChoiceFilter(
        label=_("Zona"), field_name="area", choices=territory.reference_area_choices, widget=LongSelect
    )
    group = django_filters.ModelChoiceFilter(
        label=_("Gruppo di tipi"), field_name="category__parent", queryset=lambda _request: listening.groups()
    )
    legal_basis = django_filters.ChoiceFilter(label=_("Base giuridica"), choices=LegalBasis.choices)
    owner = django_filters.ModelChoiceFilter(
        label=_("Referente"), queryset=lambda _request: accounts.users_who_can(Capability.TAKE_CHARGE)
    )
    attention = django_filters.ChoiceFilter(
        label=_("Da guardare"),
        choices=[(name, label) for name, (label, _narrow) in ATTENTION.items()],
        method="needing",
    )
    outcome = django_filters.ChoiceFilter(label=_("Esito"), choices=Outcome.choices)
    since = django_filters.DateFilter(
        label=_("Chiuso dal"), field_name="closed_at", lookup_expr="date__gte", widget=DateInput()
    )
    until = django_filters.DateFilter(
        label=_("Chiuso fino al"), field_name="closed_at", lookup_expr="date__lte", widget=DateInput()
    )

    def needing(self, rows: CaseRows, _name: str, value: str) -> CaseRows:
        return queries.needing(rows.open(), value)

    class Meta:
        model = Case
        fields: list[str] = []
