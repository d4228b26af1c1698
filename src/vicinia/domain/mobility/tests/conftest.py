"""Who acts in the tests of the mobility."""

import datetime as dt
from dataclasses import dataclass

import pytest
import time_machine

from tests.cast import Cast
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility.engine import solving
from vicinia.domain.mobility.models import RehousingFile, Relocation
from vicinia.domain.mobility.tests import factories, solvers
from vicinia.domain.mobility.tests.factories import a_file, a_relocation, an_own_file, court
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def category(db) -> Category:
    parent = Category.objects.create(code="casa", name="Casa")
    return Category.objects.create(code="mobilita", name="Mobilità", parent=parent)


@pytest.fixture
def january():
    """The day on which the estate of the tests is planned: every lot is still to begin."""
    with time_machine.travel(dt.datetime(2027, 1, 15, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def estate(category: Category, january: None) -> factories.Estate:
    return factories.an_estate(category)


@pytest.fixture
def plain_solver(monkeypatch):
    """The computation without the real solver, which takes seconds to load."""
    monkeypatch.setattr(solving, "solve", solvers.plain)


@pytest.fixture
def lucia(cast: Cast) -> Actor:
    """Of the laboratory: she makes plans."""
    return cast.actor(cast.lucia)


@pytest.fixture
def anna(cast: Cast) -> Actor:
    """An operator: she sees dwellings."""
    return cast.actor(cast.anna)


@dataclass(frozen=True)
class Courts:
    """Two courts: households 1 and 2 in the first, which Lucia accompanies; the second is free."""

    relocation: Relocation
    file: RehousingFile
    other: RehousingFile
    free: list[Dwelling]
    lucia: Actor
    carla: Actor
    anna: Actor

    @property
    def home(self) -> Dwelling:
        return self.file.home


@pytest.fixture
def courts(cast: Cast, category: Category) -> Courts:
    first = court("1", doors=2, area=cast.crocetta)
    free = court("2", doors=3, area=cast.crocetta)
    relocation = a_relocation(category, *first, *free)
    return Courts(
        relocation,
        a_file(relocation, first[0], 1, cast.lucia),
        a_file(relocation, first[1], 2, cast.lucia),
        free,
        cast.actor(cast.lucia),
        cast.actor(cast.carla),
        cast.actor(cast.anna),
    )


@pytest.fixture
def carla(cast: Cast) -> Actor:
    """Coordinates: makes the plan, gives companions."""
    return cast.actor(cast.carla)


@pytest.fixture
def doors(cast: Cast) -> list[Dwelling]:
    """Four dwellings of a court that Lucia keeps."""
    return court("corteA", area=cast.crocetta, is_step_free=True)


@pytest.fixture
def relocation(category: Category, doors: list[Dwelling]) -> Relocation:
    """A relocation with these dwellings."""
    return a_relocation(category, *doors)


@pytest.fixture
def file(lucia: Actor, relocation: Relocation, doors: list[Dwelling]) -> RehousingFile:
    """A household that Lucia accompanies."""
    return an_own_file(lucia, relocation, doors[0])
