"""The page of one case, its papers, and the panel that a report's page shows of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from vicinia.domain.casework import papers, queries, rules
from vicinia.domain.casework.states import STAGE_ORDER, Stage
from vicinia.domain.casework.views.closing import closing_label
from vicinia.domain.listening import events as report_events
from vicinia.domain.listening import queries as listening
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import pdf
from vicinia.foundation.journal import queries as journal
from vicinia.foundation.kernel.htmx import page_or_part
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.look.components import Step

GROUPS = {
    "": gettext_lazy("tutto"),
    "contacts": gettext_lazy("contatti"),
    "commitments": gettext_lazy("impegni"),
    "interventions": gettext_lazy("interventi"),
    "network": gettext_lazy("rete"),
    "presence": gettext_lazy("presidio"),
    "mediation": gettext_lazy("mediazione"),
    "agreements": gettext_lazy("accordi"),
    "reports": gettext_lazy("segnalazioni"),
    "documents": gettext_lazy("documenti"),
}


@needs(Capability.SEE_CASES)
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case: where it stands, what comes next, what was done, by whom, and who may see it."""
    by = request.actor
    row = queries.case_named(by, reference)
    reports = list(queries.reports_in(row))
    commitments, interventions = list(queries.commitments_of(row)), list(queries.interventions_of(row))
    facts = queries.progress_with(row, reports=reports, commitments=commitments, interventions=interventions)
    following = queries.following_stage(row)
    proposal = queries.open_proposal(row) if row.is_open else None
    group = request.GET.get("mostra", "")
    abouts = [f"case:{row.reference}", *(f"report:{report.reference}" for report in reports)]
    context = {
        "case": row,
        "steps": [Step(stage.label) for stage in STAGE_ORDER],
        "current_step": STAGE_ORDER.index(Stage(row.stage)) + 1,
        "may_work": rules.may_work(by, row),
        "may_propose": rules.may_propose(by, row, proposal),
        "may_take": rules.may_take_charge(by, row),
        "may_close": rules.may_ask_to_close(by, row, facts),
        "close_label": closing_label(by),
        "following": following,
        "following_label": str(Stage(following).label).lower() if following else "",
        "may_go_on": rules.may_enter_stage(by, row, following, facts) if following else None,
        "reports": reports,
        "commitments": commitments,
        "interventions": interventions,
        "tasks": facts.open_tasks,
        "matters": rules.open_now(row, facts.matters),
        "people": list(queries.people_of(row)),
        "files": attachments.of(row),
        "proposal": proposal,
        "may_withdraw": rules.may_withdraw(by, proposal) if proposal else None,
        "earlier_stages": [(stage, Stage(stage).label) for stage in queries.earlier_stages(row)],
        "contests": () if row.is_open else queries.open_contests(row),
        "watch_points": () if row.is_open else queries.watch_points_of(row),
        "chronology": journal.timeline(
            abouts,
            groups=[group] if group in GROUPS and group else None,
            # The case says of each report that it came in: the report's own line would say it twice.
            besides=[report_events.LINKED],
        ),
        "groups": GROUPS.items(),
        "group": group,
        "panels": panels_at("case", by),
        "viewers": rules.who_sees(row),
    }
    return render(request, "casework/case.html", context)


@needs(Capability.SEE_CASES)
def file(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """A file of a case, for who may see the case."""
    row = queries.case_named(request.actor, reference)
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))


@needs(Capability.SEE_CASES)
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """The dossier as PDF: redacted unless the whole is asked for with a purpose, which is logged."""
    row = queries.case_named(request.actor, reference)
    purpose = request.GET.get("motivo", "") if request.GET.get("completo") else ""
    content = papers.dossier(by=request.actor, case=row, purpose=purpose)
    return pdf.as_response(content, f"fascicolo-{row.reference}.pdf")


@needs(Capability.WORK_CASES)
def handover_sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """What who takes over has to know, so that nobody tells their story twice."""
    row = queries.case_named(request.actor, reference)
    return pdf.as_response(
        papers.handover_sheets(by=request.actor, cases=[row]), f"consegne-{row.reference}.pdf"
    )


@needs(Capability.SEE_CASES)
def on_report(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a report's page: its case, or the way to one."""
    by = request.actor
    report = listening.report_named(by, reference)
    context = {
        "report": report,
        "case": queries.visible_case_of(by, report),
        "is_in_hidden_case": queries.case_of(report) is not None,
        "contacts": report.contacts.filter(case__isnull=True),
        "may_open": rules.may_open(by, report.legal_basis),
        "near": queries.open_cases_near(by, report),
    }
    return page_or_part(request, "casework/on_report_page.html", "casework/on_report.html", context)
