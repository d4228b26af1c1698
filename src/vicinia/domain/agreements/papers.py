"""The paper that is signed: large type, in Italian or English, with the terms in the words of who commits."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from vicinia.domain.agreements import queries, rules
from vicinia.domain.agreements.models import AgreementParty, BehaviourAgreement, TermsVersion
from vicinia.domain.agreements.states import Part, TermKind
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# The languages in which the frame can be printed; the terms stay in the words of who commits.
LANGUAGES = ("it", "en")


def agreement(*, by: Actor, agreement: BehaviourAgreement, language: str) -> bytes:
    """The version to sign if there is one, otherwise the one in force. Reading the names is logged."""
    terms = queries.draft_of(agreement) or queries.terms_in_force(agreement)
    lines = list(terms.lines.select_related("party__body")) if terms else []
    rules.may_print(by, agreement, terms=len(lines)).require()
    parties = queries.parties_with_people(agreement)
    names = queries.names_of(by, parties, _("stampo l'accordo da firmare"))
    context = {
        "agreement": agreement,
        "ends_on": terms.ends_on if terms else agreement.ends_on,
        "committing": [names[party.pk] for party in parties if party.part == Part.COMMITS],
        "bodies": [party.body for party in parties if party.part == Part.BODY],
        "kinds": [
            (kind.label, [(line, _whose(line.party, names)) for line in lines if line.kind == kind])
            for kind in TermKind
        ],
        "signatures": _places(parties, names, terms),
        "kept_months": settings.BEHAVIOUR_KEPT_MONTHS,
    }
    return pdf.render("agreements/papers/agreement.html", context, language=language)


def _whose(party: AgreementParty | None, names: dict[int, str]) -> str:
    if party is None:
        return ""
    return str(party.body) if party.part == Part.BODY else names.get(party.pk, "")


def _places(
    parties: list[AgreementParty], names: dict[int, str], terms: TermsVersion | None
) -> list[dict[str, Any]]:
    """Where each signs: a parent beside the name of the child, a body with who signs for it."""
    signers = queries.signers(parties, terms)
    must = {signer.key for signer in rules.who_signs(signers, clock.today())}
    return [
        {
            "name": names[party.pk],
            "part": party.part,
            "body": party.body,
            "child": names.get(party.guards_id or 0, ""),
            "signed_on": signer.signed_on,
        }
        for party, signer in zip(parties, signers, strict=True)
        if party.pk in must
    ]
