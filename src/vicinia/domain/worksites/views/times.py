"""Phases, milestones, dwellings and slips of a lot."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vicinia.domain.worksites import actions, queries, rules
from vicinia.domain.worksites.forms import InterventionForm, MarkForm, PhaseForm, SlipForm
from vicinia.domain.worksites.models import Intervention, Lot, Phase
from vicinia.domain.worksites.views.works import keep, to_lot
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import one_form, versioned_form


@keep
def add_phase(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a phase or a milestone."""
    by = request.actor
    row = queries.lot_named(by, reference)
    form = PhaseForm(request.POST or None)
    return one_form(
        request,
        title=_("Aggiungi una fase o una tappa"),
        about=row.name,
        form=form,
        do=lambda _values: actions.add_phase(by=by, lot=row, new=form.phase()),
        done=_("Aggiunta."),
        back=to_lot(row),
    )


@keep
def phase(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say when a phase began and ended."""
    row = queries.lot_named(request.actor, reference)
    return _mark(request, row, queries.phase_of(row, pk))


@keep
def intervention(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say when the works in a dwelling began and ended."""
    row = queries.lot_named(request.actor, reference)
    return _mark(request, row, queries.intervention_of(row, pk))


def _mark(request: HttpRequest, lot: Lot, row: Phase | Intervention) -> HttpResponse:
    by = request.actor
    initial = {"began_on": row.began_on, "ended_on": row.ended_on, "seen_version": row.version}
    return versioned_form(
        request,
        row=row,
        title=_("Com'è andata davvero"),
        about=str(row),
        form=MarkForm(request.POST or None, initial=initial),
        do=lambda values: actions.mark(by=by, row=row, **values),
        now=lambda: [(_("Cominciato il"), row.began_on), (_("Finito il"), row.ended_on)],
        done=_("Salvato."),
        back=to_lot(lot),
    )


@require_POST
@keep
def drop_phase(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a phase away."""
    row = queries.lot_named(request.actor, reference)
    actions.drop_phase(by=request.actor, phase=queries.phase_of(row, pk))
    messages.success(request, _("Tolta."))
    return go_to(request, to_lot(row))


@keep
def add_intervention(request: HttpRequest, reference: str) -> HttpResponse:
    """Works in a dwelling."""
    by = request.actor
    row = queries.lot_named(by, reference)
    form = InterventionForm(request.POST or None, lot=row)
    return one_form(
        request,
        title=_("Lavori in un alloggio"),
        about=row.name,
        form=form,
        do=lambda _values: actions.add_intervention(by=by, lot=row, new=form.intervention()),
        done=_("Aggiunto."),
        back=to_lot(row),
    )


@require_POST
@keep
def drop_intervention(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """This dwelling is not worked on after all."""
    row = queries.lot_named(request.actor, reference)
    actions.drop_intervention(by=request.actor, intervention=queries.intervention_of(row, pk))
    messages.success(request, _("Tolto."))
    return go_to(request, to_lot(row))


# Slips ------------------------------------------------------------------------------------------------------------


@keep
def slip_lot(request: HttpRequest, reference: str) -> HttpResponse:
    """A new forecast for the lot."""
    row = queries.lot_named(request.actor, reference)
    return _slip(request, row, row)


@keep
def slip_phase(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A new forecast for a phase."""
    row = queries.lot_named(request.actor, reference)
    return _slip(request, row, queries.phase_of(row, pk))


@keep
def slip_intervention(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A new forecast for the works in a dwelling."""
    row = queries.lot_named(request.actor, reference)
    return _slip(request, row, queries.intervention_of(row, pk))


def _slip(request: HttpRequest, lot: Lot, row: Lot | Phase | Intervention) -> HttpResponse:
    by = request.actor
    rules.may_keep(by).require()
    initial = {"first": row.forecast_from, "last": row.forecast_to, "seen_version": row.version}
    form = SlipForm(request.POST or None, is_lot=isinstance(row, Lot), initial=initial)

    def do(values: dict[str, Any]) -> None:
        made = actions.slip(by=by, row=row, new=form.days(), seen_version=values["seen_version"])
        _say(request, made)

    return versioned_form(
        request,
        row=row,
        title=_("Nuova stima dei tempi"),
        about=str(row),
        lead=_(
            "I disagi non ancora avvisati si spostano con i lavori. Quelli già avvisati restano da controllare."
        ),
        form=form,
        do=do,
        now=lambda: [(_("Inizio stimato"), row.forecast_from), (_("Fine stimata"), row.forecast_to)],
        done=_("Nuova stima scritta."),
        back=to_lot(lot),
    )


def _say(request: HttpRequest, made: actions.Slipped) -> None:
    """What followed is said at once: nothing moves in silence."""
    if made.moved:
        words = ngettext(
            "%(n)s disagio si sposta con i lavori: %(which)s.",
            "%(n)s disagi si spostano con i lavori: %(which)s.",
            len(made.moved),
        )
        which = ", ".join(row.reference for row in made.moved)
        messages.info(request, words % {"n": len(made.moved), "which": which})
    if made.stale:
        words = ngettext(
            "%(n)s disagio è già avvisato con altri giorni: %(which)s. Controllalo.",
            "%(n)s disagi sono già avvisati con altri giorni: %(which)s. Controllali.",
            len(made.stale),
        )
        which = ", ".join(row.reference for row in made.stale)
        messages.warning(request, words % {"n": len(made.stale), "which": which})
