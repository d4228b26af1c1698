"""Who acts in the tests of the mobility."""

from dataclasses import dataclass

import pytest

from tests.cast import Cast
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility.models import RehousingFile, Relocation
from vicinia.domain.mobility.tests.factories import a_file, a_relocation, court
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def category(db) -> Category:
    parent = Category.objects.create(code="casa", name="Casa")
    return Category.objects.create(code="mobilita", name="Mobilità", parent=parent)


@dataclass(frozen=True)
class Estate:
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
def estate(cast: Cast, category: Category) -> Estate:
    first = court("1", doors=2, area=cast.crocetta)
    free = court("2", doors=3, area=cast.crocetta)
    relocation = a_relocation(category, *first, *free)
    return Estate(
        relocation,
        a_file(relocation, first[0], 1, cast.lucia),
        a_file(relocation, first[1], 2, cast.lucia),
        free,
        cast.actor(cast.lucia),
        cast.actor(cast.carla),
        cast.actor(cast.anna),
    )
