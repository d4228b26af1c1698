"""Meeting people, correcting what we keep of them, merging doubles, erasing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.people import events, names, queries, rules
from vicinia.domain.people.details import PersonDetails, clean_needs
from vicinia.domain.people.models import ContactPoint, NameKey, Person
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock, registries
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.blind_index import digest
from vicinia.foundation.search import actions as search

# Who is believed when they add to what we know of someone. A stranger at the portal is not: whoever knows a
# neighbour's number could otherwise have the neighbour's messages sent to an address of their own.
_BELIEVED = frozenset({ActorKind.STAFF, ActorKind.JOB})


@transaction.atomic(savepoint=False)
def meet(*, by: Actor, details: PersonDetails) -> Person:
    """The person with the same phone or e-mail and a near name, else a new one. At most five statements when new."""
    known = _already_known(by, details)
    if known is None:
        return _make(by, details)
    if by.kind in _BELIEVED:
        _complete(by, known, details)
    return known


def _already_known(by: Actor, details: PersonDetails) -> Person | None:
    """Someone who shares a contact point and whose name agrees; for strangers, someone who has all those given."""
    digests = {digest(kind, value) for kind, value in details.points}
    if not digests:
        return None
    rows = ContactPoint.objects.filter(digest__in=digests, person__erased_at__isnull=True)
    shared: dict[int, set[str]] = {}
    agreeing: dict[int, Person] = {}
    for point in rows.select_related("person").defer("value").order_by("person_id")[:50]:
        person = queries.root_of(point.person)
        shared.setdefault(person.pk, set()).add(point.digest)
        if any(names.same_person_likely(details.name, row.name) for row in (person, point.person)):
            agreeing[person.pk] = person
    likely = [
        person
        for pk, person in agreeing.items()
        if person.erased_at is None and (by.kind in _BELIEVED or shared[pk] == digests)
    ]
    if not details.name and len(likely) > 1:  # a family's telephone: nobody can tell who it is
        return None
    return max(likely, key=lambda person: (len(shared[person.pk]), -person.pk), default=None)


def _make(by: Actor, details: PersonDetails) -> Person:
    person = Person(
        name=details.name,
        address=details.address,
        needs=details.needs,
        language=details.language,
        contact_way=details.contact_way,
    )
    person.save(force_insert=True)
    _add_points(person, details.points)
    _add_name_keys(person)
    journal.record(events.PERSON_MET, by=by, about=person)
    return person


def _add_points(person: Person, points: list[tuple[str, str]]) -> None:
    ContactPoint.objects.bulk_create(
        [
            ContactPoint(person=person, kind=kind, value=value, digest=digest(kind, value))
            for kind, value in points
        ],
        ignore_conflicts=True,
    )


def _add_name_keys(person: Person) -> None:
    NameKey.objects.bulk_create(queries.name_keys(person))


def _complete(by: Actor, person: Person, details: PersonDetails) -> None:
    """Add what was not known; what is known already stays until someone corrects it."""
    ids = queries.ids_of(person)
    known = set(ContactPoint.objects.filter(person_id__in=ids).values_list("digest", flat=True))
    new = [(kind, value) for kind, value in details.points if digest(kind, value) not in known]
    empty = [
        field
        for field in ("name", "address", "needs", "contact_way")
        if getattr(details, field) and not getattr(person, field)
    ]
    if not (new or empty):
        return
    for field in empty:
        setattr(person, field, getattr(details, field))
    person.save(update_fields=empty)
    _add_points(person, new)
    if "name" in empty:
        _add_name_keys(person)
    _record_correction(by, person, [*empty, *(kind for kind, _value in new)])


@transaction.atomic
def correct(*, by: Actor, person: Person, details: PersonDetails, version: int | None = None) -> Person:
    """Replace what we keep of a person with what is right."""
    queries.require_visible(by, person)
    person = Person.objects.lock(person)
    rules.may_correct(by, person).require()
    person.require_version(version, yours=details)
    fields = ("name", "address", "needs", "language", "contact_way")
    changed = [field for field in fields if getattr(person, field) != getattr(details, field)]
    for field in changed:
        setattr(person, field, getattr(details, field))
    points_changed = _replace_points(person, details.points)
    if not (changed or points_changed):
        return person
    person.save()
    if "name" in changed:
        NameKey.objects.filter(person=person).delete()
        _add_name_keys(person)
    _record_correction(by, person, [*changed, *points_changed])
    return person


def _replace_points(person: Person, points: list[tuple[str, str]]) -> list[str]:
    """Make a person's contact points be those given, over every merged row; returns the kinds that changed."""
    wanted = {digest(kind, value): (kind, value) for kind, value in points}
    kept = {
        row.digest: row
        for row in ContactPoint.objects.filter(person_id__in=queries.ids_of(person)).defer("value")
    }
    gone = [row for key, row in kept.items() if key not in wanted]
    new = [point for key, point in wanted.items() if key not in kept]
    if gone:
        ContactPoint.objects.filter(pk__in=[row.pk for row in gone]).delete()
    if new:
        _add_points(person, new)
    return sorted({*(row.kind for row in gone), *(kind for kind, _value in new)})


def _record_correction(by: Actor, person: Person, fields: list[str]) -> None:
    labels = {
        "name": _("nome"),
        "address": _("indirizzo"),
        "needs": _("cose da sapere"),
        "language": _("lingua"),
        "contact_way": _("come contattarla"),
        "phone": _("telefono"),
        "email": _("e-mail"),
    }
    words = ", ".join(dict.fromkeys(journal.kept(labels[field]) for field in fields))
    journal.record(events.PERSON_CORRECTED, by=by, about=person, operator=by.name, fields=words)


@transaction.atomic
def note_needs(*, by: Actor, person: Person, needs: str, version: int | None = None) -> Person:
    """Keep what to know before contacting someone: hearing, hours, a fear, who else to call."""
    queries.require_visible(by, person)
    person = Person.objects.lock(person)
    rules.may_correct(by, person).require()
    person.require_version(version, yours=needs)
    person.needs = clean_needs(needs)
    person.save(update_fields=["needs"])
    journal.record(events.PERSON_NEEDS_NOTED, by=by, about=person, operator=by.name)
    return person


@transaction.atomic
def merge(*, by: Actor, keep: Person, gone: Person) -> Person:
    """Make a double lead to the row that is kept. Nothing is moved, so that it can be undone whole."""
    for person in (keep, gone):
        queries.require_visible(by, person)
    keep, gone = Person.objects.lock(keep), Person.objects.lock(gone)
    rules.may_merge(by, keep=keep, gone=gone).require()
    gone.merged_into = keep
    gone.save(update_fields=["merged_into"])
    journal.record(events.PERSON_MERGED, by=by, about=keep, operator=by.name, gone=gone.reference)
    return keep


@transaction.atomic
def undo_merge(*, by: Actor, gone: Person) -> Person:
    """Part a double again from the row it was merged into."""
    queries.require_visible(by, gone)
    gone = Person.objects.lock(gone)
    rules.may_undo_merge(by, gone).require()
    kept = queries.root_of(gone)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    journal.record(events.PERSON_MERGE_UNDONE, by=by, about=kept, operator=by.name, gone=gone.reference)
    return gone


@transaction.atomic
def export(*, by: Actor, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything that every subject holds of a person, by subject, to be given to the person."""
    queries.require_visible(by, person)
    rules.may_manage(by, person).require()
    ids = queries.ids_of(person)
    copy = {"people": [queries.copy_of_row(person_id) for person_id in ids]}
    for subject in registries.personal_data:
        for person_id in ids:
            copy.setdefault(subject.subject, []).extend(subject.export(person_id))
    journal.record(events.PERSON_EXPORTED, by=by, about=person, operator=by.name)
    journal.seen(by=by, person=person, purpose="copia dei dati per la persona", shown="tutto")
    return copy


@transaction.atomic
def erase(*, by: Actor, person: Person) -> int:
    """Erase what every subject holds of a person; returns how many rows were cleared. It can't be undone."""
    queries.require_visible(by, person)
    person = Person.objects.lock(person)
    rules.may_manage(by, person).require()
    ids = queries.ids_of(person)
    # Higher subjects first: what they hold of a household is found by who still lives in it.
    subjects = registries.personal_data[::-1]
    cleared = sum(subject.erase(by, person_id) for person_id in ids for subject in subjects)
    for erased in Person.objects.filter(pk__in=ids):
        cleared += journal.erase_words(by=by, about=erased)
    cleared += _clear_rows(ids)
    search.scrub()
    journal.record(events.PERSON_ERASED, by=by, about=person, operator=by.name, rows=cleared)
    return cleared


def _clear_rows(ids: list[int]) -> int:
    """Empty rows stay, so that counts and history still hold; nothing in them says who it was."""
    points, _by_model = ContactPoint.objects.filter(person_id__in=ids).delete()
    NameKey.objects.filter(person_id__in=ids).delete()
    rows = Person.objects.filter(pk__in=ids)
    return points + rows.update(
        name="", address="", needs="", contact_way="", language="it", erased_at=clock.now()
    )
