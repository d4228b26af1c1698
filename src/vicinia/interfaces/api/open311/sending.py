"""A report that another program sends: checked, once, with a place."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from vicinia.domain.listening import actions
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import Channel, Frequency
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.api import throttles
from vicinia.interfaces.api.open311.answers import Problem, parameter
from vicinia.interfaces.api.open311.services import kind_offered

DESCRIPTION_MAX, ADDRESS_MAX, WORDS_MAX, URL_MAX = 4000, 200, 140, 500


def source_of(by: Actor) -> str:
    """What reports of a key are marked with, so that it may ask after its own."""
    return f"open311:{by.ref}"


def receive_request(request: HttpRequest, by: Actor) -> Report:
    """Take in what was sent. The same words by the same key on one day are a retry, not a second report."""
    if not throttles.may_write(request, by):
        raise Problem(429, _("Troppe segnalazioni: riprova tra un'ora."))
    code = parameter(request, "service_code")
    if not code:
        raise Problem(400, _("service_code: manca."))
    new = _new(request, by, kind_offered(code))
    try:
        return actions.receive(by=by, new=new, channel=Channel.OPEN311).report
    except IntegrityError:  # the same report arrived twice at once: the other one is in the register now
        return actions.receive(by=by, new=new, channel=Channel.OPEN311).report


def _new(request: HttpRequest, by: Actor, kind: Category) -> actions.NewReport:
    faults: list[str] = []
    description = parameter(request, "description")
    if len(description) > DESCRIPTION_MAX:
        faults.append(_("description: al massimo %(most)d caratteri.") % {"most": DESCRIPTION_MAX})
    location = _location(request, faults)
    reporter = _reporter(request, faults)
    frequency = _answer(request, "frequency", faults)
    if frequency and frequency not in Frequency.values:
        faults.append(
            _("attribute[frequency]: può essere %(known)s.") % {"known": ", ".join(Frequency.values)}
        )
    if faults:
        raise Problem(400, *faults)
    key = _retry_key(request, by)
    return actions.NewReport(
        category=kind,
        title=kind.name,
        description=_with_media(request, description),
        location=location,
        since_words=_answer(request, "since", faults),
        who_suffers=_answer(request, "suffers", faults),
        frequency=frequency,
        reporter=reporter,
        source=source_of(by),
        source_id=key,
        idempotency_key=key,
    )


def _retry_key(request: HttpRequest, by: Actor) -> str:
    """The caller's own key when it sends one; else what it sent, with the day."""
    own = request.headers.get("Idempotency-Key", "")
    sent = sorted(
        (name, value) for name, values in request.POST.lists() for value in values if name != "api_key"
    )
    words = f"{by.ref}\n{own}" if own else f"{by.ref}\n{clock.today()}\n{sent!r}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _answer(request: HttpRequest, code: str, faults: list[str]) -> str:
    value = parameter(request, f"attribute[{code}]")
    if len(value) > WORDS_MAX:
        faults.append(
            _("attribute[%(code)s]: al massimo %(most)d caratteri.") % {"code": code, "most": WORDS_MAX}
        )
    return value


def _with_media(request: HttpRequest, description: str) -> str:
    """Addresses of pictures are noted for who reads, never fetched: they could point anywhere, inside too."""
    given = [url.strip()[:URL_MAX] for url in request.POST.getlist("media_url")[:5] if url.strip()]
    notes = [_("Immagine indicata da chi segnala (non scaricata): %(url)s") % {"url": url} for url in given]
    return "\n".join([description, *notes]).strip()


def _reporter(request: HttpRequest, faults: list[str]) -> PersonDetails | None:
    name = " ".join(
        word for word in (parameter(request, "first_name"), parameter(request, "last_name")) if word
    )
    phone, email = parameter(request, "phone"), parameter(request, "email")
    if not (name or phone or email):
        return None
    try:
        return PersonDetails(name=name, phone=phone, email=email)
    except ValidationError as problem:
        names = {"name": "first_name, last_name"}
        for field, sentences in problem.message_dict.items():
            faults += [f"{names.get(field, field)}: {sentence}" for sentence in sentences]
        return None


def _location(request: HttpRequest, faults: list[str]) -> territory.Location:
    lat, lon = _degrees(request, "lat", 90, faults), _degrees(request, "long", 180, faults)
    address, number = parameter(request, "address_string"), parameter(request, "address_id")
    if len(address) > ADDRESS_MAX:
        faults.append(_("address_string: al massimo %(most)d caratteri.") % {"most": ADDRESS_MAX})
    if (lat is None) != (lon is None) and not faults:
        faults.append(_("lat e long servono insieme."))
    if number and not (number.isascii() and number.isdigit() and len(number) <= 15):
        faults.append(_("address_id: non è un numero civico di qui."))
    if lat is None and not address and not number and not faults:
        faults.append(_("Il luogo manca: servono lat e long, oppure address_string, oppure address_id."))
    if faults:
        return territory.Location()
    place: dict[str, Any] = {"lat": lat, "lon": lon, "address_words": address}
    found = territory.locate(civic_number_id=int(number) if number else None, **place)
    if number and not found.civic_number_id and lat is None and not address:
        faults.append(_("address_id: non è un numero civico di qui."))
    return found


def _degrees(request: HttpRequest, name: str, most: int, faults: list[str]) -> float | None:
    word = parameter(request, name)
    if not word:
        return None
    try:
        value = float(word)
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        faults.append(_("%(name)s: serve un numero tra -%(most)d e %(most)d.") % {"name": name, "most": most})
        return None
    return value
