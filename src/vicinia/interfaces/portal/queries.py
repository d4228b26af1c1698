"""What the portal's pages show, joined from several subjects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework import rules as casework_rules
from vicinia.domain.casework.models import Case, Commitment, OutcomeReply
from vicinia.domain.casework.states import (
    CommitmentBy,
    CommitmentState,
    InterventionState,
    Outcome,
    OutcomeVerdict,
)
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Category, Episode, Message, Report, ReportRows
from vicinia.domain.listening.queries import similar
from vicinia.domain.listening.states import LegalBasis, ReportState
from vicinia.domain.outcomes import queries as outcomes
from vicinia.domain.people.models import ContactWay
from vicinia.domain.reviews import queries as reviews
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.accounts.queries import link_is_about
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.journal import queries as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.look.components import TimelineEntry
from vicinia.foundation.look.dates import day_of_month_words, day_words, due_words, month_words

RESOLVED_OUTCOMES = [Outcome.SOLVED, Outcome.IMPROVED]
TOLD_LINES = 100
# What a case says better by itself: its closing is the answer, its commitments have a place of their own on the page.
SAID_BY_THE_CASE = {"report.answered", "report.undone", "case.opened", "case.commitment_told"}


# Following ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next, in one sentence, with what else there is to know about it."""

    words: str
    note: str = ""
    quote: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """One thing decided together: who does what, by when, how it stands."""

    who: str
    what: str
    when: str
    state: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FollowPage:
    """Everything that the holder of a private link sees."""

    report: Report
    owner_name: str
    next_step: NextStep
    agreed: Sequence[Agreed]
    so_far: Sequence[TimelineEntry]
    messages: Sequence[Message]
    episodes: Sequence[Episode]
    files: Sequence[Attachment]
    may_reply: bool
    may_tell: bool
    offer: reviews.Offer

    @property
    def write_label(self) -> str:
        """ "Scrivi ad Anna", "Scrivi a Bruno", or "Scrivici" while nobody is in charge."""
        if not self.owner_name:
            return _("Scrivici")
        words = _("Scrivi ad %(name)s") if self.owner_name[0] in "AÀa" else _("Scrivi a %(name)s")
        return words % {"name": self.owner_name}


def report_of_link(token: str) -> Report:
    """The report that a live private link opens (404 otherwise: wrong, expired and closed look the same)."""
    reference = link_is_about(token, LinkPurpose.FOLLOW)
    if reference is None:
        raise NotVisible
    return listening.followed_report(reference)


def follow_page(report: Report) -> FollowPage:
    """Gather the follow page of a report: a bounded number of queries, whatever has happened."""
    case = casework.case_of(report)
    reply = casework.reply_to_closing(report, case) if case is not None and not case.is_open else None
    owner = case.owner if case is not None else report.owner
    return FollowPage(
        report=report,
        owner_name=owner.first_name if owner is not None else "",
        next_step=next_step(report, case, reply),
        agreed=_agreed(case) if case is not None else (),
        so_far=_so_far(report, case),
        messages=list(listening.messages_of(report)),
        episodes=list(listening.episodes_of(report)),
        files=own_files(report),
        may_reply=case is not None and not case.is_open and reply is None,
        may_tell=case is not None and reply is not None and outcomes.opinion_of(report, case) is None,
        offer=reviews.offer(report, case),
    )


def own_files(report: Report) -> list[Attachment]:
    """The files that the reporter sent: never what staff added for themselves."""
    senders = {"visitor", f"resident:{report.reference}"}
    return [file for file in attachments.of(report) if file.by_ref in senders]


def own_file(report: Report, name: str) -> Attachment:
    """One of them (404 otherwise)."""
    found = next((file for file in own_files(report) if file.name == name), None)
    if found is None:
        raise NotVisible
    return found


def next_step(report: Report, case: Case | None, reply: OutcomeReply | None) -> NextStep:
    """What happens next, by where the report stands."""
    if report.state == ReportState.MERGED:
        return NextStep(
            _("La tua segnalazione è unita a un'altra sullo stesso problema."),
            _("Chi la segue ha letto anche quello che hai scritto tu. Qui non arrivano altre novità."),
        )
    if report.state == ReportState.REDIRECTED and report.redirected_to is not None:
        words = _("Se ne occupa %(body)s.") % {"body": report.redirected_to.name}
        return NextStep(
            words, _("Non è di nostra competenza: abbiamo passato noi la segnalazione."), report.answer
        )
    if report.state == ReportState.SET_ASIDE:
        return NextStep(
            _("Abbiamo messo da parte la segnalazione."),
            _("Se non sei d'accordo o qualcosa cambia, scrivici da qui."),
            report.set_aside_reason,
        )
    if case is not None and not case.is_open:
        return _after_closing(report, case, reply)
    if report.state == ReportState.ANSWERED:
        when = day_words(timezone.localdate(report.ended_at)) if report.ended_at else ""
        words = _("Ti abbiamo risposto %(day)s.") % {"day": when}
        return NextStep(words, _("Se il problema continua, scrivici da qui."), report.answer)
    if report.state == ReportState.WAITING:
        return NextStep(
            _("Aspettiamo la tua risposta."),
            _("Ti abbiamo fatto una domanda: la trovi qui sotto, tra i messaggi."),
            meaning="due",
        )
    return _contact_to_come(report, case)


def _after_closing(report: Report, case: Case, reply: OutcomeReply | None) -> NextStep:
    closed = _("Abbiamo chiuso il caso: %(outcome)s.") % {"outcome": case.get_outcome_display()}
    if reply is None:
        return NextStep(
            closed, _("È così? Dillo a chi l'ha seguito: la tua risposta conta."), case.outcome_note, "due"
        )
    if reply.verdict == OutcomeVerdict.CONFIRMED:
        return NextStep(
            closed, _("Hai confermato. Se il problema torna, scrivici da qui."), case.outcome_note, "done"
        )
    if reply.handled_at is not None:
        return NextStep(
            closed,
            _("Abbiamo risposto a quello che ci hai scritto: lo trovi tra i messaggi."),
            case.outcome_note,
        )
    who = case.owner.first_name if case.owner is not None else settings.UNIT_NAME
    words = _("Hai detto che non è così: %(who)s riguarda il caso e ti risponde.") % {"who": who}
    return NextStep(words, closed, meaning="due")


def _contact_to_come(report: Report, case: Case | None) -> NextStep:
    owner = case.owner if case is not None else report.owner
    due_on = casework.next_contact_with(report, case) if case is not None else report.due_on
    who = owner.first_name if owner is not None else _someone()
    note = _note_on_owner(report, case)
    if not report.wants_contact:
        return _without_contact(who, due_on, note)
    if due_on is None:
        return NextStep(_("%(who)s segue la tua segnalazione.") % {"who": who}, note)
    if due_on < clock.today():
        words = _("%(who)s doveva cercarti entro %(day)s. Siamo in ritardo.") % {
            "who": who,
            "day": day_words(due_on),
        }
        return NextStep(words, _("Se non vuoi aspettare, scrivici o chiamaci."), meaning="late")
    again = report.first_contact_at is not None
    sentence = _way_sentence(report.contact_way, again) % {"who": who, "when": due_words(due_on).words}
    return NextStep(sentence, note)


def _someone() -> str:
    return _("Una persona del %(unit)s") % {"unit": settings.UNIT_NAME}


def _without_contact(who: str, due_on: dt.date | None, note: str) -> NextStep:
    """Who left no contacts is promised a look, never a call."""
    if due_on is not None and due_on >= clock.today():
        words = _("%(who)s guarda la segnalazione %(when)s.") % {"who": who, "when": due_words(due_on).words}
    else:
        words = _("%(who)s segue la segnalazione.") % {"who": who}
    return NextStep(words, note or _("Non hai lasciato contatti: le novità sono solo in questa pagina."))


def _way_sentence(way: str, again: bool) -> str:
    if way == ContactWay.PHONE or not way:
        return _("%(who)s ti richiama %(when)s.") if again else _("%(who)s ti chiama %(when)s.")
    if way == ContactWay.VISIT:
        return _("%(who)s ti incontra %(when)s.")
    return _("%(who)s ti scrive %(when)s.")


def _note_on_owner(report: Report, case: Case | None) -> str:
    if case is not None and case.owner is not None and case.taken_at is not None:
        since = day_of_month_words(case.taken_at)
        return _("Segue il tuo caso dal %(day)s.") % {"day": since}
    if case is None and report.owner is not None and report.state == ReportState.TAKEN:
        return _("Segue la tua segnalazione.")
    return ""


def _agreed(case: Case) -> list[Agreed]:
    """Commitments told to the reporter and interventions carried out, in order of date."""
    is_alone = casework.reports_in(case).count() == 1
    # With several reporters, what one of them has undertaken is nobody else's to read, and the row does not say whose it is.
    told = [
        row for row in casework.told_commitments(case) if is_alone or row.by_whom != CommitmentBy.REPORTER
    ]
    rows = [(row.due_on, _commitment(row)) for row in told]
    done = case.interventions.filter(told_to_reporter=True, state=InterventionState.DONE)
    for row in done.select_related("body"):
        who = row.body.name if row.body else settings.UNIT_NAME
        day = day_of_month_words(row.done_on)
        rows.append((row.done_on, Agreed(who, row.what, "", _("fatto il %(day)s") % {"day": day}, "done")))
    return [agreed for _day, agreed in sorted(rows, key=lambda pair: pair[0])]


def _commitment(row: Commitment) -> Agreed:
    who = str(casework_rules.who_committed(row))
    if row.by_whom == CommitmentBy.REPORTER and not row.who:
        who = _("Tu")
    elif row.by_whom == CommitmentBy.UNIT and row.user is None and not row.who:
        who = settings.UNIT_NAME
    if row.state == CommitmentState.KEPT:
        day = day_of_month_words(row.ended_at) if row.ended_at else ""
        return Agreed(who, row.what, "", _("fatto il %(day)s") % {"day": day}, "done")
    if row.state == CommitmentState.NOT_KEPT:
        return Agreed(who, row.what, row.explanation, _("non mantenuto"), "late")
    meaning = "late" if row.due_on < clock.today() else "calm"
    state = _("in ritardo") if meaning == "late" else _("in corso")
    return Agreed(who, row.what, due_words(row.due_on).words, state, meaning)


def _so_far(report: Report, case: Case | None) -> list[TimelineEntry]:
    """What the reporter is told of report and case, never what concerns other reporters of the same case."""
    abouts = [f"report:{report.reference}"] + ([f"case:{case.reference}"] if case is not None else [])
    lines = journal.timeline(abouts, told_only=True, limit=TOLD_LINES)
    hidden = SAID_BY_THE_CASE if case is not None else set()
    told = (line for line in lines if line.event not in hidden and _is_for(report, line))
    return [TimelineEntry(timezone.localdate(line.at), line.sentence) for line in told]


def _is_for(report: Report, line: journal.TimelineLine) -> bool:
    """Not what other reporters of the case did, nor the calls with them."""
    if line.by_ref.startswith("resident:") and line.by_ref != f"resident:{report.reference}":
        return line.about == f"report:{report.reference}"
    spoken_to = line.facts.get("report", "")
    return not spoken_to or report.reference in spoken_to.split()


# The public list -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublicReport:
    """All that anyone sees of a report: kind, street, month, whether it is still open."""

    kind: str
    street: str
    month: str
    is_open: bool

    @property
    def state(self) -> str:
        """In words."""
        return _("in corso") if self.is_open else _("conclusa")


def public_reports(kind: str = "", area: str = "", state: str = "", months: str = "") -> ReportRows:
    """The published reports of a kind, quarter, state and period, the newest first."""
    rows: ReportRows = listening.public_reports()
    if kind:
        rows = rows.filter(category__code=kind)
    if area:
        rows = rows.filter(area__code=area, area__kind=settings.AREA_KIND)
    if months:
        rows = rows.filter(received_at__gte=clock.now() - dt.timedelta(days=round(30.44 * int(months))))
    if state == "aperte":
        rows = rows.open()
    if state == "chiuse":
        rows = rows.exclude(pk__in=rows.open().values("pk"))
    return rows.newest_first()


def as_public(rows: Sequence[Report]) -> list[PublicReport]:
    """Rows as anyone sees them. At most one query."""
    streets = similar.public_streets(rows)
    return [
        PublicReport(
            row.category.label,
            streets[row.pk],
            month_words(row.received_at),
            row.is_open,
        )
        for row in rows
    ]


def public_kinds() -> list[tuple[Category, int]]:
    """Kinds that have published reports, with how many, the commonest first. Two queries."""
    counts = dict(
        listening.public_reports()
        .order_by()
        .values_list("category_id")
        .annotate(Count("pk"))
        .values_list("category_id", "pk__count")
    )
    kinds = listening.categories().filter(pk__in=counts)
    return sorted(((kind, counts[kind.pk]) for kind in kinds), key=lambda pair: (-pair[1], pair[0].label))


def solved_in_a_year() -> int:
    """How many reports were solved in the last twelve months: answered, and not with an outcome that solved nothing.

    Without those of the police regime: of them everybody reads one number a year, in the statistics.
    """
    since = clock.now() - dt.timedelta(days=365)
    ended = Report.objects.filter(
        state=ReportState.ANSWERED, ended_at__gte=since, legal_basis=LegalBasis.ADMINISTRATIVE
    )
    in_case = Q(case_link__isnull=False) & ~Q(case_link__case__outcome__in=RESOLVED_OUTCOMES)
    return ended.exclude(in_case).count()


def kinds_shown(kinds: Sequence[tuple[Category, int]]) -> list[tuple[str, str]]:
    """Choices of the filter, each with its count."""
    return [(kind.code, f"{kind.label} ({count})") for kind, count in kinds]
