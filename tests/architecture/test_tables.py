"""Lists have one order, migrations have names and one line of history."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from tests.architecture.house import SOURCE

_AUTOMATIC = re.compile(r"^\d{4}_(auto_|alter_|rename_field|remove_field)|_and_more$")


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("vicinia.")]


def unsteady_order(model: type[models.Model]) -> str:
    """Why rows of a model may change places between two pages, or ""."""
    ordering = [str(name).lstrip("-") for name in model._meta.ordering or ()]
    if not ordering:
        return ""
    last = ordering[-1]
    if last == "pk" or model._meta.get_field(last).unique:  # type: ignore[union-attr]  # a name of our own columns
        return ""
    together = [set(names) for names in model._meta.unique_together]
    together += [
        set(rule.fields)
        for rule in model._meta.constraints
        if isinstance(rule, models.UniqueConstraint) and not rule.condition
    ]
    return (
        ""
        if any(names <= set(ordering) for names in together)
        else f"{model._meta.label} orders by {ordering}"
    )


def test_every_list_orders_by_something_unique() -> None:
    assert len(own_models()) > 20
    assert not [fault for model in own_models() if (fault := unsteady_order(model))]


def test_a_planted_unsteady_order_is_caught() -> None:
    class Loose(models.Model):
        title = models.CharField(max_length=10)

        class Meta:
            app_label = "planted"
            ordering = ("title",)

    assert unsteady_order(Loose)


def test_migrations_are_named() -> None:
    names = [path.stem for path in (SOURCE / "vicinia").rglob("migrations/0*.py")]
    assert names
    assert not [name for name in names if _AUTOMATIC.search(name)]
    assert _AUTOMATIC.search("0002_auto_20260101_1200") and _AUTOMATIC.search("0003_case_x_and_more")
    assert not _AUTOMATIC.search("0002_sealed_in_order")


def test_every_app_has_one_line_of_migrations() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    assert loader.detect_conflicts() == {}


def test_every_app_with_tables_has_migrations() -> None:
    folders = {Path(apps.get_app_config(model._meta.app_label).path) for model in own_models()}
    assert not [str(folder) for folder in folders if not list(folder.glob("migrations/0*.py"))]
