"""Who acts in the tests of the mobility."""

import pytest

from vicinia.domain.listening.models import Category


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def category(db) -> Category:
    parent = Category.objects.create(code="casa", name="Casa")
    return Category.objects.create(code="mobilita", name="Mobilità", parent=parent)
