"""The laboratory's first page: what is to be done, and where everything is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.outreach import queries
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.look.components import Tab

SHOWN = 8


def tabs(by: Actor, chosen: str) -> list[Tab]:
    """The parts of the laboratory's desk."""
    parts = [
        ("outreach", _("Da fare")),
        ("notices", _("Avvisi")),
        ("events", _("Eventi")),
        ("outreach_plan", _("Piano")),
    ]
    if by.can(Capability.KEEP_OUTREACH):
        parts.append(("subscribers", _("Newsletter")))
    return [Tab(label, reverse(name), name == chosen) for name, label in parts]


@needs(Capability.SEE_OUTREACH)
def home(request: HttpRequest) -> HttpResponse:
    """What waits: notices to finish, events near, lines of the plan that fall due."""
    by = request.actor
    context = {
        "tabs": tabs(by, "outreach"),
        "open_notices": queries.in_lines(queries.notices(by).open().order_by("-id"))[:SHOWN],
        "events": queries.events_in_lines(queries.events(by).open().soonest_first())[:SHOWN],
        "lines": queries.plan_in_lines(queries.plan_lines(by).planned())[:SHOWN],
        "may_keep": by.can(Capability.KEEP_OUTREACH),
        "panels": panels_at("laboratory", by),
    }
    return render(request, "outreach/home.html", context)
