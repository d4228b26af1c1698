"""Asking for a review behind a private link, and reading how it goes. All of it works with plain forms."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vicinia.domain.casework import queries as casework
from vicinia.domain.reviews import actions, papers
from vicinia.domain.reviews import queries as reviews
from vicinia.domain.reviews.states import LetterKind
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.interfaces.portal import queries
from vicinia.interfaces.portal.forms.follow import ReviewForm, WithdrawReviewForm
from vicinia.interfaces.portal.views import limits


@private_page
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponseBase:
    """What a review is, how to ask for one, and the ones asked for."""
    report = queries.report_of_link(token)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limits.may(request, limits.WRITING).require()
        by = Actor.resident(report.reference)
        asked = actions.ask(by=by, report=report, words=form.cleaned_data["words"])
        words = _("Abbiamo ricevuto la tua richiesta. Il suo numero è %(reference)s.")
        messages.success(request, words % {"reference": asked.reference})
        return redirect("follow_review", token)
    context = {
        "report": report,
        "token": token,
        "form": form,
        "offer": reviews.offer(report, casework.case_of(report)),
        "numbers": reviews.limits(),
        "first_days": settings.REVIEW_ACKNOWLEDGE_DAYS,
        "second_days": settings.REVIEW_THRESHOLD_DAYS,
        "third_days": settings.REVIEW_MEETING_DAYS,
        "complaints": settings.REVIEW_COMPLAINTS,
    }
    return render(request, "portal/review.html", context, status=422 if form.errors else 200)


@private_page
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, token: str, reference: str) -> HttpResponseBase:
    """Take one's request back."""
    report = queries.report_of_link(token)
    row = reviews.followed_named(report, reference)
    form = WithdrawReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = Actor.resident(report.reference)
        actions.withdraw(by=by, review=row, words=form.cleaned_data["words"])
        messages.success(request, _("Hai ritirato la richiesta. Puoi chiederne un'altra quando vuoi."))
        return redirect("follow_review", token)
    context = {"report": report, "token": token, "form": form, "review": row}
    return render(request, "portal/review_withdraw.html", context)


@private_page
@require_GET
def letter(request: HttpRequest, token: str, reference: str, kind: str) -> HttpResponseBase:
    """The letter of a review, as PDF."""
    row = reviews.followed_named(queries.report_of_link(token), reference)
    if kind not in LetterKind.values:
        raise NotVisible
    content = papers.letter_for_reporter(review=row, kind=kind)
    return pdf.as_response(content, f"riesame-{row.reference}-{kind}.pdf")
