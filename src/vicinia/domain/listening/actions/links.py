"""The private link of a report, and contacts that its writer leaves afterwards."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.listening import events, rules
from vicinia.domain.listening.actions.tell import follow_token, tell_reporter
from vicinia.domain.listening.models import Report
from vicinia.domain.people import actions as people
from vicinia.domain.people import queries as people_queries
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.actions import revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.accounts.tokens import new_token
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def renew_link(*, by: Actor, report: Report) -> str:
    """Close every private link of a report and give a new one: whoever got hold of an old one is out."""
    report = Report.objects.lock(report)
    rules.may_change_link(by, report).require()

    revoke_links(by=by, purpose=LinkPurpose.FOLLOW, about=report.reference)
    token = follow_token(by=by, report=report)

    journal.record(events.LINK_RENEWED, by=by, about=report)
    key = f"link:{report.reference}:{new_token()[:16]}"
    tell_reporter(by=by, report=report, template="link_renewed", key=key, token=token)
    return token


@transaction.atomic
def mail_link_again(*, by: Actor, reference: str, email: str) -> None:
    """Mail a fresh private link to who lost it. Silent, so that nobody learns who reported what."""
    report = Report.objects.filter(reference=reference, reporter__isnull=False).first()
    if report is None or report.reporter_id is None:
        return
    if people_queries.email_of(report.reporter_id).casefold() != email.strip().casefold():
        return
    journal.record(events.LINK_MAILED, by=by, about=report)
    tell_reporter(by=by, report=report, template="link_again", key=f"again:{reference}:{new_token()[:16]}")


@transaction.atomic
def revoke_link(*, by: Actor, report: Report) -> int:
    """Close every private link of a report; how many there were."""
    report = Report.objects.lock(report)
    rules.may_change_link(by, report).require()

    closed = revoke_links(by=by, purpose=LinkPurpose.FOLLOW, about=report.reference)

    journal.record(events.LINK_REVOKED, by=by, about=report)
    return closed


@transaction.atomic
def leave_details(*, by: Actor, report: Report, details: PersonDetails) -> Report:
    """Who stayed anonymous leaves contacts: from now on there is someone to call."""
    report = Report.objects.lock(report)
    rules.may_leave_details(by, report).require()

    report.reporter = people.meet(by=by, details=details)
    report.wants_contact = True
    report.contact_way = details.contact_way
    report.save(update_fields=["reporter", "wants_contact", "contact_way"])

    journal.record(events.DETAILS_LEFT, by=by, about=report)
    key = f"details:{report.reference}:{report.version}"
    tell_reporter(by=by, report=report, template="report_received", key=key)
    return report
