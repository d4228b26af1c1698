"""What was seen: to be decided, on the map, on a case; and where nobody has been for long."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.presence import actions, queries, rules
from vicinia.domain.presence.forms import CoverageForm, SettleForm
from vicinia.domain.presence.forms.contacts import own_areas
from vicinia.domain.presence.queries import coverage as covering
from vicinia.domain.presence.queries.eyes import unseen_spots
from vicinia.domain.presence.views.shared import tabs
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.kernel.htmx import page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form, versioned_form
from vicinia.foundation.look.forms import ReasonForm

SPOTS_SHOWN = 20


@needs(Capability.KEEP_PRESENCE)
def observations(request: HttpRequest) -> HttpResponse:
    """What was seen and nobody has decided about, oldest first."""
    page = page_of(request, queries.to_settle(request.actor))
    page.object_list = queries.with_photos(page.object_list)
    context = {"tabs": tabs("observations"), "page": page}
    return page_or_part(request, "presence/observations.html", "presence/observation_rows.html", context)


@needs(Capability.KEEP_PRESENCE)
def settle(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Decide what comes of an observation."""
    by = request.actor
    row = queries.observation_of(by, uuid)
    rules.may_settle(by, row).require()
    # Seen at the stop of a case, it is most often of that case: it is proposed if it is one that `by` sees.
    at_case = row.stop.case.reference if row.stop and row.stop.case else ""
    initial = {"seen_version": row.version, "case": at_case}
    form = SettleForm(request.POST or None, by=by, area_id=row.area_id, initial=initial)
    where = " · ".join(part for part in (row.get_kind_display(), row.title) if part)
    return versioned_form(
        request,
        row=row,
        title=_("Che cosa ne è stato"),
        about=where,
        lead=row.words,  # not in the title of the page, which the browser keeps
        form=form,
        do=lambda values: actions.settle_observation(
            by=by, observation=row, settlement=form.settlement(), seen_version=values["seen_version"]
        ),
        now=lambda: [(_("Che cosa ne è stato"), row.get_became_display())],
        done=_("Deciso."),
        back=reverse("round", args=[row.round.reference]),
    )


@needs(Capability.KEEP_PRESENCE)
def remove_photo(request: HttpRequest, uuid: UUID, name: str) -> HttpResponse:
    """Take a photo away, for a reason."""
    by = request.actor
    row = queries.observation_of(by, uuid)
    rules.may_lead(by, queries.crew_of(by, row.round)).require()
    photo = attachments.named(row, name)
    return one_form(
        request,
        title=_("Togli la foto"),
        about=row,
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.remove_photo(by=by, observation=row, photo=photo, **values),
        done=_("Foto tolta e cancellata."),
        back=reverse("round", args=[row.round.reference]),
    )


@needs(Capability.KEEP_PRESENCE)
def of_person(request: HttpRequest, reference: str) -> HttpResponse:
    """As which key contacts a person is heard, as a panel of their page."""
    rows = list(queries.key_contacts_of_person(request.actor, reference)[:20])
    context = {"contacts": rows, "reference": reference}
    return page_or_part(request, "presence/of_person_page.html", "presence/of_person.html", context)


@needs(Capability.SEE_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: what rounds have seen of it."""
    case = casework.case_named(request.actor, reference)
    context = {"case": case, "observations": queries.observations_on(request.actor, case)}
    return page_or_part(request, "presence/on_case_page.html", "presence/on_case.html", context)


@needs(Capability.KEEP_PRESENCE)
def coverage(request: HttpRequest) -> HttpResponse:
    """Presence by area, weekday and hour, as tables and on the map; and the places without eyes for longest."""
    by = request.actor
    form = CoverageForm(request.GET or None, by=by)
    since, until = form.period()
    area_id = form.area_id
    area_ids = [area_id] if area_id else [pk for pk, _name in own_areas(by)]
    context = {
        "tabs": tabs("coverage"),
        "form": form if form.is_bound else CoverageForm(None, by=by, initial={"dal": since, "al": until}),
        "since": since,
        "until": until,
        "coverage": covering.coverage(by, since, until, area_id),
        "spots": unseen_spots(by, area_ids)[:SPOTS_SHOWN],
        "points_url": f"{reverse('coverage_points')}?{request.GET.urlencode()}",
    }
    return render(request, "presence/coverage.html", context)


@needs(Capability.KEEP_PRESENCE)
def coverage_points(request: HttpRequest) -> HttpResponse:
    """What was seen in the period, as GeoJSON."""
    form = CoverageForm(request.GET or None, by=request.actor)
    since, until = form.period()
    features = covering.points(request.actor, since, until, form.area_id)
    return JsonResponse({"type": "FeatureCollection", "features": features})
