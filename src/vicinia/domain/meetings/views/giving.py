"""What leaves the house: the minutes on paper, and the part of them that a body gets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vicinia.domain.meetings import actions, papers, queries, rules
from vicinia.domain.meetings.forms import ExtractForm
from vicinia.domain.meetings.models import AgendaItem
from vicinia.domain.meetings.views.meetings import to_meeting
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import refused_at


@needs(Capability.WORK_CASES)
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The minutes as PDF."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_print(by, row).require()
    content = papers.minutes(by=by, meeting=row)
    actions.note_print(by=by, meeting=row)
    return pdf.as_response(content, f"verbale-{row.reference}.pdf")


@needs(Capability.WORK_CASES)
def extract(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose what a body gets, look at it as the body will, then give it."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    rules.may_give(by, row, items=1, has_police=False, is_internal=True).require()
    items = queries.minutes_of(by, row)
    form = ExtractForm(request.POST or None, meeting=row, items=items)
    preview: list[tuple[AgendaItem, list[str]]] | None = None
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        new = form.extract()
        seen = _choice(new)
        # What is given is what was looked at: something else is shown first.
        if request.POST.get("give") and request.POST.get("seen") == seen:
            refused = refused_at(form, lambda: actions.give_extract(by=by, meeting=row, new=new))
            if not refused:
                messages.success(
                    request, _("Estratto pronto per %(body)s: scaricalo e consegnalo.") % {"body": new.body}
                )
                return go_to(request, f"{to_meeting(row)}#estratti")
            status = refused.verdict.status
        else:
            preview = [(item, [note.text for note in item.notes.all()]) for item in new.items]
            status = 200
    context = {
        "meeting": row,
        "form": form,
        "preview": preview or [],
        "is_previewed": preview is not None,
        "body": new.body if preview is not None else None,
        "with_said": preview is not None and new.with_said,
        "seen": seen if preview is not None else "",
    }
    return render(request, "meetings/extract.html", context, status=status)


def _choice(new: actions.NewExtract) -> str:
    """What was chosen, in one value: of closed minutes only the notes grow, so it says what is given."""
    items = ",".join(f"{item.pk}+{len(item.notes.all())}" for item in new.items)
    return f"{new.body.pk}:{int(new.with_said)}:{items}"


@needs(Capability.WORK_CASES)
def extract_paper(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What a body got, as PDF."""
    by = request.actor
    row = queries.meeting_named(by, reference)
    given = queries.extract_of(by, row, pk)
    given.meeting = row
    return pdf.as_response(papers.extract(by=by, row=given), f"estratto-{row.reference}-{given.pk}.pdf")
