"""What is done with a SARA sheet. After each act the case knows what the sheet still lacks."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.problems import events, queries, rules
from vicinia.domain.problems.models import Cause, Measure, Sheet
from vicinia.domain.problems.states import BLOCKS, QUESTIONS, Part
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def begin_sheet(*, by: Actor, case: Case) -> Sheet:
    """Begin the sheet of a place problem. From now on each stage waits for the part before it."""
    case = Case.objects.lock(case)
    rules.may_begin(by, case, has_sheet=queries.sheet_of(case) is not None).require()

    sheet = Sheet.objects.create(case=case)

    journal.record(events.BEGUN, by=by, about=case)
    _tell_the_case(by, sheet)
    return sheet


@transaction.atomic
def write_part(
    *, by: Actor, sheet: Sheet, part: str, answers: Mapping[str, str], seen_version: int | None
) -> Sheet:
    """Write the answers of one part. Who was slower than a colleague is told and loses nothing."""
    sheet = _locked(sheet).require_version(seen_version, yours=answers)
    rules.may_write(by, sheet.case).require()

    for question in QUESTIONS[part]:
        setattr(sheet, question.name, answers.get(question.name, ""))
    sheet.save()

    journal.record(events.WRITTEN, by=by, about=sheet.case, part=journal.kept(Part(part).label))
    _tell_the_case(by, sheet)
    return sheet


@transaction.atomic
def add_cause(*, by: Actor, sheet: Sheet, what: str, evidence: str = "") -> Cause:
    """Write down what makes the problem possible."""
    sheet = _locked(sheet)
    rules.may_write(by, sheet.case).require()

    cause = Cause.objects.create(sheet=sheet, what=what, evidence=evidence)

    journal.record(events.CAUSE, by=by, about=sheet.case, what=what)
    _tell_the_case(by, sheet)
    return cause


@transaction.atomic
def drop_cause(*, by: Actor, cause: Cause) -> None:
    """Take away a cause on which nothing acts."""
    sheet = _locked(cause.sheet)
    rules.may_drop_cause(by, sheet.case, measures=queries.measures_on(cause)).require()

    what = cause.what
    cause.delete()

    journal.record(events.CAUSE_DROPPED, by=by, about=sheet.case, what=what)
    _tell_the_case(by, sheet)


@transaction.atomic
def add_measure(
    *, by: Actor, sheet: Sheet, cause: Cause, mechanism: str, owner: str, new: casework.NewIntervention
) -> Measure:
    """Plan an intervention on a cause, saying why it should work."""
    sheet = _locked(sheet)
    rules.may_add_measure(by, sheet.case, is_cause_of_sheet=cause.sheet_id == sheet.pk).require()

    intervention = casework.plan_intervention(by=by, case=sheet.case, new=new)
    values = {"cause": cause, "mechanism": mechanism, "owner": owner}
    measure = Measure.objects.create(sheet=sheet, intervention=intervention, **values)

    journal.record(events.MEASURE, by=by, about=sheet.case, what=new.what, mechanism=mechanism)
    _tell_the_case(by, sheet)
    return measure


@transaction.atomic
def note_print(*, by: Actor, sheet: Sheet) -> None:
    """The sheet was printed: its case says so."""
    rules.may_see(by, sheet.case).require()
    journal.record(events.PRINTED, by=by, about=sheet.case)


@transaction.atomic
def look_again(*, by: Actor, sheet: Sheet) -> None:
    """Tell the case again what the sheet lacks: a measure may have been cancelled among the interventions."""
    _tell_the_case(by, _locked(sheet))


def _locked(sheet: Sheet) -> Sheet:
    row: Sheet = Sheet.objects.select_for_update(of=("self",)).select_related("case__owner").get(pk=sheet.pk)
    return row


def _tell_the_case(by: Actor, sheet: Sheet) -> None:
    """What each part lacks holds the case before the stage that needs it."""
    url = reverse("sheet", args=[sheet.case.reference])
    for part in queries.filled(sheet, queries.thought_of(sheet)):
        key = f"sheet:{sheet.pk}:{part.code}"
        if not part.missing:
            casework.settle_matter(by=by, key=key)
            continue
        kind, blocks = events.INCOMPLETE[Part(part.code)], BLOCKS[Part(part.code)]
        matter = casework.OpenMatter(key=key, kind=kind, url=f"{url}#{part.code}", blocks=blocks)
        casework.raise_matter(by=by, case=sheet.case, matter=matter)
