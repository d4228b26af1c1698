"""A report to the funder: what is missing, what is frozen, what comes back."""

import datetime as dt
import io
from decimal import Decimal
from hashlib import sha256

import pytest
import time_machine
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from vicinia.domain.programme import actions, papers, queries, rules
from vicinia.domain.programme.models import Activity, Cost, Edition, FunderReport, Indicator, SheetNote
from vicinia.domain.programme.states import FileKind, Measure, ReportState, Scope
from vicinia.domain.programme.tests.conftest import ago, begin, log
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.kernel.registries import countables

pytestmark = pytest.mark.django_db
NOTE = "Va bene così."


def bytes_of(edition: Edition) -> dict[str, bytes]:
    return {kind: bytes(queries.file_of(edition, kind).content) for kind in FileKind}


def test_a_frozen_report_is_made_again_to_the_byte(lucia, carla, sheet, line, frozen, programme):
    edition = queries.edition_of(frozen, 1)
    kept = bytes_of(edition)
    assert {one.kind: one.sha256 for one in queries.files_of(edition)} == {
        kind: sha256(content).hexdigest() for kind, content in kept.items()
    }
    log(lucia, sheet, what="Aggiunta dopo", people=99, hours=Decimal(8))
    actions.record_cost(by=lucia, sheet=sheet, new=actions.NewCost(line, ago(3), Decimal("55.00"), "Colori"))
    actions.add_indicator(by=lucia, sheet=sheet, new=actions.IndicatorPlan("Nuovo", queries.ACTIVITIES))
    new = actions.SheetPlan("Un altro titolo", sheet.from_day, sheet.to_day)
    actions.change_sheet(by=lucia, sheet=sheet, new=new, seen_version=None)
    with time_machine.travel(clock.now() + dt.timedelta(days=400, seconds=7), tick=False):
        again = queries.edition_of(frozen, 1)
        remade = {kind: papers.made(papers.frozen_of(again), kind) for kind in FileKind}
    assert remade == kept
    assert queries.digest_of(again.content) == again.digest
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(kept["pdf"])).pages)
    assert "Sportello del lunedì" in words and "Aggiunta dopo" not in words
    assert queries.content_of(lucia, frozen)["sheets"][0]["figures"]["activities"]["value"] == 2


def test_the_three_forms_open_and_say_the_same(lucia, sheet, line, activity, carla, programme):
    from odfdo import Document
    from openpyxl import load_workbook

    actions.add_indicator(
        by=lucia, sheet=sheet, new=actions.IndicatorPlan("Aperture", queries.ACTIVITIES, goal=10)
    )
    log(lucia, sheet, what='=HYPERLINK("http://male.example")', deliverables="Un volantino")
    cost = actions.NewCost(line, ago(5), Decimal("120.50"), "Stampe", "Tipografia", "12/2026")
    actions.record_cost(by=lucia, sheet=sheet, new=cost)
    milestone = actions.add_milestone(by=lucia, sheet=sheet, title="Apertura", planned_on=ago(60))
    actions.move_milestone(by=lucia, milestone=milestone, to_day=ago(30), reason="Mancavano le chiavi.")
    actions.reach_milestone(by=lucia, milestone=milestone, on=ago(31))
    row = begin(lucia, programme)
    actions.write_report(by=lucia, report=row, words="Ecco.", due_on=None, seen_version=None)
    actions.write_note(by=lucia, report=row, sheet=sheet, words="Aperto.", seen_version=None)
    actions.check(by=carla, report=row, note=NOTE)
    edition = actions.freeze(by=carla, report=row)
    files = bytes_of(edition)
    book = load_workbook(io.BytesIO(files["xlsx"]))
    assert "Riepilogo" in book.sheetnames and "Registrazioni" in book.sheetnames
    cells = {cell.value for page in book for line_ in page.iter_rows() for cell in line_}
    assert {"Aperture", "Mancavano le chiavi.", "Un volantino"} <= cells and 120.5 in {
        float(cell) for cell in cells if isinstance(cell, int | float)
    }
    risky = [c for page in book for r in page.iter_rows() for c in r if str(c.value).startswith("=HYPER")]
    assert risky and all(cell.data_type == "s" for cell in risky)
    text = Document(io.BytesIO(files["odt"])).get_formatted_text()
    assert "Aperture" in text and "Mancavano le chiavi." in text and "120,50" in text
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"])).pages)
    assert "Aperture" in words and "120,50" in words and "Mancavano le chiavi" in words


def test_what_is_missing_is_said_before_the_check(lucia, carla, sheet, line, programme):
    row = begin(lucia, programme)
    actions.add_milestone(by=lucia, sheet=sheet, title="Apertura", planned_on=ago(60))
    gone = actions.add_indicator(by=lucia, sheet=sheet, new=actions.IndicatorPlan("X", queries.ACTIVITIES))
    Indicator.objects.filter(pk=gone.pk).update(source="nothing_any_more")
    cost = actions.NewCost(line, ago(5), Decimal("1200.00"), "Troppo")
    actions.record_cost(by=lucia, sheet=sheet, new=cost)
    gaps = queries.gaps_in(lucia, row, queries.content_of(lucia, row))
    said = " ".join(one.sentence for one in gaps)
    for words in (
        "presentazione",
        "scrivi che cosa si è fatto",
        "nessuna attività",
        "tappe scadute",
        "senza ricevuta",
        "più del previsto",
        "senza obiettivo",
        "non c'è più",
        "non si è riunito",
        "rappresentanti degli abitanti",
    ):
        assert words in said, words
    assert [one.blocks for one in gaps] == sorted((one.blocks for one in gaps), reverse=True)
    with pytest.raises(Refused, match="nell'elenco"):
        actions.check(by=carla, report=row, note=NOTE)


def test_a_report_from_its_first_words_to_its_approval(lucia, carla, frozen, sheet):
    today = clock.today()
    with pytest.raises(Refused, match="già controllato"):
        actions.write_report(by=lucia, report=frozen, words="x", due_on=None, seen_version=None)
    with pytest.raises(Refused, match="protocollo"):
        actions.send(by=carla, report=frozen, protocol=" ", on=today)
    with pytest.raises(Refused, match="deve ancora venire"):
        actions.send(by=carla, report=frozen, protocol="1", on=ago(-1))
    actions.send(by=carla, report=frozen, protocol="2026/1", on=today)
    with pytest.raises(Refused, match="che cosa chiedono"):
        actions.ask(by=lucia, report=frozen, words="", asked_on=today)
    query = actions.ask(by=lucia, report=frozen, words="Quante ore?", asked_on=today, answer_by=ago(-9))
    second = actions.ask(by=lucia, report=frozen, words="E quante persone?", asked_on=today)
    log(lucia, sheet, what="Trovata nei registri")
    actions.add_indicator(by=lucia, sheet=sheet, new=actions.IndicatorPlan("Nuovo", queries.ACTIVITIES))
    with pytest.raises(Refused, match="Rispondi prima"):
        actions.integrate(by=carla, report=frozen, protocol="2026/2", on=today)
    with pytest.raises(Refused, match="Scrivi la risposta"):
        actions.answer(by=lucia, query=query, words=" ")
    actions.answer(by=lucia, query=query, words="Cinquanta.")
    actions.answer(by=lucia, query=second, words="Sette.")
    edition = actions.integrate(by=carla, report=frozen, protocol="2026/2", on=today)
    assert edition.number == 2 and "Cinquanta." in edition.content
    with pytest.raises(Refused, match="già partito"):
        actions.answer(by=lucia, query=query, words="Altro.")
    with pytest.raises(Refused, match="deve ancora venire"):
        actions.approve(by=carla, report=frozen, on=ago(-3))
    row = actions.approve(by=carla, report=frozen, on=today)
    assert (row.state, row.protocol) == (ReportState.APPROVED, "2026/2")
    assert [one.number for one in queries.editions_of(row)] == [2, 1]
    assert "già partito" not in row.words and not queries.reports(lucia).open().exists()


def test_a_slip_found_before_sending_makes_another_edition(lucia, carla, frozen, sheet):
    new = actions.IndicatorPlan("Attività", queries.ACTIVITIES, measure=Measure.AMOUNT)
    with pytest.raises(Refused, match="perché si riapre"):
        actions.reopen(by=carla, report=frozen, reason="")
    row = actions.reopen(by=carla, report=frozen, reason="Mancava un indicatore.")
    indicator = actions.add_indicator(by=lucia, sheet=sheet, new=new)
    actions.check(by=carla, report=row, note=NOTE)
    first = actions.freeze(by=carla, report=row)
    actions.reopen(by=carla, report=row, reason="Manca un'attività.")
    log(lucia, sheet, people=5)
    actions.check(by=carla, report=row, note=NOTE)
    second = actions.freeze(by=carla, report=row)
    (changed,) = queries.changed_between(queries.said_in(first), queries.said_in(second))
    assert (changed.title, changed.before, changed.now) == (indicator.title, "7", "12")
    behind = queries.figure_in(queries.said_in(second), sheet.pk, str(indicator.pk))
    assert (behind.value, len(behind.ids)) == ("12", 2)
    assert queries.figure_in(queries.said_in(second), sheet.pk, "hours").value == "3.50"
    for bad in ((sheet.pk, "boh"), (0, "hours")):
        with pytest.raises(NotVisible):
            queries.figure_in(queries.said_in(second), *bad)
    with pytest.raises(NotVisible):
        queries.file_of(second, "doc")


def test_who_checks_is_not_who_only_writes(lucia, carla, report, cast, programme):
    assert "coordinatore" in str(rules.may_check(lucia, report, [], NOTE).sentence)
    with pytest.raises(Refused) as refused:
        actions.freeze(by=lucia, report=report)
    assert refused.value.verdict.status == 403
    with pytest.raises(Refused, match="perché quello che manca"):
        actions.check(by=carla, report=report)
    assert rules.may_check(carla, report, [], "").allowed
    for stranger in (cast.marco, cast.dario, cast.vera):
        assert not queries.reports(cast.actor(stranger)).exists()
        with pytest.raises(Refused):
            begin(cast.actor(stranger), programme)
    with pytest.raises(Conflict):
        actions.write_report(by=lucia, report=report, words="b", due_on=None, seen_version=99)
    note = SheetNote.objects.get()
    with pytest.raises(Conflict):
        actions.write_note(by=lucia, report=report, sheet=note.sheet, words="b", seen_version=99)
    actions.write_note(by=lucia, report=report, sheet=note.sheet, words="b", seen_version=note.version)


def test_a_period_lies_within_its_programme(lucia, programme, sheet):
    with pytest.raises(Refused, match="dentro i giorni"):
        begin(lucia, programme, from_day=ago(900))
    with pytest.raises(Refused, match="Finisce prima"):
        begin(lucia, programme, from_day=ago(10), to_day=ago(20))
    row = begin(lucia, programme, to_day=ago(-5))
    gaps = queries.gaps_in(lucia, row, queries.content_of(lucia, row))
    assert "non è ancora finito" in gaps[0].sentence
    empty = begin(lucia, programme, from_day=ago(300), to_day=ago(295))
    gaps = queries.gaps_in(lucia, empty, queries.content_of(lucia, empty))
    assert any("nessuna scheda" in one.sentence for one in gaps)
    assert list(queries.reports_due(lucia, clock.today())) == []
    assert not rules.may_begin_report(lucia, FunderReport(programme=type(programme)(state="draft")))


def test_the_database_holds_what_must_hold(report):
    for values in (
        {"state": "sent"},
        {"state": "approved", "protocol": "1", "sent_on": ago(1), "checked_by": "x"},
        {"state": "checked"},
        {"from_day": ago(1), "to_day": ago(5)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FunderReport.objects.filter(pk=report.pk).update(**values)


def test_figures_of_cases_never_say_which(lucia, sheet, programme):
    counted = [key for key, one in countables.items() if one.links is None]
    assert {"cases", "cases_closed", "contacts", "mediations"} <= set(counted)
    for key in countables:
        new = actions.IndicatorPlan(f"Quanti {key}", key, scope=Scope.ALL, measure=Measure.PEOPLE)
        actions.add_indicator(by=lucia, sheet=sheet, new=new)
    content = queries.content_of(lucia, begin(lucia, programme))
    assert len(content["sheets"][0]["indicators"]) == len(countables)
    assert all(one["is_known"] for one in content["sheets"][0]["indicators"])
    assert all(not one["ids"] for one in content["sheets"][0]["indicators"] if one["source"] in counted)
    assert not Activity.objects.exists() and not Cost.objects.exists()
