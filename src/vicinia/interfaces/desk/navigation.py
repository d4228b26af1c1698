"""What stands in the desk's bar, by what a person may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vicinia.domain.foresight import queries as foresight
from vicinia.domain.listening import queries as listening
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.paging import counts_up_to
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.components import NavEntry

C = Capability


@dataclass(frozen=True)
class Place:
    """Where an entry leads, for who may do one of `needs`. It is active below each of `pages`, the first of which it opens."""

    label: Sentence
    needs: tuple[Capability, ...]
    pages: tuple[str, ...]
    on_phone: bool = False
    in_menu: bool = False


# What is used every day stands in the bar; what is needed once a month in the menu.
PLACES = (
    Place(gettext_lazy("Mappa"), (C.SEE_REPORTS,), ("map",), on_phone=True),
    Place(gettext_lazy("Casi"), (C.SEE_CASES,), ("cases",), on_phone=True),
    Place(
        gettext_lazy("Presenza"), (C.KEEP_PRESENCE,), ("rounds", "key_contacts", "observations", "coverage")
    ),
    Place(gettext_lazy("Squadra"), (C.ASSIGN,), ("team",)),
    Place(gettext_lazy("Riesami"), (C.CHAIR_REVIEWS,), ("reviews",)),
    Place(gettext_lazy("Richieste"), (C.ANSWER_REFERRALS,), ("partner_referrals",), on_phone=True),
    Place(gettext_lazy("Cantieri"), (C.ANSWER_COMPLAINTS,), ("partner_complaints",), on_phone=True),
    Place(gettext_lazy("Mediazioni"), (C.MEDIATE,), ("mediations",), on_phone=True),
    Place(gettext_lazy("Statistiche"), (C.SEE_STATISTICS,), ("statistics",)),
    Place(gettext_lazy("Tavoli"), (C.WORK_CASES,), ("meetings",)),
    Place(gettext_lazy("Laboratorio"), (C.SEE_OUTREACH,), ("outreach",)),
    Place(gettext_lazy("Enti"), (C.WORK_CASES, C.ASSIGN, C.MANAGE_SETTINGS), ("bodies",)),
    Place(
        gettext_lazy("Edifici"), (C.SEE_CASES, C.EDIT_BUILDINGS), ("buildings", "households"), in_menu=True
    ),
    Place(gettext_lazy("Lettere"), (C.SEE_CASES,), ("case_letters",), in_menu=True),
    Place(gettext_lazy("Accordi"), (C.WORK_CASES,), ("behaviour_agreements",), in_menu=True),
    Place(gettext_lazy("Atti"), (C.SEE_POLICE_CASES,), ("acts",), in_menu=True),
    Place(gettext_lazy("Territorio"), (C.EDIT_TERRITORY,), ("territory",), in_menu=True),
    Place(gettext_lazy("Consegne"), (C.SEE_DELIVERIES,), ("deliveries",), in_menu=True),
    Place(gettext_lazy("Importazioni"), (C.IMPORT_REPORTS,), ("imports",), in_menu=True),
    Place(gettext_lazy("Tipi"), (C.MANAGE_SETTINGS,), ("categories",)),
    Place(gettext_lazy("Tipi di atto"), (C.MANAGE_SETTINGS,), ("act_kinds",), in_menu=True),
    Place(gettext_lazy("Rischio"), (C.MANAGE_SETTINGS,), ("risk_questionnaires",), in_menu=True),
    Place(gettext_lazy("Testi dei documenti"), (C.MANAGE_SETTINGS,), ("texts",), in_menu=True),
    Place(gettext_lazy("Utenti"), (C.MANAGE_USERS,), ("users",), on_phone=True),
    Place(gettext_lazy("Registro accessi"), (C.SEE_ACCESS_LOG,), ("access_log",), on_phone=True),
)


def entries(request: HttpRequest) -> Iterator[NavEntry]:
    """The entries for the actor of this request. One query at most, for what has come in and the new alerts."""
    by, path = request.actor, request.path
    counts = _counts(request)
    if by.can(C.SEE_REPORTS):
        yield NavEntry(_("Oggi"), reverse("day"), active=path == reverse("day"))
        inbox = reverse("inbox")
        yield NavEntry(_("In arrivo"), inbox, active=path.startswith(inbox), count=counts["reports"])
    if by.can(C.ENTER_REPORTS):
        entry = reverse("new_report")
        yield NavEntry(_("Segnala"), entry, active=path == entry, primary=True)
    if by.can(C.SEE_ALERTS):
        page = reverse("alerts")
        yield NavEntry(
            _("Allerte"), page, active=path.startswith(page), count=counts["alerts"], on_phone=False
        )
    for place in PLACES:
        if any(map(by.can, place.needs)):
            pages = tuple(map(reverse, place.pages))
            # Who has no desk of reports has room in the bottom bar for all that is theirs.
            on_phone = place.on_phone or not (
                by.can(C.SEE_REPORTS) or place.in_menu or by.can(C.MANAGE_SETTINGS)
            )
            yield NavEntry(
                place.label,
                pages[0],
                active=path.startswith(pages),
                on_phone=on_phone,
                in_menu=place.in_menu,
            )


def _counts(request: HttpRequest) -> dict[str, int]:
    """How many reports and alerts wait for somebody, of those that the actor sees. One query."""
    by = request.actor
    counted = getattr(request, "new_reports", None)  # the inbox itself has just counted them
    rows: dict[str, QuerySet[Any]] = {}
    if by.can(C.SEE_REPORTS) and counted is None:
        rows["reports"] = listening.unassigned(by)
    if by.can(C.SEE_ALERTS):
        rows["alerts"] = foresight.new_alerts(by)
    counts = counts_up_to(listening.COUNTED_AT_MOST, **rows) if rows else {}
    return counts if counted is None else counts | {"reports": counted}
