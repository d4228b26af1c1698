"""The town of the kill test, looked at from a process of its own: `prepare` writes drafts, `verify` counts what came of them.

It runs beside the server that is killed, on the same database, so nothing of pytest's own database is in between.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any


def prepare(count: int) -> list[str]:
    """A kind of problem, and so many drafts that only wait to be sent, every second one with an e-mail: their tokens."""
    from django.db import transaction

    from vicinia.domain.listening import actions
    from vicinia.domain.listening.models import Category
    from vicinia.foundation.kernel.actor import Actor

    group = Category.objects.create(code="convivenza", name="Convivenza")
    Category.objects.create(code="rumore", name="Rumore", parent=group)
    tokens = [f"draft-{number:04d}-{'x' * 32}" for number in range(count)]
    with transaction.atomic():
        for number, token in enumerate(tokens):
            actions.keep_draft(by=Actor.visitor(), token=token, answers=_answers(number))
    return tokens


def _answers(number: int) -> dict[str, str]:
    said = {
        "privacy": "on",
        "place_words": "davanti alla scuola",
        "kind": "rumore",
        "title": f"Musica alta {number}",
        "description": "Ogni sera, fino a tardi.",
        "identity": "anonymous",
    }
    if has_email(number):
        named = {"name": f"Maria Bassi{number}", "email": f"maria{number}@posta.example"}
        said |= {**named, "identity": "named", "contact_way": "email", "language": "it"}
    return said


def has_email(number: int) -> bool:
    """Who stays anonymous gets no message."""
    return number % 2 == 0


def verify() -> dict[str, Any]:
    """What is in the town now, sealed and checked."""
    from vicinia.domain.listening.models import Report
    from vicinia.domain.people.models import Person
    from vicinia.foundation.accounts.models import PrivateLink
    from vicinia.foundation.journal import jobs, queries
    from vicinia.foundation.journal.models import Entry
    from vicinia.foundation.notifications.models import OutboxMessage
    from vicinia.foundation.search.models import Document

    jobs.seal()
    reports = {row.reference: row for row in Report.objects.all()}
    received = Counter(Entry.objects.filter(event="report.received").values_list("about", flat=True))
    messages = Counter(OutboxMessage.objects.values_list("about", flat=True))
    named = {f"report:{row.reference}" for row in reports.values() if row.reporter_id}
    return {
        "titles": sorted(row.title for row in reports.values()),
        "received": sorted(received.values()),
        "received_match": set(received) == {f"report:{reference}" for reference in reports},
        "messages": sorted(messages.values()),
        "messages_match": set(messages) == named,
        "people": Person.objects.count(),
        "links": PrivateLink.objects.count(),
        "documents": Document.objects.filter(kind="report").count(),
        "chains": [
            {"name": chain.name, "is_whole": chain.is_whole, "sealed": chain.sealed, "waiting": chain.waiting}
            for chain in queries.verify_chains()
        ],
    }


if __name__ == "__main__":
    import django

    django.setup()
    asked = sys.argv[1]
    json.dump(prepare(int(sys.argv[2])) if asked == "prepare" else verify(), sys.stdout)
