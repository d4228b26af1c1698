"""Closing a vote, counting the paper box twice, and the count."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.elections import actions, queries, rules
from vicinia.domain.elections.forms import CountForm, PaperForm
from vicinia.domain.elections.models import Poll
from vicinia.domain.elections.states import POLL_MOVES, PollState
from vicinia.domain.elections.views.polls import shown, to_poll
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import one_form, versioned_form


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a vote whose time is over, without waiting for the program."""
    row = queries.poll_named(request.actor, reference)
    actions.close(by=request.actor, poll=row)
    messages.success(request, _("Chiusa: adesso si conta."))
    return go_to(request, to_poll(row))


@needs(Capability.RUN_PARTICIPATION)
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """Write what one counted in the paper box. What a colleague counted is not shown."""
    by = request.actor
    row = queries.poll_named(by, reference)
    found = queries.turnout(row).paper
    rules.may_enter_paper(by, row, others=0, paper_marks=found).require()
    form = PaperForm(request.POST or None, poll=row, options=queries.options_of(row))
    return one_form(
        request,
        title=_("Schede di carta"),
        about=row,
        lead=_("Hanno votato su carta in %(n)s. Conta da solo: il conteggio dell'altra persona non si vede.")
        % {"n": found},
        form=form,
        do=lambda _values: actions.enter_paper(by=by, poll=row, lines=form.box()),
        done=_("Conteggio scritto. Serve anche quello di un'altra persona."),
        back=to_poll(row),
    )


@needs(Capability.RUN_PARTICIPATION)
def count(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the box."""
    by = request.actor
    row = queries.poll_named(by, reference)
    POLL_MOVES.may(row.state, PollState.COUNTED).require()

    def do(values: dict[str, Any]) -> Poll:
        return actions.count(by=by, poll=row, **values)

    return versioned_form(
        request,
        row=row,
        title=_("Scrutinio"),
        about=row,
        lead=_("Si apre l'urna una volta sola, e il risultato è subito pubblico. Pareggio: %(source)s.")
        % {"source": row.lot_source},
        form=CountForm(request.POST or None, initial={"seen_version": row.version}),
        do=do,
        now=lambda: shown(row),
        done=_("Scrutinata: il risultato è pubblico."),
        back=to_poll(row),
        label=_("Apri l'urna"),
    )
