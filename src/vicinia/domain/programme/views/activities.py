"""What was done: noted in twenty seconds, tied to its records afterwards."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.programme import actions, queries, rules
from vicinia.domain.programme.forms import ActivityForm, ReasonForm
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form, versioned_form


@needs(Capability.SEE_PROGRAMME)
def activities(request: HttpRequest) -> HttpResponse:
    """All activities, newest first; of one sheet with ?scheda=."""
    by = request.actor
    rows = queries.activities(by)
    chosen = request.GET.get("scheda", "")
    if chosen.isdecimal():
        rows = rows.filter(sheet_id=int(chosen))
    context = {
        "page": page_of(request, queries.activities_in_lines(rows.newest_first())),
        "sheets": list(queries.sheets(by).in_order()),
        "chosen": int(chosen) if chosen.isdecimal() else 0,
        "may_keep": rules.may_keep(by),
    }
    return render(request, "programme/activities.html", context)


@needs(Capability.KEEP_PROGRAMME)
def log(request: HttpRequest) -> HttpResponse:
    """Note what was done: day, sheet and kind are already filled in."""
    by = request.actor
    last, chosen = queries.last_logged(by), request.GET.get("scheda", "")
    initial: dict[str, Any] = {"day": clock.today()}
    if last is not None:
        initial |= {"sheet": last.sheet_id, "kind": last.kind}
    if chosen.isdecimal():
        initial["sheet"] = int(chosen)
    form = ActivityForm(request.POST or None, sheets=queries.sheets_to_log(by), initial=initial)
    made = []

    def do(values: dict[str, Any]) -> None:
        made.append(actions.log_activity(by=by, new=form.done(), once=values["once"]))

    answer = one_form(
        request,
        title=_("Registra un'attività"),
        form=form,
        do=do,
        done=_("Registrata. Se vuoi, collega le registrazioni da cui viene."),
        back=reverse("programme_activities"),
        label=_("Registra"),
    )
    return go_to(request, reverse("programme_activity", args=[made[0].pk])) if made else answer


@needs(Capability.SEE_PROGRAMME)
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity with the records that it names."""
    by = request.actor
    row = queries.activity(by, pk)
    records, hidden = queries.records_of(by, row)
    context = {
        "activity": row,
        "records": records,
        "hidden": hidden,
        "costs": list(row.costs.live().order_by("-day", "-id")),
        "reached": queries.PeopleReached([row]).of([row]),
        "may_correct": rules.may_correct(by, row),
    }
    return render(request, "programme/activity.html", context)


@needs(Capability.KEEP_PROGRAMME)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was noted."""
    by = request.actor
    row = queries.activity(by, pk)
    rules.may_correct(by, row).require()
    sheets = queries.sheets(by).filter(programme=row.sheet.programme).in_order()
    form = ActivityForm(request.POST or None, sheets=sheets, initial=ActivityForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Correggi l'attività"),
        form=form,
        do=lambda values: actions.change_activity(
            by=by, activity=row, new=form.done(), seen_version=values["seen_version"]
        ),
        now=lambda: [(_("Che cosa"), row.what), (_("Giorno"), row.day), (_("Ore"), row.hours)],
        done=_("Salvato."),
        back=reverse("programme_activity", args=[pk]),
    )


@needs(Capability.KEEP_PROGRAMME)
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the records that it is about."""
    by = request.actor
    row = queries.activity(by, pk)
    rules.may_correct(by, row).require()
    back = reverse("programme_activity", args=[pk])
    if request.method == "POST":
        pairs = [value.rpartition(":") for value in request.POST.getlist("record")]
        records = [(source, int(number)) for source, _colon, number in pairs if number.isdecimal()]
        actions.link_records(by=by, activity=row, records=records)
        return go_to(request, back)
    named, _hidden = queries.records_of(by, row)
    chosen = {(one.countable.key, link.record_id) for one in named for link in one.links}
    near = {one.countable.key: one for one in queries.records_near(by, row)}
    offered = []
    for countable in queries.sources():
        links = {
            link.record_id: link
            for group in (*named, *near.values())
            if group.countable.key == countable.key
            for link in group.links
        }
        if links:
            rows = [
                (f"{countable.key}:{pk_}", one.title, (countable.key, pk_) in chosen)
                for pk_, one in links.items()
            ]
            offered.append((countable.title, rows))  # fmt: skip
    return render(request, "programme/link.html", {"activity": row, "offered": offered})


@needs(Capability.KEEP_PROGRAMME)
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Cross out what was noted by mistake."""
    by = request.actor
    row = queries.activity(by, pk)
    return one_form(
        request,
        title=_("Annulla l'attività"),
        lead=_("Resta scritta e non conta più. Nei rendiconti già congelati resta com'era."),
        about=row.what,
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.void_activity(by=by, activity=row, **values),
        done=_("Annullata."),
        back=reverse("programme_activity", args=[pk]),
    )
