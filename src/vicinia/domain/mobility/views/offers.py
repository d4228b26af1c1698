"""Offers: those of a household, all of them by what they wait for, each of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, papers, queries, rules
from vicinia.domain.mobility.forms import AcceptForm, NotWantedForm, OfferForm
from vicinia.domain.mobility.models import Accord, MobilityPlan, Offer, RehousingFile
from vicinia.domain.mobility.queries import moving, offers
from vicinia.domain.mobility.states import OfferState
from vicinia.domain.mobility.views.shared import language_asked, part_of_file, run, to_accord, to_offer
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.choosing import chosen_view
from vicinia.foundation.look.forms import VersionedReasonForm


@run
def of_file(request: HttpRequest, number: int) -> HttpResponse:
    """The offers to a household, and what the published plan has for it."""
    file = queries.file_numbered(request.actor, number)
    context = {"offers": offers.offers_of(file), "chances": offers.chances_of(file)}
    return part_of_file(request, file, "mobility/file_offers.html", _("Offerte di alloggio"), context)


@run
def all_offers(request: HttpRequest) -> HttpResponse:
    """Offers by what they wait for. 50 rows a page."""
    visible = offers.offers(request.actor)
    views = {
        "in-attesa": (_("In attesa"), visible.filter(state=OfferState.SENT).order_by("due_on", "id")),
        "senza-risposta": (
            _("Senza risposta"),
            visible.filter(state=OfferState.UNANSWERED).order_by("due_on", "id"),
        ),
        "bozze": (_("In preparazione"), visible.filter(state=OfferState.DRAFT).newest_first()),
        "tutte": (_("Tutte"), visible.newest_first()),
    }
    chosen, tabs = chosen_view(request, reverse("rehousing_all_offers"), views)
    context = {"tabs": tabs, "page": page_of(request, offers.in_offer_lines(views[chosen][1]))}
    return page_or_part(request, "mobility/offers.html", "mobility/offer_page_rows.html", context)


@run
def new(request: HttpRequest, number: int) -> HttpResponse:
    """Prepare an offer, by hand or from a stay of the published plan (`?tappa=`)."""
    by = request.actor
    file = queries.file_numbered(by, number)
    initial, plan = _from_plan(request, file)
    form = OfferForm(request.POST or None, units=offers.suitable_units(file), initial=initial)
    made: list[Offer] = []
    answer = one_form(
        request,
        title=_("Prepara un'offerta"),
        about=file.household.label,
        lead=_("La famiglia la legge solo quando la mandi."),
        form=form,
        do=lambda _values: made.append(actions.prepare_offer(by=by, file=file, new=form.offer(plan))),
        done=_("Offerta preparata: controllala e mandala."),
        back=reverse("rehousing_offers", args=[number]),
        label=_("Prepara"),
    )
    return go_to(request, to_offer(made[0])) if made else answer


def _from_plan(request: HttpRequest, file: RehousingFile) -> tuple[dict[str, Any], MobilityPlan | None]:
    asked = request.GET.get("tappa", "")
    chance = offers.chance_named(file, int(asked)) if asked.isdigit() else None
    if chance is None:
        return {}, None
    terms = chance.terms
    initial = {
        "kind": terms.kind,
        "dwelling": chance.dwelling.pk,
        "from_month": terms.from_month.isoformat(),
        "to_month": terms.to_month.isoformat() if terms.to_month else "",
    }
    return initial, chance.plan


@run
def offer(request: HttpRequest, reference: str) -> HttpResponse:
    """One offer: what is offered, what was answered, what can be done now."""
    by = request.actor
    row = offers.offer_named(by, reference)
    waits = row.state in (OfferState.SENT, OfferState.UNANSWERED)
    context = {
        "offer": row,
        "offered": offers.offered(row),
        "accord": moving.accord_of(row),
        "waits": waits,
        "may_send": row.state == OfferState.DRAFT,
        "may_withdraw": rules.may_withdraw(by, row, "x", accompanies=True, is_moved=moving.is_moved(row)),
        "may_print": rules.may_print_letter(by, row, accompanies=True),
    }
    return render(request, "mobility/offer.html", context)


def shown(row: Offer) -> Shown:
    """How an offer is now, for who was slower."""
    return [(_("A che punto è"), row.get_state_display()), (_("Alloggio"), row.dwelling.where)]


@run
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what is offered while it is not sent."""
    by = request.actor
    row = offers.offer_named(by, reference)
    form = OfferForm(
        request.POST or None, units=offers.suitable_units(row.file), initial=OfferForm.values_of(row)
    )
    return versioned_form(
        request,
        row=row,
        title=_("Cambia l'offerta"),
        about=row.reference,
        form=form,
        do=lambda values: actions.change_offer(
            by=by, offer=row, new=form.offer(), seen_version=values["seen_version"]
        ),
        now=lambda: shown(row),
        done=_("Salvato."),
        back=to_offer(row),
    )


@require_POST
@run
def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Send it: from now on it does not change."""
    row = offers.offer_named(request.actor, reference)
    actions.send_offer(by=request.actor, offer=row)
    messages.success(request, _("Offerta mandata: stampa la lettera per la famiglia."))
    return go_to(request, to_offer(row))


@require_POST
@run
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The letter as PDF, in the language of the household, with the code of its page."""
    row = offers.offer_named(request.actor, reference)
    token = actions.print_letter(by=request.actor, offer=row)
    language = language_asked(request.POST, row.file)
    return pdf.as_response(
        papers.letter(offer=row, token=token, language=language), f"offerta-{row.reference}.pdf"
    )


@run
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """The household says yes."""
    by = request.actor
    row = offers.offer_named(by, reference)
    made: list[Accord] = []
    initial = {"answered_on": clock.today(), "seen_version": row.version}
    answer = versioned_form(
        request,
        row=row,
        title=_("La famiglia accetta"),
        about=row.reference,
        lead=_("Il posto resta suo in ogni piano che verrà. Poi si firma l'accordo."),
        form=AcceptForm(request.POST or None, initial=initial),
        do=lambda values: made.append(actions.accept_offer(by=by, offer=row, **values)),
        now=lambda: shown(row),
        done=_("Accettata: l'accordo è pronto da stampare."),
        back=to_offer(row),
    )
    return go_to(request, to_accord(made[0])) if made else answer


@run
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """The household says no."""
    by = request.actor
    row = offers.offer_named(by, reference)
    initial = {"answered_on": clock.today(), "seen_version": row.version}
    form = NotWantedForm(request.POST or None, initial=initial)
    return versioned_form(
        request,
        row=row,
        title=_("La famiglia rifiuta"),
        about=row.reference,
        lead=_("Il piano non le propone più questo alloggio."),
        form=form,
        do=lambda values: actions.refuse_offer(
            by=by, offer=row, said=form.said(), seen_version=values["seen_version"]
        ),
        now=lambda: shown(row),
        done=_("Segnato: prepara un'altra offerta."),
        back=to_offer(row),
    )


@run
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back, with what came of it."""
    by = request.actor
    row = offers.offer_named(by, reference)
    return versioned_form(
        request,
        row=row,
        title=_("Ritira l'offerta"),
        about=row.reference,
        lead=_("Con l'offerta cadono l'accordo e il trasloco, se ci sono."),
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.withdraw_offer(by=by, offer=row, **values),
        now=lambda: shown(row),
        done=_("Ritirata."),
        back=to_offer(row),
        label=_("Ritira l'offerta"),
    )
