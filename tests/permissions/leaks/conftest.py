"""One town, planted once for all readers; what a test writes is undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from tests.permissions.leaks.planted_around import plant
from tests.permissions.leaks.town import Town
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel.allowance import Allowance
from vicinia.interfaces.api import throttles

# Papers are printed while the town is planted: static files under their own names, as in every test.
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(scope="module")
def _files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any, _files: Path) -> Iterator[Town]:
    """The planted town, in a transaction that ends with the module."""
    with (
        django_db_blocker.unblock(),
        override_settings(
            MEDIA_ROOT=_files, SECOND_FACTOR=False, STORAGES=settings.STORAGES | {"staticfiles": PLAIN}
        ),
        translation.override("it"),
        transaction.atomic(),
    ):
        yield plant()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _as_the_town_is_run(
    settings: Any, _files_in_a_place_of_their_own: None, _files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files where the town has put them; papers in words, which a test can look through; nobody asks too often."""
    settings.MEDIA_ROOT = _files
    settings.SECOND_FACTOR = False
    # What breaks is said as it is, not as the page for it.
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    monkeypatch.setattr(pdf, "from_html", lambda html, made_at: html.encode())
    # Thousands of pages: nobody looks at the contexts that the test client would copy of each.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
    monkeypatch.setattr(Allowance, "take", lambda self, caller: True)
    monkeypatch.setattr(throttles.Counts, "another", lambda self, who: 1)
