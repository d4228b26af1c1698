"""Convention, offices, account and pact on paper."""

from __future__ import annotations

from typing import Any

from vicinia.domain.commons.documents import ACCOUNT, CONVENTION, LANGUAGE, OFFICES, PACT
from vicinia.domain.commons.models import Pact, TenantsAccount, TenantsBody
from vicinia.domain.commons.queries import bodies, pacts
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents.composing import Composed, compose, part
from vicinia.foundation.documents.wording import markdown


def _printed(document: Composed) -> bytes:
    return pdf.render("documents/paper.html", {"document": document}, language=document.language)


def _named(body: TenantsBody) -> dict[str, Any]:
    return {
        "reference": body.reference,
        "name": body.name,
        "kind": str(body.get_kind_display()),
        "unit": bodies.unit_words(body),
    }


def convention(*, body: TenantsBody) -> bytes:
    """What the body and the manager have agreed on."""

    def values() -> dict[str, Any]:
        return {
            **_named(body),
            "manager": body.manager,
            "services": ", ".join(body.service_names),
            "constituted_on": body.constituted_on,
            "signed_on": body.signed_on,
            "until": body.until,
            "convention": part("commons/papers/convention.html", {"text": markdown(body.convention, top=2)}),
        }

    return _printed(compose(CONVENTION, LANGUAGE, values))


def representatives(*, body: TenantsBody) -> bytes:
    """Who holds which office today."""

    def values() -> dict[str, Any]:
        rows = {"rows": bodies.mandates_in_force(body)}
        return {**_named(body), "rows": part("commons/papers/offices.html", rows)}

    return _printed(compose(OFFICES, LANGUAGE, values))


def account(*, account: TenantsAccount) -> bytes:
    """A year, sum by sum."""

    def values() -> dict[str, Any]:
        shown = {"lines": bodies.lines_of(account), "sums": bodies.sums_of(account)}
        return {
            **_named(account.body),
            "year": str(account.year),
            "words": account.words,
            "approved_on": account.approved_on,
            "approved_where": account.approved_where,
            "rows": part("commons/papers/account.html", shown),
        }

    return _printed(compose(ACCOUNT, LANGUAGE, values))


def pact(*, pact: Pact, language: str = LANGUAGE) -> bytes:
    """A pact as it is signed, in one of the languages of residents."""

    def values() -> dict[str, Any]:
        names, _unnamed = pacts.credits_of(pact)
        shown = {"pact": pact, "promises": pacts.promises_of(pact), "names": names}
        return {
            "reference": pact.reference,
            "title": pact.title,
            "level": str(pact.get_level_display()),
            "goals": pact.goals,
            "place": pact.place,
            "who": ", ".join(names),
            "months": str(pact.months),
            "starts_on": pact.starts_on,
            "ends_on": pact.ends_on,
            "promises": part("commons/papers/pact.html", shown),
        }

    return _printed(compose(PACT, language, values))
