"""The papers of a case: the town's words around our tables, and a day that is still right tomorrow."""

from __future__ import annotations

from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader

from tests.cast import Cast
from vicinia.domain.casework import actions, papers
from vicinia.domain.casework.documents import DOSSIER, HANDOVER
from vicinia.domain.casework.states import CaseKind
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.listening.tests.factories import kind, report_in
from vicinia.domain.territory.queries import Location
from vicinia.foundation.documents import actions as texts
from vicinia.foundation.documents import queries as documents

pytestmark = pytest.mark.django_db


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def publish(cast: Cast, key: str, before: str, after: str) -> None:
    source = documents.text_of(key, "it").source
    assert before in source
    ada = cast.actor(cast.ada)
    text = texts.save_draft(by=ada, key=key, language="it", source=source.replace(before, after))
    texts.publish(by=ada, text=text)


@time_machine.travel("2026-11-23T10:00:00+01:00", tick=False)
def test_a_dossier_says_the_day_it_was_printed(cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    case = case_of(anna, report_in(cast.crocetta))
    printed = words_of(papers.dossier(by=anna, case=case))
    assert "Versione senza dati personali." in printed
    assert f"Stampato da {anna.name}, 23 novembre 2026." in printed


def test_the_papers_of_a_case_print_the_towns_words_around_our_tables(cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    case = case_of(anna, report_in(cast.crocetta))
    publish(cast, DOSSIER, "Versione senza dati personali.", "Copia senza nomi.")
    publish(cast, HANDOVER, "{{ sheet }}", "Buon lavoro.\n\n{{ sheet }}")
    dossier = words_of(papers.dossier(by=anna, case=case))
    assert "Copia senza nomi." in dossier
    assert "Versione senza" not in dossier
    assert "Cronologia" in dossier
    sheet = words_of(papers.handover_sheets(by=anna, cases=[case]))
    assert "Buon lavoro." in sheet
    assert case.reference in sheet


def test_a_case_without_a_report_has_its_sheet_and_its_dossier(cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    new = actions.OpenCase(
        "Accompagnamento di un nucleo",
        kind("casa"),
        LegalBasis.ADMINISTRATIVE,
        CaseKind.REHOUSING,
        location=Location(area_id=cast.crocetta.pk),
    )
    case = actions.take_charge(by=anna, case=actions.open_case(by=anna, new=new, reports=[]))
    for paper in (papers.handover_sheets(by=anna, cases=[case]), papers.dossier(by=anna, case=case)):
        assert "Accompagnamento di un nucleo" in words_of(paper)
