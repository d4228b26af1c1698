"""What a programme may count of casework: how many, never which. The police regime is never among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case, Contact
from vicinia.domain.casework.states import CaseKind, ContactHow, Outcome
from vicinia.domain.listening.states import LegalBasis
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.registries import Countable, CountedRow, countables

_OURS = LegalBasis.ADMINISTRATIVE


def opened(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The cases that were opened, by kind."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    found = Case.objects.filter(opened_at__gte=first, opened_at__lt=last, legal_basis=_OURS)
    for pk, at, kind in found.order_by("id").values_list("id", "opened_at", "kind"):
        yield CountedRow(pk, timezone.localdate(at), kind)


def closed(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The cases that were closed, by outcome."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    found = Case.objects.filter(closed_at__gte=first, closed_at__lt=last, legal_basis=_OURS)
    for pk, at, outcome in found.order_by("id").values_list("id", "closed_at", "outcome"):
        yield CountedRow(pk, timezone.localdate(at), outcome)


def contacts(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """Talks with people about a report or a case, by how."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    is_ours = Q(case__legal_basis=_OURS) | Q(case__isnull=True, report__legal_basis=_OURS)
    found = Contact.objects.filter(is_ours, at__gte=first, at__lt=last, reached=True)
    for pk, at, how, person_id in found.order_by("id").values_list("id", "at", "how", "person_id"):
        yield CountedRow(pk, timezone.localdate(at), how, person_id=person_id)


def register() -> None:
    """Make them known to the programme."""
    of_contacts = Countable(
        "contacts",
        _("Colloqui con chi segnala o chiede aiuto"),
        _("colloqui"),
        contacts,
        kinds=lambda: dict(ContactHow.choices),
        order=30,
    )
    of_opened = Countable(
        "cases", _("Casi aperti"), _("casi"), opened, kinds=lambda: dict(CaseKind.choices), order=31
    )
    of_closed = Countable(
        "cases_closed", _("Casi chiusi"), _("casi"), closed, kinds=lambda: dict(Outcome.choices), order=32
    )
    for one in (of_contacts, of_opened, of_closed):
        countables[one.key] = one
