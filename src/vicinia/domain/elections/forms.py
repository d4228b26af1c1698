"""What is typed about votes and draws at the desk, checked for shape."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.elections.actions import DrawPlan, NewOption, PollPlan
from vicinia.domain.elections.models import Draw, Option, Poll
from vicinia.domain.elections.states import Basis, Method, PollKind
from vicinia.domain.outreach import queries as outreach
from vicinia.domain.participation import queries as participation
from vicinia.domain.participation.states import ProcessState
from vicinia.domain.territory.models import Stair
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import (
    CheckboxCards,
    DateInput,
    DateTimeInput,
    RadioCards,
    VersionedForm,
    textarea,
)
from vicinia_analytics import voting

LONGEST_WORDS = 2000
LINE = re.compile(r"^\s*([A-Za-z]+)\s*[:=×x* ]\s*(\d{1,5})\s*$")


class StairsField(forms.ModelMultipleChoiceField):
    """Stairs, each with its building."""

    def label_from_instance(self, stair: Stair) -> str:
        return f"{stair.building.name}, {stair.name}"


class PollForm(VersionedForm):
    """What is asked, of whom, when."""

    kind = forms.ChoiceField(label=_("Che cosa si vota"), choices=PollKind.choices, widget=RadioCards)
    title = forms.CharField(label=_("Titolo"), max_length=140)
    question = forms.CharField(
        label=_("Domanda"),
        max_length=LONGEST_WORDS,
        widget=textarea(3),
        help_text=_("Come la legge chi vota. Una domanda sola, senza «non»."),
    )
    method = forms.ChoiceField(
        label=_("Come si vota"),
        choices=Method.choices,
        widget=RadioCards(
            hints={
                Method.PLURALITY.value: _("La più semplice: una crocetta sola."),
                Method.APPROVAL.value: _(
                    "Buona per un comitato: vincono le voci che vanno bene a più persone."
                ),
                Method.RANKED.value: _("Se nessuno ha la metà, chi è ultimo esce e i suoi voti passano."),
            }
        ),
    )
    seats = forms.IntegerField(label=_("Quanti si scelgono"), min_value=1, max_value=20, initial=1)
    most = forms.IntegerField(
        label=_("Quante voci può segnare chi vota"), min_value=1, max_value=20, initial=1
    )
    basis = forms.ChoiceField(label=_("Chi vota"), choices=Basis.choices, widget=RadioCards)
    stairs = StairsField(label=_("Scale"), queryset=None, required=False, widget=CheckboxCards())
    opens_at = forms.DateTimeField(label=_("Si vota dal"), widget=DateTimeInput())
    closes_at = forms.DateTimeField(label=_("Si vota fino al"), widget=DateTimeInput())
    place = forms.CharField(
        label=_("Dove si vota su carta"),
        max_length=200,
        required=False,
        help_text=_("Posto e orari. Vuoto vuol dire che si vota solo con il codice."),
    )
    lot_source = forms.CharField(
        label=_("Se c'è un pareggio, quale numero pubblico decide"),
        max_length=200,
        help_text=_("Per esempio: la prima estrazione del lotto dopo la chiusura."),
    )
    process = forms.ModelChoiceField(label=_("In quale processo"), queryset=None, required=False)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stairs"].queryset = outreach.stairs_to_choose(by)
        open_ones = participation.processes(by).filter(state__in=(ProcessState.DRAFT, ProcessState.OPEN))
        self.fields["process"].queryset = open_ones.order_by("title", "id")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("opens_at"), cleaned.get("closes_at")
        if first and last and first >= last:
            self.add_error("closes_at", _("La votazione finisce prima di cominciare: controlla i giorni."))
        if cleaned.get("basis") not in (None, Basis.LIST) and not cleaned.get("stairs"):
            self.add_error("stairs", _("Scegli almeno una scala, oppure fai votare un elenco di nomi."))
        return cleaned

    def plan(self) -> PollPlan:
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        kinds = {
            "kind": PollKind(values["kind"]),
            "method": Method(values["method"]),
            "basis": Basis(values["basis"]),
        }
        return PollPlan(**values | kinds | {"stairs": list(values["stairs"])})

    @staticmethod
    def values_of(row: Poll) -> dict[str, Any]:
        plain = ("kind", "title", "question", "method", "seats", "most", "basis", "opens_at", "closes_at")
        named = {name: getattr(row, name) for name in (*plain, "place", "lot_source", "process")}
        return named | {"stairs": [one.pk for one in row.stairs.all()], "seen_version": row.version}


class OptionForm(forms.Form):
    """Something to vote for."""

    label = forms.CharField(
        label=_("Voce"), max_length=140, help_text=_("Il nome di chi si candida, o la risposta.")
    )
    about = forms.CharField(
        label=_("Presentazione"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=textarea(4),
        help_text=_("Due righe che legge chi vota: di ognuno più o meno lo stesso spazio."),
    )

    def option(self) -> NewOption:
        return NewOption(**self.cleaned_data)


class NamesForm(forms.Form):
    """Names, one a line."""

    names = forms.CharField(
        label=_("Nomi"),
        max_length=400_000,
        widget=textarea(12),
        help_text=_("Uno per riga, con ciò che serve a riconoscerlo: Maria Bassi, scala A."),
    )

    def lines(self) -> list[str]:
        return [line for line in self.cleaned_data.get("names", "").splitlines() if line.strip()]


class PoolForm(forms.Form):
    """Who is in the pool of a draw: who lives on some stairs, and names."""

    stairs = StairsField(
        label=_("I nuclei di queste scale"), queryset=None, required=False, widget=CheckboxCards()
    )
    names = forms.CharField(
        label=_("E questi nomi"),
        max_length=400_000,
        required=False,
        widget=textarea(8),
        help_text=_("Uno per riga. Il portale non li mostra: mostra solo un numero per ognuno."),
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stairs"].queryset = outreach.stairs_to_choose(by)

    def lines(self) -> list[str]:
        return [line for line in self.cleaned_data.get("names", "").splitlines() if line.strip()]


class AdmitForm(forms.Form):
    """Who was forgotten, and why they are added."""

    label = forms.CharField(
        label=_("Chi è"), max_length=200, help_text=_("Come negli altri: nucleo o nome, scala e porta.")
    )
    reason = forms.CharField(label=_("Perché si aggiunge"), max_length=LONGEST_WORDS, widget=textarea(2))


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Perché"), max_length=LONGEST_WORDS, widget=textarea(3))


class CodesForm(forms.Form):
    """For whom codes are printed."""

    which = forms.ChoiceField(
        label=_("Per chi"),
        choices=[
            ("new", _("Per chi non ha ancora un codice")),
            ("all", _("Per tutti: i codici dati prima non valgono più")),
        ],
        widget=RadioCards,
        initial="new",
    )
    stair = forms.ModelChoiceField(
        label=_("Solo questa scala"), queryset=None, required=False, empty_label=_("Tutte le scale")
    )

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stair"] = forms.ModelChoiceField(
            label=_("Solo questa scala"),
            queryset=poll.stairs.select_related("building").order_by("building__name", "name", "id"),
            required=False,
            empty_label=_("Tutte le scale"),
        )


class PaperForm(forms.Form):
    """What one person counted in the paper box: how many of each kind of ballot."""

    blank = forms.IntegerField(label=_("Schede bianche"), min_value=0, max_value=9999, initial=0)
    spoiled = forms.IntegerField(label=_("Schede nulle"), min_value=0, max_value=9999, initial=0)

    def __init__(self, *args: Any, poll: Poll, options: list[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letters = [one.letter for one in options] if poll.method == Method.PLURALITY else []
        if self.letters:
            counts = {f"letter_{one.letter}": _number(str(one)) for one in options}
            self.fields = {**counts, **self.fields}
        else:
            lines = forms.CharField(
                label=_("Schede, una riga per ogni modo di votare"),
                required=False,
                max_length=50_000,
                widget=textarea(10),
                help_text=_("Le lettere segnate e quante schede sono così. Per esempio: BAC 12"),
            )
            self.fields = {"lines": lines, **self.fields}

    def clean_lines(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for line in self.cleaned_data["lines"].splitlines():
            if not line.strip():
                continue
            read = LINE.match(line)
            if read is None:
                raise forms.ValidationError(_("Questa riga non si legge: %(line)s") % {"line": line})
            letters = read[1].upper()
            found[letters] = found.get(letters, 0) + int(read[2])
        return found

    def box(self) -> dict[str, int]:
        """The lines as the count takes them."""
        values = self.cleaned_data
        counted = values.get("lines") or {
            letter: values[f"letter_{letter}"] for letter in self.letters if values[f"letter_{letter}"]
        }
        return {**counted, voting.BLANK: values["blank"], voting.SPOILED: values["spoiled"]}


def _number(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=9999, initial=0)


class CountForm(VersionedForm):
    """The number of the lot, where there is a tie, and why paper does not agree, where it does not."""

    seed = forms.CharField(
        label=_("Numero estratto in pubblico"),
        max_length=200,
        required=False,
        help_text=_("Serve solo se c'è un pareggio: lo dice questa pagina."),
    )
    note = forms.CharField(
        label=_("Perché schede e votanti su carta non tornano"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=textarea(2),
    )


class DrawForm(VersionedForm):
    """What is drawn for, how many, and which number decides."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    why = forms.CharField(label=_("A che cosa serve"), max_length=LONGEST_WORDS, widget=textarea(3))
    places = forms.IntegerField(label=_("Quanti si estraggono"), min_value=1, max_value=1000)
    reserves = forms.IntegerField(label=_("Quante riserve"), min_value=0, max_value=1000, initial=0)
    source = forms.CharField(
        label=_("Quale numero pubblico decide"),
        max_length=200,
        help_text=_("Uno che nessuno di noi sceglie. Per esempio: estrazione del lotto."),
    )
    source_day = forms.DateField(label=_("Giorno in cui esce"), widget=DateInput())

    def plan(self) -> DrawPlan:
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return DrawPlan(**values)

    @staticmethod
    def values_of(row: Draw) -> dict[str, Any]:
        names = ("title", "why", "places", "reserves", "source", "source_day")
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


class SeedForm(VersionedForm):
    """The number that came out."""

    seed = forms.CharField(
        label=_("Il numero uscito"),
        max_length=200,
        help_text=_("Come è stato pubblicato, con uno spazio tra un numero e l'altro."),
    )
