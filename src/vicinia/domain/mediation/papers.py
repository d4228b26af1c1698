"""The papers of a mediation: the agreement to sign, and a party's own copy. Never kept as files of the case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vicinia.domain.mediation import queries, rules
from vicinia.domain.mediation.models import MediationFile, Party
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel.actor import Actor

# The languages in which the frame of the agreement can be printed; the terms stay in the words of the parties.
LANGUAGES = ("it", "en")


def agreement(*, by: Actor, file: MediationFile, language: str) -> bytes:
    """The agreement with the parties' names, places to sign, and the terms. Reading the names is logged."""
    rules.may_print(by, file).require()
    purpose = _("stampo l'accordo che firma")
    context = {
        "file": file,
        "parties": [
            queries.contacts(by, file, party, purpose) for party in queries.parties_with_people(file)
        ],
        "terms": queries.terms_of(file),
        "checks": queries.checks_of(by, file),
    }
    return pdf.render("mediation/papers/agreement.html", context, language=language)


def copy_for_party(*, by: Actor, file: MediationFile, party: Party) -> bytes:
    """What the mediator wrote of one party's own talks and the agreement, to be handed to that party; nothing of the other's."""
    rules.is_mediator(by, file).require()
    shown = queries.contacts(by, file, party, _("preparo la copia dei suoi dati"))
    talks = [row for row in queries.meetings_of(by, file) if row.party_id == party.pk]
    context = {"file": file, "shown": shown, "talks": talks, "terms": queries.terms_of(file)}
    return pdf.render("mediation/papers/copy.html", context)
