"""For who builds or directs a lot: what those nearby complain of, and never who they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.network import queries as network
from vicinia.domain.worksites import actions, queries, rules
from vicinia.domain.worksites.forms import ReplyForm, WordsForm
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.acting import versioned_form
from vicinia.foundation.look.choosing import chosen_view

body = needs(Capability.ANSWER_COMPLAINTS)


@body
def complaints(request: HttpRequest) -> HttpResponse:
    """What waits for an answer first; then all. 50 rows a page."""
    visible = queries.complaints(request.actor)
    views = {
        "da-rispondere": (_("Da rispondere"), visible.waiting().due_first()),
        "aperte": (_("Aperte"), visible.open().newest_first()),
        "tutte": (_("Tutte"), visible.newest_first()),
    }
    chosen, tabs = chosen_view(request, reverse("partner_complaints"), views)
    context = {
        "tabs": tabs,
        "page": page_of(request, queries.in_complaint_lines(views[chosen][1])),
        "body": network.body_of(request.actor),
    }
    return render(request, "partner/complaints.html", context)


@body
def complaint(request: HttpRequest, reference: str) -> HttpResponse:
    """One complaint, without who wrote it."""
    by = request.actor
    row = queries.complaint_named(by, reference)
    context = {
        "complaint": row,
        "replies": queries.replies_of(row),
        "photos": list(attachments.of(row)),
        "may_answer": rules.may_answer(by, row, "x", promised_on=None),
        "may_finish": rules.may_finish(by, row, "x"),
    }
    return render(request, "partner/complaint.html", context)


def _with_words(
    request: HttpRequest, reference: str, title: Sentence, form_class: type[forms.Form], act: Any
) -> HttpResponse:
    row = queries.complaint_named(request.actor, reference)
    return versioned_form(
        request,
        row=row,
        title=title,
        about=row.reference,
        form=form_class(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: act(by=request.actor, complaint=row, **values),
        now=lambda: [(_("A che punto è"), row.get_state_display())],
        done=_("Fatto. Chi ha segnalato lo legge."),
        back=reverse("partner_complaint", args=[row.reference]),
    )


@body
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer, with a day by which it is mended."""
    return _with_words(request, reference, _("Rispondi"), ReplyForm, actions.answer)


@body
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it is mended."""
    return _with_words(request, reference, _("È sistemata"), WordsForm, actions.finish)


@body
def photo(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """A photo of a complaint."""
    row = queries.complaint_named(request.actor, reference)
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))
