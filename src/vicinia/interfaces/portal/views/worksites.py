"""Worksites as everybody reads them; complaints by the board's QR code, without account or JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vicinia.domain.worksites import actions, calendar, queries, rules
from vicinia.domain.worksites.actions.telling import link_of
from vicinia.domain.worksites.forms import ComplaintForm, SurveyForm, WordsForm
from vicinia.domain.worksites.models import Complaint
from vicinia.domain.worksites.states import ComplaintChannel
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import calendars, qr
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.foundation.look.acting import refused_at
from vicinia.interfaces.portal.views import browsers, limits

# Which browser has answered which survey: a random word, of which each worksite keeps a digest of its own.
COOKIE = "cantieri"


@require_GET
def worksites(request: HttpRequest) -> HttpResponse:
    """All worksites, the open ones first. 50 rows a page."""
    return render(request, "portal/worksites.html", {"page": page_of(request, queries.shown_worksites())})


@require_GET
def worksite(request: HttpRequest, reference: str) -> HttpResponse:
    """What is done, by when, what to be ready for, who to call."""
    row = queries.shown_worksite(reference)
    context = {
        "worksite": row,
        "lots": queries.lots_of(row),
        "disruptions": queries.shown_disruptions(worksite=row)[:50],
        "may_survey": rules.may_survey(Actor.visitor(), row),
    }
    return render(request, "portal/worksite.html", context)


@require_GET
def calendar_feed(request: HttpRequest, reference: str) -> HttpResponse:
    """The disruptions of a worksite for one's own calendar."""
    row = queries.shown_worksite(reference)
    content = calendar.feed(queries.shown_disruptions(worksite=row)[:200], name=row.name)
    return calendars.as_response(content, f"{row.reference}.ics", is_private=False)


@require_GET
def lot(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the board's QR code leads: how far it is, what comes, and a place to say what is wrong."""
    row = queries.shown_lot(reference)
    context = {
        "lot": row,
        "phases": [one for one in queries.lines_of(row) if hasattr(one, "title")],
        "disruptions": queries.shown_disruptions(lot=row)[:50],
        "slips": queries.slips_of(row)[:10],
        "may_complain": rules.may_complain(Actor.visitor(), row, is_shown=True, words="x"),
    }
    return render(request, "portal/lot.html", context)


@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what is wrong. What was typed is kept if something is not right."""
    row = queries.shown_lot(reference)
    rules.may_complain(Actor.visitor(), row, is_shown=True, words="x").require()
    is_sent = request.method == "POST"
    form = ComplaintForm(request.POST if is_sent else None, request.FILES if is_sent else None, lot=row)
    status = 422 if is_sent else 200
    if is_sent and form.is_valid():
        limits.may(request, limits.SENDING).require()
        sent: list[actions.SentComplaint] = []
        new = form.complaint(ComplaintChannel.PORTAL, get_language() or "it")
        refused = refused_at(
            form, lambda: sent.append(actions.complain(by=Actor.visitor(), lot=row, new=new))
        )
        if not refused:
            return _arrived(request, sent[0], row.reference)
        status = refused.verdict.status
    return render(request, "portal/complain.html", {"lot": row, "form": form}, status=status)


def _arrived(request: HttpRequest, sent: actions.SentComplaint, reference: str) -> HttpResponse:
    if not sent.token:  # the same page sent twice: the private link went out with the first
        messages.info(request, _("La tua segnalazione è già arrivata: grazie."))
        return redirect("public_lot", reference)
    messages.success(request, _("Grazie: la segnalazione è arrivata a chi lavora qui."))
    return redirect("complaint_mine", sent.token)


def _writer(row: Complaint) -> Actor:
    return Actor.author(row.reference)


@private_page
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page of who complained: the answers, and whether it is well again."""
    row = queries.complaint_of_link(token)
    by = _writer(row)
    may_reopen = rules.may_reopen(by, row, "x")
    form = WordsForm(request.POST if request.method == "POST" and "words" in request.POST else None)
    form.fields["words"].help_text = _("Lo legge anche chi lavora qui: non scrivere nomi.")
    status = 422 if form.is_bound else 200
    if request.method == "POST":
        limits.may(request, limits.WRITING).require()
        if request.POST.get("che") == "risolta":
            actions.confirm(by=by, complaint=row)
            messages.success(request, _("Grazie di avercelo detto."))
            return redirect("complaint_mine", token)
        if form.is_valid():
            act = actions.reopen if may_reopen and request.POST.get("che") == "ancora" else actions.write
            refused = refused_at(form, lambda: act(by=by, complaint=row, words=form.cleaned_data["words"]))
            if not refused:
                messages.success(request, _("Scritto."))
                return redirect("complaint_mine", token)
            status = refused.verdict.status
    link = link_of(token)
    context = {
        "complaint": row,
        "replies": queries.replies_of(row),
        "photos": list(attachments.of(row)),
        "form": form,
        "token": token,
        "link": link,
        "qr": qr.svg(link),
        "may_confirm": rules.may_confirm(by, row),
        "may_reopen": may_reopen,
    }
    return render(request, "portal/complaint_mine.html", context, status=status)


@private_page
@require_GET
def photo(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A photo of one's own complaint."""
    row = queries.complaint_of_link(token)
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))


@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, reference: str) -> HttpResponse:
    """Three questions, no name."""
    row = queries.shown_worksite(reference)
    rules.may_survey(Actor.visitor(), row).require()
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"worksite": row, "form": form}
        return render(request, "portal/survey.html", context, status=422 if form.is_bound else 200)
    limits.may(request, limits.SENDING).require()
    browser = browsers.word_of(request, COOKIE)
    once = browsers.digest_for(browser, row)
    new = form.answer(once, ComplaintChannel.PORTAL)
    is_counted = actions.answer_survey(by=Actor.visitor(), worksite=row, new=new)
    messages.success(
        request, _("Grazie della risposta.") if is_counted else _("Hai già risposto: conta una volta.")
    )
    response = redirect("public_worksite", row.reference)
    browsers.keep(response, COOKIE, browser, path="/cantieri")
    return response
