"""Accords and removals: those of a household, each of them, and the days on which one moves."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, papers, queries, rules
from vicinia.domain.mobility.forms import AccordForm, DayForm, SignForm, StepForm
from vicinia.domain.mobility.models import Accord, Removal
from vicinia.domain.mobility.queries import moving
from vicinia.domain.mobility.views.shared import language_asked, part_of_file, run, to_accord, to_removal
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, versioned_form
from vicinia.foundation.look.choosing import chosen_view
from vicinia.foundation.look.forms import VersionedReasonForm


@run
def of_file(request: HttpRequest, number: int) -> HttpResponse:
    """The accords and removals of a household."""
    file = queries.file_numbered(request.actor, number)
    context = {"accords": moving.accords_of(file), "removals": moving.removals_of(file)}
    return part_of_file(request, file, "mobility/file_moves.html", _("Accordi e traslochi"), context)


# Accords ----------------------------------------------------------------------------------------------------------


@run
def accord(request: HttpRequest, reference: str) -> HttpResponse:
    """One accord: what is promised, whether it is signed, the removal that comes of it."""
    by = request.actor
    row = moving.accord_named(by, reference)
    context = {
        "accord": row,
        "removal": moving.removal_of(row),
        "scans": list(attachments.of(row)),
        "may_write": rules.may_write_accord(by, row, accompanies=True),
        "may_end": rules.may_end_agreement(by, row, moving.agreement_facts(by, row), "x"),
    }
    return render(request, "mobility/accord.html", context)


def _shown(row: Accord) -> Shown:
    return [
        (_("A che punto è"), row.get_state_display()),
        (_("Che cosa si è concordato"), row.promises),
        (_("Firmato il"), row.signed_on),
    ]


@run
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write what is agreed on."""
    by = request.actor
    row = moving.accord_named(by, reference)
    return versioned_form(
        request,
        row=row,
        title=_("Che cosa si è concordato"),
        about=row.reference,
        form=AccordForm(
            request.POST or None, initial={"promises": row.promises, "seen_version": row.version}
        ),
        do=lambda values: actions.write_accord(by=by, accord=row, **values),
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_accord(row),
    )


@run
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """It was signed on paper."""
    by = request.actor
    row = moving.accord_named(by, reference)
    made: list[Removal] = []

    def do(values: dict[str, Any]) -> None:
        made.append(actions.sign_accord(by=by, accord=row, files=values.pop("papers"), **values))

    answer = versioned_form(
        request,
        row=row,
        title=_("L'accordo è firmato"),
        about=row.reference,
        form=SignForm(
            request.POST or None,
            request.FILES or None,
            initial={"signed_on": clock.today(), "seen_version": row.version},
        ),
        do=do,
        now=lambda: _shown(row),
        done=_("Firmato: ora fissa il trasloco."),
        back=to_accord(row),
    )
    return go_to(request, to_removal(made[0])) if made else answer


@run
def cancel_accord(request: HttpRequest, reference: str) -> HttpResponse:
    """It holds no longer."""
    by = request.actor
    row = moving.accord_named(by, reference)
    return versioned_form(
        request,
        row=row,
        title=_("Annulla l'accordo"),
        about=row.reference,
        lead=_("Con l'accordo cadono l'offerta e il trasloco."),
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.cancel_accord(by=by, accord=row, **values),
        now=lambda: _shown(row),
        done=_("Annullato."),
        back=to_accord(row),
        label=_("Annulla l'accordo"),
    )


@run
def accord_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The accord to sign, in the language of the household."""
    row = moving.accord_named(request.actor, reference)
    actions.note_accord(by=request.actor, accord=row)
    language = language_asked(request.GET, row.file)
    return pdf.as_response(papers.accord(accord=row, language=language), f"accordo-{row.reference}.pdf")


@run
def scan(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """The paper that was signed."""
    row = moving.accord_named(request.actor, reference)
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))


# Removals ---------------------------------------------------------------------------------------------------------


@run
def removals(request: HttpRequest) -> HttpResponse:
    """Removals by day, those to come first. 50 rows a page."""
    by = request.actor
    views = {
        "in-arrivo": (_("In arrivo"), moving.today_or_later(by)),
        "fatti": (_("Fatti"), moving.done_lately(by)),
    }
    chosen, tabs = chosen_view(request, reverse("rehousing_removals"), views)
    page = page_of(request, views[chosen][1])
    days = [(day, list(rows)) for day, rows in groupby(page.object_list, lambda row: row.done_on or row.day)]
    context = {"tabs": tabs, "page": page, "days": days, "is_to_come": chosen == "in-arrivo"}
    return page_or_part(request, "mobility/removals.html", "mobility/removal_page_rows.html", context)


@run
def day_sheet(request: HttpRequest, day: dt.date) -> HttpResponse:
    """The removals of a day for the removal firm: numbers and doors, no names."""
    rows = moving.removals_on(request.actor, day)
    actions.note_day_sheet(by=request.actor, day=day)
    return pdf.as_response(papers.day_sheet(day=day, removals=rows), f"traslochi-{day.isoformat()}.pdf")


@run
def removal(request: HttpRequest, reference: str) -> HttpResponse:
    """One removal: from where to where, the day, the steps."""
    by = request.actor
    row = moving.removal_named(by, reference)
    context = {
        "removal": row,
        "steps": moving.steps_of(row),
        "may_schedule": row.is_to_come,
        "may_put_off": rules.may_put_off(by, row, accompanies=True),
        "may_move": rules.may_move(by, row, accompanies=True, day=clock.today()),
        "may_change_step": rules.may_change_step(by, row, accompanies=True),
    }
    return render(request, "mobility/removal.html", context)


def _now(row: Removal) -> Shown:
    return [(_("A che punto è"), row.get_state_display()), (_("Giorno"), row.day)]


@run
def schedule(request: HttpRequest, reference: str) -> HttpResponse:
    """Fix the day, or another one."""
    by = request.actor
    row = moving.removal_named(by, reference)
    return versioned_form(
        request,
        row=row,
        title=_("Fissa il trasloco"),
        about=row.reference,
        form=DayForm(request.POST or None, initial={"day": row.day, "seen_version": row.version}),
        do=lambda values: actions.schedule_removal(by=by, removal=row, **values),
        now=lambda: _now(row),
        done=_("Fissato."),
        back=to_removal(row),
    )


@require_POST
@run
def put_off(request: HttpRequest, reference: str) -> HttpResponse:
    """The day no longer holds."""
    row = moving.removal_named(request.actor, reference)
    actions.put_off_removal(by=request.actor, removal=row)
    messages.success(request, _("Il trasloco è da fissare di nuovo."))
    return go_to(request, to_removal(row))


@run
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """It is done: the household lives there."""
    by = request.actor
    row = moving.removal_named(by, reference)
    return versioned_form(
        request,
        row=row,
        title=_("Il trasloco è fatto"),
        about=row.reference,
        lead=_("Da questo giorno il nucleo abita nel nuovo alloggio."),
        form=DayForm(request.POST or None, initial={"day": clock.today(), "seen_version": row.version}),
        do=lambda values: actions.move_household(by=by, removal=row, **values),
        now=lambda: _now(row),
        done=_("Fatto: il nucleo abita nel nuovo alloggio."),
        back=to_removal(row),
    )


@run
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """The household does not move."""
    by = request.actor
    row = moving.removal_named(by, reference)
    return versioned_form(
        request,
        row=row,
        title=_("Annulla il trasloco"),
        about=row.reference,
        lead=_("Con il trasloco cadono l'accordo e l'offerta."),
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.cancel_removal(by=by, removal=row, **values),
        now=lambda: _now(row),
        done=_("Annullato."),
        back=to_removal(row),
        label=_("Annulla il trasloco"),
    )


@run
def step(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change one step."""
    by = request.actor
    row = moving.removal_named(by, reference)
    found = moving.step_of(row, pk)
    form = StepForm(request.POST or None, initial=StepForm.values_of(found))
    return versioned_form(
        request,
        row=found,
        title=found.get_kind_display().capitalize(),
        about=row.reference,
        form=form,
        do=lambda values: actions.change_step(
            by=by, step=found, new=form.plan(), seen_version=values["seen_version"]
        ),
        now=lambda: [(_("Entro"), found.due_on), (_("Nota"), found.note)],
        done=_("Salvato."),
        back=to_removal(row),
    )


@require_POST
@run
def finish_step(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """It is done, or not done after all."""
    row = moving.removal_named(request.actor, reference)
    actions.finish_step(by=request.actor, step=moving.step_of(row, pk))
    messages.success(request, _("Fatto."))
    return go_to(request, to_removal(row))
