"""What can be reported, and with which questions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Category
from vicinia.domain.listening.states import Frequency, LegalBasis
from vicinia.interfaces.api.open311.answers import Answer, Problem

# The day on which these endpoints last changed.
CHANGESET = "2026-11-23T00:00:00+01:00"


def discovery(request: HttpRequest) -> Answer:
    """Where the endpoints are."""
    formats = ["text/xml", "application/json"]
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": settings.PUBLIC_URL.rstrip("/") + reverse("open311_root").rstrip("/"),
        "changeset": CHANGESET,
        "type": "test" if settings.DEMO else "production",
        "formats": formats,
    }
    value = {
        "changeset": CHANGESET,
        "contact": settings.HELP_EMAIL or settings.DPO_CONTACT or settings.PUBLIC_URL,
        "key_service": _("Le chiavi le dà chi gestisce il sistema del Comune."),
        "endpoints": [endpoint],
    }
    return Answer("discovery", value)


def offered() -> list[Category]:
    """The kinds that other programs may report: all in use, but those of the police regime."""
    return list(listening.kinds_in_use().filter(legal_basis=LegalBasis.ADMINISTRATIVE))


def kind_offered(code: str) -> Category:
    """One of them (404 otherwise)."""
    found = listening.kinds_in_use().filter(legal_basis=LegalBasis.ADMINISTRATIVE, code=code).first()
    if found is None:
        raise Problem(404, _("service_code: %(code)s non c'è.") % {"code": code[:60]})
    return found


def services(request: HttpRequest) -> Answer:
    """The kinds of problem."""
    return Answer("services", [_service(kind) for kind in offered()])


def _service(kind: Category) -> dict[str, Any]:
    return {
        "service_code": kind.code,
        "service_name": kind.name,
        "description": kind.national_name,
        "metadata": True,
        "type": "realtime",
        "keywords": ",".join(str(word) for word in kind.keywords),
        "group": kind.parent.name if kind.parent else "",
    }


def definition(request: HttpRequest, code: str) -> Answer:
    """The questions that go with a kind: the same for all."""
    kind = kind_offered(code)
    frequencies = [{"key": key, "name": str(name)} for key, name in Frequency.choices]
    attributes = [
        _attribute(1, "since", "string", _("Da quando?")),
        _attribute(2, "frequency", "singlevaluelist", _("Quanto spesso?"), frequencies),
        _attribute(3, "suffers", "string", _("Chi ne soffre?")),
    ]
    return Answer("service_definition", {"service_code": kind.code, "attributes": attributes})


def _attribute(
    order: int, code: str, datatype: str, question: str, values: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    attribute: dict[str, Any] = {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": "",
        "order": order,
        "description": question,
    }
    return attribute | ({"values": values} if values else {})
