"""The pages of a sheet: written on a phone, printed, hidden with the case."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import police_kind, report_in
from vicinia.domain.problems import actions
from vicinia.domain.problems.states import QUESTIONS, Part
from vicinia.domain.problems.tests.test_sheet import measured, written
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
READ = ("sheet", "sheet_on_case", "sheet_paper")
WRITE = ("sheet_cause", "sheet_measure")


def test_the_whole_way_in_a_browser(desk, case):
    panel = reverse("sheet_on_case", args=[case.reference])
    assert "Comincia la scheda" in desk.get(panel).content.decode()
    begun = desk.post(reverse("sheet_begin", args=[case.reference]))
    assert begun["Location"] == reverse("sheet", args=[case.reference])
    assert "Che danno fa" in desk.get(begun["Location"]).content.decode()

    part = reverse("sheet_part", args=[case.reference, "scanning"])
    answers = {question.name: f"Detto di {question.name}" for question in QUESTIONS[Part.SCANNING]}
    assert desk.get(part).status_code == 200
    assert desk.post(part, answers | {"seen_version": 1}).status_code == 303
    slower = desk.post(part, answers | {"seen_version": 1, "harm": "Scritto da un altro"})
    assert slower.status_code == 409
    assert "Scritto da un altro" in slower.content.decode()
    assert "Detto di harm" in slower.content.decode()

    cause = reverse("sheet_cause", args=[case.reference])
    assert desk.post(cause, {"what": ""}).status_code == 422
    assert desk.post(cause, {"what": "cancello aperto"}).status_code == 303
    measure = reverse("sheet_measure", args=[case.reference])
    assert "cancello aperto" in desk.get(measure).content.decode()
    typed = {
        "what": "chiuderlo",
        "mechanism": "nessuno passa",
        "owner": "ufficio verde",
        "kind": "works",
        "way": "direct",
    }
    refused = desk.post(measure, typed)
    assert refused.status_code == 422
    assert "nessuno passa" in refused.content.decode(), "what was typed is kept"
    chosen = {"cause": case.sheet.causes.get().pk, "planned_on": clock.today().isoformat()}
    assert desk.post(measure, typed | chosen).status_code == 303
    page = desk.get(reverse("sheet", args=[case.reference])).content.decode()
    assert "nessuno passa" in page
    assert "manca" in desk.get(panel, headers={"HX-Request": "true"}).content.decode()


def test_a_cause_is_taken_away(desk, anna, sheet):
    cause = actions.add_cause(by=anna, sheet=sheet, what="errore")
    address = reverse("sheet_cause_drop", args=[sheet.case.reference, cause.pk])
    assert desk.get(address).status_code == 405
    assert desk.post(address).status_code == 303
    assert desk.post(address).status_code == 404


def test_a_part_without_questions_is_not_written(desk, sheet):
    for code in ("response", "altro"):
        assert desk.get(reverse("sheet_part", args=[sheet.case.reference, code])).status_code == 404


def test_the_paper_says_it_in_order(desk, anna, sheet):
    written(anna, sheet, Part.SCANNING, harm="Nessuno porta più i bambini")
    measured(
        anna, sheet, actions.add_cause(by=anna, sheet=sheet, what="lampioni spenti", evidence="tre notti")
    )
    answer = desk.get(reverse("sheet_paper", args=[sheet.case.reference]))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    places = [
        text.index(word) for word in ("Nessuno porta più", "lampioni spenti", "ufficio verde", "Mantenimento")
    ]
    assert places == sorted(places)


def test_the_page_costs_the_same_with_many_causes(desk, anna, sheet):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            desk.get(reverse("sheet", args=[sheet.case.reference]))
        return len(asked)

    measured(anna, sheet, actions.add_cause(by=anna, sheet=sheet, what="una"))
    cost()
    one = cost()
    for number in range(50):
        cause = actions.add_cause(by=anna, sheet=sheet, what=f"causa {number}")
        measured(anna, sheet, cause, what=f"misura {number}")
    assert cost() == one


def test_who_may_not_see_the_case_finds_no_sheet(cast, settings, anna, sheet):
    settings.SECOND_FACTOR = False
    police = case_of(anna, report_in(cast.crocetta, category=police_kind()), kind="place")
    actions.begin_sheet(by=anna, case=police)
    expected = {"anna": (200, 200), "bruno": (404, 404), "carla": (200, 200), "lucia": (200, 404)}
    expected |= dict.fromkeys(("marco", "paolo", "vera", "dario", "ada"), (403, 403))
    for who, statuses in expected.items():
        client = Client()
        client.force_login(getattr(cast, who))
        for row, status in zip((sheet.case, police), statuses, strict=True):
            for name in READ + WRITE:
                if name == "sheet_paper" and who not in ("bruno", "lucia", "marco"):
                    continue  # a PDF takes its time
                answer = client.get(reverse(name, args=[row.reference]))
                assert answer.status_code == status, (who, name, row)
            part = client.get(reverse("sheet_part", args=[row.reference, "scanning"]))
            assert part.status_code == status, (who, row)
            if status != 200:
                assert client.post(reverse("sheet_begin", args=[row.reference])).status_code == status


def test_a_case_without_a_sheet_has_no_page_of_one(desk, case):
    assert desk.get(reverse("sheet", args=[case.reference])).status_code == 404
