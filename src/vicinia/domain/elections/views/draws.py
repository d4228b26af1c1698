"""Random draws: prepared, published, drawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vicinia.domain.elections import actions, queries, rules
from vicinia.domain.elections.forms import DrawForm, PoolForm, ReasonForm, SeedForm
from vicinia.domain.elections.models import Draw
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, once_more, one_form, refused_at, versioned_form


@needs(Capability.SEE_PARTICIPATION)
def draws(request: HttpRequest) -> HttpResponse:
    """All draws, newest first. 50 rows a page."""
    by = request.actor
    rows = queries.draws(by).newest_first()
    context = {"page": page_of(request, rows), "may_run": rules.may_run(by)}
    return render(request, "elections/draws.html", context)


def to_draw(row: Draw) -> str:
    """The address of a draw's page."""
    return reverse("draw", args=[row.reference])


@needs(Capability.RUN_PARTICIPATION)
def new(request: HttpRequest) -> HttpResponse:
    """Begin to prepare a draw."""
    by = request.actor
    form = DrawForm(request.POST or None)
    made: list[Draw] = []
    answer = one_form(
        request,
        title=_("Nuova estrazione"),
        lead=_("Prima si pubblica l'elenco, poi esce il numero: così nessuno può scegliere."),
        form=form,
        do=lambda _values: made.append(actions.plan_draw(by=by, new=form.plan())),
        done=_("In preparazione. Ora prepara l'elenco."),
        back=reverse("draws"),
        label=_("Vai all'elenco"),
    )
    return go_to(request, to_draw(made[0])) if made else answer


@needs(Capability.SEE_PARTICIPATION)
def draw(request: HttpRequest, reference: str) -> HttpResponse:
    """One draw: the pool by its numbers, who they are for who runs it, what comes next."""
    by = request.actor
    row = queries.draw_named(by, reference)
    tickets, today = queries.tickets_of(by, row), clock.today()
    context = {
        "draw": row,
        "pool_count": len(queries.pool_of(row)),
        "page": page_of(request, tickets),
        "may_run": rules.may_run(by),
        "may_change": rules.may_change_draw(by, row),
        "may_publish": rules.may_publish(by, row, pool=tickets.count(), today=today),
        "may_draw": rules.may_draw(by, row, seed="x", today=today),
        "may_cancel": rules.may_cancel(by, row, "x"),
    }
    return render(request, "elections/draw.html", context)


@needs(Capability.RUN_PARTICIPATION)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change anything before the pool is published."""
    by = request.actor
    row = queries.draw_named(by, reference)
    rules.may_change_draw(by, row).require()
    form = DrawForm(request.POST or None, initial=DrawForm.values_of(row))

    def do(values: dict[str, Any]) -> Draw:
        return actions.change_draw(by=by, draw=row, new=form.plan(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=row,
        title=_("Cambia l'estrazione"),
        about=row,
        form=form,
        do=do,
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_draw(row),
    )


def _shown(row: Draw) -> Shown:
    return [
        (_("Titolo"), row.title),
        (_("A che cosa serve"), row.why),
        (_("Quanti si estraggono"), row.places),
        (_("Giorno in cui esce"), row.source_day),
        (_("A che punto è"), row.get_state_display()),
    ]


@needs(Capability.RUN_PARTICIPATION)
def fill(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the pool, which replaces the one that is there."""
    by = request.actor
    row = queries.draw_named(by, reference)
    rules.may_change_draw(by, row).require()
    form = PoolForm(request.POST or None, by=by)

    def do(values: dict[str, Any]) -> None:
        count = actions.fill_pool(by=by, draw=row, stairs=list(values["stairs"]), names=form.lines())
        words = ngettext("In elenco c'è %(n)s nome.", "In elenco ci sono %(n)s nomi.", count)
        messages.info(request, words % {"n": count})

    return one_form(
        request,
        title=_("Chi può essere estratto"),
        about=row,
        lead=_("Questo elenco prende il posto di quello di prima."),
        form=form,
        do=do,
        done=_("Elenco preparato."),
        back=to_draw(row),
    )


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish the numbers of the pool."""
    row = queries.draw_named(request.actor, reference)
    actions.publish_draw(by=request.actor, draw=row)
    messages.success(request, _("Pubblicato: l'elenco non cambia più."))
    return go_to(request, to_draw(row))


@needs(Capability.RUN_PARTICIPATION)
def pull(request: HttpRequest, reference: str) -> HttpResponse:
    """Draw with the number that came out."""
    by = request.actor
    row = queries.draw_named(by, reference)
    rules.may_draw(by, row, seed="x", today=clock.today()).require()

    def do(values: dict[str, Any]) -> Draw:
        return actions.draw(by=by, draw=row, **values)

    return versioned_form(
        request,
        row=row,
        title=_("Estrai"),
        about=row,
        lead=row.source,
        form=SeedForm(request.POST or None, initial={"seen_version": row.version}),
        do=do,
        now=lambda: _shown(row),
        done=_("Estratti: chiunque può rifare il conto."),
        back=to_draw(row),
        label=_("Estrai"),
    )


@needs(Capability.RUN_PARTICIPATION)
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Call a draw off."""
    by = request.actor
    row = queries.draw_named(by, reference)
    rules.may_cancel(by, row, "x").require()
    form = ReasonForm(request.POST or None)

    def do() -> None:
        actions.cancel_draw(by=by, draw=row, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and not refused_at(form, do):
        messages.success(request, _("L'estrazione è annullata."))
        return go_to(request, to_draw(row))
    return once_more(
        request,
        title=_("Annulla l'estrazione"),
        sentence=_("Nessuno è estratto. Il motivo lo leggono tutti."),
        label=_("Annulla l'estrazione"),
        back=to_draw(row),
        form=form,
    )
