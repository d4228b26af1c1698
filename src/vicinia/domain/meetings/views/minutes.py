"""The minutes while people talk: who is there, what is said, decided and undertaken; then they are closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.meetings import actions, papers, queries, rules
from vicinia.domain.meetings.forms import ActionForm, AttendanceForm, MinutesForm, NoteForm
from vicinia.domain.meetings.models import AgendaItem, Meeting
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.forms import ReasonForm, VersionedForm


def _to_minutes(row: Meeting, item: AgendaItem | None = None) -> str:
    address = reverse("meeting_minutes", args=[row.reference])
    return f"{address}#punto-{item.pk}" if item else address


@require_POST
@needs(Capability.WORK_CASES)
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """The meeting begins."""
    row = queries.meeting_named(request.actor, reference)
    actions.hold(by=request.actor, meeting=row)
    messages.success(request, _("Verbale aperto."))
    return go_to(request, _to_minutes(row))


@needs(Capability.WORK_CASES)
def minutes(request: HttpRequest, reference: str) -> HttpResponse:
    """The minutes, item by item: to be written, or as they were closed."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    may_print = rules.may_print(by, row)
    if not may_print:
        raise NotVisible
    items = queries.minutes_of(by, row)
    loose = [action for item in items if item.case is None for action in item.actions.all()]
    context = {
        "meeting": row,
        "attendance": papers.attendance_of(row),
        "items": items,
        "notes": queries.notes_of(row),
        "to_tick": [action.pk for action in loose if rules.may_end_action(by, action, row)],
        "may_write": rules.may_write(by, row),
        "may_close": rules.may_close(by, row, unmarked=queries.unmarked(row)),
        "may_note": rules.may_note(by, row, "x"),
    }
    return render(request, "meetings/minutes.html", context)


@needs(Capability.WORK_CASES)
def attendance(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is there."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_write(by, row).require()
    invited = queries.invited_to(row)
    form = AttendanceForm(
        request.POST or None, invited=invited, initial=AttendanceForm.values_of(row, invited)
    )

    def do(values: dict[str, Any]) -> Meeting:
        seen = values["seen_version"]
        return actions.mark_attendance(by=by, meeting=row, marks=form.marks(), seen_version=seen)

    def now() -> Shown:
        return [(label, ", ".join(names)) for label, names in papers.attendance_of(row)]

    return versioned_form(
        request,
        row=row,
        title=_("Chi c'è"),
        about=row,
        form=form,
        do=do,
        now=now,
        done=_("Presenze segnate."),
        back=_to_minutes(row),
    )


@needs(Capability.WORK_CASES)
def write(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Write what was said and decided about one item."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_write(by, row).require()
    item = queries.item_of(by, row, pk)
    form = MinutesForm(request.POST or None, initial=MinutesForm.values_of(item))

    def do(values: dict[str, Any]) -> AgendaItem:
        seen = values["seen_version"]
        return actions.write_item(by=by, item=item, minutes=form.minutes(), seen_version=seen)

    def now() -> Shown:
        kept = MinutesForm.values_of(item)
        return [(_("Che cosa si è detto"), kept["said"]), (_("Che cosa si è deciso"), kept["decisions"])]

    return versioned_form(
        request,
        row=item,
        title=item.title,
        about=row,
        lead=item.to_decide,
        form=form,
        do=do,
        now=now,
        done=_("Salvato."),
        back=_to_minutes(row, item),
    )


@needs(Capability.WORK_CASES)
def add_action(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Somebody undertakes something."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_write(by, row).require()
    item = queries.item_of(by, row, pk)
    form = ActionForm(
        request.POST or None, item=item, initial={"due_on": clock.add_working_days(clock.today(), 10)}
    )
    lead = _("Di un collega diventa una cosa da fare nel caso, di un ente un impegno.") if item.case else ""
    return one_form(
        request,
        title=_("Chi fa che cosa"),
        about=item,
        lead=lead,
        form=form,
        do=lambda _values: actions.add_action(by=by, item=item, new=form.action()),
        done=_("Azione aggiunta."),
        back=_to_minutes(row, item),
    )


@needs(Capability.WORK_CASES)
def drop_action(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take back an action that was not agreed after all."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_write(by, row).require()
    action = queries.action_of(by, row, pk)
    return one_form(
        request,
        title=_("Togli l'azione"),
        about=action.what,
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.drop_action(by=by, action=action, **values),
        done=_("Azione tolta."),
        back=_to_minutes(row, action.item),
        label=_("Togli l'azione"),
    )


@require_POST
@needs(Capability.WORK_CASES)
def finish_action(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """An action in no case is done."""
    row = queries.meeting_named(request.actor, reference)
    action = queries.action_of(request.actor, row, pk)
    actions.finish_action(by=request.actor, action=action)
    messages.success(request, _("Fatto."))
    return go_to(request, _to_minutes(row, action.item))


@needs(Capability.WORK_CASES)
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the minutes."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_close(by, row, unmarked=queries.unmarked(row)).require()
    return versioned_form(
        request,
        row=row,
        title=_("Chiudi il verbale"),
        about=row,
        lead=_("Dopo non si cambia più: si possono solo aggiungere note sotto."),
        form=VersionedForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.close_minutes(by=by, meeting=row, **values),
        now=lambda: [(_("A che punto è"), row.get_state_display())],
        done=_("Verbale chiuso."),
        back=_to_minutes(row),
        label=_("Chiudi il verbale"),
    )


@needs(Capability.WORK_CASES)
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct closed minutes by a note beneath them."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_note(by, row, "x").require()
    form = NoteForm(request.POST or None, items=queries.items_of(by, row))
    return one_form(
        request,
        title=_("Aggiungi una nota"),
        about=row,
        form=form,
        do=lambda _values: actions.add_note(by=by, meeting=row, **form.values()),
        done=_("Nota aggiunta."),
        back=_to_minutes(row),
    )
