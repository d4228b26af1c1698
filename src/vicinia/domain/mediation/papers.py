"""The papers of a mediation: the agreement to sign, and a party's own copy. Never kept as files of the case."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from vicinia.domain.mediation import queries, rules
from vicinia.domain.mediation.documents import AGREEMENT, COPY
from vicinia.domain.mediation.models import MediationFile, Party
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents.composing import compose, compose_kept, part
from vicinia.foundation.kernel.actor import Actor


def agreement(*, by: Actor, file: MediationFile, language: str) -> bytes:
    """The agreement with the parties' names, places to sign, and the terms. Reading the names is logged.

    Once signed, it is printed with the text that was signed; the terms stay in the words of the parties."""
    rules.may_print(by, file).require()
    purpose = _("stampo l'accordo che firma")
    parties = [queries.contacts(by, file, party, purpose) for party in queries.parties_with_people(file)]
    shown = {"file": file, "parties": parties}

    def values() -> dict[str, Any]:
        return {
            "reference": file.reference,
            "mediator": file.mediator.name,
            "parties": part("mediation/papers/parties.html", shown),
            "terms": part("mediation/papers/terms.html", {"terms": queries.terms_of(file)}),
            "checks": part("mediation/papers/checks.html", {"checks": queries.checks_of(by, file)}),
            "signatures": part("mediation/papers/signatures.html", shown),
        }

    kept = file.text_digests.get(language, "")
    document = compose_kept(AGREEMENT, kept, language, values)
    context = {"file": file, "document": document}
    return pdf.render("mediation/papers/agreement.html", context, language=document.language)


def copy_for_party(*, by: Actor, file: MediationFile, party: Party) -> bytes:
    """What the mediator wrote of one party's own talks and the agreement, to be handed to that party; nothing of the other's."""
    rules.is_mediator(by, file).require()
    shown = queries.contacts(by, file, party, _("preparo la copia dei suoi dati"))
    talks = [row for row in queries.meetings_of(by, file) if row.party_id == party.pk]

    def values() -> dict[str, Any]:
        return {
            "reference": file.reference,
            "name": shown.name,
            "state": file.get_state_display(),
            "talks": part("mediation/papers/copy_talks.html", {"talks": talks}),
            "terms": part("mediation/papers/copy_terms.html", {"terms": queries.terms_of(file)}),
        }

    document = compose(COPY, queries.language_of(party), values)
    context = {"file": file, "document": document}
    return pdf.render("mediation/papers/copy.html", context, language=document.language)
