"""The calendar of meetings, one meeting, who is invited to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vicinia.domain.meetings import actions, calendar, queries, rules
from vicinia.domain.meetings.forms import GuestsForm, MeetingForm
from vicinia.domain.meetings.models import Meeting
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import calendars
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.choosing import chosen_view
from vicinia.foundation.look.forms import VersionedReasonForm


@needs(Capability.WORK_CASES)
def meetings(request: HttpRequest) -> HttpResponse:
    """Those to come, with minutes still open; and those that are past. 50 rows a page."""
    by = request.actor
    visible = queries.meetings(by)
    views = {
        "prossimi": (_("Prossimi"), visible.open().soonest_first()),
        "passati": (_("Passati"), visible.past().newest_first()),
    }
    chosen, tabs = chosen_view(request, reverse("meetings"), views)
    context = {
        "tabs": tabs,
        "page": page_of(request, queries.meetings_in_lines(by, views[chosen][1])),
    }
    return page_or_part(request, "meetings/meetings.html", "meetings/meeting_rows.html", context)


@needs(Capability.WORK_CASES)
def new(request: HttpRequest) -> HttpResponse:
    """Call a meeting; its guests are chosen on the next page."""
    by = request.actor
    areas = list(by.area_ids) if len(by.area_ids) == 1 and not by.everywhere else []
    soon = clock.add_working_days(clock.today(), 5)
    initial = {"day": soon, "from_time": dt.time(10), "to_time": dt.time(11, 30), "areas": areas}
    form = MeetingForm(request.POST or None, by=by, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = actions.plan(by=by, new=form.plan())
        messages.success(request, _("Tavolo in programma. Ora scegli chi invitare."))
        return go_to(request, reverse("meeting_guests", args=[row.reference]))
    context = {
        "title": _("Nuovo tavolo di rete"),
        "about": "",
        "lead": "",
        "form": form,
        "back": reverse("meetings"),
        "label": _("Scegli gli invitati"),
    }
    return render(request, "look/act.html", context, status=422 if form.is_bound else 200)


@needs(Capability.WORK_CASES)
def meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """One meeting: when and where, who, about what, and the next thing to do."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    invited = queries.invited_to(row)
    table = queries.table_of(row)
    untold = sum(1 for one in invited if one.told_at is None and one.email)
    context = {
        "meeting": row,
        "areas": list(row.areas.defer("boundary")),
        "invited": invited,
        "untold": untold,
        "items": queries.items_of(by, row),
        "extracts": queries.extracts_of(by, row),
        "may_change": rules.may_change(by, row),
        "may_invite": rules.may_invite(by, row),
        "may_tell": rules.may_tell(by, row, table, untold=untold),
        "may_hold": rules.may_hold(by, row, table, clock.today()),
        "may_print": rules.may_print(by, row),
        "may_cancel": rules.may_cancel(by, row, "x"),
    }
    return render(request, "meetings/meeting.html", context)


def to_meeting(row: Meeting) -> str:
    """The address of a meeting's page."""
    return reverse("meeting", args=[row.reference])


@needs(Capability.WORK_CASES)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change when, where or about what."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_change(by, row).require()
    form = MeetingForm(request.POST or None, by=by, initial=MeetingForm.values_of(row))

    def do(values: dict[str, Any]) -> Meeting:
        return actions.change(by=by, meeting=row, new=form.plan(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=row,
        title=_("Cambia il tavolo"),
        about=row,
        form=form,
        do=do,
        now=lambda: _plan(row),
        done=_("Salvato."),
        back=to_meeting(row),
    )


def _plan(row: Meeting) -> Shown:
    return [
        (_("Titolo"), row.title),
        (_("Giorno"), row.day),
        (_("Ore"), f"{row.from_time:%H:%M}–{row.to_time:%H:%M}"),
        (_("Dove"), row.place),
        (_("Zone"), ", ".join(area.name for area in row.areas.all())),
        (_("A che punto è"), row.get_state_display()),
    ]


@needs(Capability.WORK_CASES)
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Call the meeting off."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_cancel(by, row, "x").require()
    return versioned_form(
        request,
        row=row,
        title=_("Annulla il tavolo"),
        lead=_("Chi ha ricevuto l'invito riceve un messaggio che non vale più. Il motivo resta tra noi."),
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.cancel(by=by, meeting=row, **values),
        now=lambda: _plan(row),
        done=_("Tavolo annullato."),
        back=to_meeting(row),
        about=row,
        label=_("Annulla il tavolo"),
    )


@needs(Capability.WORK_CASES)
def calendar_entry(request: HttpRequest, reference: str) -> HttpResponse:
    """The meeting for one's own calendar."""
    row = queries.meeting_named(request.actor, reference)
    url = settings.PUBLIC_URL.rstrip("/") + to_meeting(row)
    return calendars.as_response(calendar.entry(row, url), f"tavolo-{row.reference}.ics", is_private=True)


@needs(Capability.WORK_CASES)
def guests(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask more people to come."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_invite(by, row).require()
    form = GuestsForm(request.POST or None, invited=queries.invited_to(row))
    return one_form(
        request,
        title=_("Chi inviti"),
        about=row,
        lead=_("L'invito parte quando lo spedisci tu, dalla pagina del tavolo."),
        form=form,
        do=lambda _values: actions.invite(by=by, meeting=row, guests=form.guests()),
        done=_("Aggiunti agli invitati."),
        back=to_meeting(row),
        label=_("Aggiungi agli invitati"),
    )


@require_POST
@needs(Capability.WORK_CASES)
def uninvite(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    row = queries.meeting_named(request.actor, reference)
    actions.uninvite(by=request.actor, invited=queries.invited_one(row, pk))
    messages.success(request, _("Tolto dagli invitati."))
    return go_to(request, to_meeting(row))


@require_POST
@needs(Capability.WORK_CASES)
def send_invitations(request: HttpRequest, reference: str) -> HttpResponse:
    """Write to everybody who was not told yet."""
    row = queries.meeting_named(request.actor, reference)
    count = actions.send_invitations(by=request.actor, meeting=row)
    messages.success(
        request, ngettext("%(n)s invito spedito.", "%(n)s inviti spediti.", count) % {"n": count}
    )
    return go_to(request, to_meeting(row))
