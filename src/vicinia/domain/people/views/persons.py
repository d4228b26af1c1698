"""The page of a person: hidden until a purpose is given."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vicinia.domain.people import actions, queries, rules
from vicinia.domain.people.forms import PersonForm, PurposeForm
from vicinia.domain.people.models import Person
from vicinia.domain.people.queries import Purpose
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.journal.actions import about_ref
from vicinia.foundation.journal.queries import timeline
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict
from vicinia.foundation.kernel.htmx import page_or_part
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.look.acting import once_more

HISTORY_LINES = 30


def _page(request: HttpRequest, row: Person, **more: Any) -> dict[str, Any]:
    by = request.actor
    return {
        "person": row,
        "shown": None,
        "form": PurposeForm(),
        "may_correct": rules.may_correct(by, row),
        "may_manage": rules.may_manage(by, row),
        "merged": list(queries.merged_into(row)),
        "memberships": queries.households_of_person(by, row),
        "panels": panels_at("person", by),
        "chronology": timeline([about_ref(row)], limit=HISTORY_LINES),
        **more,
    }


@needs(Capability.REVEAL_PEOPLE, Capability.MANAGE_PEOPLE)
@never_cache
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """Who it is in initials, what one may see of their history, and the way to their data."""
    row = queries.person_of(request.actor, reference)
    if row.merged_into is not None:
        return redirect("person", queries.root_of(row).reference)
    return render(request, "people/person.html", _page(request, row))


@needs(Capability.REVEAL_PEOPLE)
@never_cache
@require_POST
def reveal(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the data for the purpose given; the access log keeps it."""
    row = queries.person_of(request.actor, reference)
    form = PurposeForm(request.POST)
    is_clear = form.is_valid()
    shown = queries.reveal(request.actor, row, form.reason) if is_clear else None
    context = _page(request, row, form=form, shown=shown)
    status = 200 if is_clear else 422
    return page_or_part(request, "people/person.html", "people/person_data.html", context, status)


@needs(Capability.REVEAL_PEOPLE)
@never_cache
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct what we keep; opening the form shows the data, and is logged with that purpose."""
    by = request.actor
    row = queries.person_of(by, reference)
    rules.may_correct(by, row).require()
    context: dict[str, Any] = {"person": row, "conflict": None}
    if request.method != "POST":
        context["form"] = PersonForm(initial=PersonForm.values_of(queries.reveal(by, row, Purpose.CORRECT)))
        return render(request, "people/correct.html", context)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return render(request, "people/correct.html", context | {"form": form}, status=422)
    try:
        actions.correct(by=by, person=row, details=form.details, version=form.cleaned_data["version"])
    except Conflict as conflict:
        current = queries.reveal(by, row, Purpose.CORRECT)
        typed = form.data.copy()
        typed["version"] = str(current.version)
        context |= {"form": PersonForm(typed), "current": current, "conflict": conflict}
        return render(request, "people/correct.html", context, status=409)
    messages.success(request, _("Dati corretti."))
    return redirect("person", row.reference)


@needs(Capability.MANAGE_PEOPLE)
@never_cache
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    """Rows that may be the same person, side by side; comparing them is logged."""
    by = request.actor
    row = queries.person_of(by, reference)
    rules.may_manage(by, row).require()
    if request.method == "POST":
        gone = queries.person_of(by, request.POST.get("gone", ""))
        actions.merge(by=by, keep=row, gone=gone)
        undo = reverse("person_undo_merge", args=[gone.reference])
        messages.success(request, _("Le due schede sono unite."), extra_tags=f"undo:{undo}")
        return redirect("person", row.reference)
    doubles = queries.doubles(by, row)[:8]
    compared = [(double, queries.reveal(by, double.person, Purpose.CHECK)) for double in doubles]
    context = {"person": row, "shown": queries.reveal(by, row, Purpose.CHECK), "doubles": compared}
    return render(request, "people/merge.html", context)


@needs(Capability.MANAGE_PEOPLE)
@require_POST
def undo_merge(request: HttpRequest, reference: str) -> HttpResponse:
    """Part a merged row again."""
    row = queries.person_of(request.actor, reference)
    actions.undo_merge(by=request.actor, gone=row)
    messages.success(request, _("Le due schede sono di nuovo separate."))
    return redirect("person", row.reference)


@needs(Capability.MANAGE_PEOPLE)
@never_cache
@require_POST
def copy(request: HttpRequest, reference: str) -> HttpResponse:
    """The copy of everything we hold, to be given to the person: JSON for programs, PDF for reading."""
    row = queries.person_of(request.actor, reference)
    held = actions.export(by=request.actor, person=row)
    if request.POST.get("formato") == "json":
        content, kind = json.dumps(held, ensure_ascii=False, indent=2, default=str).encode(), "json"
    else:
        subjects = [(queries.subject_title(name), rows) for name, rows in held.items() if rows]
        content, kind = pdf.render("people/copy.html", {"subjects": subjects, "today": clock.today()}), "pdf"
    name = f"copia-dati-{row.reference}.{kind}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=f"application/{kind}", headers=disposition)


@needs(Capability.MANAGE_PEOPLE)
@never_cache
def erase(request: HttpRequest, reference: str) -> HttpResponse:
    """Asked once more, then everything is erased for good."""
    row = queries.person_of(request.actor, reference)
    rules.may_manage(request.actor, row).require()
    if request.method == "POST":
        actions.erase(by=request.actor, person=row)
        messages.success(request, _("I dati della persona sono cancellati."))
        return redirect("person", row.reference)
    return once_more(
        request,
        title=_("Cancellare i dati di %(who)s?") % {"who": row.masked},
        sentence=_(
            "Spariscono nome, recapiti, indirizzo e note, le parole scritte da questa persona e le righe "
            "di cronologia che parlano di lei. Le segnalazioni restano, senza chi le ha fatte. Non si può tornare indietro."
        ),
        label=_("Cancella per sempre"),
        back=reverse("person", args=[row.reference]),
    )
