"""What reports ask for today."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Message, Report
from vicinia.domain.listening.states import ReportState
from vicinia.interfaces.desk.day.item import Do, Item


def languages(code: str) -> tuple[str, ...]:
    """What to know before calling: the language, if it is not Italian."""
    return () if code == "it" else (_("parla %(language)s") % {"language": listening.language_name(code)},)


def report_due(report: Report) -> Item:
    """A report to be called about, waited for or decided."""
    if report.state == ReportState.WAITING:
        return _still_waiting(report)
    return _first_contact(report) if waits_for_a_call(report) else _to_decide(report)


def waits_for_a_call(report: Report) -> bool:
    """Whether nobody has spoken yet with who reported and wishes to be contacted."""
    is_waiting = report.state == ReportState.WAITING
    return report.wants_contact and report.first_contact_at is None and not is_waiting


def _still_waiting(report: Report) -> Item:
    return Item(
        what=_("Chi segnala non ha ancora risposto"),
        why=", ".join(part for part in (report.title, report.where) if part),
        url=reverse("report", args=[report.reference]),
        due_on=report.due_on,
        dos=(
            Do(_("Chiama"), reverse("call_report", args=[report.reference]), is_main=True),
            Do(_("Apri"), reverse("report", args=[report.reference])),
        ),
        kind="contact",
        notes=languages(report.language),
    )


def _to_decide(report: Report) -> Item:
    url = reverse("report", args=[report.reference])
    return Item(
        what=_("Segnalazione da decidere"),
        why=", ".join(part for part in (report.title, report.where) if part),
        url=url,
        due_on=report.due_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def _first_contact(report: Report) -> Item:
    call = Do(_("Chiama"), reverse("call_report", args=[report.reference]), is_main=True)
    done = Do(_("Fatto"), reverse("report_contact", args=[report.reference]))
    return Item(
        what=_("Primo contatto con chi segnala"),
        why=", ".join(part for part in (report.title, report.where) if part),
        url=reverse("report", args=[report.reference]),
        due_on=report.due_on,
        dos=(call, done),
        kind="contact",
        notes=languages(report.language),
    )


def written(message: Message) -> Item:
    """A message from who reported."""
    report = message.report
    url = reverse("report", args=[report.reference])
    return Item(
        what=_("Ha scritto chi segnala"),
        why=f"{report.title}: «{Truncator(message.text).chars(90)}»",
        url=url,
        due_on=None,
        dos=(
            Do(_("Apri"), url),
            Do(_("Letto"), reverse("report_read", args=[report.reference]), is_post=True),
        ),
        kind="answer",
        call=_("da leggere"),
    )
