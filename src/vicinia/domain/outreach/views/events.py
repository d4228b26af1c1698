"""Events at the desk: asked for, announced, held, counted, reported."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.outreach import actions, papers, queries, rules
from vicinia.domain.outreach.forms import CountForm, EventForm, NoticeForm, ReportForm
from vicinia.domain.outreach.models import Event, Notice
from vicinia.domain.outreach.states import NoticeKind
from vicinia.domain.outreach.views.home import tabs
from vicinia.domain.outreach.views.notices import to_notice
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, refused_at, versioned_form
from vicinia.foundation.look.components import Tab
from vicinia.foundation.look.dates import full_day_words
from vicinia.foundation.look.forms import VersionedReasonForm


@needs(Capability.SEE_OUTREACH)
def events(request: HttpRequest) -> HttpResponse:
    """Those to come or to finish, and those that are over. 50 rows a page."""
    by = request.actor
    visible = queries.events(by)
    views = {
        "aperti": (_("In corso"), visible.open().soonest_first()),
        "conclusi": (
            _("Conclusi e annullati"),
            visible.exclude(pk__in=visible.open().order_by().values("pk")).newest_first(),
        ),
    }
    chosen = request.GET.get("vista", "")
    chosen = chosen if chosen in views else "aperti"
    address = reverse("events")
    context = {
        "tabs": tabs(by, "events"),
        "views": [
            Tab(label, f"{address}?vista={name}", name == chosen) for name, (label, _rows) in views.items()
        ],
        "page": page_of(request, queries.events_in_lines(views[chosen][1])),
        "may_keep": by.can(Capability.KEEP_OUTREACH),
    }
    return page_or_part(request, "outreach/events.html", "outreach/event_rows.html", context)


@needs(Capability.KEEP_OUTREACH)
def new(request: HttpRequest) -> HttpResponse:
    """Write an event down."""
    by = request.actor
    soon = clock.add_working_days(clock.today(), 10)
    initial = {"day": soon, "from_time": dt.time(17), "to_time": dt.time(19), "with_sign_up": True}
    form = EventForm(request.POST or None, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        made: list[Event] = []
        refused = refused_at(form, lambda: made.append(actions.request_event(by=by, new=form.plan())))
        if not refused:
            messages.success(request, _("Evento scritto. Quando è deciso, annuncialo."))
            return go_to(request, to_event(made[0]))
        status = refused.verdict.status
    context = {
        "title": _("Nuovo evento"),
        "about": "",
        "lead": "",
        "form": form,
        "back": reverse("events"),
        "label": "",
    }
    return render(request, "look/act.html", context, status=status)


def to_event(row: Event) -> str:
    """The address of an event's page at the desk."""
    return reverse("event", args=[row.reference])


@needs(Capability.SEE_OUTREACH)
def event(request: HttpRequest, reference: str) -> HttpResponse:
    """One event: when and where, who comes, what comes next."""
    by = request.actor
    row = queries.event_named(by, reference)
    names = dict(RESIDENT_LANGUAGES)
    today = clock.today()
    context = {
        "event": row,
        "seats": queries.seats_of(row),
        "areas": list(row.areas.defer("boundary")),
        "languages": [names.get(code, code) for code in row.languages],
        "notices": queries.in_lines(queries.notices(by).filter(event=row).order_by("-id")),
        "may_change": rules.may_change_event(by, row, places=None),
        "may_announce": rules.may_announce(by, row, today),
        "may_cancel": rules.may_cancel_event(by, row, "x"),
        "may_hold": rules.may_hold(by, row, today),
        "may_count": rules.may_count(by, row, people=0, children=0, first_time=0),
        "may_report": rules.may_report(by, row, "x"),
        "may_see_names": by.can(Capability.KEEP_OUTREACH) and by.can(Capability.REVEAL_PEOPLE),
        "may_keep": by.can(Capability.KEEP_OUTREACH),
    }
    return render(request, "outreach/event.html", context)


def _now(row: Event) -> Shown:
    return [
        (_("Titolo"), row.title),
        (_("Giorno"), row.day),
        (_("Ore"), f"{row.from_time:%H:%M}–{row.to_time:%H:%M}"),
        (_("Dove"), row.place),
        (_("Posti"), row.places or _("senza limite")),
        (_("A che punto è"), row.get_state_display()),
    ]


@needs(Capability.KEEP_OUTREACH)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change it; who signed up is told of another day or place."""
    by = request.actor
    row = queries.event_named(by, reference)
    rules.may_change_event(by, row, places=None).require()
    form = EventForm(request.POST or None, initial=EventForm.values_of(row))

    def do(values: dict[str, Any]) -> Event:
        seen = values["seen_version"]
        return actions.change_event(by=by, event=row, new=form.plan(), seen_version=seen)

    return versioned_form(
        request,
        row=row,
        title=_("Cambia l'evento"),
        about=row,
        lead=_("Se cambi giorno, ore o luogo, chi è iscritto viene avvisato."),
        form=form,
        do=do,
        now=lambda: _now(row),
        done=_("Salvato."),
        back=to_event(row),
    )


@require_POST
@needs(Capability.KEEP_OUTREACH)
def announce(request: HttpRequest, reference: str) -> HttpResponse:
    """Put it on the page."""
    row = queries.event_named(request.actor, reference)
    actions.announce_event(by=request.actor, event=row)
    messages.success(request, _("Evento annunciato: è sul sito e nei calendari."))
    return go_to(request, to_event(row))


@needs(Capability.KEEP_OUTREACH)
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Call it off."""
    by = request.actor
    row = queries.event_named(by, reference)
    rules.may_cancel_event(by, row, "x").require()
    return versioned_form(
        request,
        row=row,
        title=_("Annulla l'evento"),
        about=row,
        lead=_("Chi è iscritto viene avvisato. Il motivo lo leggono tutti: scrivilo per loro."),
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.cancel_event(by=by, event=row, **values),
        now=lambda: _now(row),
        done=_("Evento annullato."),
        back=to_event(row),
        label=_("Annulla l'evento"),
    )


@require_POST
@needs(Capability.KEEP_OUTREACH)
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """It took place."""
    row = queries.event_named(request.actor, reference)
    actions.hold_event(by=request.actor, event=row)
    messages.success(request, _("Bene. Ora conta le presenze."))
    return go_to(request, to_event(row))


@needs(Capability.KEEP_OUTREACH)
def count(request: HttpRequest, reference: str) -> HttpResponse:
    """How many came, from the sheet or by counting heads."""
    by = request.actor
    row = queries.event_named(by, reference)
    rules.may_count(by, row, people=0, children=0, first_time=0).require()
    came = queries.seats_of(row).came
    counted = {
        "people": came if row.people_came is None else row.people_came,
        "children": row.children_came or 0,
        "first_time": row.first_time_came or 0,
        "seen_version": row.version,
    }
    form = CountForm(request.POST or None, initial=counted)
    return versioned_form(
        request,
        row=row,
        title=_("Conta le presenze"),
        about=row,
        lead=_("Conta anche chi è venuto senza iscriversi: lo trovi sul foglio."),
        form=form,
        do=lambda values: actions.count_event(
            by=by, event=row, counts=form.counts(), seen_version=values["seen_version"]
        ),
        now=lambda: [*_now(row), (_("Persone venute"), row.people_came)],
        done=_("Presenze contate."),
        back=to_event(row),
    )


@needs(Capability.KEEP_OUTREACH)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """How it went."""
    by = request.actor
    row = queries.event_named(by, reference)
    rules.may_report(by, row, "x").require()
    return versioned_form(
        request,
        row=row,
        title=_("Com'è andata"),
        about=row,
        form=ReportForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.report_event(by=by, event=row, **values),
        now=lambda: _now(row),
        done=_("Evento concluso."),
        back=to_event(row),
    )


@needs(Capability.SEE_OUTREACH)
def report_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The short report as PDF."""
    row = queries.event_named(request.actor, reference)
    rules.may_print_report(request.actor, row).require()
    return pdf.as_response(papers.event_report(event=row), f"relazione-{row.reference}.pdf")


@needs(Capability.KEEP_OUTREACH)
def notice_for(request: HttpRequest, reference: str) -> HttpResponse:
    """Prepare the notice that invites to it, filled in with what is known."""
    by = request.actor
    row = queries.event_named(by, reference)
    rules.may_change_event(by, row, places=None).require()
    when = f"{full_day_words(row.day)}, {row.from_time:%H:%M}–{row.to_time:%H:%M}"
    facts = [row.description, f"- {_('Quando')}: {when}\n- {_('Dove')}: {row.place}", row.access]
    initial = {
        "kind": NoticeKind.NOTICE,
        "subject": row.title,
        "body": "\n\n".join(part for part in facts if part),
        "areas": list(row.areas.values_list("pk", flat=True)),
        "until": row.day,
    }
    form = NoticeForm(request.POST or None, by=by, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        made: list[Notice] = []
        refused = refused_at(form, lambda: made.append(actions.prepare_notice(by=by, new=form.notice(row))))
        if not refused:
            messages.success(request, _("Avviso preparato. Ora aggiungi le altre lingue e fallo approvare."))
            return go_to(request, to_notice(made[0]))
        status = refused.verdict.status
    context = {
        "title": _("Avviso per l'evento"),
        "about": row,
        "lead": "",
        "form": form,
        "back": to_event(row),
        "label": _("Salva la bozza"),
    }
    return render(request, "look/act.html", context, status=status)
