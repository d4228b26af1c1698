"""Bodies of tenants: the request with its signatures, the assembly, the convention, the offices, the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.commons.actions import bodies as actions
from vicinia.domain.commons.actions import offices
from vicinia.domain.commons.forms.bodies import (
    ActivateForm,
    BodyForm,
    CallForm,
    CheckForm,
    EndMandateForm,
    MandateForm,
    RuleForm,
    SignatureForm,
)
from vicinia.domain.commons.models import TenantsBody
from vicinia.domain.commons.queries import bodies as queries
from vicinia.domain.commons.rules import bodies as rules
from vicinia.domain.commons.rules import may_run
from vicinia.domain.commons.states import BodyState, SignatureKind, SignatureState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents.wording import markdown
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.choosing import chosen_view
from vicinia.foundation.look.forms import ReasonForm

SEE, RUN = Capability.SEE_PARTICIPATION, Capability.RUN_PARTICIPATION


def to_body(row: TenantsBody) -> str:
    """The address of a body's page."""
    return reverse("tenants_body", args=[row.reference])


@needs(SEE)
def bodies(request: HttpRequest) -> HttpResponse:
    """Bodies by how far they are. 50 rows a page."""
    visible = queries.bodies(request.actor)
    views = {
        "attive": (_("Attive"), visible.at_work()),
        "in-costituzione": (_("In costituzione"), visible.to_do()),
        "finite": (_("Finite"), visible.over()),
    }
    chosen, tabs = chosen_view(request, reverse("tenants_bodies"), views)
    context = {
        "tabs": tabs,
        "page": page_of(request, queries.in_lines(views[chosen][1].newest_first())),
        "may_run": may_run(request.actor),
    }
    return render(request, "commons/bodies.html", context)


@needs(RUN)
def new(request: HttpRequest) -> HttpResponse:
    """Take in a request."""
    by = request.actor
    form = BodyForm(request.POST or None, by=by)
    made: list[TenantsBody] = []
    answer = one_form(
        request,
        title=_("Nuova struttura di inquilini"),
        lead=_("Un comitato rappresenta gli inquilini; un'autogestione si occupa anche della casa."),
        form=form,
        do=lambda _values: made.append(actions.propose_body(by=by, new=form.body())),
        done=_("Richiesta registrata."),
        back=reverse("tenants_bodies"),
    )
    return go_to(request, to_body(made[0])) if made else answer


@needs(SEE)
def body(request: HttpRequest, reference: str) -> HttpResponse:
    """One body: how far it is and what it still needs."""
    by = request.actor
    row = queries.body_named(by, reference)
    is_run = bool(may_run(by))
    requests, joined = (queries.signed(row, kind) for kind in SignatureKind)
    meeting, in_force = queries.meeting_of(row), queries.mandates_in_force(row)
    context = {
        "body": row,
        "unit": queries.unit_words(row),
        "is_run": is_run,
        "requests": requests,
        "joined": joined,
        "least_requests": rules.share_of(row.entitled, row.request_share),
        "least_joined": rules.share_of(row.entitled, row.acceptance_share),
        "signatures": [
            (kind.value, kind.label, queries.signatures_of(row, kind) if is_run else [])
            for kind in SignatureKind
        ],
        "mandates": queries.mandates_of(row) if is_run else [],
        "accounts": queries.accounts_of(row),
        "convention": markdown(row.convention, top=3) if row.convention else "",
        "may_change": rules.may_describe(by, row),
        "may_verify": rules.may_verify(by, row, requests),
        "may_constitute": rules.may_constitute(
            by, row, meeting=meeting, joined=joined, mandates=len(in_force)
        ),
        "can_meet": row.state == BodyState.VERIFIED
        and (row.assembly is None or meeting.state in ("deserted", "cancelled")),
    }
    return render(request, "commons/body.html", context)


def _shown(row: TenantsBody) -> Shown:
    return [
        (_("Come si chiama"), row.name),
        (_("Assegnatari"), row.entitled),
        (_("Chi gestisce le case"), row.manager),
        (_("A che punto è"), row.get_state_display()),
    ]


@needs(RUN)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct what was written about it."""
    by = request.actor
    row = queries.body_named(by, reference)
    rules.may_describe(by, row).require()
    form = BodyForm(request.POST or None, by=by, initial=BodyForm.values_of(row))

    def do(values: dict[str, Any]) -> TenantsBody:
        return actions.change_body(by=by, body=row, new=form.body(), seen_version=values["seen_version"])

    return versioned_form(
        request, row=row, title=_("Cambia i dati"), about=row.reference, form=form, do=do,
        now=lambda: _shown(row), done=_("Salvato."), back=to_body(row),
    )  # fmt: skip


# Signatures -------------------------------------------------------------------------------------------------------


@needs(RUN)
def sign(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Enter a signature."""
    by = request.actor
    row = queries.body_named(by, reference)
    if kind not in SignatureKind.values:
        raise NotVisible
    wanted = SignatureKind(kind)
    rules.may_sign(by, row, wanted, has_signed=False).require()
    form = SignatureForm(request.POST or None, doors=queries.doors_left(row, wanted))
    title = _("Una firma per chiederla") if wanted == SignatureKind.REQUEST else _("Una nuova adesione")
    return one_form(
        request,
        title=title,
        about=row.name,
        lead=_("Una firma per ogni alloggio. Poi qualcuno controlla che chi firma abiti lì."),
        form=form,
        do=lambda _values: actions.sign(by=by, body=row, kind=wanted, new=form.signature()),
        done=_("Firma registrata."),
        back=to_body(row),
    )


@needs(RUN)
def check(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say whether a signature is valid."""
    by = request.actor
    row = queries.body_named(by, reference)
    signature = queries.signature_of(row, pk)

    def do(values: dict[str, Any]) -> object:
        state = SignatureState(values["state"])
        return actions.check_signature(by=by, signature=signature, state=state, reason=values["reason"])

    return one_form(
        request,
        title=_("Verifica la firma"),
        about=signature.dwelling.where,
        lead=_("Vale se chi firma è l'assegnatario di quell'alloggio."),
        form=CheckForm(request.POST or None),
        do=do,
        done=_("Verificata."),
        back=to_body(row),
    )


@require_POST
@needs(RUN)
def verify(request: HttpRequest, reference: str) -> HttpResponse:
    """The signatures are enough."""
    row = queries.body_named(request.actor, reference)
    actions.verify(by=request.actor, body=row)
    messages.success(request, _("Firme verificate. Ora si prepara l'assemblea."))
    return go_to(request, to_body(row))


@needs(RUN)
def meet(request: HttpRequest, reference: str) -> HttpResponse:
    """Prepare the assembly that constitutes it."""
    by = request.actor
    row = queries.body_named(by, reference)
    initial = {"title": row.name, "from_time": "18:00", "to_time": "20:00"}
    form = CallForm(request.POST or None, initial=initial)
    return one_form(
        request,
        title=_("Prepara l'assemblea costitutiva"),
        about=row.name,
        lead=_("Servono almeno %(n)s giorni di avviso. Poi la convochi dalla sua pagina.")
        % {"n": row.notice_days},
        form=form,
        do=lambda _values: actions.plan_assembly(by=by, body=row, new=form.plan(row)),
        done=_("Preparata. Ora va convocata."),
        back=to_body(row),
    )


@require_POST
@needs(RUN)
def constitute(request: HttpRequest, reference: str) -> HttpResponse:
    """The assembly said yes."""
    row = queries.body_named(request.actor, reference)
    actions.constitute(by=request.actor, body=row)
    messages.success(request, _("Costituita."))
    return go_to(request, to_body(row))


@needs(RUN)
def activate(request: HttpRequest, reference: str) -> HttpResponse:
    """The manager has signed."""
    by = request.actor
    row = queries.body_named(by, reference)
    initial = {"seen_version": row.version, "signed_on": clock.today()}
    return versioned_form(
        request,
        row=row,
        title=_("Convenzione firmata"),
        about=row.name,
        lead=_("Vale %(n)s mesi, poi si rinnova da sola se nessuno dà disdetta.")
        % {"n": row.convention_months},
        form=ActivateForm(request.POST or None, initial=initial),
        do=lambda values: actions.activate(by=by, body=row, **values),
        now=lambda: _shown(row),
        done=_("Ora è attiva."),
        back=to_body(row),
    )


@require_POST
@needs(RUN)
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """It goes on."""
    row = queries.body_named(request.actor, reference)
    actions.resume(by=request.actor, body=row)
    messages.success(request, _("Di nuovo attiva."))
    return go_to(request, to_body(row))


# What is done with a reason: how the page is called, and the act.
Act = Callable[..., object]


def _steps() -> dict[str, tuple[str, Act]]:
    def ended(state: BodyState) -> Act:
        return lambda **given: actions.end(state=state, **given)

    return {
        "sospendi": (_("Sospendi"), actions.suspend),
        "disdetta": (_("Dai disdetta"), actions.give_notice),
        "cessa": (_("Cessa"), ended(BodyState.CEASED)),
        "revoca": (_("Revoca"), ended(BodyState.REVOKED)),
    }


@needs(RUN)
def step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Suspend it, give notice, end it: each with a reason."""
    by = request.actor
    row = queries.body_named(by, reference)
    if step not in (steps := _steps()):
        raise NotVisible
    title, act = steps[step]
    return one_form(
        request,
        title=title,
        about=row.name,
        lead=_("I motivi li leggono tutti: niente nomi."),
        form=ReasonForm(request.POST or None),
        do=lambda values: act(by=by, body=row, **values),
        done=_("Fatto."),
        back=to_body(row),
        label=title,
    )


# Offices ----------------------------------------------------------------------------------------------------------


@needs(RUN)
def new_mandate(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter who was chosen for an office."""
    by = request.actor
    row = queries.body_named(by, reference)
    form = MandateForm(request.POST or None, body=row)
    return one_form(
        request,
        title=_("Nuovo incarico"),
        about=row.name,
        form=form,
        do=lambda _values: offices.give_mandate(by=by, body=row, new=form.mandate()),
        done=_("Incarico registrato."),
        back=to_body(row),
    )


@needs(RUN)
def end_mandate(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """End an office before its time."""
    by = request.actor
    row = queries.body_named(by, reference)
    mandate = queries.mandate_of(row, pk)
    return one_form(
        request,
        title=_("L'incarico finisce"),
        about=mandate.get_role_display(),
        form=EndMandateForm(request.POST or None, initial={"on": clock.today()}),
        do=lambda values: offices.end_mandate(by=by, mandate=mandate, **values),
        done=_("Incarico finito."),
        back=to_body(row),
    )


@needs(RUN)
def rule(request: HttpRequest) -> HttpResponse:
    """What the town asks of bodies of tenants."""
    by, row = request.actor, queries.the_rule()
    form = RuleForm(request.POST or None, initial=RuleForm.values_of(row))

    def do(values: dict[str, Any]) -> object:
        seen = None if row._state.adding else values["seen_version"]
        return actions.set_rule(by=by, new=form.rule(), seen_version=seen)

    return versioned_form(
        request,
        row=row,
        title=_("Regole delle autogestioni"),
        lead=_("Valgono per le richieste da adesso in poi: chi è già in corso tiene le sue."),
        form=form,
        do=do,
        now=lambda: [(_("Giorni di avviso"), row.notice_days)],
        done=_("Salvato."),
        back=reverse("tenants_bodies"),
    )
