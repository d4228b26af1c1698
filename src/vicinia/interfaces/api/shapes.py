"""Rows as the API gives them. People never appear but as what they are in a case; staff appear by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from vicinia.domain.casework.models import Case, CasePerson, Commitment, Contact, Intervention
from vicinia.domain.foresight import sentences
from vicinia.domain.foresight.models import Alert, AlertSighting
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.outreach.models import Event, Notice
from vicinia.domain.outreach.queries import Reach, audience_names
from vicinia.domain.presence.models import KeyContact, KeyContactTalk, Observation, Round, RoundStop
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.journal.queries import TimelineLine
from vicinia.foundation.kernel.verdict import Sentence


def moment(value: dt.datetime | None) -> str | None:
    return value.isoformat().replace("+00:00", "Z") if value else None


def day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def state(value: str, label: Sentence) -> dict[str, str]:
    """A state with its name."""
    return {"code": value, "name": str(label)}


def category(row: Category) -> dict[str, Any]:
    """A kind with the group that it stands under."""
    group = row.parent
    return {
        "code": row.code,
        "name": row.name,
        "name_en": row.name_en,
        "group": {"code": group.code, "name": group.name, "name_en": group.name_en} if group else None,
        "national_code": row.national_code,
    }


def _place(row: Report | Case | Building) -> dict[str, Any]:
    area = row.area
    return {
        "lat": row.lat,
        "lon": row.lon,
        "address": row.address,
        "place_words": row.place_words,
        "area": {"code": area.code, "name": area.name} if area else None,
    }


def building(row: Building) -> dict[str, Any]:
    """A building as a line of a list."""
    return {
        "code": row.code,
        "version": row.version,
        "name": row.name,
        "manager": row.manager,
        "built_year": row.built_year,
        "place": _place(row),
    }


def building_in_full(row: Building, stairs: list[Stair], doors: dict[int, list[Dwelling]]) -> dict[str, Any]:
    """A building with its stairs and their doors."""
    return building(row) | {"stairs": [_stair(stair, doors[stair.pk]) for stair in stairs]}


def _stair(row: Stair, doors: list[Dwelling]) -> dict[str, Any]:
    return {
        "name": row.name,
        "address": str(row.civic_number or ""),
        "floors": row.floors,
        "has_lift": row.has_lift,
        "is_step_free": row.is_step_free,
        "dwellings": [
            {
                "code": door.code,
                "door": door.door,
                "floor": door.floor,
                "square_metres": door.square_metres,
                "rooms": door.rooms,
                "is_accessible": door.is_accessible,
            }
            for door in doors
        ],
    }


def report(row: Report) -> dict[str, Any]:
    """A report as a line of a list."""
    return {
        "reference": row.reference,
        "version": row.version,
        "title": row.title,
        "state": state(row.state, row.get_state_display()),
        "kind": {"code": row.category.code, "name": row.category.name},
        "channel": row.channel,
        "legal_basis": row.legal_basis,
        "received_at": moment(row.received_at),
        "due_on": day(row.due_on),
        "ended_at": moment(row.ended_at),
        "owner": row.owner.name if row.owner else None,
        "at_risk": row.at_risk,
        "is_anonymous": row.is_anonymous,
        "place": _place(row),
    }


def report_in_full(row: Report, case_reference: str | None) -> dict[str, Any]:
    """A report with what was told."""
    return report(row) | {
        "description": row.description,
        "since_words": row.since_words,
        "frequency": row.frequency,
        "who_suffers": row.who_suffers,
        "wants_contact": row.wants_contact,
        "first_contact_at": moment(row.first_contact_at),
        "answer": row.answer,
        "me_too_count": row.me_too_count,
        "is_published": row.is_published,
        "case": case_reference,
    }


def case(row: Case) -> dict[str, Any]:
    """A case as a line of a list."""
    return {
        "reference": row.reference,
        "version": row.version,
        "title": row.title,
        "kind": row.kind,
        "category": {"code": row.category.code, "name": row.category.name},
        "legal_basis": row.legal_basis,
        "stage": state(row.stage, row.get_stage_display()),
        "outcome": state(row.outcome, row.get_outcome_display()) if row.outcome else None,
        "owner": row.owner.name if row.owner else None,
        "opened_at": moment(row.opened_at),
        "closed_at": moment(row.closed_at),
        "next_contact_on": day(row.next_contact_on),
        "place": _place(row),
    }


def contact(row: Contact) -> dict[str, Any]:
    return {
        "at": moment(row.at),
        "by": row.by_name,
        "how": row.how,
        "direction": row.direction,
        "reached": row.reached,
        "summary": row.summary,
        "agreed": row.agreed,
        "next_contact_on": day(row.next_contact_on),
    }


def commitment(row: Commitment) -> dict[str, Any]:
    body = row.body
    return {
        "by_whom": row.by_whom,
        "who": row.who or (body.name if body else ""),
        "what": row.what,
        "due_on": day(row.due_on),
        "state": state(row.state, row.get_state_display()),
    }


def intervention(row: Intervention) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "way": row.way,
        "what": row.what,
        "cause": row.cause,
        "planned_on": day(row.planned_on),
        "done_on": day(row.done_on),
        "state": state(row.state, row.get_state_display()),
        "result": row.result,
    }


def person(row: CasePerson) -> dict[str, str]:
    """What somebody is in a case, and how staff speak of them: never who they are."""
    return {"role": row.role, "label": row.label}


def timeline(line: TimelineLine) -> dict[str, Any]:
    return {
        "at": moment(line.at),
        "event": line.event,
        "by": line.by_name,
        "sentence": line.sentence,
        "note": line.note,
    }


def round_line(row: Round) -> dict[str, Any]:
    """A round without what belongs to it: also what a 409 tells of how it is now."""
    return {
        "reference": row.reference,
        "version": row.version,
        "state": row.state,
        "planned_on": row.planned_on.isoformat(),
        "from_time": row.from_time.isoformat("minutes"),
        "to_time": row.to_time.isoformat("minutes"),
        "started_at": moment(row.started_at),
        "ended_at": moment(row.ended_at),
    }


def round_in_full(row: Round, stops: list[RoundStop], observations: list[Observation]) -> dict[str, Any]:
    """A round with the stops and observations that the caller may see."""
    return round_line(row) | {
        "stops": [_stop(stop) for stop in stops],
        "observations": [observation(one) for one in observations],
    }


def _stop(row: RoundStop) -> dict[str, Any]:
    lat, lon = row.point or (None, None)
    return {
        "id": row.pk,
        "why": row.why,
        "title": row.title,
        "look_at": row.look_at,
        "lat": lat,
        "lon": lon,
        "seen_at": moment(row.seen_at),
    }


def observation(row: Observation) -> dict[str, Any]:
    """Something seen on a round."""
    return {
        "uuid": str(row.uuid),
        "version": row.version,
        "kind": row.kind,
        "words": row.words,
        "at": moment(row.at),
        "stop": row.stop_id,
        "became": row.became,
    }


def key_contact(row: KeyContact) -> dict[str, Any]:
    """When a key contact is heard next: what a 409 tells of how it is now."""
    return {"reference": row.reference, "version": row.version, "next_on": row.next_on.isoformat()}


def talk(row: KeyContactTalk, contact: KeyContact) -> dict[str, Any]:
    """A talk with a key contact, and when the next one is."""
    return {
        "uuid": str(row.uuid),
        "contact": contact.reference,
        "version": contact.version,
        "next_on": contact.next_on.isoformat(),
        "became": row.became,
    }


def notice(row: Notice) -> dict[str, Any]:
    """A notice as a line of a list."""
    return {
        "reference": row.reference,
        "version": row.version,
        "kind": row.kind,
        "state": state(row.state, row.get_state_display()),
        "title": row.first_text.subject,
        "audience": audience_names(row),
        "languages": list(row.by_language),
        "published_at": moment(row.published_at),
        "until": day(row.until),
    }


def full_notice(row: Notice, reach: Reach) -> dict[str, Any]:
    """A notice with its words in every language, and how far it went."""
    names = ("language", "subject", "body", "easy", "is_read_again")
    return notice(row) | {
        "texts": [{name: getattr(text, name) for name in names} for text in row.by_language.values()],
        "reach": {name: getattr(reach, name) for name in ("emails", "sms", "doors", "posters")},
    }


def event(row: Event) -> dict[str, Any]:
    """An event; who comes is a number."""
    return {
        "reference": row.reference,
        "version": row.version,
        "state": state(row.state, row.get_state_display()),
        "title": row.title,
        "description": row.description,
        "starts_at": moment(row.starts_at),
        "ends_at": moment(row.ends_at),
        "place": row.place,
        "areas": [area.code for area in row.areas.all()],
        "languages": list(row.languages),
        "access": row.access,
        "places": row.places,
        "taken": row.taken,
        "people_came": row.people_came,
    }


def alert(row: Alert) -> dict[str, Any]:
    """An alert as a line of a list: places and numbers, nothing of the reports but how many they are."""
    return {
        "reference": row.reference,
        "sentence": sentences.headline(row),
        "state": state(row.state, row.get_state_display()),
        "group": {"id": row.group_id, "name": row.group.label},
        "method": row.method,
        "area": {"code": row.area.code, "name": row.area.name} if row.area else None,
        "place": row.place_name,
        "lat": row.lat,
        "lon": row.lon,
        "radius_m": row.radius_m,
        "found_on": day(row.found_on),
        **_risen(row),
    }


def _risen(row: Alert | AlertSighting) -> dict[str, Any]:
    return {
        "first_day": day(row.first_day),
        "last_day": day(row.last_day),
        "observed": row.observed,
        "expected": row.expected,
        "recurrence_days": row.recurrence_days,
    }


def full_alert(row: Alert, sightings: Iterable[AlertSighting]) -> dict[str, Any]:
    """One alert with its curve and the later nights on which the same rise was seen. What was decided is told by its state only."""
    return alert(row) | {
        "statistic": row.statistic,
        "p_value": row.p_value,
        "intensity": row.intensity,
        "curve": [
            {"day": day(one.day), "observed": one.observed, "expected": one.expected, "usual": one.usual}
            for one in row.curve_days
        ],
        "sightings": [
            {"seen_on": day(seen.seen_on), "new_reports": seen.new_reports, **_risen(seen)}
            for seen in sightings
        ],
    }
