"""The help desk now, contacts in one tap, and what they add up to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.helpdesk import actions, queries, rules
from vicinia.domain.helpdesk.forms import CorrectionForm, PeriodForm, QuickForm
from vicinia.domain.helpdesk.models import HelpContact
from vicinia.domain.helpdesk.states import Channel, Kind
from vicinia.domain.helpdesk.views.shared import tabs, to_contact
from vicinia.domain.people import queries as people
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import csv_export
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.look.acting import one_form, refused_at, versioned_form
from vicinia.foundation.look.charts import Bar, BarSeries
from vicinia.foundation.look.forms import ReasonForm

SHOWN = 8


@needs(Capability.SEE_HELPDESK)
def home(request: HttpRequest) -> HttpResponse:
    """Now: note a contact, who waits, who comes today, what falls due."""
    by = request.actor
    points = queries.points_in_use()
    context = {
        "tabs": tabs(by, "helpdesk"),
        "points": [(row, queries.queue_of(row), queries.open_now(row)) for row in points],
        "appointments": queries.today(by)[:SHOWN],
        "to_tell": queries.to_tell(by)[:SHOWN],
        "files": queries.files_in_lines(queries.files(by).open().due_first())[:SHOWN],
        "may_keep": rules.may_keep(by).allowed,
        "form": _quick(by, {}) if rules.may_keep(by) else "",
        "kinds": Kind.choices,
        "panels": panels_at("helpdesk", by),
    }
    return render(request, "helpdesk/home.html", context)


def _quick(by: Actor, given: dict[str, Any]) -> QuickForm:
    """An empty form that starts from what the colleague noted last."""
    usual = queries.usual_of(by)
    point = given.get("point") or (queries.points(by).filter(pk=usual.point_id).first())
    initial = {"channel": usual.channel, "topic": usual.topic, "language": usual.language}
    return QuickForm(initial=initial | given | {"point": getattr(point, "code", point or "")})


@needs(Capability.RUN_HELPDESK)
def note(request: HttpRequest) -> HttpResponse:
    """Note a contact; `?appuntamento=`, `?numero=` or `?pratica=` say where it comes from."""
    by = request.actor
    if request.method != "POST":
        return render(
            request, "helpdesk/note.html", {"form": _quick(by, _asked(request)), "kinds": Kind.choices}
        )
    form = QuickForm(request.POST)
    status = 422
    if form.is_valid():
        noted: list[HelpContact] = []
        refused = refused_at(form, lambda: noted.append(actions.note_contact(by=by, new=_new(by, form))))
        if not refused:
            messages.success(request, _("Segnato: %(kind)s.") % {"kind": noted[0].get_kind_display()})
            return go_to(request, _after(form, noted[0]))
        status = refused.verdict.status
    return render(request, "helpdesk/note.html", {"form": form, "kinds": Kind.choices}, status=status)


def _asked(request: HttpRequest) -> dict[str, Any]:
    by, asked = request.actor, request.GET
    if asked.get("appuntamento"):
        row = queries.appointment_named(by, asked["appuntamento"])
        kept = {name: getattr(row, name) for name in ("kind", "topic", "language", "words")}
        return kept | {"appointment": row.reference, "point": row.point.code, "channel": Channel.DESK}
    if asked.get("numero", "").isdigit():
        ticket = queries.ticket_of(by, int(asked["numero"]))
        given = {"ticket": ticket.pk, "point": ticket.point.code, "language": ticket.language}
        return given | {"channel": Channel.DESK}
    if asked.get("pratica"):
        file = queries.file_named(by, asked["pratica"])
        return {"file": file.reference, "topic": file.topic, "language": file.language}
    return {}


def _new(by: Actor, form: QuickForm) -> actions.NewContact:
    given = form.cleaned_data
    file = queries.file_named(by, given["file"]) if given["file"] else None
    names = ("kind", "once", "topic", "channel", "minutes", "language", "words")
    return actions.NewContact(
        **{name: given[name] for name in names},
        details=form.details,
        person=file.person if file else None,
        point=queries.point_coded(by, given["point"]) if given["point"] else None,
        appointment=queries.appointment_named(by, given["appointment"]) if given["appointment"] else None,
        ticket=queries.ticket_of(by, given["ticket"]) if given["ticket"] else None,
        file=file,
    )


def _after(form: QuickForm, row: HelpContact) -> str:
    given = form.cleaned_data
    if given["file"]:
        return reverse("help_file", args=[given["file"]])
    if given["ticket"] and given["point"]:
        return reverse("help_queue", args=[given["point"]])
    return to_contact(row) if given["appointment"] else reverse("helpdesk")


@needs(Capability.RUN_HELPDESK)
def contacts(request: HttpRequest) -> HttpResponse:
    """All contacts, newest first, by kind and by channel. 50 rows a page."""
    by = request.actor
    kind, channel = request.GET.get("tipo", ""), request.GET.get("canale", "")
    rows = queries.contacts(by).newest_first()
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    if channel in Channel.values:
        rows = rows.filter(channel=channel)
    context = {
        "tabs": tabs(by, "help_contacts"),
        "page": page_of(request, queries.contacts_in_lines(rows)),
        "kinds": Kind.choices,
        "channels": Channel.choices,
        "kind": kind,
        "channel": channel,
    }
    return render(request, "helpdesk/contacts.html", context)


@needs(Capability.RUN_HELPDESK)
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """One contact: what was noted, and what can grow from it."""
    by = request.actor
    row = queries.contact_numbered(by, pk)
    context = {
        "contact": row,
        "may_correct": rules.may_correct(by, row, clock.today()),
        "may_see_person": by.can(Capability.REVEAL_PEOPLE),
    }
    return render(request, "helpdesk/contact.html", context)


@needs(Capability.RUN_HELPDESK)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was noted in a hurry."""
    by = request.actor
    row = queries.contact_numbered(by, pk)
    rules.may_correct(by, row, clock.today()).require()
    form = CorrectionForm(request.POST or None, initial=CorrectionForm.values_of(row))

    def do(values: dict[str, Any]) -> HelpContact:
        return actions.correct_contact(
            by=by, contact=row, new=form.correction(), seen_version=values["seen_version"]
        )

    return versioned_form(
        request,
        row=row,
        title=_("Correggi il contatto"),
        form=form,
        do=do,
        now=lambda: [
            (_("Per che cosa"), row.get_kind_display()),
            (_("Argomento"), row.get_topic_display()),
            (_("In una riga"), row.words),
            (_("Minuti"), row.minutes),
        ],
        done=_("Salvato."),
        back=to_contact(row),
    )


@needs(Capability.RUN_HELPDESK)
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a contact that was noted by mistake out of the counts."""
    by = request.actor
    row = queries.contact_numbered(by, pk)
    rules.may_correct(by, row, clock.today()).require()
    return one_form(
        request,
        title=_("Togli il contatto dai conteggi"),
        lead=_("Resta scritto che c'era e perché è stato tolto."),
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.strike_contact(by=by, contact=row, reason=values["reason"][:160]),
        done=_("Tolto dai conteggi."),
        back=to_contact(row),
    )


# Counts -------------------------------------------------------------------------------------------------------------


@needs(Capability.SEE_HELPDESK)
def counts(request: HttpRequest) -> HttpResponse:
    """What the contacts of a period add up to: tables and a chart."""
    form = PeriodForm(request.GET or None)
    since, until = form.period()
    found = queries.counts(since, until)
    context = {
        "tabs": tabs(request.actor, "help_counts"),
        "form": form,
        "counts": found,
        "chart": _chart(found),
        "kinds": Kind.choices,
        "months": [(month, list(by_kind.values())) for month, by_kind in found.kinds_by_month],
    }
    return render(request, "helpdesk/counts.html", context)


def _chart(found: queries.Counts) -> BarSeries:
    bars = tuple(Bar(str(line.label), line.count) for line in found.by_month)
    sentence = _("Ogni barra è un mese.")
    return BarSeries(_("Contatti mese per mese"), sentence, bars, _("Mese"), _("Contatti"))


@needs(Capability.SEE_HELPDESK)
def counts_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a table for a spreadsheet."""
    since, until = PeriodForm(request.GET or None).period()
    found = queries.counts(since, until)
    parts = (
        (_("Tipo"), found.by_kind),
        (_("Argomento"), found.by_topic),
        (_("Come"), found.by_channel),
        (_("Lingua"), found.by_language),
        (_("Mese"), found.by_month),
        (_("Giorno"), found.by_day),
    )
    rows = ((name, line.label, line.count, line.minutes) for name, lines in parts for line in lines)
    header = (_("Che cosa"), _("Voce"), _("Contatti"), _("Minuti"))
    return csv_export.response(f"sportello-{since:%Y%m%d}-{until:%Y%m%d}.csv", header=header, rows=rows)


# Panels of other pages ----------------------------------------------------------------------------------------------


@needs(Capability.SEE_HELPDESK)
def in_laboratory(request: HttpRequest) -> HttpResponse:
    """The panel of the laboratory's page: what of the help desk waits."""
    by = request.actor
    context = {"counts": queries.waiting(by), "may_keep": rules.may_keep(by)}
    return page_or_part(request, "helpdesk/in_laboratory_page.html", "helpdesk/in_laboratory.html", context)


@needs(Capability.RUN_HELPDESK)
def of_person(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a person's page: when they came, and what is followed for them."""
    by = request.actor
    person = people.person_of(by, reference)
    ids = people.ids_of(person)
    context = {
        "person": person,
        "contacts": queries.contacts_of_person(by, ids),
        "files": queries.files_of_person(by, ids),
    }
    return page_or_part(request, "helpdesk/of_person_page.html", "helpdesk/of_person.html", context)
