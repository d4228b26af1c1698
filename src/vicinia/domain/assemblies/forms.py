"""What is typed about assemblies, checked for shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.assemblies import queries
from vicinia.domain.assemblies.actions import (
    AssemblyPlan,
    NewPoint,
    NewResolution,
    NewSeat,
    RuleOfCall,
)
from vicinia.domain.assemblies.models import Assembly, CallRule, Point, Resolution, Seat
from vicinia.domain.assemblies.states import (
    RESOLUTION_MOVES,
    AmendmentState,
    AssemblyKind,
    QuorumRule,
    ResolutionState,
    SeatMark,
)
from vicinia.domain.network import queries as network
from vicinia.domain.territory import queries as territory
from vicinia.foundation.look.forms import (
    CheckboxCards,
    DateInput,
    LongSelect,
    RadioCards,
    TimeInput,
    VersionedForm,
    textarea,
)

LONGEST_MINUTES = 40_000
LONGEST_WORDS = 4000


class PlanForm(VersionedForm):
    """What, when, where, for whom."""

    kind = forms.ChoiceField(label=_("Che cosa è"), choices=AssemblyKind.choices, widget=RadioCards)
    title = forms.CharField(label=_("Titolo"), max_length=140)
    invitation = forms.CharField(
        label=_("Perché ci si trova"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=textarea(4),
        help_text=_("Due o tre frasi semplici: sono le prime che legge chi riceve la convocazione."),
    )
    day = forms.DateField(label=_("Giorno"), widget=DateInput())
    from_time = forms.TimeField(label=_("Dalle"), widget=TimeInput())
    to_time = forms.TimeField(label=_("Alle"), widget=TimeInput())
    place = forms.CharField(label=_("Dove"), max_length=200)
    second_day = forms.DateField(
        label=_("Giorno della seconda convocazione"),
        required=False,
        widget=DateInput(),
        help_text=_("Serve se alla prima non arrivano abbastanza persone."),
    )
    second_time = forms.TimeField(
        label=_("Ora della seconda convocazione"), required=False, widget=TimeInput()
    )
    entitled = forms.IntegerField(
        label=_("Quanti sono gli aventi diritto"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_(
            "Per esempio i nuclei assegnatari della scala. Per un comitato vale l'elenco dei convocati."
        ),
    )
    entitled_words = forms.CharField(
        label=_("Chi sono"),
        max_length=200,
        required=False,
        help_text=_("Per esempio: un voto per ogni alloggio."),
    )
    is_public = forms.BooleanField(
        label=_("Aperta a tutti: si pubblicano convocazione, verbale approvato e decisioni"), required=False
    )
    with_sign_up = forms.BooleanField(
        label=_("Ci si iscrive dal portale o allo sportello, con lista d'attesa"), required=False
    )
    places = forms.IntegerField(
        label=_("Posti"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Vuoto vuol dire senza limite."),
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Zone"), queryset=None, required=False, widget=CheckboxCards()
    )
    short_notice_reason = forms.CharField(
        label=_("Se convochi con pochi giorni, scrivi perché"),
        max_length=500,
        required=False,
        widget=textarea(2),
        help_text=_("Chi riceve la convocazione legge questo motivo."),
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = territory.reference_areas()
        if not is_new:
            del self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_time"), cleaned.get("to_time")
        if first and last and first >= last:
            self.add_error("to_time", _("Finisce prima di cominciare: controlla le ore."))
        if bool(cleaned.get("second_day")) != bool(cleaned.get("second_time")):
            self.add_error("second_time", _("Per la seconda convocazione servono il giorno e l'ora."))
        return cleaned

    def plan(self) -> AssemblyPlan:
        values = {
            name: value for name, value in self.cleaned_data.items() if name not in ("seen_version", "kind")
        }
        return AssemblyPlan(**values | {"areas": list(values["areas"]), "entitled": values["entitled"] or 0})

    @staticmethod
    def values_of(row: Assembly) -> dict[str, Any]:
        names = [name for name in PlanForm.base_fields if name not in ("areas", "seen_version", "kind")]
        areas = list(row.areas.values_list("pk", flat=True))
        return {name: getattr(row, name) for name in names} | {"areas": areas, "seen_version": row.version}


class PointForm(VersionedForm):
    """One thing on the agenda."""

    title = forms.CharField(label=_("Argomento"), max_length=200)
    explained = forms.CharField(
        label=_("Spiegalo in parole semplici"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )

    def point(self) -> NewPoint:
        return NewPoint(self.cleaned_data["title"], self.cleaned_data["explained"])

    @staticmethod
    def values_of(row: Point) -> dict[str, Any]:
        return {"title": row.title, "explained": row.explained, "seen_version": row.version}


class SeatsForm(forms.Form):
    """Who is called by name."""

    users = forms.ModelMultipleChoiceField(
        label=_("Colleghi"), queryset=None, required=False, widget=CheckboxCards()
    )
    bodies = forms.ModelMultipleChoiceField(
        label=_("Enti"), queryset=None, required=False, widget=CheckboxCards()
    )
    words = forms.CharField(
        label=_("Altre persone, una per riga"),
        max_length=2000,
        required=False,
        widget=textarea(),
        help_text=_("Per esempio chi rappresenta gli abitanti. Questi nomi non si pubblicano."),
    )
    role = forms.CharField(
        label=_("In che ruolo"),
        max_length=120,
        required=False,
        help_text=_(
            "Vale per tutti quelli che aggiungi adesso, per esempio «rappresentante degli abitanti»."
        ),
    )
    is_guest = forms.BooleanField(label=_("Sono ospiti: non contano per il numero legale"), required=False)

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = [seat.user_id for seat in seats if seat.user_id]
        self.fields["users"].queryset = queries.owners().exclude(pk__in=there)
        self.fields["bodies"].queryset = network.bodies().exclude(
            pk__in=[seat.body_id for seat in seats if seat.body_id]
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("users", "bodies", "words")):
            self.add_error(None, _("Scegli o scrivi almeno una persona o un ente."))
        return cleaned

    def seats(self) -> list[NewSeat]:
        values = self.cleaned_data
        more: dict[str, Any] = {"role": values["role"], "is_counted": not values["is_guest"]}
        lines = [line.strip() for line in values["words"].splitlines() if line.strip()]
        return [
            *(NewSeat(user=user, **more) for user in values["users"]),
            *(NewSeat(body=body, **more) for body in values["bodies"]),
            *(NewSeat(words=line[:160], **more) for line in lines),
        ]


class MarksForm(VersionedForm):
    """Who of those called by name is there."""

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            self.fields[f"seat_{seat.pk}"] = forms.ChoiceField(
                label=f"{seat.name}, {seat.role}" if seat.role else seat.name,
                choices=SeatMark.choices,
                initial=seat.mark,
            )

    def marks(self) -> dict[int, str]:
        return {seat.pk: self.cleaned_data[f"seat_{seat.pk}"] for seat in self.seats}


class OpenForm(VersionedForm):
    """How many are there, who is in the chair, who writes."""

    present = forms.IntegerField(
        label=_("Quanti sono i presenti che contano"),
        min_value=0,
        max_value=100_000,
        help_text=_("Chi ha diritto di voto, deleghe comprese."),
    )
    chair = forms.CharField(label=_("Chi presiede"), max_length=120, required=False)
    secretary = forms.CharField(label=_("Chi scrive il verbale"), max_length=120, required=False)


class NoQuorumForm(VersionedForm):
    """How few there are."""

    present = forms.IntegerField(
        label=_("Quanti sono i presenti che contano"), min_value=0, max_value=100_000
    )


class MinutesForm(VersionedForm):
    """The text of the minutes."""

    text = forms.CharField(
        label=_("Verbale"),
        max_length=LONGEST_MINUTES,
        widget=textarea(22),
        strip=False,
        help_text=_(
            "Una riga che comincia con ## è un titolo, con - è un punto di un elenco. Senza nomi di abitanti."
        ),
    )

    def clean_text(self) -> str:
        """Browsers send lines their own way: the same words are the same text."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n").strip()


class TermForm(VersionedForm):
    """Until when corrections may be asked for."""

    until = forms.DateField(label=_("Si possono chiedere correzioni fino al"), widget=DateInput())


class AmendmentForm(forms.Form):
    """A correction that somebody asks for."""

    words = forms.CharField(
        label=_("Che cosa va corretto, e come"), max_length=LONGEST_WORDS, widget=textarea(5)
    )
    who = forms.CharField(label=_("Chi la chiede"), max_length=120, required=False)


class SettleForm(forms.Form):
    """Whether a correction is accepted."""

    state = forms.ChoiceField(
        label=_("Che cosa rispondi"),
        choices=[
            (AmendmentState.ACCEPTED.value, _("La accolgo")),
            (AmendmentState.REJECTED.value, _("Non la accolgo")),
        ],
        widget=RadioCards,
    )
    answer = forms.CharField(
        label=_("Perché"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=textarea(),
        help_text=_("Se non la accogli, il motivo serve. Se la accogli, poi correggi il testo."),
    )


class ResolutionForm(forms.Form):
    """What was decided, who carries it out by when."""

    words = forms.CharField(
        label=_("Che cosa si è deciso"),
        max_length=LONGEST_WORDS,
        widget=textarea(4),
        help_text=_(
            "Una decisione sola, senza nomi di abitanti: quando il verbale è approvato la leggono tutti."
        ),
    )
    point = forms.TypedChoiceField(label=_("Su quale punto"), required=False, coerce=int, empty_value=None)
    owner = forms.ChoiceField(label=_("Chi la attua"), required=False, widget=LongSelect())
    owner_words = forms.CharField(
        label=_("Oppure scrivilo"),
        max_length=160,
        required=False,
        help_text=_("Per esempio «comitato inquilini». Si legge solo qui."),
    )
    due_on = forms.DateField(label=_("Entro"), widget=DateInput())
    votes_for = forms.IntegerField(label=_("Favorevoli"), required=False, min_value=0)
    votes_against = forms.IntegerField(label=_("Contrari"), required=False, min_value=0)
    votes_abstained = forms.IntegerField(label=_("Astenuti"), required=False, min_value=0)

    def __init__(self, *args: Any, points: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = {point.pk: point for point in points}
        self.users = {f"user:{user.pk}": user for user in queries.owners()}
        self.bodies = {f"body:{body.pk}": body for body in network.bodies()}
        titles = [(point.pk, point.title) for point in points]
        self.fields["point"].choices = [("", _("Su nessun punto")), *titles]
        self.fields["owner"].choices = [
            ("", _("Scegli chi")),
            (_("Noi"), [(key, user.name) for key, user in self.users.items()]),
            (_("Enti"), [(key, body.name) for key, body in self.bodies.items()]),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned["owner"]) == bool(cleaned["owner_words"].strip()):
            self.add_error("owner", _("Scegli chi la attua, oppure scrivilo sotto: uno dei due."))
        return cleaned

    def resolution(self) -> NewResolution:
        values = dict(self.cleaned_data)
        owner = values.pop("owner")
        values["point"] = self.points.get(values["point"] or 0)
        return NewResolution(owner_user=self.users.get(owner), owner_body=self.bodies.get(owner), **values)


class FollowForm(VersionedForm):
    """How far a decision is."""

    state = forms.ChoiceField(label=_("A che punto è"), widget=RadioCards)
    note = forms.CharField(
        label=_("Che cosa è successo"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )
    due_on = forms.DateField(label=_("Entro"), widget=DateInput())

    def __init__(self, *args: Any, resolution: Resolution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = RESOLUTION_MOVES.table[resolution.state]
        self.fields["state"].choices = [
            choice
            for choice in ResolutionState.choices
            if choice[0] in following or choice[0] == resolution.state
        ]

    @staticmethod
    def values_of(row: Resolution) -> dict[str, Any]:
        return {"state": row.state, "due_on": row.due_on, "seen_version": row.version}


class RuleForm(VersionedForm):
    """What the town asks of a call."""

    notice_days = forms.IntegerField(label=_("Giorni di avviso"), min_value=0, max_value=120)
    is_binding = forms.BooleanField(label=_("Con meno giorni non si convoca"), required=False)
    quorum_rule = forms.ChoiceField(
        label=_("Chi deve esserci"), choices=QuorumRule.choices, widget=RadioCards
    )
    quorum_value = forms.IntegerField(label=_("Quanti, o quale percentuale"), min_value=0, max_value=10_000)
    second_value = forms.IntegerField(
        label=_("Alla seconda convocazione"),
        required=False,
        min_value=0,
        max_value=10_000,
        help_text=_("Vuoto vuol dire come alla prima."),
    )

    def rule(self) -> RuleOfCall:
        return RuleOfCall(
            **{name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        )

    @staticmethod
    def values_of(row: CallRule) -> dict[str, Any]:
        names = ("notice_days", "is_binding", "quorum_rule", "quorum_value", "second_value")
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}
