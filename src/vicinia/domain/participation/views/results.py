"""What becomes of accepted proposals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.participation import actions, queries, rules
from vicinia.domain.participation.forms import MilestoneForm, ProgressForm
from vicinia.domain.participation.models import Result
from vicinia.domain.participation.views.ideas import to_idea
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import one_form, versioned_form


@needs(Capability.RUN_PARTICIPATION)
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how far it is; who proposed it is told."""
    by = request.actor
    idea = queries.idea_named(by, reference)
    row = queries.result_of(idea)
    form = ProgressForm(request.POST or None, result=row, initial=ProgressForm.values_of(row))

    def do(values: dict[str, Any]) -> Result:
        seen = values["seen_version"]
        return actions.follow_result(by=by, result=row, new=form.progress(), seen_version=seen)

    return versioned_form(
        request,
        row=row,
        title=_("A che punto è il risultato"),
        about=idea.reference,
        form=form,
        do=do,
        now=lambda: [(_("A che punto è"), row.get_state_display()), (_("Percentuale"), row.percent)],
        done=_("Salvato. Chi ha proposto è avvisato."),
        back=to_idea(idea),
    )


@needs(Capability.RUN_PARTICIPATION)
def add_milestone(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a step."""
    by = request.actor
    idea = queries.idea_named(by, reference)
    row = queries.result_of(idea)
    rules.may_run(by).require()
    return one_form(
        request,
        title=_("Nuova tappa"),
        about=idea.reference,
        form=MilestoneForm(request.POST or None),
        do=lambda values: actions.add_milestone(by=by, result=row, **values),
        done=_("Tappa aggiunta."),
        back=to_idea(idea),
    )


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def milestone(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A step is done, or is taken away."""
    by = request.actor
    idea = queries.idea_named(by, reference)
    row = queries.milestone_of(queries.result_of(idea), pk)
    if request.POST.get("che") == "togli":
        actions.drop_milestone(by=by, milestone=row)
    else:
        actions.finish_milestone(by=by, milestone=row)
    messages.success(request, _("Fatto."))
    return go_to(request, to_idea(idea))
