"""What a meeting talks about, from its own page and from the page of a case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.casework import queries as casework
from vicinia.domain.meetings import actions, queries, rules
from vicinia.domain.meetings.forms import ItemForm, PutOnForm, SubjectForm, SuggestionsForm
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.look.acting import one_form, refused_at, versioned_form

MOVES = {"up": -1, "down": 1}


@needs(Capability.WORK_CASES)
def agenda(request: HttpRequest, reference: str) -> HttpResponse:
    """The agenda and what may be added: suggested cases and a subject of one's own are two forms of the page."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_change(by, row).require()
    is_own = "own" in request.POST
    posted = request.POST if request.method == "POST" else None
    suggested = queries.suggestions(by, row)
    choose = SuggestionsForm(None if is_own else posted, suggestions=suggested)
    own = SubjectForm(posted if is_own else None, by=by)
    form = own if is_own else choose
    status = 422 if posted is not None else 200
    if posted is not None and form.is_valid():
        new = [own.item()] if is_own else choose.items()
        refused = refused_at(form, lambda: actions.add_items(by=by, meeting=row, new=new))
        if not refused:
            messages.success(request, _("Aggiunto all'ordine del giorno."))
            return go_to(request, reverse("meeting_agenda", args=[reference]))
        status = refused.verdict.status
    context = {
        "meeting": row,
        "items": queries.items_of(by, row),
        "choose": choose,
        "own": own,
        "has_suggestions": bool(suggested),
    }
    return render(request, "meetings/agenda.html", context, status=status)


@require_POST
@needs(Capability.WORK_CASES)
def move(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Move an item up or down, or take it off."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    item = queries.item_of(by, row, pk)
    act = request.POST.get("act", "")
    if act in MOVES:
        actions.move_item(by=by, item=item, step=MOVES[act])
    elif act == "drop":
        actions.drop_item(by=by, item=item)
        messages.success(request, _("Tolto dall'ordine del giorno."))
    return go_to(request, reverse("meeting_agenda", args=[reference]))


@needs(Capability.WORK_CASES)
def change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say in other words what an item is about."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_change(by, row).require()
    item = queries.item_of(by, row, pk)
    initial = {"subject": item.subject, "to_decide": item.to_decide, "seen_version": item.version}
    return versioned_form(
        request,
        row=item,
        title=_("Cambia l'argomento"),
        about=item.case or row,
        form=ItemForm(request.POST or None, item=item, initial=initial),
        do=lambda values: actions.change_item(by=by, item=item, **values),
        now=lambda: [(_("Argomento"), item.subject), (_("Che cosa c'è da decidere"), item.to_decide)],
        done=_("Salvato."),
        back=reverse("meeting_agenda", args=[reference]),
    )


@needs(Capability.WORK_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: at which meetings it was discussed, or will be."""
    by = request.actor
    case = casework.case_named(by, reference)
    context: dict[str, Any] = {
        "case": case,
        "items": queries.items_on(by, case),
        "may_put_on": case.is_open and queries.meetings_to_put_on(by, case).exists(),
    }
    return page_or_part(request, "meetings/on_case_page.html", "meetings/on_case.html", context)


@needs(Capability.WORK_CASES)
def put_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring a case to a meeting that is planned."""
    by = request.actor
    case = casework.case_named(by, reference)
    form = PutOnForm(request.POST or None, meetings=queries.meetings_to_put_on(by, case))

    def do(values: dict[str, Any]) -> Any:
        new = actions.NewItem(case=case, to_decide=values["to_decide"])
        return actions.add_items(by=by, meeting=values["meeting"], new=[new])

    return one_form(
        request,
        title=_("Porta il caso a un tavolo"),
        about=case,
        form=form,
        do=do,
        done=_("Aggiunto all'ordine del giorno."),
        back=reverse("case", args=[reference]),
    )
