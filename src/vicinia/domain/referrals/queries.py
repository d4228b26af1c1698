"""Reads about referrals: by staff through their cases, by a body through its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case, CasePerson
from vicinia.domain.network import queries as network
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.network.states import DataCategory
from vicinia.domain.people import queries as people
from vicinia.domain.referrals.events import WRITTEN
from vicinia.domain.referrals.models import Referral, ReferralNote, ReferralRows
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import LinkPurpose, PrivateLink
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class Shareable:
    """One thing of a case that may be shared. `person` is whose data it is, if anybody's."""

    code: str
    label: str
    category: str
    person: CasePerson | None = None


def referrals(by: Actor) -> ReferralRows:
    """What `by` may see: of the visible cases for staff, of the own body for a partner, one for who came by its link."""
    if by.is_staff:
        rows: ReferralRows = Referral.objects.on(casework.cases(by).order_by())
    else:
        rows = Referral.objects.addressed_to(network.body_of(by))
        if by.only:
            rows = rows.filter(reference=by.only)
    return rows


def referral_named(by: Actor, reference: str) -> Referral:
    """The visible referral of this reference (404 otherwise)."""
    row: Referral = referrals(by).select_related("body", "case__owner", "case__area").one(reference=reference)
    return row


def referral_of_link(link: PrivateLink) -> Referral:
    """What a live link is for, whoever holds it (404 if the body is asked no more)."""
    rows = Referral.objects.filter(body__is_active=True).select_related("body", "case__owner", "case__area")
    row: Referral = rows.one(reference=link.about)
    return row


def link_of(referral: Referral) -> PrivateLink | None:
    """The link that still opens a referral, if there is one."""
    return accounts.newest_link(LinkPurpose.REFERRAL, referral.reference)


def referrals_of(case: Case) -> QuerySet[Referral]:
    rows = Referral.objects.filter(case=case).select_related("body")
    return rows.defer("shared_json")


def notes_of(referral: Referral) -> QuerySet[ReferralNote]:
    return referral.notes.all()


def has_words_to_read(referral: Referral) -> bool:
    """Whether the body has written something that nobody has answered or read. One query."""
    return referral.case.matters.filter(key=key_of(referral), kind=WRITTEN).exists()


def key_of(referral: Referral) -> str:
    """What a referral leaves open on its case."""
    return f"referral:{referral.pk}"


def overdue() -> list[Referral]:
    return list(Referral.objects.overdue().select_related("body", "case").order_by("id"))


def shareable(case: Case) -> list[Shareable]:
    """What may be shared of a case, one thing at a time. Persons stand here by what they are, not by name."""
    things = [
        Shareable("kind", _("che problema è"), DataCategory.PROBLEM),
        Shareable("place", _("dove"), DataCategory.PROBLEM),
        Shareable("summary", _("che cosa succede"), DataCategory.PROBLEM),
        Shareable("work", _("che cosa è stato deciso finora"), DataCategory.WORK),
    ]
    for row in casework.people_of(case):
        who = ", ".join(part for part in (str(row.get_role_display()), row.label) if part)
        contacts, needs = _("nome e recapiti: %(who)s"), _("bisogni: %(who)s")
        things.append(Shareable(f"contacts-{row.pk}", contacts % {"who": who}, DataCategory.CONTACTS, row))
        things.append(Shareable(f"needs-{row.pk}", needs % {"who": who}, DataCategory.NEEDS, row))
    return things


def as_seen(by: Actor, case: Case, chosen: list[Shareable], purpose: str) -> list[list[str]]:
    """What the body will see of the chosen things: label and words. Reading a person's data is logged."""
    return [[thing.label, _words_of(by, case, thing, purpose)] for thing in chosen]


def seal_of(body: PartnerBody, seen: list[list[str]]) -> str:
    """What proves that just this was previewed for this body."""
    value = json.dumps([body.pk, [[str(label), words] for label, words in seen]])
    return salted_hmac("vicinia.referrals.preview", value, algorithm="sha256").hexdigest()


def _words_of(by: Actor, case: Case, thing: Shareable, purpose: str) -> str:
    if thing.person is None:
        return casework.facts_to_share(case)[thing.code]
    shown = people.reveal(by, thing.person.person, purpose)
    if thing.category == DataCategory.NEEDS:
        return shown.needs
    return shown.on_one_line


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """With which bodies a person's data were shared, for the copy that they may ask for."""
    rows = Referral.objects.filter(people=person_id).select_related("body").order_by("id")
    return [
        {"ente": row.body.name, "quando": row.created_at.isoformat(), "base": str(row.get_basis_display())}
        for row in rows
    ]


def referrals_with(person_id: int) -> list[Referral]:
    return list(Referral.objects.filter(people=person_id).select_related("body").order_by("id"))
