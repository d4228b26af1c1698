"""What stands in the desk's bar, by what a person may do."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.listening import queries as listening
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.look.components import NavEntry


def _meetings(request: HttpRequest) -> Iterator[NavEntry]:
    if request.actor.can(Capability.WORK_CASES):
        address = reverse("meetings")
        yield NavEntry(_("Tavoli"), address, active=request.path.startswith(address), on_phone=False)


def entries(request: HttpRequest) -> Iterator[NavEntry]:
    """The entries for the actor of this request. One query at most, for the count of what has come in."""
    by = request.actor
    path = request.path
    if by.can(Capability.SEE_REPORTS):
        yield NavEntry(_("Oggi"), reverse("day"), active=path == reverse("day"))
        inbox = reverse("inbox")
        counted = getattr(request, "new_reports", None)  # the inbox itself has just counted them
        count = listening.unassigned_count(by) if counted is None else counted
        yield NavEntry(_("In arrivo"), inbox, active=path.startswith(inbox), count=count)
    if by.can(Capability.ENTER_REPORTS):
        entry = reverse("new_report")
        yield NavEntry(_("Segnala"), entry, active=path == entry, primary=True)
    if by.can(Capability.SEE_REPORTS):
        yield NavEntry(_("Mappa"), reverse("map"), active=path == reverse("map"))
    if by.can(Capability.SEE_CASES):
        yield NavEntry(_("Casi"), reverse("cases"), active=path.startswith(reverse("cases")))
    if by.can(Capability.SEE_POLICE_CASES):
        yield NavEntry(_("Atti"), reverse("acts"), active=path == reverse("acts"), on_phone=False)
    if by.can(Capability.ASSIGN):
        yield NavEntry(_("Squadra"), reverse("team"), active=path.startswith(reverse("team")), on_phone=False)
    if by.can(Capability.CHAIR_REVIEWS):
        reviews = reverse("reviews")
        yield NavEntry(_("Riesami"), reviews, active=path.startswith(reviews), on_phone=False)
    if by.can(Capability.ANSWER_REFERRALS):
        requests = reverse("partner_referrals")
        yield NavEntry(_("Richieste"), requests, active=path.startswith(requests))
    if by.can(Capability.SEE_STATISTICS):
        yield NavEntry(
            _("Statistiche"),
            reverse("statistics"),
            active=path.startswith(reverse("statistics")),
            on_phone=not by.can(Capability.SEE_REPORTS),
        )
    if by.can(Capability.EDIT_TERRITORY):
        territory = reverse("territory")
        yield NavEntry(_("Territorio"), territory, active=path.startswith(territory), on_phone=False)
    if by.can(Capability.SEE_DELIVERIES):
        deliveries = reverse("deliveries")
        yield NavEntry(_("Consegne"), deliveries, active=path.startswith(deliveries), on_phone=False)
    if by.can(Capability.IMPORT_REPORTS):
        imports = reverse("imports")
        yield NavEntry(_("Importazioni"), imports, active=path.startswith(imports), on_phone=False)
    if by.can(Capability.MANAGE_SETTINGS):
        kinds = reverse("categories")
        yield NavEntry(_("Tipi"), kinds, active=path.startswith(kinds), on_phone=False)
        act_kinds = reverse("act_kinds")
        yield NavEntry(_("Atti"), act_kinds, active=path.startswith(act_kinds), on_phone=False)
        risk = reverse("risk_questionnaires")
        yield NavEntry(_("Rischio"), risk, active=path.startswith(risk), on_phone=False)
    if any(map(by.can, (Capability.WORK_CASES, Capability.ASSIGN, Capability.MANAGE_SETTINGS))):
        bodies = reverse("bodies")
        yield NavEntry(_("Enti"), bodies, active=path.startswith(bodies), on_phone=False)
    yield from _meetings(request)
    if by.can(Capability.MANAGE_USERS):
        yield NavEntry(_("Utenti"), reverse("users"), active=path.startswith(reverse("users")))
    if by.can(Capability.SEE_ACCESS_LOG):
        yield NavEntry(
            _("Registro accessi"), reverse("access_log"), active=path.startswith(reverse("access_log"))
        )
