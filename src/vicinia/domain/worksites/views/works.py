"""Worksites and lots: what they are, how far they are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.worksites import actions, documents, gantt, papers, queries, rules
from vicinia.domain.worksites.forms import EnterLotForm, LotForm, PaperAnswerForm, WorksiteForm
from vicinia.domain.worksites.models import Lot, Worksite
from vicinia.domain.worksites.states import AT_WORK, ComplaintChannel, LotState, WorksiteState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents.queries import languages_of
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, one_form, versioned_form

see = needs(Capability.SEE_WORKSITES)
keep = needs(Capability.KEEP_WORKSITES)


def to_worksite(row: Worksite) -> str:
    """The address of a worksite's page."""
    return reverse("worksite", args=[row.reference])


def to_lot(row: Lot) -> str:
    """The address of a lot's page."""
    return reverse("lot", args=[row.reference])


@see
def in_laboratory(request: HttpRequest) -> HttpResponse:
    """The part of the laboratory's page: what of the worksites waits for somebody."""
    context = {"counts": queries.waiting(request.actor), "may_keep": rules.may_keep(request.actor)}
    return page_or_part(request, "worksites/in_laboratory_page.html", "worksites/in_laboratory.html", context)


@see
def worksites(request: HttpRequest) -> HttpResponse:
    """All worksites, the open ones first. 50 rows a page."""
    by = request.actor
    context = {
        "page": page_of(request, queries.with_counts(queries.worksites(by))),
        "may_keep": rules.may_keep(by),
    }
    return render(request, "worksites/worksites.html", context)


@keep
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a worksite."""
    by, form = request.actor, WorksiteForm(request.POST or None)
    made: list[Worksite] = []
    answer = one_form(
        request,
        title=_("Nuovo cantiere"),
        lead=_("Finché non lo apri, non lo legge nessun altro."),
        form=form,
        do=lambda _values: made.append(actions.plan_worksite(by=by, new=form.plan())),
        done=_("Cantiere in preparazione."),
        back=reverse("worksites"),
    )
    return go_to(request, to_worksite(made[0])) if made else answer


@see
def worksite(request: HttpRequest, reference: str) -> HttpResponse:
    """One worksite: its lots with their times, what comes, how complaints go, what those nearby think."""
    by = request.actor
    row = queries.worksite_named(by, reference)
    lots = queries.lots_of(row)
    state = WorksiteState.CLOSED if row.state == WorksiteState.OPEN else WorksiteState.OPEN
    context = {
        "worksite": row,
        "lots": lots,
        "gantt": gantt.draw(row.name, lots),
        "disruptions": queries.in_disruption_lines(
            queries.disruptions(by).to_come().filter(lot__worksite=row).soonest_first()
        )[:20],
        "numbers": queries.numbers_of(row),
        "survey": queries.survey_of(row),
        "survey_words": queries.survey_words(row),
        "may_keep": rules.may_keep(by),
        "may_enter": rules.may_enter_worksite(
            by, row, state, lots=len(lots), at_work=sum(1 for one in lots if one.state in AT_WORK)
        ),
    }
    return render(request, "worksites/worksite.html", context)


def _shown(row: Worksite) -> Shown:
    return [
        (_("Come si chiama"), row.name),
        (_("Che cosa si fa"), row.summary),
        (_("Chi chiamare"), row.who_to_call),
    ]


@keep
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what everybody reads of it."""
    by = request.actor
    row = queries.worksite_named(by, reference)
    form = WorksiteForm(request.POST or None, initial=WorksiteForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Cambia il cantiere"),
        about=row.reference,
        form=form,
        do=lambda values: actions.change_worksite(
            by=by, worksite=row, new=form.plan(), seen_version=values["seen_version"]
        ),
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_worksite(row),
    )


@require_POST
@keep
def enter(request: HttpRequest, reference: str) -> HttpResponse:
    """Open it, close it, open it again."""
    row = queries.worksite_named(request.actor, reference)
    state = WorksiteState.CLOSED if request.POST.get("che") == "chiudi" else WorksiteState.OPEN
    actions.enter_worksite(by=request.actor, worksite=row, state=state)
    messages.success(request, _("Fatto."))
    return go_to(request, to_worksite(row))


@see
def survey_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The survey on paper."""
    row = queries.worksite_named(request.actor, reference)
    content = papers.survey(worksite=row, language=request.GET.get("lingua", "it"))
    return pdf.as_response(content, f"questionario-{row.reference}.pdf")


@keep
def survey_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """A sheet that came back."""
    by = request.actor
    row = queries.worksite_named(by, reference)
    form = PaperAnswerForm(request.POST or None)
    return one_form(
        request,
        title=_("Registra un questionario di carta"),
        about=row.name,
        lead=_("Da 1 (per niente) a 5 (del tutto). Non si sa di chi è."),
        form=form,
        do=lambda values: actions.answer_survey(
            by=by, worksite=row, new=form.answer(values["once"], ComplaintChannel.PAPER)
        ),
        done=_("Registrato."),
        back=to_worksite(row),
    )


# Lots -------------------------------------------------------------------------------------------------------------


@keep
def new_lot(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a lot into a worksite."""
    by = request.actor
    site = queries.worksite_named(by, reference)
    form = LotForm(request.POST or None, by=by, area_id=site.area_id)
    made: list[Lot] = []
    answer = one_form(
        request,
        title=_("Nuovo lotto"),
        about=site.name,
        lead=_("Gli edifici e le scale dicono a chi arrivano gli avvisi."),
        form=form,
        do=lambda _values: made.append(actions.add_lot(by=by, worksite=site, new=form.plan())),
        done=_("Lotto aggiunto."),
        back=to_worksite(site),
    )
    return go_to(request, to_lot(made[0])) if made else answer


@see
def lot(request: HttpRequest, reference: str) -> HttpResponse:
    """One lot: how far it is, its times and slips, what it does to those nearby, what they say."""
    by = request.actor
    row = queries.lot_named(by, reference)
    lines = queries.lines_of(row)
    context = {
        "lot": row,
        "buildings": list(row.buildings.all()),
        "stairs": list(row.stairs.select_related("building")),
        "phases": [one for one in lines if hasattr(one, "title")],
        "interventions": [one for one in lines if hasattr(one, "dwelling")],
        "gantt": gantt.draw(row.name, lines),
        "slips": queries.slips_of(row),
        "moves": list(row.state_moves.order_by("-at", "-id")),
        "disruptions": queries.in_disruption_lines(queries.disruptions(by).filter(lot=row).newest_first())[
            :30
        ],
        "complaints": queries.in_complaint_lines(queries.complaints(by).filter(lot=row).newest_first())[:30],
        "walks": list(queries.walks(by).filter(lot=row)[:30]),
        "may_keep": rules.may_keep(by),
        "languages": languages_of(documents.BOARD),
    }
    return render(request, "worksites/lot.html", context)


@keep
def change_lot(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what a lot is."""
    by = request.actor
    row = queries.lot_named(by, reference)
    form = LotForm(request.POST or None, by=by, area_id=row.worksite.area_id, initial=LotForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Cambia il lotto"),
        about=row.reference,
        lead=_("I giorni previsti cambiano solo finché è un progetto. Dopo si scrive una nuova stima."),
        form=form,
        do=lambda values: actions.change_lot(
            by=by, lot=row, new=form.plan(), seen_version=values["seen_version"]
        ),
        now=lambda: [(_("Come si chiama"), row.name), (_("Che cosa si fa"), row.summary)],
        done=_("Salvato."),
        back=to_lot(row),
    )


@keep
def enter_lot(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a lot one step further."""
    by = request.actor
    row = queries.lot_named(by, reference)
    form = EnterLotForm(request.POST or None, lot=row)
    return versioned_form(
        request,
        row=row,
        title=_("A che punto è il lotto"),
        about=row.name,
        form=form,
        do=lambda values: actions.enter_lot(by=by, lot=row, **values | {"state": LotState(values["state"])}),
        now=lambda: [(_("A che punto è"), row.get_state_display()), (_("Motivo"), row.state_reason)],
        done=_("Salvato."),
        back=to_lot(row),
    )


@see
def board(request: HttpRequest, reference: str) -> HttpResponse:
    """The board for the fence, with its QR code."""
    row = queries.lot_named(request.actor, reference)
    content = papers.board(lot=row, language=request.GET.get("lingua", "it"))
    return pdf.as_response(content, f"cartello-{row.reference}.pdf")
