"""Households that somebody fixed in a dwelling by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.mobility import actions, queries, rules
from vicinia.domain.mobility.forms import LockForm
from vicinia.domain.mobility.views.plans import run
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import once_more, one_form


@run
def locks(request: HttpRequest, reference: str) -> HttpResponse:
    """The locks that hold. 50 rows a page."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    context = {
        "relocation": relocation,
        "page": page_of(request, queries.locks(by, relocation)),
        "may_run": rules.may_run(by),
    }
    return render(request, "mobility/locks.html", context)


def _to_locks(reference: str) -> str:
    return reverse("mobility_locks", args=[reference])


@run
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Fix a household in a dwelling."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    form = LockForm(
        request.POST or None, relocation=relocation, initial={"household": request.GET.get("nucleo", "")}
    )
    return one_form(
        request,
        title=_("Fissa un nucleo in un alloggio"),
        about=relocation.name,
        lead=_("Ogni piano chiesto da ora lo rispetta. I piani già fatti non cambiano."),
        form=form,
        do=lambda values: actions.lock_household(
            by=by, file=form.by_number[values["household"]], new=form.new_lock()
        ),
        done=_("Fissato."),
        back=_to_locks(reference),
        label=_("Fissa"),
    )


@run
def lift(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Let the next plan decide again, after being asked once more."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    lock = queries.lock_named(by, relocation, pk)
    if request.method == "POST":
        actions.lift_lock(by=by, lock=lock)
        messages.success(request, _("Tolto."))
        return go_to(request, _to_locks(reference))
    return once_more(
        request,
        title=_("Togli il vincolo?"),
        sentence=_("Il prossimo piano decide di nuovo dove abita il nucleo %(number)s.")
        % {"number": lock.file.household.number},
        label=_("Togli il vincolo"),
        back=_to_locks(reference),
        is_danger=False,
    )
