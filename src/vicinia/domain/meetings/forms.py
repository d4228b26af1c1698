"""What is typed about meetings, checked for shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.meetings import queries
from vicinia.domain.meetings.actions import (
    ItemMinutes,
    MeetingPlan,
    NewAction,
    NewExtract,
    NewGuests,
    NewItem,
)
from vicinia.domain.meetings.models import AgendaItem, Invited, Meeting, MeetingRows
from vicinia.domain.meetings.queries import Suggestion
from vicinia.domain.meetings.states import Attendance
from vicinia.domain.network import queries as network
from vicinia.domain.network.models import BodyPerson
from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import (
    CheckboxCards,
    DateInput,
    LongSelect,
    TimeInput,
    VersionedForm,
    textarea,
)

LONGEST_WORDS = 4000


class MeetingForm(VersionedForm):
    """When, where, about which part of the town."""

    title = forms.CharField(
        label=_("Titolo"),
        max_length=140,
        help_text=_("Lo leggono anche gli enti invitati: niente nomi e niente casi."),
    )
    day = forms.DateField(label=_("Giorno"), widget=DateInput())
    from_time = forms.TimeField(label=_("Dalle"), widget=TimeInput())
    to_time = forms.TimeField(label=_("Alle"), widget=TimeInput())
    place = forms.CharField(label=_("Dove"), max_length=200)
    areas = forms.ModelMultipleChoiceField(
        label=_("Zone"),
        queryset=None,
        required=False,
        widget=CheckboxCards(),
        help_text=_("Nessuna vuol dire tutto il territorio."),
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = territory.reference_areas()
        if not by.can(Capability.ASSIGN):  # those of the meeting stay, also if they are not one's own
            areas = areas.filter(pk__in={*by.area_ids, *self.initial.get("areas", ())})
        self.fields["areas"].queryset = areas

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_time"), cleaned.get("to_time")
        if first and last and first >= last:
            self.add_error("to_time", _("Il tavolo finisce prima di cominciare: controlla le ore."))
        return cleaned

    def plan(self) -> MeetingPlan:
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return MeetingPlan(**values | {"areas": list(values["areas"])})

    @staticmethod
    def values_of(row: Meeting) -> dict[str, Any]:
        names = ("title", "day", "from_time", "to_time", "place")
        areas = list(row.areas.values_list("pk", flat=True))
        return {name: getattr(row, name) for name in names} | {"areas": areas, "seen_version": row.version}


class _PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person: BodyPerson) -> str:
        return f"{person.name}, {person.body.name}"


class GuestsForm(forms.Form):
    """Who else is asked to come."""

    users = forms.ModelMultipleChoiceField(
        label=_("Colleghi"), queryset=None, required=False, widget=CheckboxCards()
    )
    people = _PeopleField(
        label=_("Persone degli enti"), queryset=None, required=False, widget=CheckboxCards()
    )
    bodies = forms.ModelMultipleChoiceField(
        label=_("Enti, senza dire chi"), queryset=None, required=False, widget=CheckboxCards()
    )
    words = forms.CharField(
        label=_("Un altro ospite"),
        max_length=140,
        required=False,
        help_text=_("Chi non è nell'elenco, per esempio «l'amministratrice del condominio». Lo inviti tu."),
    )

    def __init__(self, *args: Any, invited: Sequence[Invited], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = [one.body_id for one in invited if one.person_id is None and one.body_id]
        people = queries.guest_people().exclude(pk__in=[one.person_id for one in invited if one.person_id])
        users = queries.colleagues().exclude(pk__in=[one.user_id for one in invited if one.user_id])
        self.fields["people"].queryset = people
        self.fields["bodies"].queryset = network.bodies().exclude(pk__in=alone)
        self.fields["users"].queryset = users

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, _("Scegli almeno una persona o un ente."))
        return cleaned

    def guests(self) -> NewGuests:
        values = self.cleaned_data
        return NewGuests(
            bodies=list(values["bodies"]),
            people=list(values["people"]),
            users=list(values["users"]),
            words=values["words"],
        )


class SuggestionsForm(forms.Form):
    """Which of the suggested cases go on the agenda."""

    chosen = forms.MultipleChoiceField(label=_("Scegli quelli di cui parlare"), widget=CheckboxCards())

    def __init__(self, *args: Any, suggestions: Sequence[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggestions = {one.case.reference: one for one in suggestions}
        field = self.fields["chosen"]
        field.choices = [(name, str(one.case)) for name, one in self.suggestions.items()]
        field.widget.hints = {name: one.why for name, one in self.suggestions.items()}

    def items(self) -> list[NewItem]:
        return [NewItem(case=self.suggestions[name].case) for name in self.cleaned_data["chosen"]]


class SubjectForm(forms.Form):
    """A subject in words, or a case by its number."""

    case = forms.CharField(label=_("Numero del caso, se è un caso"), max_length=16, required=False)
    subject = forms.CharField(
        label=_("Argomento"), max_length=200, required=False, help_text=_("Senza nomi di persone.")
    )
    to_decide = forms.CharField(
        label=_("Che cosa c'è da decidere"), max_length=LONGEST_WORDS, required=False, widget=textarea(2)
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_case(self) -> Case | None:
        words = self.cleaned_data["case"].strip()
        found: Case | None = casework.cases(self.by).filter(reference=words).first() if words else None
        if words and found is None:
            raise forms.ValidationError(_("Non c'è nessun caso con questo numero tra quelli che vedi."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("case") and not cleaned.get("subject", "").strip():
            self.add_error("subject", _("Scrivi di che cosa si parla, o il numero di un caso."))
        return cleaned

    def item(self) -> NewItem:
        return NewItem(**self.cleaned_data)


class ItemForm(VersionedForm):
    """How an item is called, and what there is to decide."""

    subject = forms.CharField(label=_("Argomento"), max_length=200, help_text=_("Senza nomi di persone."))
    to_decide = forms.CharField(
        label=_("Che cosa c'è da decidere"), max_length=LONGEST_WORDS, required=False, widget=textarea(2)
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.case is not None:
            self.fields["subject"].required = False
            self.fields["subject"].help_text = _(
                "Se è vuoto, vale il titolo del caso. Senza nomi di persone."
            )


class PutOnForm(forms.Form):
    """At which meeting a case is discussed."""

    meeting = forms.ModelChoiceField(label=_("A quale tavolo"), queryset=None, empty_label=None)
    to_decide = forms.CharField(
        label=_("Che cosa c'è da decidere"), max_length=LONGEST_WORDS, required=False, widget=textarea(2)
    )

    def __init__(self, *args: Any, meetings: MeetingRows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        field.queryset = meetings
        field.label_from_instance = lambda row: f"{row.day:%d/%m/%Y} {row.title}"


class AttendanceForm(VersionedForm):
    """Who was there: ticked is present, the others are absent, some of them with a reason."""

    present = forms.TypedMultipleChoiceField(
        label=_("Chi c'è"), coerce=int, required=False, widget=CheckboxCards()
    )
    excused = forms.TypedMultipleChoiceField(
        label=_("Chi ha avvisato che non viene"), coerce=int, required=False, widget=CheckboxCards()
    )

    def __init__(self, *args: Any, invited: Sequence[Invited], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invited
        for name in ("present", "excused"):
            self.fields[name].choices = [(one.pk, one.name) for one in invited]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if set(cleaned.get("present", ())) & set(cleaned.get("excused", ())):
            self.add_error("excused", _("Qualcuno è segnato due volte: o c'è, o ha avvisato."))
        return cleaned

    def marks(self) -> dict[int, str]:
        present, excused = self.cleaned_data["present"], self.cleaned_data["excused"]
        return {
            one.pk: Attendance.YES
            if one.pk in present
            else Attendance.EXCUSED
            if one.pk in excused
            else Attendance.NO
            for one in self.invited
        }

    @staticmethod
    def values_of(row: Meeting, invited: Sequence[Invited]) -> dict[str, Any]:
        marked = {mark: [one.pk for one in invited if one.attendance == mark] for mark in Attendance.values}
        return {
            "present": marked[Attendance.YES],
            "excused": marked[Attendance.EXCUSED],
            "seen_version": row.version,
        }


class MinutesForm(VersionedForm):
    """What was said and decided about an item."""

    said = forms.CharField(
        label=_("Che cosa si è detto"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=textarea(5),
        help_text=_("L'essenziale, senza nomi di persone."),
    )
    decisions = forms.CharField(
        label=_("Che cosa si è deciso"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=textarea(3),
        help_text=_("Una decisione per riga."),
    )

    def minutes(self) -> ItemMinutes:
        lines = self.cleaned_data["decisions"].splitlines()
        return ItemMinutes(
            self.cleaned_data["said"].strip(), [line.strip() for line in lines if line.strip()]
        )

    @staticmethod
    def values_of(item: AgendaItem) -> dict[str, Any]:
        decisions = "\n".join(row.words for row in item.decisions.all())
        return {"said": item.said, "decisions": decisions, "seen_version": item.version}


class ActionForm(forms.Form):
    """Who does what by when."""

    what = forms.CharField(label=_("Che cosa"), max_length=300, help_text=_("Senza nomi di persone."))
    owner = forms.ChoiceField(label=_("Chi lo fa"), widget=LongSelect())
    due_on = forms.DateField(label=_("Entro"), widget=DateInput())
    told_to_reporter = forms.BooleanField(label=_("Chi segnala può leggere questo impegno"), required=False)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {f"user:{user.pk}": user for user in queries.colleagues()}
        self.bodies = {f"body:{body.pk}": body for body in network.bodies()}
        self.fields["owner"].choices = [
            ("", _("Scegli chi")),
            (_("Noi"), [(key, user.name) for key, user in self.users.items()]),
            (_("Enti"), [(key, body.name) for key, body in self.bodies.items()]),
        ]
        if item.case is None:
            del self.fields["told_to_reporter"]

    def action(self) -> NewAction:
        values = dict(self.cleaned_data)
        owner = values.pop("owner")
        return NewAction(user=self.users.get(owner), body=self.bodies.get(owner), **values)


class NoteForm(forms.Form):
    """A correction beneath closed minutes."""

    item = forms.TypedChoiceField(label=_("Su quale punto"), required=False, coerce=int, empty_value=None)
    text = forms.CharField(
        label=_("Che cosa va corretto o aggiunto"),
        max_length=LONGEST_WORDS,
        widget=textarea(),
        help_text=_("Senza nomi di persone."),
    )

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.pk: item for item in items}
        named = [(item.pk, item.title) for item in items]
        self.fields["item"].choices = [("", _("Su tutto il verbale")), *named]

    def values(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "item": self.items.get(self.cleaned_data["item"] or 0)}


class ExtractForm(forms.Form):
    """Which items are given to which body."""

    body = forms.ModelChoiceField(label=_("A quale ente"), queryset=None, empty_label=_("Scegli un ente"))
    items = forms.TypedMultipleChoiceField(
        label=_("Quali punti"),
        coerce=int,
        widget=CheckboxCards(),
        help_text=_("Solo quelli che servono all'ente."),
    )
    with_said = forms.BooleanField(
        label=_("Anche ciò che si è detto, non solo decisioni e azioni"), required=False
    )

    def __init__(self, *args: Any, meeting: Meeting, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {item.pk: item for item in items}
        self.fields["body"].queryset = queries.table_bodies(meeting)
        field = self.fields["items"]
        field.choices = [(item.pk, item.title) for item in items]
        named = {
            item.pk: ", ".join(sorted({row.body.name for row in item.actions.all() if row.body}))
            for item in items
        }
        field.widget.hints = {
            str(pk): _("azioni di %(bodies)s") % {"bodies": bodies} for pk, bodies in named.items() if bodies
        }

    def extract(self) -> NewExtract:
        values = self.cleaned_data
        chosen = [self.by_id[pk] for pk in self.by_id if pk in values["items"]]
        return NewExtract(body=values["body"], items=chosen, with_said=values["with_said"])
