"""Erasing a person from reports: their words, their files and what the journal and the index kept of them."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.listening.models import MeToo, Report
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.search import actions as search


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Clear every free word that this person may have written or that says who they are; kinds and counts stay."""
    rows = list(Report.objects.select_for_update().filter(reporter_id=person_id).select_related("category"))
    for report in rows:
        _clear(by, report)
    search.refresh("report", [report.pk for report in rows])
    me_toos = MeToo.objects.filter(person_id=person_id).update(person=None, words="")
    return len(rows) + me_toos


def _clear(by: Actor, report: Report) -> None:
    report.title = report.category.name
    words = ("description", "since_words", "who_suffers", "on_behalf_of", "place_words", "address", "answer")
    for name in words:
        setattr(report, name, "")
    report.reporter = None
    report.wants_contact = False
    report.is_published = False
    report.civic_number = None
    report.save()
    report.messages.update(text="", by_name="")
    report.episodes.update(text="")
    attachments.erase_of(by=by, about=report)
    journal.erase_words(by=by, about=report)
