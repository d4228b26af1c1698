"""A programme for the Crocetta that Lucia keeps and Carla signs: one sheet with money, half a year of work."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.cast import Cast
from vicinia.domain.programme import actions, queries
from vicinia.domain.programme.models import ActionSheet, Activity, BudgetLine, FunderReport, Programme
from vicinia.domain.programme.states import ActivityKind, AxisKind, MemberKind, ProgrammeState, SheetState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

_sent = iter(range(10**6))


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def lucia(cast: Cast) -> Actor:
    return cast.actor(cast.lucia)


@pytest.fixture
def carla(cast: Cast) -> Actor:
    return cast.actor(cast.carla)


def ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


@pytest.fixture
def programme(lucia: Actor, cast: Cast) -> Programme:
    new = actions.ProgrammePlan(
        "Abitare la Crocetta",
        "Regione",
        ago(300),
        ago(-600),
        "Case e vicini.",
        "DGR 12",
        areas=[cast.crocetta],
    )
    return actions.plan_programme(by=lucia, new=new)


@pytest.fixture
def sheet(lucia: Actor, carla: Actor, programme: Programme) -> ActionSheet:
    axis = actions.add_axis(by=lucia, programme=programme, kind=AxisKind.SOCIAL, title="Azioni sociali")
    new = actions.SheetPlan(
        "Sportello sociale", ago(290), ago(-300), headings={"aims": "Ascoltare.", "target": "Chi abita qui."}
    )
    row = actions.add_sheet(by=lucia, programme=programme, axis=axis, new=new)
    actions.enter_programme(by=carla, programme=programme, state=ProgrammeState.ACTIVE)
    return actions.enter_sheet(by=lucia, sheet=row, state=SheetState.UNDER_WAY)


@pytest.fixture
def line(lucia: Actor, sheet: ActionSheet) -> BudgetLine:
    return actions.add_budget_line(
        by=lucia, sheet=sheet, title="Materiali", source="Regione", amount=Decimal("1000.00")
    )


def log(by: Actor, sheet: ActionSheet, **changes) -> Activity:
    values = {"day": ago(20), "kind": ActivityKind.DESK, "what": "Sportello del lunedì", "people": 7}
    new = actions.Done(sheet=queries.sheet(by, sheet.pk), **values | changes)
    return actions.log_activity(by=by, new=new, once=f"once-{next(_sent)}")


@pytest.fixture
def activity(lucia: Actor, sheet: ActionSheet) -> Activity:
    return log(lucia, sheet, hours=Decimal("2.5"))


def seat(by: Actor, programme: Programme, **changes):
    values = {"kind": MemberKind.RESIDENT, "from_day": ago(280), "words": "Rosa Bianchi"}
    return actions.seat_member(by=by, programme=programme, new=actions.NewMember(**values | changes))


def begin(by: Actor, programme: Programme, **changes) -> FunderReport:
    (_digest, text), *_others = queries.texts_to_choose(programme)
    values = {"from_day": ago(120), "to_day": ago(1), "text": text}
    return actions.begin_report(by=by, programme=programme, new=actions.Period(**values | changes))


@pytest.fixture
def report(lucia: Actor, sheet: ActionSheet, activity: Activity) -> FunderReport:
    """Everything that blocks is written."""
    row = begin(lucia, sheet.programme)
    row = actions.write_report(
        by=lucia, report=row, words="Sei mesi di lavoro.", due_on=ago(-10), seen_version=None
    )
    actions.write_note(by=lucia, report=row, sheet=sheet, words="Aperto ogni lunedì.", seen_version=None)
    return row


@pytest.fixture
def frozen(carla: Actor, report: FunderReport) -> FunderReport:
    actions.check(by=carla, report=report, note="Il comitato si riunisce a gennaio.")
    actions.freeze(by=carla, report=report)
    report.refresh_from_db()
    return report
