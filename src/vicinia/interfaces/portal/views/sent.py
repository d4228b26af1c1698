"""The confirmation: number, dates, private link, what happens next, and what you thought of the form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vicinia.domain.listening import actions
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.drafts import Sent
from vicinia.domain.people import queries as people
from vicinia.foundation.documents import qr
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.foundation.notifications.wording import mask
from vicinia.interfaces.portal.forms.public import RatingForm, StarsForm
from vicinia.interfaces.portal.views import drafts


@private_page
@require_GET
def confirmation(request: HttpRequest) -> HttpResponseBase:
    """What was sent. It can be opened again for two hours from the same browser."""
    content = drafts.content_of(request)
    if content is None or content.sent is None:
        return redirect("report_start")
    return render(request, _page_of(content.sent), _about(content.sent))


def _page_of(sent: Sent) -> str:
    return "portal/sent_me_too.html" if sent.is_me_too else "portal/sent.html"


def _about(sent: Sent) -> dict[str, Any]:
    report = listening.followed_report(sent.reference)
    context: dict[str, Any] = {
        "sent": sent,
        "report": report,
        "stars": StarsForm(),
        "star_numbers": range(1, 6),
    }
    if sent.is_me_too:
        return context
    link = actions.follow_url(sent.token)
    told = people.email_of(report.reporter_id) if report.reporter_id and report.wants_contact else ""
    # Who types a known telephone and name is that person to us, maybe not in truth: the address we had is not theirs to read.
    return context | {"link": link, "qr": qr.svg(link), "told": mask(told) if told else ""}


@private_page
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest) -> HttpResponseBase:
    """Two questions: how many stars, then why. Only the second step keeps anything."""
    content = drafts.content_of(request)
    stars = StarsForm(request.GET if request.method == "GET" else request.POST)
    if content is None or content.sent is None or content.sent.is_rated or not stars.is_valid():
        return redirect("report_sent")
    given = stars.cleaned_data["stars"]
    form = RatingForm(request.POST if request.method == "POST" else None, stars=given)
    if not form.is_valid():
        return render(request, "portal/rate.html", {"form": form, "given": given})
    token = drafts.token_of(request)
    answers = form.cleaned_data
    actions.rate_form(
        by=Actor.visitor(), token=token, stars=given, liked=answers["liked"], words=answers["words"]
    )
    messages.success(request, _("Grazie, il tuo parere ci aiuterà a migliorare il servizio."))
    return redirect("report_sent")
