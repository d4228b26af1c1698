"""From the case, outside the wall: where a mediation stands, asking for one, reading its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.casework import queries as casework
from vicinia.domain.mediation import actions, queries, rules
from vicinia.domain.mediation.forms import MediationForm, MediatorForm
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.look.acting import once_more, one_form


@needs(Capability.SEE_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: state, mediator, days and outcome, nothing else."""
    by = request.actor
    case = casework.case_named(by, reference)
    rows = queries.outside(by, case)
    context = {
        "case": case,
        "mediations": rows,
        "may_ask": rules.may_ask(by, case, has_open=any(row.is_open for row in rows)),
        "may_work": by.can(Capability.WORK_CASES),
        "to_read": queries.to_read(case),
    }
    return page_or_part(request, "mediation/on_case_page.html", "mediation/on_case.html", context)


@needs(Capability.WORK_CASES)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a mediation."""
    by = request.actor
    case = casework.case_named(by, reference)
    rules.may_ask(by, case, has_open=queries.has_open(case)).require()
    form = MediationForm(request.POST or None, people=queries.possible_parties(case))
    return one_form(
        request,
        title=_("Chiedi una mediazione"),
        form=form,
        do=lambda _values: actions.ask(by=by, case=case, new=form.new_mediation()),
        done=_("Richiesta inviata al mediatore."),
        back=_panel(reference),
        about=case,
        lead=_(
            "Da qui in poi saprai solo a che punto è, le date e com'è finita. Il resto lo legge solo chi media."
        ),
        label=_("Invia"),
    )


@needs(Capability.WORK_CASES)
def withdraw(request: HttpRequest, reference: str, mediation: str) -> HttpResponse:
    """Take the request back, asked once more."""
    by = request.actor
    row = queries.told_of(by, casework.case_named(by, reference), mediation)
    rules.may_withdraw(by, row).require()
    if request.method == "POST":
        actions.withdraw(by=by, file=row)
        messages.success(request, _("Mediazione ritirata."))
        return go_to(request, _panel(reference))
    return once_more(
        request,
        title=_("Ritirare la mediazione?"),
        sentence=_("Il mediatore legge che è ritirata e smette. I suoi appunti restano suoi."),
        label=_("Ritira"),
        back=_panel(reference),
    )


@needs(Capability.WORK_CASES)
def replace(request: HttpRequest, reference: str, mediation: str) -> HttpResponse:
    """Choose another mediator when the first has no access any more."""
    by = request.actor
    row = queries.told_of(by, casework.case_named(by, reference), mediation)
    rules.may_replace(by, row, can_still=queries.can_mediate(row.mediator)).require()
    return one_form(
        request,
        title=_("Scegli un altro mediatore"),
        form=MediatorForm(request.POST or None, besides=row.mediator_id),
        do=lambda values: actions.replace_mediator(by=by, file=row, **values),
        done=_("Richiesta inviata al mediatore."),
        back=_panel(reference),
        about=row.reference,
        lead=_("Gli appunti di prima non passano: il nuovo mediatore sente di nuovo le parti."),
        label=_("Invia"),
    )


@require_POST
@needs(Capability.WORK_CASES)
def read_end(request: HttpRequest, reference: str, mediation: str) -> HttpResponse:
    """Read how it ended."""
    by = request.actor
    row = queries.told_of(by, casework.case_named(by, reference), mediation)
    actions.read_end(by=by, file=row)
    messages.success(request, _("Fatto."))
    return go_to(request, reverse("case", args=[reference]))


def _panel(reference: str) -> str:
    return reverse("mediation_on_case", args=[reference])
