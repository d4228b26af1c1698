"""Processes that compute, started by a test: they find its database, and end with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection

from vicinia.domain.mobility.jobs import computing


def database_url() -> str:
    """The database of this test, as a process of its own is told of it."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["VICINIA_DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture
def apart(shared_database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Processes that are started find the database of the test, and end with it."""
    monkeypatch.setenv("VICINIA_DATABASE_URL", database_url())
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "vicinia.config.settings")
    yield
    for child in computing._children:
        child.kill()
        child.wait()
    computing._children.clear()
