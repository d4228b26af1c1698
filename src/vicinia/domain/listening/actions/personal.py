"""Erasing a person from reports: their words, their files and what the journal and the index kept of them."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.listening.models import MeToo, Report
from vicinia.domain.listening.states import ReportState
from vicinia.foundation.accounts.actions import revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications
from vicinia.foundation.search import actions as search

WORDS = ("description", "since_words", "who_suffers", "on_behalf_of", "place_words", "address", "answer")
ERASED = "-"


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Clear every free word that this person may have written or that says who they are; kinds and counts stay."""
    rows = list(
        Report.objects.select_for_update(of=("self",))
        .filter(reporter_id=person_id)
        .select_related("category")
    )
    for report in rows:
        _clear(by, report)
    search.refresh("report", [report.pk for report in rows])
    me_toos = list(MeToo.objects.filter(person_id=person_id))
    for me_too in me_toos:
        attachments.erase_of(by=by, about=me_too)
        notifications.forget(by=by, about=me_too)
    MeToo.objects.filter(pk__in=[row.pk for row in me_toos]).update(person=None, words="")
    return len(rows) + len(me_toos)


def _clear(by: Actor, report: Report) -> None:
    report.title = report.category.name
    for name in WORDS:
        setattr(report, name, "")
    if report.state == ReportState.SET_ASIDE:
        report.set_aside_reason = ERASED  # the database asks for some reason
    report.reporter = None
    report.wants_contact = False
    report.is_published = False
    report.civic_number = None
    # A point can be a front door: the area stays, for the counts.
    report.lat = report.lon = None
    report.save()
    report.messages.update(text="", by_name="")
    report.episodes.update(text="")
    report.state_moves.update(reason="")
    notifications.forget(by=by, about=report)
    revoke_links(by=by, purpose=LinkPurpose.FOLLOW, about=report.reference)
    attachments.erase_of(by=by, about=report)
    journal.erase_words(by=by, about=report)
