"""A notice: for whom, in which words, by which ways, carried where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach import documents, queries
from vicinia.domain.outreach.actions import Audience, NewDelivery, NewNotice, NewText
from vicinia.domain.outreach.models import Event, Notice, NoticeText
from vicinia.domain.outreach.queries import StairToDo
from vicinia.domain.outreach.states import PAPER_WAYS, NoticeKind, Way
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Stair
from vicinia.foundation.attachments.forms import PhotosField
from vicinia.foundation.documents.states import RESIDENT_TEXT_LANGUAGES
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.forms import CheckboxCards, DateInput, RadioCards, VersionedForm

LONGEST_BODY = 6000
# More boxes than this nobody reads: whole buildings and areas are chosen then.
MOST_STAIRS = 200
LANGUAGES = [(code, label) for code, label in RESIDENT_LANGUAGES if code in RESIDENT_TEXT_LANGUAGES]
_SIGNS = _(
    "Una riga vuota separa i paragrafi, «- » fa un elenco, **così** è in grassetto."
    " Puoi scrivere {{ phone }}, {{ hours }}, {{ address }}, {{ unit }}, {{ town }}."
)


class StairsField(forms.ModelMultipleChoiceField):
    """Stairs, each with its building."""

    def label_from_instance(self, stair: Stair) -> str:
        return stair.where


class AudienceForm(VersionedForm):
    """For whom, and until when."""

    areas = forms.ModelMultipleChoiceField(
        label=_("Zone"), queryset=None, required=False, widget=CheckboxCards()
    )
    buildings = forms.ModelMultipleChoiceField(
        label=_("Edifici interi"), queryset=None, required=False, widget=CheckboxCards()
    )
    stairs = StairsField(label=_("Singole scale"), queryset=None, required=False, widget=CheckboxCards())
    until = forms.DateField(
        label=_("Vale fino al"),
        required=False,
        widget=DateInput(),
        help_text=_("Dopo, la pagina lo mostra tra quelli passati."),
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        buildings = territory.buildings(by)
        stairs = queries.stairs_to_choose(by)
        self.fields["areas"].queryset = territory.reference_areas()
        self.fields["areas"].help_text = _("Se non scegli niente, è per tutta la città.")
        self.fields["buildings"].queryset = buildings
        self.fields["stairs"].queryset = stairs
        if not buildings.exists():
            del self.fields["buildings"]
        if not 0 < stairs.count() <= MOST_STAIRS:
            del self.fields["stairs"]

    def audience(self) -> Audience:
        values = self.cleaned_data
        return Audience(
            list(values["areas"]), list(values.get("buildings", ())), list(values.get("stairs", ()))
        )

    @staticmethod
    def values_of(row: Notice) -> dict[str, Any]:
        return {
            "areas": [one.pk for one in row.areas.all()],
            "buildings": [one.pk for one in row.buildings.all()],
            "stairs": [one.pk for one in row.stairs.all()],
            "until": row.until,
            "seen_version": row.version,
        }


class _Written(forms.Form):
    """A title, a text, and the same in easy words."""

    subject = forms.CharField(label=_("Titolo"), max_length=140)
    body = forms.CharField(
        label=_("Testo"), max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 9}), help_text=_SIGNS
    )
    easy = forms.CharField(
        label=_("In parole facili"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Frasi di poche parole, una cosa per riga. Per chi legge con fatica."),
    )

    def _clean_text(self, name: str) -> str:
        text: str = self.cleaned_data[name].strip()
        if faults := documents.faults_in(text):
            raise forms.ValidationError(faults)
        return text

    def clean_body(self) -> str:
        return self._clean_text("body")

    def clean_easy(self) -> str:
        return self._clean_text("easy")


class NoticeForm(_Written, AudienceForm):
    """A new notice, in Italian; other languages come next."""

    kind = forms.ChoiceField(
        label=_("Che cos'è"),
        choices=NoticeKind.choices,
        widget=RadioCards(
            hints={
                NoticeKind.NOTICE.value: _("Va a chi ha chiesto gli avvisi, e sulla carta."),
                NoticeKind.NEWSLETTER.value: _("Va a chi ha chiesto la newsletter."),
            }
        ),
    )
    field_order = ("kind", "subject", "body", "easy", "areas", "buildings", "stairs", "until")

    def notice(self, event: Event | None = None) -> NewNotice:
        values = self.cleaned_data
        text = NewText(values["subject"], values["body"], easy=values["easy"])
        return NewNotice([text], self.audience(), values["kind"], values["until"], event)


class TextForm(VersionedForm, _Written):
    """The notice in one language, on top of the version that was read."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        for name in ("subject", "body", "easy"):
            self.fields[name].widget.attrs |= {"lang": language, "dir": "auto"}

    def text(self) -> NewText:
        values = self.cleaned_data
        return NewText(values["subject"], values["body"], self.language, values["easy"])

    @staticmethod
    def values_of(row: Notice, text: NoticeText | None) -> dict[str, Any]:
        written = {name: getattr(text, name) for name in ("subject", "body", "easy")} if text else {}
        return {**written, "seen_version": row.version}


class ReaderForm(forms.Form):
    """Who has read a translation again."""

    reader = forms.CharField(
        label=_("Chi l'ha riletta"),
        max_length=120,
        help_text=_("Una persona che parla bene la lingua, per esempio «Amina, mediatrice»."),
    )


class WaysForm(VersionedForm):
    """By which ways it goes out besides its page."""

    ways = forms.MultipleChoiceField(label=_("Oltre alla pagina web"), required=False, widget=CheckboxCards())

    def __init__(self, *args: Any, ways: Sequence[Way], hints: dict[str, Sentence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ways"]
        field.choices = [(way.value, way.label) for way in ways]
        field.widget.hints = hints


class SheetForm(forms.Form):
    """In which languages a sheet is printed."""

    lingue = forms.MultipleChoiceField(label=_("Lingue sul foglio"), required=False, widget=CheckboxCards())
    facile = forms.BooleanField(label=_("Anche in parole facili"), required=False)

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(RESIDENT_LANGUAGES)
        self.fields["lingue"].choices = [(code, names[code]) for code in notice.by_language]


class DeliveryForm(forms.Form):
    """What was carried where, by whom."""

    way = forms.ChoiceField(
        label=_("Che cosa hai consegnato"),
        choices=[(way.value, way.label) for way in PAPER_WAYS],
        initial=Way.LEAFLET,
        widget=RadioCards(),
    )
    stairs = forms.MultipleChoiceField(label=_("A quali scale"), required=False, widget=CheckboxCards())
    place = forms.CharField(
        label=_("O in quale altro posto"),
        max_length=140,
        required=False,
        help_text=_("Per esempio «bacheca del cortile» o «bar della piazza»."),
    )
    day = forms.DateField(label=_("Giorno"), widget=DateInput(), initial=clock.today)
    doors = forms.IntegerField(
        label=_("A quante porte"),
        min_value=0,
        max_value=5000,
        required=False,
        help_text=_("Vuoto vuol dire a tutte le porte di ogni scala scelta."),
    )
    carried_by = forms.CharField(label=_("Chi l'ha portato"), max_length=120)
    remark = forms.CharField(label=_("Che cosa va saputo"), max_length=200, required=False)
    photos = PhotosField(
        label=_("Foto"), at_most=2, help_text=_("Se serve una prova: la bacheca, non le persone.")
    )

    def __init__(self, *args: Any, stairs: Sequence[StairToDo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.stair.pk): one.stair for one in stairs}
        field = self.fields["stairs"]
        field.choices = [(str(one.stair.pk), one.stair.where) for one in stairs]
        if not stairs:
            del self.fields["stairs"]

    def delivery(self) -> NewDelivery:
        values = dict(self.cleaned_data)
        values["stairs"] = [self.known[pk] for pk in values.get("stairs", ())]
        return NewDelivery(**values)
