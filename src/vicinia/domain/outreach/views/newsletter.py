"""The newsletter at the desk: how many read it, who signs on paper, who has had enough."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.outreach import actions, queries
from vicinia.domain.outreach.forms import EndForm, PaperForm
from vicinia.domain.outreach.views.home import tabs
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form
from vicinia.foundation.notifications.rules import may_leave
from vicinia.foundation.notifications.states import Channel


@needs(Capability.KEEP_OUTREACH)
def subscribers(request: HttpRequest) -> HttpResponse:
    """Figures only: nobody's address is shown."""
    context = {
        "tabs": tabs(request.actor, "subscribers"),
        "subscribers": queries.subscribers(request.actor),
        "page": page_of(request, queries.consents_on_paper(request.actor)),
        "sms": may_leave(Channel.SMS),
    }
    return render(request, "outreach/subscribers.html", context)


@needs(Capability.KEEP_OUTREACH)
def add(request: HttpRequest) -> HttpResponse:
    """Somebody signs the form."""
    form = PaperForm(request.POST or None)
    return one_form(
        request,
        title=_("Iscrivi con un modulo firmato"),
        lead=_("Serve la firma: senza, la persona si iscrive da sola dal sito e conferma dalla sua e-mail."),
        form=form,
        do=lambda values: actions.subscribe_at_desk(
            by=request.actor, new=form.new(), paper_at=values["paper_at"]
        ),
        done=_("Iscrizione attiva."),
        back=reverse("subscribers"),
        label=_("Iscrivi"),
    )


@needs(Capability.KEEP_OUTREACH)
def end(request: HttpRequest) -> HttpResponse:
    """Somebody asks not to be written to any more."""
    return one_form(
        request,
        title=_("Togli dalle comunicazioni"),
        lead=_("Il recapito si cancella subito."),
        form=EndForm(request.POST or None),
        do=lambda values: actions.end_at_desk(by=request.actor, **values),
        done=_("Fatto: non riceve più niente."),
        back=reverse("subscribers"),
        label=_("Togli"),
    )
