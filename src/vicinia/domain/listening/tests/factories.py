"""Rows for tests of reports and of what stands above them."""

from __future__ import annotations

from typing import Any

from vicinia.domain.listening import actions
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import Channel, LegalBasis
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Area
from vicinia.domain.territory.queries import Location
from vicinia.foundation.kernel.actor import Actor


def kind(code: str = "rumore", **fields: Any) -> Category:
    """A kind of problem in a group."""
    group, _made = Category.objects.get_or_create(code="convivenza", defaults={"name": "Convivenza"})
    values = {"name": code.capitalize(), "parent": group} | fields
    found, _made = Category.objects.get_or_create(code=code, defaults=values)
    return found


def police_kind() -> Category:
    return kind("spaccio", legal_basis=LegalBasis.POLICE)


def new_report(**fields: Any) -> actions.NewReport:
    """A report by Maria Bassi about noise, unless said otherwise."""
    values: dict[str, Any] = {
        "category": fields.pop("category", None) or kind(),
        "title": "Musica alta di notte",
        "description": "Da tre settimane non si dorme.",
        "reporter": PersonDetails(name="Maria Bassi", phone="059 123456", email="maria@posta.example"),
    }
    return actions.NewReport(**(values | fields))


def report_in(
    area: Area | None, *, by: Actor | None = None, channel: str = Channel.WEB, **fields: Any
) -> Report:
    """A received report in an area."""
    return received_in(area, by=by, channel=channel, **fields).report


def received_in(
    area: Area | None, *, by: Actor | None = None, channel: str = Channel.WEB, **fields: Any
) -> actions.Received:
    """A received report in an area, with the token of its private link."""
    location = (
        Location(lat=area.south + 0.005, lon=area.west + 0.005, area_id=area.pk) if area else Location()
    )
    new = new_report(**({"location": location} | fields))
    return actions.receive(by=by or Actor.visitor(), new=new, channel=Channel(channel))


def body(code: str = "casa", **fields: Any) -> PartnerBody:
    values = {"name": "Azienda casa", "email": "urp@casa.example"} | fields
    return PartnerBody.objects.get_or_create(code=code, defaults=values)[0]
