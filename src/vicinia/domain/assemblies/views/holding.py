"""The call, and the day itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.assemblies import actions, papers, queries, rules
from vicinia.domain.assemblies.forms import MarksForm, NoQuorumForm, OpenForm
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.assemblies.views.assemblies import plan_shown, to_assembly
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.look.acting import Shown, versioned_form
from vicinia.foundation.look.forms import VersionedForm, VersionedReasonForm


@needs(Capability.RUN_PARTICIPATION)
def call(request: HttpRequest, reference: str) -> HttpResponse:
    """Call it, after reading once more how much notice there is."""
    by, today = request.actor, clock.today()
    row = queries.assembly_named(by, reference)
    points, entitled = len(queries.points_of(row)), queries.entitled_to(row, queries.seats_of(row))
    rules.may_call(by, row, points=points, entitled=entitled, today=today).require()
    days = rules.notice_of(row, today).given
    notice = ngettext("Con %(n)s giorno di avviso.", "Con %(n)s giorni di avviso.", days) % {"n": days}
    after = _(
        "Da adesso tutti possono leggere la convocazione. Giorno, luogo e argomenti non si cambiano più."
    )
    if not row.is_public:
        after = _("Giorno, luogo e argomenti non si cambiano più.")
    return versioned_form(
        request,
        row=row,
        title=_("Convoca"),
        about=row,
        lead=f"{notice} {after}",
        form=VersionedForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.call(by=by, assembly=row, **values),
        now=lambda: plan_shown(row),
        done=_("Convocata."),
        back=to_assembly(row),
        label=_("Convoca"),
    )


@needs(Capability.RUN_PARTICIPATION)
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Call it off."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    rules.may_cancel(by, row, "x").require()
    return versioned_form(
        request,
        row=row,
        title=_("Annulla l'assemblea"),
        about=row,
        lead=_(
            "Chi è iscritto o convocato per nome viene avvisato. Il motivo si legge sulla pagina pubblica."
        ),
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.cancel(by=by, assembly=row, **values),
        now=lambda: plan_shown(row),
        done=_("Annullata."),
        back=to_assembly(row),
        label=_("Annulla l'assemblea"),
    )


@needs(Capability.RUN_PARTICIPATION)
def marks(request: HttpRequest, reference: str) -> HttpResponse:
    """Who of those called by name is there."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    rules.may_mark(by, row).require()
    seats = queries.seats_of(row)
    form = MarksForm(request.POST or None, seats=seats, initial={"seen_version": row.version})

    def do(values: dict[str, Any]) -> Assembly:
        seen = values["seen_version"]
        return actions.mark_seats(by=by, assembly=row, marks=form.marks(), seen_version=seen)

    def now() -> Shown:
        return [(seat.name, seat.get_mark_display()) for seat in queries.seats_of(row)]

    return versioned_form(
        request,
        row=row,
        title=_("Chi c'è"),
        about=row,
        form=form,
        do=do,
        now=now,
        done=_("Presenze segnate."),
        back=to_assembly(row),
    )


def _counted(row: Assembly) -> Shown:
    return [
        (_("A che punto è"), row.get_state_display()),
        (_("Presenti"), row.present if row.present is not None else row.first_present),
    ]


@needs(Capability.RUN_PARTICIPATION)
def open_assembly(request: HttpRequest, reference: str) -> HttpResponse:
    """Open it: the minutes begin."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    rules.may_begin(by, row, clock.today()).require()
    initial = {"seen_version": row.version, "present": queries.expected_present(row) or None}
    return versioned_form(
        request,
        row=row,
        title=_("Apri l'assemblea"),
        about=row,
        lead=papers.quorum_words(row),
        form=OpenForm(request.POST or None, initial=initial),
        do=lambda values: actions.open_assembly(by=by, assembly=row, **values),
        now=lambda: _counted(row),
        done=_("Aperta. Il verbale si può scrivere."),
        back=reverse("assembly_minutes", args=[row.reference]),
        label=_("Apri e comincia il verbale"),
    )


@needs(Capability.RUN_PARTICIPATION)
def no_quorum(request: HttpRequest, reference: str) -> HttpResponse:
    """Too few came."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    rules.may_begin(by, row, clock.today()).require()
    lead = _("Da adesso vale la seconda convocazione.") if row.second_day and not row.is_second_call else ""
    return versioned_form(
        request,
        row=row,
        title=_("Manca il numero legale"),
        about=row,
        lead=f"{papers.quorum_words(row)} {lead}".strip(),
        form=NoQuorumForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.no_quorum(by=by, assembly=row, **values),
        now=lambda: _counted(row),
        done=_("Segnato."),
        back=to_assembly(row),
        label=_("Conferma"),
    )
