"""Reads about reports."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from rapidfuzz import fuzz

from vicinia.domain.listening import events, rules
from vicinia.domain.listening.models import (
    Category,
    Episode,
    ImportBatch,
    Message,
    MeToo,
    Report,
    ReportMove,
    ReportRows,
)
from vicinia.domain.people import queries as people
from vicinia.foundation.journal import queries as journal
from vicinia.foundation.kernel import clock, languages
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.blind_index import fold
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.paging import counts_up_to
from vicinia.foundation.kernel.registries import SearchText

COUNTED_AT_MOST = 1000  # beyond, a count says only that there are many


def reports(by: Actor) -> ReportRows:
    """The reports that `by` may see."""
    return Report.objects.visible_to(by)


def report_named(by: Actor, reference: str) -> Report:
    """The visible report of this reference, with what its page shows (404 otherwise)."""
    related = ("category__parent", "area", "owner", "reporter", "redirected_to", "merged_into")
    return reports(by).select_related(*related).defer("area__boundary").one(reference=reference)


def report_to_change(by: Actor, reference: str) -> Report:
    """The visible report of this reference, locked until the transaction ends (404 otherwise)."""
    rows = reports(by).select_for_update(of=("self",)).select_related("category", "area", "owner")
    row: Report = rows.defer("area__boundary").one(reference=reference)
    return row


def followed_report(reference: str) -> Report:
    """The report that a private link is about: the link is the permission."""
    related = ("category", "area", "owner", "redirected_to", "merged_into", "reporter")
    return Report.objects.select_related(*related).defer("area__boundary").one(reference=reference)


def public_reports() -> ReportRows:
    """What anyone may see on the public list and map."""
    return Report.objects.public().in_lines()


def kinds_in_use() -> QuerySet[Category]:
    """The kinds of problem that can be chosen, each with its group."""
    return (
        Category.objects.filter(is_active=True, parent__is_active=True)
        .select_related("parent")
        .order_by("parent__position", "position", "name")
    )


def kinds() -> QuerySet[Category]:
    """Every kind that a report may have, also those out of use and imported: what lists are filtered by."""
    rows = Category.objects.filter(parent__isnull=False).select_related("parent")
    return rows.order_by("-is_active", "parent__position", "position", "name")


def kinds_by_group() -> list[tuple[str, list[tuple[int, str]]]]:
    """The same as (id, name), in their groups: the options of a select. One query."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for pk, name, group in kinds().values_list("pk", "name", "parent__name"):
        groups.setdefault(group, []).append((pk, name))
    return list(groups.items())


def categories_version() -> str:
    """What changes when any kind changes. One statement, which is written out: putting it together costs three times it."""
    table = connection.ops.quote_name(Category._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), MAX(updated_at) FROM {table}")  # noqa: S608  the table name is our own
        count, latest = cursor.fetchone()
    return hashlib.sha256(f"{count} {latest}".encode()).hexdigest()[:16]


def open_in_box(
    by: Actor, south: float, west: float, north: float, east: float, *, kind: str = ""
) -> ReportRows:
    """Open reports in a box of degrees, newest first: of one kind when its code is given."""
    rows = reports(by).open().filter(lat__range=(south, north), lon__range=(west, east))
    return (rows.filter(category__code=kind) if kind else rows).newest_first()


def map_points(
    by: Actor, south: float, west: float, north: float, east: float, *, kind: str = ""
) -> QuerySet[Any]:
    """Open reports in a box as (reference, kind, lat, lon, state) tuples, newest first. One query."""
    rows = open_in_box(by, south, west, north, east, kind=kind)
    return rows.values_list("reference", "category__code", "lat", "lon", "state")


def categories() -> QuerySet[Category]:
    """Every group and kind, each kind after its group."""
    group = Coalesce("parent__position", "position"), Coalesce("parent_id", "id")
    return Category.objects.select_related("parent").order_by(
        *group, F("parent_id").asc(nulls_first=True), "position", "id"
    )


def category_named(code: str) -> Category:
    """The group or kind of this code, also one out of use (404 otherwise)."""
    category: Category = Category.objects.select_related("parent").one(code=code)
    return category


def groups() -> QuerySet[Category]:
    """The first level of categories, also those no longer in use: earlier reports stay under them."""
    return Category.objects.filter(parent__isnull=True)


def category_coded(code: str) -> Category | None:
    return Category.objects.select_related("parent").filter(code=code).first()


def first_contact_due(category: Category, *, at_risk: bool, received_on: dt.date) -> dt.date:
    """The working day by which the reporter is contacted: of the kind, of the town, shorter for who is at risk."""
    days = category.first_contact_days or settings.FIRST_CONTACT_DAYS
    if at_risk:
        days = min(days, settings.FIRST_CONTACT_DAYS_AT_RISK)
    return clock.add_working_days(received_on, days)


def state_before(report: Report) -> str | None:
    """The state from which the report entered its present one."""
    last = ReportMove.objects.filter(row=report, to_state=report.state).order_by("-at", "-id").first()
    return last.from_state if last else None


def has_moved(report: Report) -> bool:
    """Whether anything has been decided about a report yet."""
    return ReportMove.objects.filter(row=report).exists()


def messages_of(report: Report) -> QuerySet[Message]:
    return report.messages.all()


def episodes_of(report: Report) -> QuerySet[Episode]:
    return report.episodes.all()


def unread_messages(by: Actor) -> QuerySet[Message]:
    """What residents wrote that nobody has read yet: on my reports, or on nobody's in my areas, or on those of who left."""
    is_left = Q(owner_id__isnull=True) | Q(owner__is_active=False)
    visible = reports(by).filter(Q(owner_id=by.user_id) | is_left)
    unread = Message.objects.filter(from_resident=True, read_at__isnull=True, report__in=visible)
    return unread.select_related("report").order_by("sent_at", "id")


def reports_of_person(by: Actor, person_id: int) -> ReportRows:
    """A person's reports that `by` may see."""
    return _reports_by(by, [person_id])


def reports_of_person_named(by: Actor, reference: str) -> ReportRows:
    """The same, over every row merged into the person."""
    return _reports_by(by, people.ids_of(reference))


def _reports_by(by: Actor, ids: list[int]) -> ReportRows:
    theirs = Q(reporter_id__in=ids) | Q(pk__in=MeToo.objects.filter(person_id__in=ids).values("report_id"))
    return reports(by).filter(theirs).in_lines().newest_first()


@dataclass(frozen=True, slots=True)
class InCharge:
    """What would stay in the name of someone whose access is closed."""

    references: list[str]
    late: int
    unread: int


def in_charge_of(user_id: int) -> InCharge:
    """What a user has in charge, for who opens and closes accesses: numbers, never what the reports say."""
    own = Report.objects.in_triage().filter(owner_id=user_id)
    unread = Message.objects.filter(report__owner_id=user_id, from_resident=True, read_at__isnull=True)
    return InCharge(
        references=list(own.most_urgent_first().values_list("reference", flat=True)),
        late=own.late().count(),
        unread=unread.count(),
    )


def in_charge_elsewhere(by: Actor) -> QuerySet[Any]:
    """Ids of reports in own charge outside own areas, whatever else decides that `by` may see them."""
    # No order: it would have the database walk all reports by date instead of the owner's own.
    rows = Report.objects.filter(owner_id=by.user_id).exclude(area_id__in=by.area_ids)
    return rows.order_by().values_list("pk", flat=True)


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of persons behind the reports that `by` may see, or who joined them.

    Only those in `among` unless it is None.
    """
    rows = reports(by).filter(reporter_id__isnull=False)
    others = MeToo.objects.filter(person_id__isnull=False)
    if among is not None:
        rows, others = rows.filter(reporter_id__in=among), others.filter(person_id__in=among)
    joined = others.filter(report__in=reports(by).order_by().values("pk"))
    return rows.order_by().values("reporter_id").union(joined.order_by().values("person_id"), all=True)


def report_of_source(source: str, reference: str) -> Report | None:
    """The report of this number that came from a source, which may ask after its own."""
    rows = Report.objects.filter(source=source, reference=reference).exclude(source="")
    return rows.in_lines().first()


def moves_of_source(by: Actor, source: str, start: dt.datetime, end: dt.datetime) -> QuerySet[ReportMove]:
    """The steps of the visible reports that came from a source, in a period, oldest first."""
    rows = ReportMove.objects.filter(row__in=reports(by).filter(source=source), at__range=(start, end))
    return rows.select_related("row").order_by("at", "id")


def batches(by: Actor) -> QuerySet[ImportBatch]:
    """Imports, the latest first, for who may import (none for the others)."""
    return ImportBatch.objects.all() if rules.may_import(by) else ImportBatch.objects.none()


def batch_numbered(by: Actor, number: int) -> ImportBatch:
    """The import of this number (404 for who may not import)."""
    batch = batches(by).filter(pk=number).first()
    if batch is None:
        raise NotVisible
    return batch


def known_source_ids(source: str, ids: Collection[str]) -> set[str]:
    """Which of these ids of a source are already in the register."""
    rows = Report.objects.filter(source=source, source_id__in=list(ids))
    return set(rows.order_by().values_list("source_id", flat=True))


def ids_of_batch(batch: ImportBatch) -> list[tuple[int, str]]:
    """Id and reference of every report of an import, oldest first."""
    return list(Report.objects.filter(batch=batch).order_by("pk").values_list("pk", "reference"))


def worked_on(batch: ImportBatch, references: Collection[str]) -> int:
    """How many of these reports of an import somebody changed, or wrote something about."""
    changed = Report.objects.filter(batch=batch, version__gt=1).filter(reference__in=references)
    told = journal.touched([f"report:{reference}" for reference in references], besides=[events.IMPORTED])
    return len({f"report:{reference}" for reference in changed.values_list("reference", flat=True)} | told)


def near(rows: ReportRows, lat: float, lon: float, metres: float) -> ReportRows:
    """Rows in the square box around a point: an index read, exact distance comes after."""
    dlat = metres / 111_195.0
    dlon = dlat * 1.5  # at 48 degrees of latitude; wider than needed further south, never narrower in Italy
    box = {"lat__range": (lat - dlat, lat + dlat), "lon__range": (lon - dlon, lon + dlon)}
    return rows.filter(**box)


def inbox_counts(by: Actor) -> dict[str, int]:
    """How many reports stand in each tab of the inbox, up to COUNTED_AT_MOST. One query."""
    rows = reports(by)
    return counts_up_to(
        COUNTED_AT_MOST,
        unassigned=rows.unassigned(),
        mine=rows.owned_by(by) if by.user_id else rows.none(),
        due=rows.due(),
        late=rows.late(),
        waiting=rows.waiting(),
    )


def kinds_like(words: str) -> list[Category]:
    """Kinds in use whose name, group or keywords resemble some words, best first."""
    wanted = fold(words)
    if not wanted:
        return list(kinds_in_use()[:12])
    scored = [(_likeness(kind, wanted), kind) for kind in kinds_in_use()]
    best = sorted((row for row in scored if row[0] >= 75), key=lambda row: (-row[0], row[1].name))
    return [kind for _score, kind in best[:12]]


def _likeness(kind: Category, wanted: str) -> float:
    names = [kind.name, *kind.keywords, kind.parent.name if kind.parent else ""]
    return max(fuzz.partial_ratio(wanted, fold(name)) for name in names if name)


def reports_due(by: Actor, until: dt.date) -> QuerySet[Report]:
    """Reports that I follow and that something is to be done about by a day: a call, a reminder, a decision."""
    rows = reports(by).owned_by(by).filter(due_on__lte=until).in_lines()
    return rows.most_urgent_first()


def unassigned(by: Actor) -> ReportRows:
    """New reports that nobody has taken."""
    return reports(by).unassigned()


def new_by_area(by: Actor) -> list[tuple[int | None, str, int, list[str]]]:
    """New reports by area: (area id, name, how many, the latest titles). Two queries."""
    counts = reports(by).unassigned().order_by().values_list("area_id", "area__name").annotate(n=Count("pk"))
    titles: dict[int | None, list[str]] = {}
    latest = reports(by).unassigned().newest_first().values_list("area_id", "title")[:60]
    for area_id, title in latest:
        titles.setdefault(area_id, []).append(title)
    rows = [(area_id, name or "", n, titles.get(area_id, [])[:3]) for area_id, name, n in counts]
    return sorted(rows, key=lambda row: (-row[2], row[1]))


def language_name(code: str) -> str:
    """A resident's language, in words."""
    return str(dict(languages.RESIDENT_LANGUAGES).get(code, code))


def points(
    by: Actor, south: float, west: float, north: float, east: float, *, kind: str = ""
) -> QuerySet[Any, Any]:
    """Open reports in a box as (reference, title, lat, lon, state) tuples, newest first. One query."""
    rows = open_in_box(by, south, west, north, east, kind=kind)
    return rows.values_list("reference", "title", "lat", "lon", "state")


def all_ids() -> QuerySet[Any, Any]:
    return Report.objects.order_by("pk").values_list("pk", flat=True)


def rows_by_id(ids: Collection[int]) -> QuerySet[Report]:
    """Rows for the search index, whatever who may see them."""
    return Report.objects.filter(pk__in=ids).select_related("category")


def search_text(report: Report) -> SearchText:
    """What a report is found by, and where: never who made it."""
    return SearchText(
        row_id=report.pk,
        heading=f"{report.reference} {report.title}",
        body=f"{report.description} {report.category.name} {report.address} {report.place_words} {report.who_suffers}",
        language=report.language,
        at=report.received_at,
        scope=f"area{report.area_id}",
    )


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What reports hold of a person, for the copy that they may ask for; of somebody else's report their own words."""
    rows = (
        Report.objects.filter(reporter_id=person_id).select_related("category").order_by("received_at", "id")
    )
    return [
        {
            "segnalazione": row.reference,
            "arrivata": row.received_at.isoformat(),
            "tipo": row.category.name,
            "titolo": row.title,
            "dettagli": row.description,
            "luogo": row.where,
            "messaggi": [message.text for message in row.messages.all() if message.from_resident],
            "episodi": [episode.text for episode in row.episodes.all()],
        }
        for row in rows.prefetch_related("messages", "episodes")
    ] + _joined_by(person_id)


def _joined_by(person_id: int) -> list[dict[str, Any]]:
    rows = MeToo.objects.filter(person_id=person_id).select_related("report__category")
    return [
        {
            "riguarda anche te": row.report.category.name,
            "arrivata": row.created_at.isoformat(),
            "dettagli": row.words,
        }
        for row in rows.order_by("created_at", "id")
    ]
