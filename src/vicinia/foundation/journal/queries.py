"""Reading the timeline and the access log, and proving that nobody changed them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vicinia.foundation.journal import chain
from vicinia.foundation.journal.events import ACCESS_EXPIRED, EVENTS, WORDS_ERASED, Event
from vicinia.foundation.journal.lines import entry_words, line_digest, sight_words
from vicinia.foundation.journal.models import ChainHead, Entry, Sealed, Sight
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.look.dates import day_of_month_words

SEE_ACCESS_LOG = "see_access_log"
KEPT_PROBLEMS = 50

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One line of a chronology, in words."""

    id: int
    at: dt.datetime
    about: str
    event: str
    by_ref: str
    by_name: str
    sentence: str
    note: str
    facts: dict[str, Any]
    group: str
    is_erased: bool


class _Facts(dict[str, Any]):
    """Facts that a sentence may name even when an older line lacks them."""

    def __missing__(self, key: str) -> str:
        return ""


def timeline(
    abouts: Iterable[str],
    *,
    groups: Collection[str] | None = None,
    besides: Collection[Event] = (),
    told_only: bool = False,
    newest_first: bool = True,
    offset: int = 0,
    limit: int = 200,
) -> list[TimelineLine]:
    """The chronology of some things, which the caller has already been allowed to see. One query.

    `groups` keeps the events of those filter chips, without those of `besides`; `told_only` keeps what the resident reads, in their words.
    Ask for one line more than a page to know whether there is another.
    """
    rows = Entry.objects.filter(about__in=list(abouts))
    if groups is not None or told_only:
        rows = rows.filter(event__in=_event_names(groups, told_only))
    if besides:
        rows = rows.exclude(event__in=[event.name for event in besides])
    rows = rows.order_by("-at", "-id") if newest_first else rows.order_by("at", "id")
    return [_line(row, told_only) for row in rows[offset : offset + limit]]


def touched(abouts: Collection[str], *, besides: Collection[Event]) -> set[str]:
    """Which of some things have any line but those of some events. One query."""
    rows = Entry.objects.filter(about__in=list(abouts)).exclude(event__in=[event.name for event in besides])
    return set(rows.order_by().values_list("about", flat=True).distinct())


def who_did(abouts: Collection[str], events: Collection[Event]) -> set[str]:
    """Who ever did one of some events to one of some things, as `Actor.ref`. One query."""
    rows = Entry.objects.filter(about__in=list(abouts), event__in=[event.name for event in events])
    return set(rows.order_by().values_list("by_ref", flat=True).distinct())


def _event_names(groups: Collection[str] | None, told_only: bool) -> list[str]:
    return [
        event.name
        for event in EVENTS.values()
        if (groups is None or event.group in groups) and (event.told or not told_only)
    ]


def _line(row: Entry, told_only: bool) -> TimelineLine:
    event = EVENTS.get(row.event)
    return TimelineLine(
        id=row.pk,
        at=row.at,
        about=row.about,
        event=row.event,
        by_ref=row.by_ref,
        by_name=_by_name(row),
        sentence=_sentence(row, told_only),
        note="" if told_only else row.note,
        facts=row.facts,
        group=event.group if event else "",
        is_erased=row.erased_at is not None,
    )


def _by_name(row: Entry) -> str:
    """Who acted. Residents and programs are kept under a word of ours ("Chi segnala"), staff under their name."""
    return row.by_name if row.by_ref.startswith("user:") or not row.by_name else _(row.by_name)


def _fact(value: object) -> object:
    """A fact as the reader's language says it: days are kept as ISO dates and told as people say them.

    Labels, one or several, are kept as message ids (`lines.kept`); words of people are no ids and stay as they are.
    """
    if value is None:
        return ""
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return day_of_month_words(dt.date.fromisoformat(value))
    if isinstance(value, str):
        return ", ".join(_(part) if part else part for part in value.split(", "))
    return value


def _sentence(row: Entry, told_only: bool) -> str:
    """The event's sentence with the line's facts; what an erasure took away is said so."""
    if row.erased_at is not None:
        return _("Le parole di questa riga sono state cancellate.")
    event = EVENTS.get(row.event)
    if event is None:
        return _("È stato registrato un evento di una versione precedente.")
    words = str(event.told if told_only else event.sentence)
    facts = {name: _fact(value) for name, value in row.facts.items()}
    return words % _Facts({"by": _by_name(row)} | facts)


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """What the data-protection officer looks for in the access log."""

    person: str = ""
    user: str = ""
    purpose: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def access_log(*, by: Actor, sought: AccessFilter) -> QuerySet[Sight]:
    """Who saw whose data and why, newest first; it exists only for who may see the access log."""
    if not by.can(SEE_ACCESS_LOG):
        raise NotVisible
    rows = Sight.objects.order_by("-at", "-id")
    if sought.person:
        rows = rows.filter(_is_about(sought.person.strip().lower()))
    if sought.user:
        rows = rows.filter(by_name__icontains=sought.user)
    if sought.purpose:
        rows = rows.filter(purpose__icontains=sought.purpose)
    if sought.since:
        rows = rows.filter(at__gte=sought.since)
    return rows.filter(at__lt=sought.until) if sought.until else rows


def _is_about(words: str) -> Q:
    """Lines about "person:k7f3…" as the page of the log shows it, or "k7f3…" as the address of a person's page does.

    A search for people is about nobody in particular, and says whom it showed.
    """
    if ":" in words and not words.startswith("person:"):
        return Q(about=words)
    reference = words.removeprefix("person:")
    shown = Q(shown__contains=f" {reference} ") | Q(shown__endswith=f" {reference}")
    return Q(about=f"person:{reference}") | (Q(about="people:search") & shown)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The state of one chain."""

    name: str
    sealed: int
    waiting: int
    oldest_waiting: dt.datetime | None
    seal: str
    problems: tuple[chain.Problem, ...]

    @property
    def is_whole(self) -> bool:
        return not self.problems


def verify_chains() -> list[ChainReport]:
    """Walk both chains from the first line to the last. Reads every line once, in constant memory."""
    return [_verify(Entry, _entry_digest), _verify(Sight, _sight_digest)]


def _verify(lines: type[Sealed], digest_of: Any) -> ChainReport:
    name = lines._meta.model_name or ""
    head = ChainHead.objects.filter(chain=name).first() or ChainHead(chain=name)
    problems: list[chain.Problem] = []
    rows = lines.objects.sealed().filter(position__lte=head.count).iterator(chunk_size=2000)
    for problem in chain.check(rows, head, digest_of):
        problems.append(problem)
        if len(problems) == KEPT_PROBLEMS:
            break
    problems.extend(_beyond_head(lines, head))
    problems.extend(_unrecorded_erasures(lines))
    waiting = lines.objects.unsealed()
    oldest = waiting.values_list("at", flat=True).first()
    return ChainReport(name, head.count, waiting.count(), oldest, head.seal, tuple(problems))


def _beyond_head(lines: type[Sealed], head: ChainHead) -> list[chain.Problem]:
    """Sealed lines that the head does not know: written by somebody else than the sealer, or a head set back.

    The head is read before the lines, so lines that a sealer adds meanwhile lie beyond it and are not a problem:
    they are looked at against the head of now.
    """
    now = ChainHead.objects.filter(chain=head.chain).values_list("count", flat=True).first() or 0
    extra = lines.objects.filter(position__gt=now).count()
    if not extra:
        return []
    return [chain.Problem(chain.Damage.HEAD, now + 1, f"{extra} sealed lines come after the head")]


def _unrecorded_erasures(lines: type[Sealed]) -> list[chain.Problem]:
    """Lines blanked without the line that says who blanked them: a way to hide words behind a whole chain."""
    erased = lines.objects.filter(erased_at__isnull=False)
    event = ACCESS_EXPIRED if lines is Sight else WORDS_ERASED
    recorded = Entry.objects.filter(event=event.name)
    if lines is Entry:
        erased = erased.exclude(about__in=recorded.values("about"))
    elif recorded.exists():
        return []
    sentence = "line {} about {} was erased by nobody"
    first = erased.order_by("id").first()
    return (
        [chain.Problem(chain.Damage.ERASED, first.position or 0, sentence.format(first.pk, first.about))]
        if first
        else []
    )


def _entry_digest(line: Sealed) -> str:
    assert isinstance(line, Entry)
    return line_digest(line.salt, entry_words(line))


def _sight_digest(line: Sealed) -> str:
    assert isinstance(line, Sight)
    return line_digest(line.salt, sight_words(line))


def heads() -> dict[str, dict[str, int | str]]:
    """The heads of both chains, to be kept where this database's owner can't write."""
    rows = ChainHead.objects.values_list("chain", "count", "seal")
    return {name: {"count": count, "seal": seal} for name, count, seal in rows}
