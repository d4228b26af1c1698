"""What is common and asks for something: bodies of tenants, spaces and pacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vicinia.domain.commons.models import Booking, Pact, TenantsBody
from vicinia.domain.commons.queries import bodies, pacts, spaces
from vicinia.domain.commons.queries.bodies import AccountDue
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look import dates
from vicinia.interfaces.desk.day.item import Do, Item


def items(by: Actor, soon: dt.date, most: int) -> Iterator[Item]:
    """All of it, for who runs participation; so many rows of each kind at the most."""
    yield from map(asked, spaces.asked(by)[:most])
    yield from map(proposed, pacts.pacts_to_read(by)[:most])
    yield from map(unchecked, bodies.to_verify(by)[:most])
    yield from map(term, bodies.terms_near(by)[:most])
    yield from map(account, bodies.accounts_due(by, soon)[:most])
    yield from map(ending, pacts.pacts_due(by, soon)[:most])


def asked(row: Booking) -> Item:
    """Somebody who waits for a yes."""
    starts = timezone.localtime(row.starts_at)
    return _item(
        _("Prenotazione da confermare: %(space)s") % {"space": row.space.name},
        f"{dates.weekday_words(starts.date())}, {starts:%H:%M}",
        reverse("booking", args=[row.reference]),
        None,
        act=(_("Rispondi"), reverse("booking_decide", args=[row.reference])),
        kind="answer",
    )


def proposed(row: Pact) -> Item:
    """A proposal of a pact that nobody has read."""
    return _item(_("Patto proposto, da leggere"), row.reference, reverse("pact", args=[row.reference]), None)


def unchecked(row: TenantsBody) -> Item:
    """Signatures that nobody has checked."""
    url = reverse("tenants_body", args=[row.reference])
    return _item(_("Firme da verificare: %(name)s") % {"name": row.name}, row.reference, url, None)


def term(row: TenantsBody) -> Item:
    """A convention that renews itself at its term, or is over then."""
    return _item(
        _("Scade la convenzione: %(name)s") % {"name": row.name},
        _("Si rinnova da sola, se nessuno dà disdetta."),
        reverse("tenants_body", args=[row.reference]),
        row.until,
    )


def account(due: AccountDue) -> Item:
    """A year's account that has not been handed in."""
    return _item(
        _("Rendiconto %(year)s che manca: %(name)s") % {"year": due.year, "name": due.body.name},
        due.body.reference,
        reverse("tenants_body", args=[due.body.reference]),
        due.due_on,
    )


def ending(row: Pact) -> Item:
    """A pact whose term comes: its report, then renewed or closed."""
    return _item(
        _("Scade il patto: %(title)s") % {"title": row.title},
        row.reference,
        reverse("pact", args=[row.reference]),
        row.ends_on,
    )


def _item(
    what: str,
    why: str,
    url: str,
    due_on: dt.date | None,
    *,
    act: tuple[str, str] | None = None,
    kind: str = "deadline",
) -> Item:
    label, address = act or (_("Apri"), url)
    return Item(what, why, url, due_on, (Do(label, address, is_main=True),), kind)
