"""What staff type about people, checked for shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vicinia.domain.people import details
from vicinia.domain.people.actions import Stated
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import ContactWay, Household, Relation
from vicinia.domain.people.queries import PersonHit, Purpose, RevealedPerson
from vicinia.domain.people.rules import PURPOSE_MIN
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import languages
from vicinia.foundation.look.forms import DateInput, RadioCards, VersionedForm


class DetailsMixin(forms.Form):
    """Who somebody is, and how they are reached; all of it may be empty."""

    name = forms.CharField(label=_("Nome e cognome"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telefono"), max_length=30, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            self.details_given()
        except ValidationError as error:
            for field, sentences in error.message_dict.items():
                self.add_error(field, sentences)
        return cleaned

    def details_given(self) -> PersonDetails | None:
        """The person's details, or None for who gives none."""
        given = {name: self.cleaned_data.get(name, "").strip() for name in ("name", "phone", "email")}
        return PersonDetails(**given) if any(given.values()) else None


class ReachedForm(forms.Form):
    """How to tell somebody what changes without asking who they are: by e-mail, by telephone, or not at all.

    `contact_value` of the clean data is the address or the number of the way that was chosen.
    """

    # What who does not want to be told does instead.
    otherwise: str | Promise = _("Non serve")

    name = forms.CharField(
        label=_("Come ti chiami?"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.ChoiceField(
        label=_("Se cambia qualcosa, come ti avvisiamo?"), initial="email", widget=RadioCards()
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=200,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    phone = forms.CharField(
        label=_("Telefono"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [("email", _("Per e-mail")), ("phone", _("Per telefono")), ("none", self.otherwise)]
        self.fields["contact"].choices = ways

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        way = cleaned.get("contact")
        for name, clean in (("email", details.clean_email), ("phone", details.clean_phone)):
            if way == name:
                self._check(cleaned, name, clean)
        return cleaned

    def _check(self, cleaned: dict[str, Any], name: str, clean: Callable[[str], str]) -> None:
        try:
            cleaned["contact_value"] = clean(cleaned.get(name) or "")
        except ValidationError as problem:
            self.add_error(name, problem)
            return
        if not cleaned["contact_value"]:
            self.add_error(name, _("Serve per avvisarti nel modo che hai scelto."))


class PurposeForm(forms.Form):
    """Why someone's data are looked at: one of the usual reasons, or own words."""

    purpose = forms.ChoiceField(
        label=_("Perché ti servono"),
        required=False,
        choices=[*Purpose.choices, ("", _("per un altro motivo, che scrivo sotto"))],
        initial=Purpose.CONTACT,
    )
    words = forms.CharField(label=_("Altro motivo"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("purpose") and len(str(cleaned.get("words", "")).strip()) < PURPOSE_MIN:
            self.add_error("words", _("Scrivi perché ti servono questi dati, con qualche parola."))
        return cleaned

    @property
    def reason(self) -> str:
        return self.cleaned_data["purpose"] or self.cleaned_data["words"]


class PersonForm(forms.Form):
    """What we keep of a person."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Nome e cognome"), max_length=details.NAME_MAX, required=False)
    phone = forms.CharField(label=_("Telefono"), max_length=40, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    other_phones = forms.CharField(
        label=_("Altri telefoni, uno per riga"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    other_emails = forms.CharField(
        label=_("Altri indirizzi e-mail, uno per riga"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    address = forms.CharField(label=_("Indirizzo"), max_length=details.ADDRESS_MAX, required=False)
    language = forms.ChoiceField(label=_("Lingua"), choices=languages.RESIDENT_LANGUAGES)
    contact_way = forms.ChoiceField(
        label=_("Come contattarla"), choices=[("", _("non l'ha detto")), *ContactWay.choices], required=False
    )
    needs = forms.CharField(
        label=_("Cose da sapere quando la si contatta"),
        help_text=_("Per esempio: sente poco, è in casa solo la mattina, ha bisogno di un interprete."),
        required=False,
        max_length=details.NEEDS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def values_of(shown: RevealedPerson) -> dict[str, Any]:
        """What the form starts from."""
        return {
            "version": shown.version,
            "name": shown.name,
            "phone": next(iter(shown.phones), ""),
            "email": next(iter(shown.emails), ""),
            "other_phones": "\n".join(shown.phones[1:]),
            "other_emails": "\n".join(shown.emails[1:]),
            "address": shown.address,
            "language": shown.language,
            "contact_way": shown.contact_way,
            "needs": shown.needs,
        }

    def clean(self) -> dict[str, Any]:
        """Make the details of what was typed; their sentences go to their fields."""
        cleaned: dict[str, Any] = super().clean() or {}
        given = {name: value for name, value in cleaned.items() if name != "version"}
        for name in ("other_phones", "other_emails"):
            given[name] = tuple(str(given.get(name, "")).splitlines())
        try:
            self.details = PersonDetails(**given)
        except ValidationError as problem:
            for name, sentences in problem.message_dict.items():
                self.add_error(name, sentences)
        return cleaned


SIZE_MAX = 30
NEWCOMER = "new"


class HouseholdsFilter(forms.Form):
    """Which households a list shows."""

    area = forms.TypedChoiceField(label=_("Zona"), required=False, coerce=int, empty_value=None)
    alloggio = forms.ChoiceField(
        label=_("Alloggio"),
        required=False,
        choices=[("", _("tutti")), ("si", _("con un alloggio")), ("no", _("senza alloggio"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("tutte")), *territory.reference_area_choices()]

    @property
    def asked(self) -> dict[str, Any]:
        """What the list is narrowed by; a value that is not offered narrows nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        housed = {"si": True, "no": False}.get(cleaned.get("alloggio", ""))
        return {"area_id": cleaned.get("area"), "is_housed": housed}


class StatedForm(VersionedForm):
    """What is told of a household while its members are not known."""

    languages = forms.MultipleChoiceField(
        label=_("Lingue che parla"),
        required=False,
        choices=languages.RESIDENT_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Servono a scrivere gli avvisi. Quando conosci le persone, valgono le loro lingue."),
    )
    size = forms.IntegerField(
        label=_("Quante persone, se lo sai"), required=False, min_value=1, max_value=SIZE_MAX
    )

    @property
    def stated(self) -> Stated:
        """The clean values."""
        return Stated(tuple(self.cleaned_data["languages"]), self.cleaned_data["size"])

    @staticmethod
    def values_of(household: Household) -> dict[str, Any]:
        """What the form starts from."""
        return {
            "languages": household.stated_languages,
            "size": household.stated_size,
            "seen_version": household.version,
        }


class SettleForm(StatedForm):
    """Who lives behind a door: a household that is new to us, or one that comes from somewhere else."""

    number = forms.IntegerField(
        label=_("Numero del nucleo, se lo seguiamo già"),
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text=_("Scrivilo se arriva da un altro alloggio. Se è nuovo lascia vuoto."),
    )
    since = forms.DateField(
        label=_("Ci abita dal"), required=False, widget=DateInput, help_text=_("Lascia vuoto se non si sa.")
    )
    field_order = ("number", "since", "languages", "size")


class LeaveForm(VersionedForm):
    """The last day in a dwelling."""

    until = forms.DateField(
        label=_("Fino al"), required=False, widget=DateInput, help_text=_("Se lasci vuoto, è oggi.")
    )


class RelationForm(forms.Form):
    """What somebody is to the person to be spoken with."""

    relation = forms.ChoiceField(
        label=_("Chi è nel nucleo"), required=False, choices=[("", _("non si sa")), *Relation.choices]
    )


class MemberForm(RelationForm):
    """Somebody who lives in a household: one of those whom we know by a name like this, or somebody new."""

    name = forms.CharField(label=_("Nome e cognome"), max_length=details.NAME_MAX)
    phone = forms.CharField(label=_("Telefono"), max_length=40, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Lingua"), choices=languages.RESIDENT_LANGUAGES)
    known = forms.ChoiceField(label=_("È una di queste?"), required=False, widget=forms.RadioSelect)
    field_order = ("known", "name", "phone", "email", "language", "relation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person: PersonDetails | None = None
        self.offer(())

    def offer(self, hits: Sequence[PersonHit]) -> None:
        """Offer those whom we know by such a name; with nobody, nothing is asked."""
        rows = [(hit.reference, " ".join(filter(None, (hit.name, hit.hint)))) for hit in hits]
        self.fields["known"].choices = [*rows, (NEWCOMER, _("nessuna: è una persona nuova"))]
        self.fields["known"].widget = forms.RadioSelect() if rows else forms.HiddenInput()
        self.fields["known"].widget.choices = self.fields["known"].choices

    def clean(self) -> dict[str, Any]:
        """Make the details of what was typed; their sentences go to their fields."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            self.person = PersonDetails(
                **{name: cleaned.get(name, "") for name in ("name", "phone", "email", "language")}
            )
        except ValidationError as problem:
            for name, sentences in problem.message_dict.items():
                self.add_error(name, sentences)
        return cleaned
