"""Where something that was said or seen goes: into a case, into a new report, or nowhere."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Category
from vicinia.domain.presence import queries
from vicinia.domain.presence.actions import NewTalk, Settlement
from vicinia.domain.presence.states import ObservationBecame, TalkBecame, TalkHow
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import LongSelect, RadioCards


class CarryForm(forms.Form):
    """Mixin: which case, or which kind of problem. Subclasses say in `into_case` and `into_report` when they are asked."""

    into_case: frozenset[str] = frozenset()
    into_report: frozenset[str] = frozenset()

    case = forms.ChoiceField(label=_("Quale caso"), required=False)
    case_number = forms.CharField(
        label=_("Oppure il numero del caso"),
        required=False,
        max_length=16,
        help_text=_("Per esempio: 2026-0143."),
    )
    kind = forms.TypedChoiceField(
        label=_("Che tipo di problema"), required=False, coerce=int, empty_value=None, widget=LongSelect
    )

    def __init__(self, *args: Any, by: Actor, area_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.found_case: Case | None = None
        self.found_kind: Category | None = None
        offered = [(row.reference, str(row)) for row in queries.cases_to_tell(by, area_id)]
        self.fields["case"].choices = [("", _("Scegli dalla lista")), *offered]
        kinds = {kind.pk: kind for kind in listening.kinds_in_use()}
        self.kinds = kinds
        groups: dict[str, list[tuple[int, str]]] = {}
        for kind in kinds.values():
            groups.setdefault(kind.parent.label if kind.parent else "", []).append((kind.pk, kind.label))
        self.fields["kind"].choices = [("", _("Scegli dalla lista")), *groups.items()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        became = cleaned.get("became", "")
        if became in self.into_case:
            number = (cleaned.get("case_number") or "").strip() or cleaned.get("case", "")
            self.found_case = queries.case_line(self.by, number) if number else None
            if self.found_case is None:
                name = "case_number" if cleaned.get("case_number") else "case"
                self.add_error(name, _("Scegli un caso tra quelli che vedi, o scrivi il suo numero."))
        if became in self.into_report:
            self.found_kind = self.kinds.get(cleaned.get("kind") or 0)
            if self.found_kind is None:
                self.add_error("kind", _("Scegli il tipo di problema."))
        return cleaned


class TalkForm(CarryForm):
    """A talk in ten seconds: how, what they said, done."""

    into_case = frozenset({TalkBecame.CASE})
    into_report = frozenset({TalkBecame.REPORT})

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    how = forms.ChoiceField(
        label=_("Come"), choices=TalkHow.choices, initial=TalkHow.VISIT, widget=RadioCards()
    )
    words = forms.CharField(
        label=_("Che cosa ha detto"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    missed = forms.BooleanField(label=_("Non l'ho trovato: riprovo domani"), required=False)
    became = forms.ChoiceField(
        label=_("Dove va quello che ha detto"),
        choices=TalkBecame.choices,
        initial=TalkBecame.NOTHING,
        widget=RadioCards(),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("became", TalkBecame.NOTHING) != TalkBecame.NOTHING:
            if cleaned.get("missed"):
                self.add_error("missed", _("Se non l'hai trovato, non c'è niente da portare altrove."))
            elif not cleaned.get("words"):
                self.add_error(
                    "words", _("Scrivi che cosa ha detto: è quello che va nel caso o nella segnalazione.")
                )
        return cleaned

    def new_talk(self) -> NewTalk:
        values = self.cleaned_data
        kept = {name: values[name] for name in ("uuid", "how", "words", "became")}
        return NewTalk(reached=not values["missed"], case=self.found_case, category=self.found_kind, **kept)


class SettleForm(CarryForm):
    """What came of an observation."""

    into_case = frozenset({ObservationBecame.NOTE, ObservationBecame.LINKED})
    into_report = frozenset({ObservationBecame.REPORT})

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    became = forms.ChoiceField(
        label=_("Che cosa ne è stato"),
        choices=[one for one in ObservationBecame.choices if one[0] != ObservationBecame.OPEN],
        widget=RadioCards(
            hints={
                ObservationBecame.NOTE: _("Entra nel diario del caso, con le sue parole."),
                ObservationBecame.LINKED: _("Il caso la mostra tra ciò che si è visto nei giri."),
                ObservationBecame.REPORT: _("Segue la strada delle altre segnalazioni."),
            }
        ),
    )
    field_order = ("became", "case", "case_number", "kind")

    def settlement(self) -> Settlement:
        return Settlement(self.cleaned_data["became"], self.found_case, self.found_kind)
