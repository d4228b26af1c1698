"""The page of imports: for who may import, a trial before anything is written, undo after asking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from vicinia.domain.listening.models import ImportBatch, Report

ROWS = b"aperta,tipo\n2026-03-02,Buche\nieri,Buche\n"
MAPPING = 'source = "v"\n[columns]\nopened = "aperta"\nkind = "tipo"\n[kinds]\ncreate = true\n'


@pytest.fixture
def town(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    settings.SECOND_FACTOR = False
    (tmp_path / "importazioni").mkdir()
    (tmp_path / "importazioni" / "vecchio.toml").write_text(MAPPING)
    return tmp_path


def send(client: Client, content: bytes = ROWS, **words: str) -> Any:
    file = SimpleUploadedFile("vecchio.csv", content)
    return client.post("/importazioni/carica", {"mapping": "vecchio", "file": file} | words)


def test_the_administrator_tries_a_file_then_imports_it_and_takes_it_back(
    client: Client, cast: Cast, town: Path
) -> None:
    client.force_login(cast.ada)
    tried = send(client)
    assert tried.status_code == 200 and "non abbiamo ancora scritto niente" in tried.content.decode()
    assert not Report.objects.exists()
    token = tried.context["form"].initial["tried"]
    assert send(client, tried=token).status_code == 303
    batch = ImportBatch.objects.get()
    assert (batch.kept_count, batch.refused_count, batch.file_name) == (1, 1, "vecchio.csv")
    refused = client.get(f"/importazioni/{batch.pk}/scartate")
    assert b"ieri" in b"".join(refused.streaming_content)  # type: ignore[arg-type]
    assert client.post(f"/importazioni/{batch.pk}/annulla").status_code == 303
    assert not Report.objects.exists()


def test_another_file_than_the_one_tried_is_tried_again(client: Client, cast: Cast, town: Path) -> None:
    client.force_login(cast.ada)
    token = send(client).context["form"].initial["tried"]
    other = send(client, ROWS + b"2026-03-03,Buche\n", tried=token)
    assert other.status_code == 200 and not Report.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a,b\n" * 5002, "import-reports"),
        (b"\x1f\x8b" + b"0" * 50, "compresso"),
        (b"a,b\n1,2\n", "columns.opened"),
    ],
)
def test_a_file_that_the_page_cannot_take_says_why(
    client: Client, cast: Cast, town: Path, content: bytes, why: str
) -> None:
    client.force_login(cast.ada)
    answer = send(client, content)
    assert answer.status_code == 422 and why in answer.content.decode()


@pytest.mark.parametrize("who", ["anna", "lucia", "marco", "paolo", "dario"])
def test_who_may_not_import_sees_no_page_of_imports(client: Client, cast: Cast, town: Path, who: str) -> None:
    batch = ImportBatch.objects.create(source="v", file_name="f", refusals=[[2, "perché"]])
    client.force_login(getattr(cast, who))
    addresses = ["/importazioni", f"/importazioni/{batch.pk}/annulla", f"/importazioni/{batch.pk}/scartate"]
    assert {client.get(address).status_code for address in addresses} == {403}
    assert send(client).status_code == 403


def test_the_page_costs_the_same_with_one_import_and_with_thirty(
    client: Client, cast: Cast, town: Path, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.ada)
    ImportBatch.objects.create(source="v", file_name="f")
    client.get("/importazioni")
    ImportBatch.objects.bulk_create(ImportBatch(source="v", file_name=str(n)) for n in range(30))
    with django_assert_max_num_queries(7):
        assert client.get("/importazioni").content.count(b"row-title") == 31
