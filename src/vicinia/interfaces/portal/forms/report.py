"""The report: the notice, what happens and where, and who tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Category
from vicinia.domain.listening.states import Frequency
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import ContactWay
from vicinia.domain.territory.forms import PlaceForm
from vicinia.domain.territory.queries import Location
from vicinia.foundation.attachments import reading
from vicinia.foundation.attachments.refusals import FileRefused
from vicinia.foundation.kernel import languages
from vicinia.foundation.look.forms import PhotosField, RadioCards, SuggestInput

DESCRIPTION_MAX = 5000
NAMED, ANONYMOUS = "named", "anonymous"


def kind_choices(kinds: Iterable[Category]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Kinds of problem in their groups, in the language of who reads."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in kinds:
        group = kind.parent.label if kind.parent else ""
        groups.setdefault(group, []).append((kind.code, kind.label))
    return list(groups.items())


class KeptFilesField(PhotosField):
    """Files, each looked at for what it really is before it is kept."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files, or a sentence that names the one that can't be kept."""
        files = super().clean(data, initial)
        for file in files:
            try:
                reading.read(file)
            except FileRefused as refused:
                raise ValidationError(str(refused.verdict.sentence)) from refused
        return files


class PrivacyForm(forms.Form):
    """First step: the notice has been read."""

    privacy = forms.BooleanField(
        label=_("Ho letto e compreso l'informativa sulla privacy"),
        error_messages={"required": _("Per andare avanti, conferma di aver letto l'informativa.")},
    )


class ContactForm(forms.Form):
    """Who writes, and how they want to be reached."""

    name = forms.CharField(
        label=_("Nome e cognome"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Telefono"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=200,
        help_text=_("Qui ti mandiamo la ricevuta e il collegamento per seguire la segnalazione."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    home = forms.CharField(
        label=_("Il tuo indirizzo"),
        required=False,
        max_length=200,
        help_text=_("Serve solo se vuoi una lettera o una visita."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    contact_way = forms.ChoiceField(
        label=_("Come preferisci che ti cerchiamo?"),
        required=False,
        choices=[
            (ContactWay.PHONE.value, _("Per telefono")),
            (ContactWay.EMAIL.value, _("Per e-mail")),
            (ContactWay.LETTER.value, _("Per lettera")),
            (ContactWay.VISIT.value, _("Di persona")),
        ],
        widget=RadioCards,
    )
    language = forms.ChoiceField(
        label=_("In che lingua preferisci parlare?"), required=False, choices=languages.RESIDENT_LANGUAGES
    )

    def clean(self) -> dict[str, Any]:
        """Check the contacts as `people` will, and that the way chosen has what it needs."""
        cleaned = super().clean() or {}
        if self.is_named():
            self._require_a_way(cleaned)
            self._check_details(cleaned)
        return cleaned

    def is_named(self) -> bool:
        """Whether contacts are left at all."""
        return True

    def _require_a_way(self, cleaned: Mapping[str, Any]) -> None:
        if not cleaned.get("name"):
            self.add_error("name", _("Scrivi il tuo nome, così sappiamo chi cercare."))
        if not (cleaned.get("phone") or cleaned.get("email") or cleaned.get("home")):
            self.add_error("phone", _("Lascia un telefono, un'e-mail o un indirizzo: uno basta."))
            return
        needed = {"phone": "phone", "email": "email", "letter": "home", "visit": "home"}
        field = needed.get(cleaned.get("contact_way", ""), "")
        if field and not cleaned.get(field):
            self.add_error(field, _("Serve per cercarti nel modo che hai scelto."))

    def _check_details(self, cleaned: Mapping[str, Any]) -> None:
        if self.errors:
            return
        try:
            self.details_of(cleaned)
        except ValidationError as error:
            for field, sentences in error.message_dict.items():
                self.add_error({"address": "home"}.get(field, field), sentences)

    @staticmethod
    def details_of(cleaned: Mapping[str, Any]) -> PersonDetails:
        """The contacts as a person's details."""
        return PersonDetails(
            name=cleaned["name"],
            phone=cleaned["phone"],
            email=cleaned["email"],
            address=cleaned["home"],
            language=cleaned["language"] or get_language() or "it",
            contact_way=cleaned["contact_way"],
        )


class DetailsForm(PlaceForm, ContactForm):
    """Second step: where, what, who."""

    kind_words = forms.CharField(
        label=_("Cerca il tipo di problema"),
        required=False,
        max_length=120,
        help_text=_(
            "Scrivi una parola, per esempio: rumore, rifiuti, lite. Oppure scegli dalla lista qui sotto."
        ),
        widget=SuggestInput(reverse_lazy("public_kind_suggestions"), into="id_kind"),
    )
    kind = forms.ChoiceField(label=_("Tipo di disservizio"))
    title = forms.CharField(label=_("Titolo"), max_length=140, help_text=_("Il problema in poche parole."))
    description = forms.CharField(
        label=_("Dettagli"),
        max_length=DESCRIPTION_MAX,
        help_text=_("Che cosa succede? Scrivi come parli. Se puoi, non scrivere i nomi di altre persone."),
        widget=forms.Textarea(attrs={"rows": 6, "data-counter": str(DESCRIPTION_MAX)}),
    )
    since_words = forms.CharField(
        label=_("Da quando succede?"),
        required=False,
        max_length=140,
        help_text=_("Per esempio: da una settimana, da Natale."),
    )
    frequency = forms.ChoiceField(
        label=_("Quanto spesso?"), required=False, choices=[("", _("non so")), *Frequency.choices]
    )
    who_suffers = forms.CharField(
        label=_("Chi ne soffre?"),
        required=False,
        max_length=300,
        help_text=_("Per esempio: io, mia madre che ha 84 anni, tutta la scala."),
    )
    at_risk = forms.BooleanField(label=_("Qualcuno è in pericolo o molto fragile"), required=False)
    photos = KeptFilesField(
        label=_("Immagini"), required=False, help_text=_("Foto o documenti PDF, se aiutano a capire.")
    )
    identity = forms.ChoiceField(
        label=_("Vuoi lasciare i tuoi contatti?"),
        choices=[(NAMED, _("Sì, così potete cercarmi")), (ANONYMOUS, _("No, resto anonimo"))],
        error_messages={"required": _("Scegli se lasciare i tuoi contatti o restare anonimo.")},
        widget=RadioCards(
            hints={
                NAMED: _("Una persona ti cerca entro pochi giorni. Nessun altro vede i tuoi dati."),
                ANONYMOUS: _(
                    "Non possiamo cercarti né scriverti. Avrai un numero e un collegamento privato da conservare."
                ),
            }
        ),
    )
    on_behalf_of = forms.CharField(
        label=_("Segnali per conto di qualcuno?"),
        required=False,
        max_length=140,
        help_text=_("Se sì, scrivi per chi. Per esempio: mia madre, una vicina di casa."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kinds = {kind.code: kind for kind in listening.kinds_in_use()}
        self.fields["kind"].choices = [("", _("Scegli dalla lista")), *kind_choices(self._kinds.values())]
        self.fields["address"].label = _("Cerca un luogo")
        self.fields["address"].help_text = _(
            "Scrivi la via e il numero, o il nome di un parco o di una scuola."
        )
        self.fields["photos"].widget.attrs["accept"] = "image/*,application/pdf"
        if self.is_bound and not self.data.get("kind"):
            self._kind_by_words(self.data.get("kind_words", ""))
        self.order_fields(["address", "place_words", "kind_words", "kind", "title", "description"])

    def is_named(self) -> bool:
        """Whoever stays anonymous is not asked for contacts."""
        return self.data.get("identity") == NAMED

    def clean(self) -> dict[str, Any]:
        """A place in any form, and a kind chosen or named."""
        cleaned = super().clean()
        has_point = cleaned.get("lat") is not None and cleaned.get("lon") is not None
        if not (cleaned.get("address") or cleaned.get("place_words") or has_point):
            self.add_error(
                "address", _("Scrivi dove succede. Se non sai l'indirizzo, dillo a parole nel campo sotto.")
            )
        return cleaned

    def _kind_by_words(self, words: str) -> None:
        """Without JavaScript the words alone may say the kind; when they say several, these are named."""
        found = listening.kinds_like(words) if words else []
        sentence = gettext("Scegli il tipo dalla lista. Se sei in dubbio, scegli quello più vicino.")
        if len(found) == 1:
            chosen = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict or a dict, as forms are given
            chosen["kind"] = found[0].code
            self.data = chosen
        elif found:
            names = ", ".join(kind.label for kind in found[:5])
            sentence = gettext("Scegli uno di questi tipi dalla lista: %(names)s.") % {"names": names}
        self.fields["kind"].error_messages["required"] = sentence

    def chosen(self, name: str) -> str:
        """The words of a choice, or "" when nothing was chosen."""
        field = self.fields[name]
        value = self.cleaned_data.get(name, "")
        return str(dict(field.choices).get(value, "")) if value else ""

    @cached_property
    def place(self) -> Location:
        """The place that was given, looked up once."""
        return self.location

    @cached_property
    def category(self) -> Category:
        """The kind that was chosen."""
        return self._kinds[self.cleaned_data["kind"]]

    @property
    def details(self) -> PersonDetails | None:
        """Who writes, or None for who stays anonymous."""
        return self.details_of(self.cleaned_data) if self.is_named() else None
