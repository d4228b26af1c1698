"""Who acts in the tests of the mobility."""

import pytest

from tests.cast import Cast
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility.models import RehousingFile, Relocation
from vicinia.domain.mobility.tests.factories import a_relocation, an_own_file, court
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
def lucia(cast: Cast) -> Actor:
    """The laboratory: makes the plan, accompanies households."""
    return cast.actor(cast.lucia)


@pytest.fixture
def carla(cast: Cast) -> Actor:
    """Coordinates: makes the plan, gives companions."""
    return cast.actor(cast.carla)


@pytest.fixture
def anna(cast: Cast) -> Actor:
    """An operator: sees dwellings only."""
    return cast.actor(cast.anna)


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
