"""What one sees of agreements: on a case, as a list, one of them, its paper, the names in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.agreements import actions, papers, queries, rules
from vicinia.domain.agreements.models import BehaviourAgreement, TermsVersion
from vicinia.domain.agreements.states import AgreementState, Part, TermKind
from vicinia.domain.casework import queries as casework
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.journal.queries import timeline
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form
from vicinia.foundation.look.components import Tab


@needs(Capability.SEE_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: its agreements and how they stand."""
    case = casework.case_named(request.actor, reference)
    context = {
        "case": case,
        "agreements": queries.agreements_of(case),
        "may_propose": rules.may_propose(request.actor, case),
    }
    return page_or_part(request, "agreements/on_case_page.html", "agreements/on_case.html", context)


@needs(Capability.SEE_CASES)
def listed(request: HttpRequest) -> HttpResponse:
    """The agreements of the cases that one sees, by what is to be done of them."""
    asked = request.GET.get("vista", "")
    view = asked if asked in queries.VIEWS else queries.VIEWS[0]
    titles = (_("In vigore"), _("Proposti"), _("Da fare"), _("In ritardo"), _("Finiti"))
    here = reverse("behaviour_agreements")
    context = {
        "page": page_of(request, queries.listed(request.actor, view)),
        "tabs": [
            Tab(title, f"{here}?vista={name}", active=name == view)
            for name, title in zip(queries.VIEWS, titles, strict=True)
        ],
    }
    return render(request, "agreements/agreements.html", context)


@needs(Capability.SEE_CASES)
def agreement(request: HttpRequest, reference: str) -> HttpResponse:
    """One agreement: who is in it, what it says, who has signed, how it goes."""
    row = queries.agreement_named(request.actor, reference)
    parties = queries.parties_of(row)
    labels = queries.labels_of(row, parties)
    versions = queries.versions_of(row)
    draft = next((one for one in versions if one.signed_on is None), None)
    reviews = queries.reviews_of(row)
    holding = [one for one in versions if one.signed_on is not None]
    signers = queries.signers(parties, draft or (holding[-1] if holding else None))
    must = {signer.key for signer in rules.who_signs(signers, clock.today())}
    context = {
        "agreement": row,
        "parties": [
            queries.PartyShown(party, labels[party.pk], signer.signed_on, must_sign=party.pk in must)
            for party, signer in zip(parties, signers, strict=True)
        ],
        "draft": draft and _shown(draft, labels),
        "terms": _shown(holding[-1], labels) if holding else None,
        "earlier": [_shown(one, labels) for one in reversed(holding[:-1])],
        "invitations": queries.invitations_of(row),
        "reviews": reviews,
        "next_review": next((one for one in reviews if one.done_on is None), None),
        "breaches": queries.breaches_of(row),
        "responses": queries.responses_of(row),
        "chronology": timeline([f"behaviour_agreement:{row.reference}"], limit=30),
        **_mays(request, row, draft, signers),
    }
    return render(request, "agreements/agreement.html", context)


def _shown(version: TermsVersion, labels: dict[int, str]) -> dict[str, Any]:
    """A version in columns: what one will not do and will do beside each other, then the help."""
    lines = list(version.lines.all())
    return {
        "version": version,
        "columns": [
            (kind.label, [(line, labels.get(line.party_id, "")) for line in lines if line.kind == kind])
            for kind in TermKind
        ],
    }


def _mays(
    request: HttpRequest, row: BehaviourAgreement, draft: TermsVersion | None, signers: list[rules.Signer]
) -> dict[str, Any]:
    by, today, facts = request.actor, clock.today(), queries.facts_of(draft)
    invitations = queries.invitations_of(row)
    lines = bool(facts and facts.kinds) or row.signed_on is not None
    return {
        "may_work": rules.may_work(by, row),
        "may_answer": rules.may_answer(by, row, invitations[-1]),
        "may_invite_again": rules.may_invite_again(by, row, invitations, today),
        "may_refuse": rules.may_refuse(by, row, invitations, today),
        "may_withdraw": rules.may_move(by, row, AgreementState.WITHDRAWN),
        "may_change": rules.may_change(by, row, facts),
        "may_write": rules.may_write(by, row, facts),
        "may_sign": rules.may_open_signing(by, row, facts, signers, today),
        "may_start_again": rules.may_start_again(by, row, facts),
        "may_drop_draft": rules.may_drop_draft(by, row, number=draft.number if draft else 0),
        "may_revise": rules.may_revise(by, row, has_draft=draft is not None, why="…"),
        "may_print": rules.may_print(by, row, terms=int(lines)),
        "may_note_breach": rules.may_note_breach(by, row),
        "may_respond": rules.may_move(by, row, AgreementState.ESCALATED),
        "may_complete": rules.may_complete(by, row),
        "may_see_names": by.can(Capability.REVEAL_PEOPLE),
    }


@needs(Capability.WORK_CASES)
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The agreement to sign, as PDF in Italian or English."""
    row = queries.agreement_named(request.actor, reference)
    asked = request.GET.get("lingua", "")
    language = asked if asked in papers.LANGUAGES else papers.LANGUAGES[0]
    content = papers.agreement(by=request.actor, agreement=row, language=language)
    actions.note_print(by=request.actor, agreement=row)
    return pdf.as_response(content, f"accordo-{reference}.pdf")


@require_POST
@needs(Capability.REVEAL_PEOPLE)
def names(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is in it, by name: the access log keeps that they were shown."""
    row = queries.agreement_named(request.actor, reference)
    parties = [party for party in queries.parties_with_people(row) if party.part != Part.UNIT]
    labels = queries.labels_of(row, parties)
    found = queries.names_of(request.actor, parties, _("accordo di comportamento"))
    context = {"agreement": row, "names": [(labels[party.pk], found[party.pk]) for party in parties]}
    return render(request, "agreements/names.html", context)


# What the pages of acts share -------------------------------------------------------------------------------------


def act(
    request: HttpRequest,
    row: BehaviourAgreement,
    *,
    title: str,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    lead: str = "",
) -> HttpResponse:
    """One small form of an agreement."""
    back = reverse("behaviour_agreement", args=[row.reference])
    return one_form(
        request, title=title, form=form, do=do, done=_("Salvato."), back=back, about=row.reference, lead=lead
    )


def back_to(request: HttpRequest, reference: str, done: str) -> HttpResponse:
    """Say that it is done, on the page of the agreement."""
    messages.success(request, done)
    return go_to(request, reverse("behaviour_agreement", args=[reference]))
