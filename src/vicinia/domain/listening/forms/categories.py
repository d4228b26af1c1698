"""What the administrator types about kinds of problem, checked for shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening import queries
from vicinia.domain.listening.actions import CategoryCard
from vicinia.domain.listening.models import Category
from vicinia.domain.listening.states import LegalBasis

COPIED = (
    "name",
    "name_en",
    "first_contact_days",
    "legal_basis",
    "is_public",
    "national_code",
    "national_name",
    "position",
    "is_active",
)


class CategoryForm(forms.Form):
    """A kind of problem, or a group when it is in none. A new one gets its code from its name."""

    name = forms.CharField(label=_("Nome"), max_length=120)
    name_en = forms.CharField(label=_("Nome inglese"), required=False, max_length=120)
    group = forms.ModelChoiceField(
        label=_("In quale gruppo"), queryset=None, required=False, empty_label=_("nessuno: è un gruppo")
    )
    keywords = forms.CharField(
        label=_("Parole con cui la gente lo chiama, separate da virgole"), required=False, max_length=500
    )
    first_contact_days = forms.IntegerField(
        label=_("Giorni lavorativi per il primo contatto, se diversi dal solito"),
        required=False,
        min_value=1,
        max_value=30,
    )
    legal_basis = forms.ChoiceField(label=_("Base giuridica"), choices=LegalBasis.choices)
    is_public = forms.BooleanField(
        label=_("Sulla mappa pubblica si vedono il tipo, la strada e il mese"), required=False
    )
    national_code = forms.CharField(
        label=_("Codice della categoria nazionale"), required=False, max_length=60
    )
    national_name = forms.CharField(label=_("Nome della categoria nazionale"), required=False, max_length=120)
    position = forms.IntegerField(label=_("Posto nell'elenco"), min_value=0, initial=0)
    is_active = forms.BooleanField(label=_("Si può scegliere"), required=False, initial=True)

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        known = {name: getattr(category, name) for name in COPIED} if category else {}
        if category:
            known |= {"group": category.parent_id, "keywords": ", ".join(category.keywords)}
        super().__init__(*args, initial=known, **kwargs)
        self.category = category
        self.fields["group"].queryset = queries.groups()
        if category is not None and category.parent_id is None:
            del self.fields["group"]  # a group stays one: its kinds would have nowhere to be
        elif category is not None:
            self.fields["group"].required = True

    def clean_name(self) -> str:
        """Two kinds of the same name could not be told apart."""
        name: str = self.cleaned_data["name"]
        self.code = self.category.code if self.category else slugify(name)[:60]
        if not self.code:
            raise forms.ValidationError(_("Scrivi un nome con delle lettere."))
        if self.category is None and queries.category_coded(self.code) is not None:
            raise forms.ValidationError(_("C'è già un tipo di problema con questo nome."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_public") and cleaned.get("legal_basis") == LegalBasis.POLICE:
            self.add_error("is_public", _("Un tipo di problema di polizia non è mai pubblico."))
        return cleaned

    @property
    def card(self) -> CategoryCard:
        values = {name: self.cleaned_data[name] for name in COPIED}
        words = (word.strip() for word in self.cleaned_data["keywords"].split(","))
        keywords = tuple(word for word in words if word)
        return CategoryCard(code=self.code, group=self.cleaned_data.get("group"), keywords=keywords, **values)
