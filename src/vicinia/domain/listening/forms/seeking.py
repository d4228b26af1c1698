"""Which report is meant: proposed with its reasons before and while one types."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from vicinia.domain.listening import queries
from vicinia.domain.listening.models import Report, ReportRows
from vicinia.domain.listening.queries import similar
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.dates import ago_words
from vicinia.foundation.look.forms import Proposal, Seek


def seek_report(by: Actor, sought: similar.Sought, among: ReportRows, url: str) -> Seek:
    """Find one of some visible rows: those that may be the same thing as what is sought come first, before any word."""

    def find(words: str = "") -> list[Proposal]:
        return _proposals(similar.may_be_meant(by, sought, among, words))

    def is_one(words: str) -> bool:
        return queries.reports(by).filter(reference=words).exists()

    return Seek(url=url, find=find, is_one=is_one, first=find)


def seek_to_merge(by: Actor, report: Report) -> Seek:
    """Find the report that stays when this one is merged: open, and of the same regime."""
    rows = queries.reports(by).open().filter(legal_basis=report.legal_basis).exclude(pk=report.pk)
    url = reverse("report_merge_suggestions", args=[report.reference])
    return seek_report(by, similar.sought_by(report), rows, url)


def _proposals(found: Iterable[similar.Related]) -> list[Proposal]:
    return [Proposal(one.report.reference, str(one.report), _hint(one)) for one in found]


def _hint(one: similar.Related) -> str:
    report = one.report
    parts = (one.why, report.where, ago_words(report.received_at), str(report.get_state_display()))
    return " · ".join(part for part in parts if part)
