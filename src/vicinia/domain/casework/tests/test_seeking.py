"""Adding a person or a report to a case, or a report to another: found by what one knows, with or without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import ReportState
from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
UGO = PersonDetails(name="Ugo Neri", phone="059 765432")
IDA = PersonDetails(name="Ida Blu", phone="059 112233")


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]


@pytest.fixture
def case(cast: Cast, anna: Actor) -> Case:
    return case_of(anna, report_in(cast.crocetta))


def text_of(response: Any) -> str:
    return str(response.content.decode())


def offered(response: Any) -> list[str]:
    """The values of the choices that a page offers."""
    return re.findall(r'type="radio" name="\w+_among" value="([^"]+)"', text_of(response))


def suggested(client: Client, name: str, reference: str, words: str = "") -> dict[str, str]:
    rows = client.get(reverse(name, args=[reference]), {"q": words}).json()
    return {row["value"]: row["hint"] for row in rows}


def people_in(case: Case) -> set[str]:
    return set(case.case_people.values_list("person__reference", flat=True))


def reporter_of(report: Report) -> str:
    assert report.reporter is not None
    return report.reporter.reference


def test_a_person_is_found_by_name_and_added_only_when_chosen(cast: Cast, desk: Client, case: Case) -> None:
    ugo = reporter_of(report_in(cast.crocetta, reporter=UGO))
    url, before = reverse("case_persona", args=[case.reference]), people_in(case)
    asked = desk.post(url, {"person": "neri ugo", "role": "witness", "label": "Scala B"})
    assert asked.status_code == 422 and people_in(case) == before
    assert offered(asked) == [ugo] and "Ugo Neri" in text_of(asked) and "Scala B" in text_of(asked)
    values = {"person": "neri ugo", "person_asked": "neri ugo", "person_among": ugo, "role": "witness"}
    assert desk.post(url, values).status_code == 303
    assert people_in(case) == before | {ugo}


def test_a_person_is_added_by_reference_or_as_proposed_while_typing(
    cast: Cast, desk: Client, case: Case
) -> None:
    url = reverse("case_persona", args=[case.reference])
    ugo, ida = (reporter_of(report_in(cast.crocetta, reporter=who)) for who in (UGO, IDA))
    assert 'data-suggest-url="/segnalazione-nuova/persone"' in text_of(desk.get(url))
    assert desk.post(url, {"person": ugo, "role": "witness"}).status_code == 303
    proposed = {"person": "Ida Blu", "person_chosen": ida, "role": "witness"}
    assert desk.post(url, proposed).status_code == 303
    assert {ugo, ida} < people_in(case)


def test_nobody_is_found_beyond_what_anna_sees_and_each_search_is_logged(
    cast: Cast, desk: Client, case: Case
) -> None:
    url, before = reverse("case_persona", args=[case.reference]), people_in(case)
    ugo = reporter_of(report_in(cast.stazione, reporter=UGO))
    for values in ({"person": "ugo neri"}, {"person": ugo}, {"person": "x", "person_chosen": ugo}):
        answer = desk.post(url, values | {"role": "witness"})
        assert answer.status_code == 422 and not offered(answer), values
        assert "niente con quest" in text_of(answer)
    assert people_in(case) == before
    assert Sight.objects.filter(about="people:search", by_name="Anna Ferri").count() == 1
    desk.force_login(cast.carla)
    assert offered(desk.post(url, {"person": "ugo neri", "role": "witness"})) == [ugo]


def test_two_answers_to_one_question_are_asked_again(cast: Cast, desk: Client, case: Case) -> None:
    url, before = reverse("case_persona", args=[case.reference]), people_in(case)
    ugo, ida = (reporter_of(report_in(cast.crocetta, reporter=who)) for who in (UGO, IDA))
    for values in (
        {"person": "Ida Blu", "person_chosen": ida, "person_among": ugo},
        {"person": "ida", "person_asked": "ugo", "person_among": ugo},
    ):
        answer = desk.post(url, values | {"role": "witness"})
        assert answer.status_code == 422 and "due cose diverse" in text_of(answer)
    assert "Scrivi che cosa cerchi" in text_of(desk.post(url, {"role": "witness"}))
    assert people_in(case) == before


def test_reports_about_the_same_thing_are_offered_before_typing_with_their_reasons(
    cast: Cast, anna: Actor, desk: Client, case: Case
) -> None:
    double = report_in(cast.crocetta, reporter=UGO)
    ended, in_case = report_in(cast.crocetta, reporter=UGO), report_in(cast.crocetta, reporter=UGO)
    listening.answer(by=anna, report=ended, words="Fatto.")
    case_of(anna, in_case)
    page = desk.get(reverse("case_collega", args=[case.reference]))
    assert offered(page) == [double.reference] and "parole simili" in text_of(page)
    url = reverse("case_collega", args=[case.reference])
    values = {"report": "", "report_among": double.reference, "why": "Stesso civico"}
    assert desk.post(url, values).status_code == 303
    double.refresh_from_db()
    assert double.state == ReportState.LINKED


def test_a_report_is_found_by_number_and_by_words_within_ones_reach(
    cast: Cast, anna: Actor, desk: Client, case: Case
) -> None:
    fields = {"category": kind("rifiuti"), "reporter": UGO, "description": "Per terra."}
    sofa = report_in(cast.crocetta, title="Un divano sul marciapiede", **fields)
    report_in(cast.stazione, title="Un divano in strada", **fields)
    report_in(cast.crocetta, title="Un divano sospetto", category=police_kind(), reporter=UGO)
    name = "case_report_suggestions"
    for words in ("divano", sofa.reference, f"{sofa.reference} {sofa.title}"):
        assert list(suggested(desk, name, case.reference, words)) == [sofa.reference], words
    assert suggested(desk, name, case.reference, "inesistente") == {}
    url = reverse("case_collega", args=[case.reference])
    assert offered(desk.post(url, {"report": "divano"})) == [sofa.reference]
    assert desk.post(url, {"report": sofa.reference}).status_code == 303


def test_related_reports_come_before_others_that_hold_the_words(cast: Cast, desk: Client, case: Case) -> None:
    near = report_in(cast.crocetta, reporter=UGO)
    far = report_in(None, title="Musica alta dal bar", category=kind("rifiuti"), reporter=IDA)
    found = suggested(desk, "case_report_suggestions", case.reference, "musica alta")
    assert list(found) == [near.reference, far.reference]
    assert "stesso tipo" in found[near.reference] and "stesso tipo" not in found[far.reference]


def test_only_open_reports_are_offered_to_be_merged_into_and_a_closed_one_is_refused(
    cast: Cast, anna: Actor, desk: Client
) -> None:
    report, stays, ended = (report_in(cast.crocetta, reporter=who) for who in (None, UGO, IDA))
    listening.answer(by=anna, report=ended, words="Fatto.")
    page = text_of(desk.get(reverse("report", args=[report.reference])))
    url = reverse("report_unisci", args=[report.reference])
    assert f"{url}?in={stays.reference}" in page and f"{url}?in={ended.reference}" not in page
    assert offered(desk.get(url)) == [stays.reference]
    assert list(suggested(desk, "report_merge_suggestions", report.reference, "musica")) == [stays.reference]
    refused = desk.post(url, {"into": ended.reference})
    assert refused.status_code == 409 and "è già chiusa" in text_of(refused)
    assert "annullando la sua ultima decisione" in text_of(refused)
    assert desk.post(url, {"into_among": stays.reference}).status_code == 303
    report.refresh_from_db()
    assert report.merged_into == stays


def test_a_report_finds_the_open_cases_nearby_and_by_words(
    cast: Cast, anna: Actor, desk: Client, case: Case
) -> None:
    elsewhere = case_of(cast.actor(cast.carla), report_in(cast.stazione), title="Musica alla stazione")
    report = report_in(cast.crocetta, reporter=UGO)
    url = reverse("report_link_case", args=[report.reference])
    assert offered(desk.get(url)) == [case.reference]
    name = "report_case_suggestions"
    assert list(suggested(desk, name, report.reference, "musica")) == [case.reference]
    assert desk.post(url, {"case": elsewhere.reference}).status_code == 422
    assert desk.post(url, {"case": "musica alta", "case_chosen": case.reference}).status_code == 303
    report.refresh_from_db()
    assert report.state == ReportState.LINKED


@pytest.mark.parametrize("who", ["vera", "ada", "dario"])
def test_who_does_not_work_on_cases_gets_no_proposals(
    cast: Cast, client: Client, case: Case, who: str
) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(reverse("case_report_suggestions", args=[case.reference])).status_code == 403
    report = report_in(cast.crocetta)
    for name in ("report_case_suggestions", "report_merge_suggestions"):
        assert client.get(reverse(name, args=[report.reference])).status_code == 403
