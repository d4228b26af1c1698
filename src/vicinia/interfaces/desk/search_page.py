"""What the search page shows: what one asks, and what was found of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vicinia.domain.people import queries as people
from vicinia.domain.people.queries import PersonHit
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.queries import AddressHit
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import SearchFilters
from vicinia.foundation.look.forms import DateInput
from vicinia.foundation.search import queries as search

FIRST_HITS = 5
HITS_OF_A_PAGE = 20
PLACES = 5
WORDS_MIN = 2


class SearchForm(forms.Form):
    """One field, and what narrows it."""

    q = forms.CharField(label=_("Che cosa cerchi"), max_length=search.WORDS_MAX, required=False)
    area = forms.ModelChoiceField(label=_("Zona"), queryset=None, required=False, empty_label=_("tutte"))
    stato = forms.ChoiceField(
        label=_("Stato"),
        required=False,
        choices=[("", _("tutte")), ("aperte", _("aperte")), ("chiuse", _("chiuse"))],
    )
    dal = forms.DateField(label=_("Dal"), required=False, widget=DateInput())
    al = forms.DateField(label=_("Al"), required=False, widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = territory.reference_areas()
        hints = {"type": "search", "autocomplete": "off", "autofocus": True, "enterkeyhint": "search"}
        self.fields["q"].widget.attrs.update(hints)

    @property
    def words(self) -> str:
        """What is asked, or "" while it is too short to mean something."""
        words = str(self.cleaned_data.get("q") or "").strip()
        return words if len(words) >= WORDS_MIN or words.isdigit() else ""

    @property
    def filters(self) -> SearchFilters:
        area = self.cleaned_data.get("area")
        states = {"aperte": True, "chiuse": False}
        return SearchFilters(
            area_id=area.pk if area else None,
            is_open=states.get(self.cleaned_data.get("stato", "")),
            since=self.cleaned_data.get("dal"),
            until=self.cleaned_data.get("al"),
        )


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """One kind of results: the first few with a link to all, or one page of all."""

    group: search.Group
    url: str
    page: Page[int] | None = None

    @property
    def is_cut(self) -> bool:
        return self.page is None and self.group.total > len(self.group.hits)


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place that the words may mean, with the link to what is known of it."""

    hit: AddressHit
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found, in the order of the page. `only` is the kind looked at, "" for all."""

    words: str
    only: str
    groups: tuple[ShownGroup, ...] = ()
    people: tuple[PersonHit, ...] = ()
    places: tuple[ShownPlace, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.places or any(shown.group.total for shown in self.groups))

    @property
    def are_people_near(self) -> bool:
        """Whether nobody found is spelled as asked: then the page asks whether one of them was meant."""
        return bool(self.people) and all(person.is_near for person in self.people)


def find(by: Actor, form: SearchForm, *, only: str, page: int) -> Found:
    """What `by` may see that answers the form; of one kind with its pages, or the first few of each."""
    kinds = {subject.kind for subject in search.kinds()}
    only = only if only in kinds else ""
    if not form.is_valid() or not form.words:
        return Found("", only)
    groups = search.search(
        by,
        form.words,
        only=[only] if only else None,
        page=page if only else 1,
        per_page=HITS_OF_A_PAGE if only else FIRST_HITS,
        filters=form.filters,
    )
    shown = tuple(_shown(group, form, only) for group in groups)
    if only:
        return Found(form.words, only, shown)
    return Found(form.words, "", shown, tuple(people.find(by, form.words)), _places(form.words))


def _shown(group: search.Group, form: SearchForm, only: str) -> ShownGroup:
    kept = [(name, value) for name, value in form.data.items() if value and name in form.fields]
    url = f"{reverse('search')}?{urlencode([*kept, ('tipo', group.kind)])}"
    page = Paginator(range(group.total), HITS_OF_A_PAGE).get_page(group.page) if only else None
    return ShownGroup(group, url, page)


def _places(words: str) -> tuple[ShownPlace, ...]:
    hits = territory.search_addresses(words, limit=PLACES)
    found = ((hit, urlencode({"q": hit.label, "tipo": "report"})) for hit in hits)
    return tuple(ShownPlace(hit, f"{reverse('search')}?{query}") for hit, query in found)
