"""Complaints at the desk: by what they wait for, and each of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.casework.models import Case
from vicinia.domain.worksites import actions, queries, rules
from vicinia.domain.worksites.actions.telling import link_of
from vicinia.domain.worksites.forms import CaseForm, DeskComplaintForm, ReplyForm, WordsForm
from vicinia.domain.worksites.models import Complaint
from vicinia.domain.worksites.views.works import keep, to_lot
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import qr
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.choosing import chosen_view


def to_complaint(row: Complaint) -> str:
    """The address of a complaint's page."""
    return reverse("site_complaint", args=[row.reference])


@keep
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints by what they wait for. 50 rows a page."""
    visible = queries.complaints(request.actor)
    views = {
        "da-rispondere": (_("Da rispondere"), visible.waiting().due_first()),
        "in-ritardo": (_("In ritardo"), visible.late().due_first()),
        "promesse-scadute": (_("Promesse scadute"), visible.overdue_promises().due_first()),
        "aperte": (_("Aperte"), visible.open().newest_first()),
        "tutte": (_("Tutte"), visible.newest_first()),
    }
    chosen, tabs = chosen_view(request, reverse("site_complaints"), views)
    context = {
        "tabs": tabs,
        "page": page_of(request, queries.in_complaint_lines(views[chosen][1])),
    }
    return page_or_part(request, "worksites/complaints.html", "worksites/complaint_page_rows.html", context)


@keep
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Take in a complaint by voice or on paper."""
    by = request.actor
    lot = queries.lot_named(by, reference)
    form = DeskComplaintForm(request.POST or None, request.FILES or None, lot=lot)
    made: list[Complaint] = []
    answer = one_form(
        request,
        title=_("Nuova segnalazione sul cantiere"),
        about=lot.name,
        lead=_("L'impresa legge il problema, mai chi lo segnala."),
        form=form,
        do=lambda _values: made.append(actions.complain(by=by, lot=lot, new=form.desk_complaint()).complaint),
        done=_("Segnalazione arrivata all'impresa."),
        back=to_lot(lot),
    )
    return go_to(request, to_complaint(made[0])) if made else answer


@keep
def complaint(request: HttpRequest, reference: str) -> HttpResponse:
    """One complaint: the words, the answers, what can be done now."""
    by = request.actor
    row = queries.complaint_named(by, reference)
    context = {
        "complaint": row,
        "replies": queries.replies_of(row),
        "photos": list(attachments.of(row)),
        "may_answer": rules.may_answer(by, row, "x", promised_on=None),
        "may_finish": rules.may_finish(by, row, "x"),
        "may_confirm": rules.may_confirm(by, row),
        "may_close": rules.may_close(by, row, "x"),
        "may_reopen": rules.may_reopen(by, row, "x"),
        "may_be_urgent": rules.may_be_urgent(by, row),
        "may_open_case": rules.may_open_case(by, row),
        "may_give_link": rules.may_give_link(by, row),
    }
    return render(request, "worksites/complaint.html", context)


def shown(row: Complaint) -> Shown:
    """How a complaint is now, for who was slower."""
    return [(_("A che punto è"), row.get_state_display()), (_("Promesso per il"), row.promised_on)]


def _with_words(
    request: HttpRequest,
    reference: str,
    *,
    title: Sentence,
    form_class: type[forms.Form],
    act: Any,
    lead: Sentence = "",
) -> HttpResponse:
    row = queries.complaint_named(request.actor, reference)
    return versioned_form(
        request,
        row=row,
        title=title,
        about=row.reference,
        lead=lead,
        form=form_class(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: act(by=request.actor, complaint=row, **values),
        now=lambda: shown(row),
        done=_("Fatto."),
        back=to_complaint(row),
    )


@keep
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Write what the contractor said on the telephone."""
    lead = _("Scrivi qui se l'impresa ha risposto a voce, o se rispondi tu.")
    return _with_words(
        request, reference, title=_("Rispondi"), form_class=ReplyForm, act=actions.answer, lead=lead
    )


@keep
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """It is mended, says who builds."""
    return _with_words(
        request, reference, title=_("Segna come sistemata"), form_class=WordsForm, act=actions.finish
    )


@keep
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close it with words."""
    return _with_words(
        request,
        reference,
        title=_("Chiudi la segnalazione"),
        form_class=WordsForm,
        act=actions.close_complaint,
    )


@keep
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """It is not well."""
    lead = _("L'impresa è avvisata di nuovo, e riparte il tempo per rispondere.")
    return _with_words(
        request, reference, title=_("Non è risolta"), form_class=WordsForm, act=actions.reopen, lead=lead
    )


@keep
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Add words without moving it."""
    row = queries.complaint_named(request.actor, reference)
    return one_form(
        request,
        title=_("Scrivi a chi ha segnalato"),
        about=row.reference,
        form=WordsForm(request.POST or None),
        do=lambda values: actions.write(by=request.actor, complaint=row, words=values["words"]),
        done=_("Scritto."),
        back=to_complaint(row),
    )


@require_POST
@keep
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Who complained says at the desk that it is well."""
    row = queries.complaint_named(request.actor, reference)
    actions.confirm(by=request.actor, complaint=row)
    messages.success(request, _("Chiusa: il problema è risolto."))
    return go_to(request, to_complaint(row))


@require_POST
@keep
def urgent(request: HttpRequest, reference: str) -> HttpResponse:
    """It cannot wait."""
    row = queries.complaint_named(request.actor, reference)
    actions.make_urgent(by=request.actor, complaint=row)
    messages.success(request, _("Urgente: la risposta serve oggi."))
    return go_to(request, to_complaint(row))


@keep
def to_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a case on it; a mediation is asked for from there."""
    by = request.actor
    row = queries.complaint_named(by, reference)
    rules.may_open_case(by, row).require()
    made: list[Case] = []
    answer = versioned_form(
        request,
        row=row,
        title=_("Apri un caso"),
        about=row.reference,
        lead=_("Chi ha segnalato diventa chi segnala nel caso. Da lì si può chiedere una mediazione."),
        form=CaseForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: made.append(actions.open_case_from(by=by, complaint=row, **values)),
        now=lambda: shown(row),
        done=_("Caso aperto."),
        back=to_complaint(row),
    )
    return go_to(request, reverse("case", args=[made[0].reference])) if made else answer


@require_POST
@keep
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """A fresh private link for who complained, shown once."""
    row = queries.complaint_named(request.actor, reference)
    address = link_of(actions.renew_link(by=request.actor, complaint=row))
    context = {"complaint": row, "link": address, "qr": qr.svg(address)}
    response = render(request, "worksites/complaint_link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@keep
def photo(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """A photo of a complaint."""
    row = queries.complaint_named(request.actor, reference)
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))
