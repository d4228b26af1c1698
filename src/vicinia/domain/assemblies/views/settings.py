"""What the town asks of calls."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vicinia.domain.assemblies import actions, queries
from vicinia.domain.assemblies.forms import RuleForm
from vicinia.domain.assemblies.models import CallRule
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.look.acting import Shown, versioned_form

SETTERS = (Capability.ASSIGN, Capability.MANAGE_SETTINGS)


@needs(*SETTERS)
def rules_of_calls(request: HttpRequest) -> HttpResponse:
    """The rules, one a kind of assembly."""
    return render(request, "assemblies/call_rules.html", {"rules": list(queries.call_rules())})


@needs(*SETTERS)
def rule_of_call(request: HttpRequest, kind: str) -> HttpResponse:
    """Change one."""
    by = request.actor
    row = queries.call_rule(kind)
    form = RuleForm(request.POST or None, initial=RuleForm.values_of(row))

    def do(values: dict[str, Any]) -> CallRule:
        return actions.set_rule(by=by, rule=row, new=form.rule(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=row,
        title=_("Regole di convocazione"),
        about=capfirst(row.get_kind_display()),
        lead=_("Valgono per ciò che prepari da adesso: chi è già in preparazione tiene le sue."),
        form=form,
        do=do,
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=reverse("call_rules"),
    )


def _shown(row: CallRule) -> Shown:
    return [
        (_("Giorni di avviso"), row.notice_days),
        (_("Chi deve esserci"), row.get_quorum_rule_display()),
        (_("Quanti, o quale percentuale"), row.quorum_value),
    ]
