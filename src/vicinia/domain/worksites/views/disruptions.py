"""Disruptions and their notices."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.outreach import queries as outreach
from vicinia.domain.worksites import actions, queries, rules
from vicinia.domain.worksites.forms import DisruptionForm, ReasonForm
from vicinia.domain.worksites.models import Disruption
from vicinia.domain.worksites.views.works import keep, see, to_lot
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.choosing import chosen_view


def to_disruption(row: Disruption) -> str:
    """The address of a disruption's page."""
    return reverse("disruption", args=[row.reference])


@see
def disruptions(request: HttpRequest) -> HttpResponse:
    """Disruptions by what they wait for. 50 rows a page."""
    visible = queries.disruptions(request.actor)
    views = {
        "in-arrivo": (_("In arrivo"), visible.to_come().soonest_first()),
        "da-avvisare": (_("Da avvisare"), visible.untold().order_by("notice_due_on", "id")),
        "in-ritardo": (_("Avviso in ritardo"), visible.late().order_by("notice_due_on", "id")),
        "da-controllare": (
            _("Da controllare"),
            visible.to_come().filter(stale_since__isnull=False).soonest_first(),
        ),
        "tutti": (_("Tutti"), visible.newest_first()),
    }
    chosen, tabs = chosen_view(request, reverse("disruptions"), views)
    context = {
        "tabs": tabs,
        "page": page_of(request, queries.in_disruption_lines(views[chosen][1])),
    }
    return page_or_part(request, "worksites/disruptions.html", "worksites/disruption_page_rows.html", context)


@keep
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Foresee a disruption of a lot."""
    by = request.actor
    lot = queries.lot_named(by, reference)
    initial = DisruptionForm.places_of(lot)
    form = DisruptionForm(request.POST or None, by=by, lot=lot, initial=initial)
    made: list[Disruption] = []
    answer = one_form(
        request,
        title=_("Nuovo disagio"),
        about=lot.name,
        lead=_("Chi abita lì va avvisato giorni prima: ti diciamo entro quando."),
        form=form,
        do=lambda _values: made.append(actions.plan_disruption(by=by, lot=lot, new=form.disruption())),
        done=_("Disagio previsto. Prepara l'avviso."),
        back=to_lot(lot),
    )
    return go_to(request, to_disruption(made[0])) if made else answer


@see
def disruption(request: HttpRequest, reference: str) -> HttpResponse:
    """One disruption: when, for whom, how far its notice is."""
    by = request.actor
    row = queries.disruption_named(by, reference)
    names = dict(RESIDENT_LANGUAGES)
    context = {
        "disruption": row,
        "places": queries.names_of_places(row),
        "languages": [names.get(code, code) for code in queries.languages_there(row)],
        "proof": queries.proof_of(by, row),
        "notice": outreach.notice_named(by, row.notice.reference) if row.notice else None,
        "may_change": rules.may_change_disruption(by, row),
        "may_cancel": rules.may_cancel_disruption(by, row, "x"),
        "may_prepare": rules.may_prepare_notice(by, row),
        "may_confirm": rules.may_confirm_days(by, row),
    }
    return render(request, "worksites/disruption.html", context)


def _shown(row: Disruption) -> Shown:
    return [(_("Dal"), row.from_day), (_("Al"), row.to_day), (_("Che cosa va saputo"), row.remark)]


@keep
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change it while nobody was told."""
    by = request.actor
    row = queries.disruption_named(by, reference)
    rules.may_change_disruption(by, row).require()
    initial = DisruptionForm.values_of(row)
    form = DisruptionForm(request.POST or None, by=by, lot=row.lot, initial=initial)
    return versioned_form(
        request,
        row=row,
        title=_("Cambia il disagio"),
        about=row.reference,
        form=form,
        do=lambda values: actions.change_disruption(
            by=by, disruption=row, new=form.disruption(), seen_version=values["seen_version"]
        ),
        now=lambda: _shown(row),
        done=_("Salvato. Anche l'avviso in preparazione è aggiornato."),
        back=to_disruption(row),
    )


@require_POST
@keep
def prepare(request: HttpRequest, reference: str) -> HttpResponse:
    """Write its notice in the languages spoken there."""
    row = queries.disruption_named(request.actor, reference)
    actions.prepare_notice(by=request.actor, disruption=row)
    messages.success(request, _("Avviso preparato: rileggilo, approvalo e pubblicalo."))
    return go_to(request, to_disruption(row))


@require_POST
@keep
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """The days that were told still hold."""
    row = queries.disruption_named(request.actor, reference)
    actions.confirm_days(by=request.actor, disruption=row)
    messages.success(request, _("Segnato: i giorni valgono ancora."))
    return go_to(request, to_disruption(row))


@keep
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Call it off."""
    by = request.actor
    row = queries.disruption_named(by, reference)
    rules.may_cancel_disruption(by, row, "x").require()
    return versioned_form(
        request,
        row=row,
        title=_("Annulla il disagio"),
        about=row.reference,
        lead=_(
            "Un avviso non ancora uscito si ritira. Se è già uscito, la pagina del cantiere dice che è annullato."
        ),
        form=ReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.cancel_disruption(by=by, disruption=row, **values),
        now=lambda: _shown(row),
        done=_("Annullato."),
        back=to_disruption(row),
        label=_("Annulla il disagio"),
    )
