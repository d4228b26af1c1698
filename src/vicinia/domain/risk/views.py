"""The pages of risk: its panel on the case, the assessment, the versions of the questionnaire."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.risk import actions, queries, rules
from vicinia.domain.risk.forms import AssessmentForm, QuestionnaireForm
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.htmx import go_to, page_or_part


@needs(Capability.SEE_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: the band that holds, when it is looked at again, what came before."""
    case = casework.case_named(request.actor, reference)
    rows = queries.assessments_of(case)
    context = {
        "case": case,
        "last": rows[0] if rows else None,
        "earlier": rows[1:],
        "is_out_of_date": bool(rows) and queries.is_out_of_date(case),
        "may_assess": rules.may_assess(request.actor, case),
    }
    return page_or_part(request, "risk/on_case_page.html", "risk/on_case.html", context)


@needs(Capability.WORK_CASES)
def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the questions about a case."""
    case = casework.case_named(request.actor, reference)
    rules.may_assess(request.actor, case).require()
    _version, questions = queries.current()
    form = AssessmentForm(request.POST or None, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.assess(by=request.actor, case=case, **form.values)
        except Refused as refused:
            form.add_error("override_reason", str(refused.verdict.sentence))
        else:
            said = _("Fascia: %(band)s. Si riguarda entro il %(day)s.")
            day = row.review_on.strftime("%d/%m/%Y")
            messages.success(request, said % {"band": row.get_band_display(), "day": day})
            return go_to(request, reverse("case", args=[reference]))
    context = {"case": case, "form": form, "title": questions.title}
    return render(request, "risk/assess.html", context, status=422 if form.is_bound else 200)


@needs(Capability.MANAGE_SETTINGS)
def questionnaires(request: HttpRequest) -> HttpResponse:
    """The versions of the questionnaire, and the way to the next."""
    form = QuestionnaireForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.publish_questionnaire(by=request.actor, content=form.cleaned_data["file"])
        messages.success(request, _("Pubblicato: vale dalla prossima valutazione."))
        return go_to(request, reverse("risk_questionnaires"))
    version, questions = queries.current()
    context = {"form": form, "version": version, "questions": questions, "versions": queries.versions()}
    return render(request, "risk/questionnaires.html", context, status=422 if form.is_bound else 200)


@needs(Capability.MANAGE_SETTINGS)
def example(request: HttpRequest) -> HttpResponse:
    """The built-in questionnaire as a file to start from."""
    options = {"ensure_ascii": False, "indent": 2}
    response = JsonResponse(queries.example(), json_dumps_params=options)
    response["Content-Disposition"] = 'attachment; filename="questionario-rischio.json"'
    return response
