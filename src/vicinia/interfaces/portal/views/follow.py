"""What the holder of a private link sees and does. A GET never changes anything: a scanner of e-mails burns nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.states import OutcomeVerdict
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.outcomes import actions as outcomes
from vicinia.domain.outcomes import queries as outcomes_read
from vicinia.domain.outcomes.forms import OpinionForm
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import pdf, qr
from vicinia.foundation.documents.composing import compose, part
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.interfaces.portal import documents, queries
from vicinia.interfaces.portal.forms.follow import EpisodeForm, LostLinkForm, MessageForm, OutcomeForm
from vicinia.interfaces.portal.forms.report import ContactForm
from vicinia.interfaces.portal.views import limits


@private_page
@require_http_methods(["GET", "POST"])
def lost_link(request: HttpRequest) -> HttpResponseBase:
    """A fresh link by e-mail. The answer is the same whether we know the number and the address or not."""
    form = LostLinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "portal/lost_link.html", {"form": form})
    limits.may(request, limits.LOST_LINKS).require()
    listening.mail_link_again(by=Actor.visitor(), **form.cleaned_data)
    return render(request, "portal/lost_link_sent.html", {"email": form.cleaned_data["email"]})


@private_page
@require_GET
def page(request: HttpRequest, token: str) -> HttpResponseBase:
    """What happens next, what was decided together, what happened so far."""
    try:
        report = queries.report_of_link(token)
    except NotVisible:
        return _no_such_link(request)
    return render(request, "portal/follow.html", {"page": queries.follow_page(report), "token": token})


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/link_over.html", {"form": LostLinkForm()}, status=404)


def _reporter(report: Report) -> Actor:
    return Actor.resident(report.reference)


def _answer(
    request: HttpRequest, token: str, template: str, form: forms.Form, report: Report, **more: Any
) -> HttpResponse:
    context = {"form": form, "token": token, "page": queries.follow_page(report), **more}
    return render(request, template, context, status=422 if form.is_bound else 200)


@private_page
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, token: str) -> HttpResponseBase:
    """Write to who follows the report."""
    report = queries.report_of_link(token)
    form = MessageForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _answer(request, token, "portal/follow_write.html", form, report)
    limits.may(request, limits.WRITING).require()
    answers = form.cleaned_data
    listening.write_to_unit(
        by=_reporter(report),
        report=report,
        text=answers["text"],
        files=answers["files"],
        idempotency_key=answers["once"],
    )
    messages.success(request, _("Messaggio inviato. Chi segue la segnalazione lo legge qui."))
    return redirect("follow", token)


@private_page
@require_http_methods(["GET", "POST"])
def episode(request: HttpRequest, token: str) -> HttpResponseBase:
    """Add one dated episode to one's diary."""
    report = queries.report_of_link(token)
    form = EpisodeForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _answer(request, token, "portal/follow_episode.html", form, report)
    limits.may(request, limits.WRITING).require()
    answers = form.cleaned_data
    listening.add_episode(
        by=_reporter(report),
        report=report,
        happened_at=form.happened_at,
        text=answers["text"],
        files=answers["files"],
        idempotency_key=answers["once"],
    )
    messages.success(request, _("Episodio aggiunto al tuo diario."))
    return redirect("follow", token)


@private_page
@require_http_methods(["GET", "POST"])
def outcome(request: HttpRequest, token: str) -> HttpResponseBase:
    """Confirm or contest the outcome of the case."""
    report = queries.report_of_link(token)
    form = OutcomeForm(request.POST or None)
    if not form.is_valid():
        return _answer(request, token, "portal/follow_outcome.html", form, report)
    reply = casework.reply_outcome(by=_reporter(report), report=report, **form.cleaned_data)
    messages.success(request, _("Grazie. La tua risposta è arrivata a chi ha seguito il caso."))
    # Who contests waits for an answer first: the questions are on their page for later.
    is_content = reply.verdict == OutcomeVerdict.CONFIRMED and outcomes_read.may_still_tell(report)
    return redirect("follow_opinion" if is_content else "follow", token)


@private_page
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, token: str) -> HttpResponseBase:
    """Say how one was followed: five questions, once."""
    report = queries.report_of_link(token)
    if not outcomes_read.may_still_tell(report):
        messages.info(request, _("Ce l'hai già detto, o il caso è ancora aperto. Grazie."))
        return redirect("follow", token)
    form = OpinionForm(request.POST or None)
    if not form.is_valid():
        return _answer(request, token, "portal/follow_opinion.html", form, report)
    outcomes.give_opinion(by=_reporter(report), report=report, answers=form.cleaned_data)
    messages.success(request, _("Grazie: ci aiuta a lavorare meglio."))
    return redirect("follow", token)


@private_page
@require_http_methods(["GET", "POST"])
def contacts(request: HttpRequest, token: str) -> HttpResponseBase:
    """Leave contacts after having stayed anonymous."""
    report = queries.report_of_link(token)
    form = ContactForm(request.POST or None, initial={"contact_way": "phone", "language": report.language})
    if not form.is_valid():
        return _answer(request, token, "portal/follow_contacts.html", form, report)
    details = form.details_of(form.cleaned_data)
    listening.leave_details(by=_reporter(report), report=report, details=details)
    messages.success(request, _("Grazie. Ora possiamo cercarti."))
    return redirect("follow", token)


@private_page
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Close the private links, and get a new one or none."""
    report = queries.report_of_link(token)
    if request.method == "GET":
        return render(request, "portal/follow_link.html", {"token": token, "report": report})
    by = _reporter(report)
    if request.POST.get("act") == "close":
        listening.revoke_link(by=by, report=report)
        return render(request, "portal/link_closed.html", {"report": report})
    fresh = listening.renew_link(by=by, report=report)
    messages.success(
        request,
        _(
            "Ecco il tuo nuovo collegamento: conserva l'indirizzo di questa pagina. Quelli vecchi sono chiusi."
        ),
    )
    return redirect("follow", fresh)


@private_page
@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponseBase:
    """The receipt on paper, with the link as a QR code."""
    report = queries.report_of_link(token)
    address = listening.follow_url(token)
    document = compose(
        documents.RECEIPT, _paper_language(request, report), lambda: _receipt_values(report, address)
    )
    context = {"report": report, "document": document}
    content = pdf.render("portal/receipt.html", context, language=document.language)
    return pdf.as_response(content, f"segnalazione-{report.reference}.pdf")


def _paper_language(request: HttpRequest, report: Report) -> str:
    """That of the page, unless the reporter spoke to us in another one that pages have not."""
    is_of_pages = report.language in dict(settings.LANGUAGES)
    return request.LANGUAGE_CODE if is_of_pages else report.language


def _receipt_values(report: Report, address: str) -> dict[str, Any]:
    return {
        "reference": report.reference,
        "title": report.title,
        "facts": part("portal/papers/receipt_facts.html", {"report": report}),
        "address": part("portal/papers/receipt_address.html", {"link": address, "qr": qr.svg(address)}),
    }


@private_page
@require_GET
def file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A file that the reporter sent."""
    own = queries.own_file(queries.report_of_link(token), name)
    return stream(request, own, request.GET.get("formato", ""))
