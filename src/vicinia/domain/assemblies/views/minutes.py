"""Minutes: written together, made official, corrected, approved."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.assemblies import actions, queries, rules
from vicinia.domain.assemblies.forms import AmendmentForm, MinutesForm, SettleForm, TermForm
from vicinia.domain.assemblies.models import Assembly, Minutes
from vicinia.domain.assemblies.states import MinutesStage
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import qr
from vicinia.foundation.documents.wording import markdown
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import one_form, versioned_form
from vicinia.foundation.look.components import Step
from vicinia.foundation.look.forms import VersionedForm

AMENDED_DAYS = 10


def _to_minutes(row: Assembly) -> str:
    return reverse("assembly_minutes", args=[row.reference])


def _loaded(request: HttpRequest, reference: str) -> tuple[Assembly, Minutes]:
    row = queries.assembly_named(request.actor, reference)
    return row, queries.minutes_of(row)


@needs(Capability.SEE_PARTICIPATION)
def minutes(request: HttpRequest, reference: str) -> HttpResponse:
    """The minutes at the step where they are, with corrections and earlier versions."""
    by, today = request.actor, clock.today()
    row, held = _loaded(request, reference)
    page = queries.minutes_page(held)
    stages = list(MinutesStage)
    context = {
        "assembly": row,
        "page": page,
        "text": markdown(page.text, top=2),
        "steps": [Step(stage.label) for stage in stages],
        "current": stages.index(MinutesStage(held.stage)) + 1,
        "resolutions": queries.resolutions_of(row),
        "may_run": rules.may_run(by),
        "may_write": rules.may_write(by, held, "x"),
        "may_officialise": rules.may_stage(by, held, MinutesStage.OFFICIAL),
        "may_amend": rules.may_stage(by, held, MinutesStage.AMENDING),
        "may_validate": rules.may_validate(by, held, unsettled=page.unsettled, today=today),
        "is_open_to_corrections": bool(rules.may_amend(held, "x", there=0, today=today)),
    }
    return render(request, "assemblies/minutes.html", context)


@needs(Capability.RUN_PARTICIPATION)
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the text."""
    by = request.actor
    row, held = _loaded(request, reference)
    rules.may_write(by, held, "x").require()
    initial = {"text": queries.text_of(held), "seen_version": held.version}
    return versioned_form(
        request,
        row=held,
        title=_("Scrivi il verbale"),
        about=row,
        form=MinutesForm(request.POST or None, initial=initial),
        do=lambda values: actions.write_minutes(by=by, minutes=held, **values),
        now=lambda: [(_("Verbale"), queries.text_of(held))],
        done=_("Salvato."),
        back=_to_minutes(row),
    )


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def step(request: HttpRequest, reference: str) -> HttpResponse:
    """One step on to the official draft, or one step back."""
    row, held = _loaded(request, reference)
    if request.POST.get("passo") == "indietro":
        actions.go_back(by=request.actor, minutes=held)
    else:
        actions.make_official(by=request.actor, minutes=held)
    messages.success(request, _("Fatto."))
    return go_to(request, _to_minutes(row))


@needs(Capability.RUN_PARTICIPATION)
def open_amendments(request: HttpRequest, reference: str) -> HttpResponse:
    """Let who was there ask for corrections, until a day."""
    by = request.actor
    row, held = _loaded(request, reference)
    rules.may_stage(by, held, MinutesStage.AMENDING).require()
    initial = {"until": clock.today() + dt.timedelta(days=AMENDED_DAYS), "seen_version": held.version}
    return versioned_form(
        request,
        row=held,
        title=_("Apri le correzioni"),
        about=row,
        lead=_("Poi crei un collegamento da dare a chi c'era, per leggere la bozza e chiedere correzioni."),
        form=TermForm(request.POST or None, initial=initial),
        do=lambda values: actions.open_amendments(by=by, minutes=held, **values),
        now=lambda: [(_("A che punto è"), held.get_stage_display())],
        done=_("Correzioni aperte."),
        back=_to_minutes(row),
    )


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def draft_link(request: HttpRequest, reference: str) -> HttpResponse:
    """A fresh link to the draft, shown once with its QR code."""
    row, held = _loaded(request, reference)
    token = actions.give_draft_link(by=request.actor, minutes=held)
    link = settings.PUBLIC_URL.rstrip("/") + reverse("minutes_draft", args=[token])
    context = {"assembly": row, "minutes": held, "link": link, "qr": qr.svg(link)}
    response = render(request, "assemblies/draft_link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@needs(Capability.RUN_PARTICIPATION)
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down a correction that somebody asks for by voice or on paper."""
    by = request.actor
    row, held = _loaded(request, reference)
    rules.may_amend(held, "x", there=0, today=clock.today()).require()
    return one_form(
        request,
        title=_("Una correzione chiesta a voce o su carta"),
        about=row,
        form=AmendmentForm(request.POST or None),
        do=lambda values: actions.propose_amendment(by=by, minutes=held, **values),
        done=_("Correzione aggiunta."),
        back=_to_minutes(row),
    )


@needs(Capability.RUN_PARTICIPATION)
def settle(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Accept a correction or say why not."""
    by = request.actor
    row, held = _loaded(request, reference)
    amendment = queries.amendment_of(held, pk)
    return one_form(
        request,
        title=_("Rispondi alla correzione"),
        about=row,
        lead=f"«{amendment.words}»",
        form=SettleForm(request.POST or None),
        do=lambda values: actions.settle_amendment(by=by, amendment=amendment, **values),
        done=_("Risposta salvata."),
        back=_to_minutes(row),
    )


@needs(Capability.RUN_PARTICIPATION)
def validate(request: HttpRequest, reference: str) -> HttpResponse:
    """Approve the minutes."""
    by = request.actor
    row, held = _loaded(request, reference)
    page = queries.minutes_page(held)
    rules.may_validate(by, held, unsettled=page.unsettled, today=clock.today()).require()
    lead = _("Dopo non si cambia più.")
    if row.is_public:
        lead = _(
            "Dopo non si cambia più, e tutti possono leggere verbale e decisioni. Controlla che non ci siano nomi."
        )
    return versioned_form(
        request,
        row=held,
        title=_("Approva il verbale"),
        about=row,
        lead=lead,
        form=VersionedForm(request.POST or None, initial={"seen_version": held.version}),
        do=lambda values: actions.validate(by=by, minutes=held, **values),
        now=lambda: [(_("Verbale"), queries.text_of(held))],
        done=_("Verbale approvato."),
        back=_to_minutes(row),
        label=_("Approva il verbale"),
    )


@needs(Capability.SEE_PARTICIPATION)
def version(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The minutes as they were in one version."""
    row, held = _loaded(request, reference)
    kept = queries.version_of(held, number)
    context = {"assembly": row, "kept": kept, "text": markdown(kept.text, top=2)}
    return render(request, "assemblies/version.html", context)
