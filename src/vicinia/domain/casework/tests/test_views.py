"""The pages of cases and reports: what is typed is kept, refusals say why, lists cost the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework import actions, queries
from vicinia.domain.casework.models import Case, Commitment
from vicinia.domain.casework.tests.factories import case_of, open_on
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.tests.factories import body, kind, report_in
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.attachments.tests.factories import upload
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]


def at(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("url", ["/in-arrivo?vista=tutte", "/casi?vista=aperti", "/niente-dimenticato"])
def test_lists_cost_the_same_with_one_row_and_with_fifty_and_the_next_is_on_page_two(
    cast: Cast, anna: Actor, desk: Client, url: str
) -> None:
    def more() -> None:
        open_on(report_in(cast.crocetta), by=anna) if "casi" in url else report_in(cast.crocetta)

    more()
    desk.get(url)
    one = queries_of(desk, url)
    for _row in range(50):
        more()
    # The inbox counts its tabs, and the bar the new alerts besides.
    most = 11 if "arrivo" in url else 10
    assert queries_of(desk, url) <= min(one, most), (one, queries_of(desk, url))
    assert "pagina=2" in text_of(desk.get(url))


def test_a_case_page_costs_the_same_however_much_is_in_it(cast: Cast, anna: Actor, desk: Client) -> None:
    case = case_of(anna, report_in(cast.crocetta))

    def more() -> None:
        today = clock.today()
        actions.link_report(by=anna, case=case, report=report_in(cast.crocetta, reporter=None))
        new = actions.NewCommitment(what="x", due_on=today, by_whom="body", body=body())
        actions.add_commitment(by=anna, case=case, new=new)
        actions.add_task(by=anna, case=case, what="x", due_on=today, assignee=cast.lucia)
        actions.contact_in_case(by=anna, case=case, new=actions.NewContact())

    more()
    desk.get(at("case", case.reference))
    few = queries_of(desk, at("case", case.reference))
    for _row in range(5):
        more()
    assert queries_of(desk, at("case", case.reference)) == few <= 25


@pytest.mark.parametrize("htmx", [{}, HTMX])
def test_an_act_is_done_with_and_without_htmx(
    cast: Cast, anna: Actor, desk: Client, htmx: dict[str, str]
) -> None:
    case = case_of(anna, report_in(cast.crocetta))
    values = {"by_whom": "unit", "what": "Passare lunedì", "due_on": clock.today()}
    answer = desk.post(at("case_impegno", case.reference), values, headers=htmx)
    assert answer.status_code == (204 if htmx else 303)
    assert Commitment.objects.get().what == "Passare lunedì"


def test_a_form_with_an_error_keeps_what_was_typed(cast: Cast, anna: Actor, desk: Client) -> None:
    case = case_of(anna, report_in(cast.crocetta))
    for name, values, kept in [
        ("case_impegno", {"what": "Parole mie", "due_on": "mai"}, "Parole mie"),
        ("case_collega", {"report": "2026-99999", "why": "Stesso civico"}, "Stesso civico"),
        ("case_persona", {"person": "nessuno", "role": "witness", "label": "Scala B"}, "Scala B"),
        ("case_correct", {"title": "Titolo mio", "seen_version": "1"}, "Titolo mio"),
    ]:
        answer = desk.post(at(name, case.reference), values)
        assert (answer.status_code, kept in text_of(answer)) == (422, True), name
    report = report_in(cast.crocetta)
    for name, values in [
        ("report_unisci", {"into": "2026-99999", "reason": "Uguale"}),
        ("report_link_case", {"case": "2026-9999", "why": "Uguale"}),
    ]:
        answer = desk.post(at(name, report.reference), values)
        assert (answer.status_code, "Uguale" in text_of(answer)) == (422, True), name


def test_a_refusal_is_a_page_that_says_why_and_for_htmx_a_notice(
    cast: Cast, anna: Actor, desk: Client
) -> None:
    case = case_of(cast.actor(cast.carla), report_in(cast.crocetta))
    for headers in ({}, HTMX):
        answer = desk.post(at("case_take", case.reference), headers=headers)
        assert (answer.status_code, "Lo segue già Carla Monti" in text_of(answer)) == (409, True)


def test_two_who_correct_the_same_case_meet_both_versions(cast: Cast, anna: Actor, desk: Client) -> None:
    case = case_of(anna, report_in(cast.crocetta))
    seen = Case.objects.get().version
    change = actions.CaseCorrection(title="Quello di Carla")
    actions.correct(by=cast.actor(cast.carla), case=case, correction=change, seen_version=seen)
    values = {"title": "Quello di Anna", "kind": "person", "category": case.category_id, "seen_version": seen}
    values |= {"legal_basis": "administrative", "summary": ""}
    answer = desk.post(at("case_correct", case.reference), values)
    assert answer.status_code == 409
    assert "Quello di Anna" in text_of(answer) and "Quello di Carla" in text_of(answer)
    slip = desk.post(at("case_correct", case.reference), values | {"title": ""}).content.decode()
    assert f'name="seen_version" value="{values["seen_version"]}"' in slip, (
        "a slip is no look at the other's words"
    )
    again = desk.post(
        at("case_correct", case.reference), values | {"seen_version": Case.objects.get().version}
    )
    assert again.status_code == 303 and Case.objects.get().title == "Quello di Anna"


def test_two_who_correct_the_same_report_meet_both_versions(cast: Cast, anna: Actor, desk: Client) -> None:
    report = report_in(cast.crocetta)
    change = listening.Correction(title="Quello di Carla")
    listening.correct(by=cast.actor(cast.carla), report=report, correction=change, seen_version=1)
    values = {"title": "Quello di Anna", "category": report.category_id, "seen_version": 1}
    answer = desk.post(at("report_correct", report.reference), values | {"legal_basis": "administrative"})
    assert answer.status_code == 409
    assert "Quello di Anna" in text_of(answer) and "Quello di Carla" in text_of(answer)


@pytest.mark.parametrize("is_told", [True, False])
def test_who_explains_a_promise_is_told_that_the_resident_reads_it(
    anna: Actor, desk: Client, case: Case, is_told: bool
) -> None:
    new = actions.NewCommitment(what="x", due_on=clock.today(), told_to_reporter=is_told)
    promised = actions.add_commitment(by=anna, case=case, new=new)
    asked = desk.get(reverse("commitment_end", args=[case.reference, promised.pk])).content.decode()
    assert ("Chi ha segnalato lo legge" in asked) == is_told


def test_stages_are_entered_from_the_page_and_unknown_ones_do_not_exist(
    cast: Cast, anna: Actor, desk: Client
) -> None:
    case = case_of(anna, report_in(cast.crocetta, reporter=None))
    assert desk.post(at("case_stage", case.reference, "analysis"), {"reason": ""}).status_code == 303
    assert "Torna a: Emersione" in text_of(desk.get(at("case", case.reference)))
    assert desk.get(at("case_stage", case.reference, "closed")).status_code == 409
    assert desk.get(at("case_stage", case.reference, "boh")).status_code == 404
    assert desk.get(at("case_unlink", case.reference, "2026-99999")).status_code == 404


def test_a_proposal_is_answered_or_taken_back_from_the_page(client: Client, cast: Cast, anna: Actor) -> None:
    case = case_of(cast.actor(cast.carla), report_in(cast.crocetta))
    client.force_login(cast.carla)
    assert client.post(at("case_proponi", case.reference), {"to": cast.anna.pk}).status_code == 303
    assert "Ritira la proposta" in text_of(client.get(at("case", case.reference)))
    assert client.post(at("proposal_withdraw", case.reference)).status_code == 303
    assert client.post(at("proposal_withdraw", case.reference)).status_code == 404
    client.post(at("case_proponi", case.reference), {"to": cast.anna.pk})
    client.force_login(cast.anna)
    assert client.post(at("proposal_decline", case.reference), {"reason": ""}).status_code == 422
    assert client.post(at("proposal_decline", case.reference), {"reason": "Ferie."}).status_code == 303
    assert client.post(at("proposal_accept", case.reference)).status_code == 404
    assert Case.objects.get().owner == cast.carla


def test_related_reports_say_why_and_lead_to_merging_and_to_one_case(
    cast: Cast, anna: Actor, desk: Client
) -> None:
    first, second = report_in(cast.crocetta), report_in(cast.crocetta)
    page = text_of(desk.get(at("report", first.reference)))
    assert "Forse la stessa cosa" in page and f"?in={second.reference}" in page and "stessa persona" in page
    address = at("report_open_case", first.reference) + f"?con={second.reference}"
    values = {"title": "Insieme", "kind": "person", "category": first.category_id}
    assert desk.post(address, values | {"legal_basis": "administrative", "take": "on"}).status_code == 303
    assert queries.reports_in(Case.objects.get()).count() == 2
    third = report_in(cast.crocetta)
    address = at("report_open_case", third.reference) + f"?con={second.reference}"
    led = desk.get(address)
    assert led.status_code == 303 and Case.objects.get().reference in led["Location"]
    assert desk.post(led["Location"], {"case": Case.objects.get().reference}).status_code == 303
    assert queries.reports_in(Case.objects.get()).count() == 3


def test_staff_entry_keeps_what_was_typed_when_a_photo_is_refused(cast: Cast, desk: Client) -> None:
    values = {"channel": "phone", "kind": "Rumore", "kind_code": kind().code, "description": "Parole sue"}
    values |= {"language": "it"}
    answer = desk.post(at("new_report"), values | {"photos": upload(b"<script>")})
    assert answer.status_code == 422 and "Parole sue" in text_of(answer)
    assert not Report.objects.exists()
    answer = desk.post(at("new_report"), values | {"take": "1"})
    assert answer["Location"] == at("report", Report.objects.get().reference)
    assert Report.objects.get().owner == cast.anna


def test_a_file_that_is_not_kept_is_said_at_the_form(cast: Cast, anna: Actor, desk: Client) -> None:
    case = case_of(anna, report_in(cast.crocetta))
    answer = desk.post(at("case_attach", case.reference), {"file": upload(b"<script>")})
    assert answer.status_code == 422 and "non è di un tipo" in text_of(answer)


def test_the_administrator_keeps_kinds_and_bodies(client: Client, cast: Cast) -> None:
    group = kind().parent
    client.force_login(cast.ada)
    values = {"name": "Buche in strada", "group": group.pk, "legal_basis": "administrative", "position": 3}
    values |= {"keywords": "buca, voragine", "is_active": "on", "is_public": "on"}
    assert client.post(at("new_category"), values).status_code == 303
    made = Category.objects.get(code="buche-in-strada")
    assert (made.parent, made.keywords, made.is_public) == (group, ["buca", "voragine"], True)
    assert client.post(at("new_category"), values).status_code == 422, "twice the same name"
    wrong = client.post(at("category", made.code), values | {"legal_basis": "police"})
    assert wrong.status_code == 422 and "mai pubblico" in text_of(wrong)
    closed = {name: value for name, value in values.items() if name != "is_active"}
    assert client.post(at("category", made.code), closed).status_code == 303
    assert not Category.objects.get(pk=made.pk).is_active
    assert client.post(at("new_body"), {"name": "Servizi sociali", "is_active": "on"}).status_code == 303
    assert client.post(at("new_body"), {"name": "Servizi sociali"}).status_code == 422
    assert (
        client.post(at("body_correct", "servizi-sociali"), {"name": "Servizi alla persona"}).status_code
        == 303
    )
    row = PartnerBody.objects.get()
    assert (row.code, row.name, row.is_active) == ("servizi-sociali", "Servizi alla persona", False)
    assert "Servizi alla persona" in text_of(client.get(at("bodies"))) and client.get(at("categories"))


def test_the_chronology_says_once_that_a_report_came_in(desk, anna, cast, case) -> None:
    second = report_in(cast.crocetta, title="Ancora")
    actions.link_report(by=anna, case=case, report=second)
    page = desk.get(at("case", case.reference)).content.decode()
    assert page.count(f"Unita la segnalazione {second.reference}") == 1
    assert "Entrata nel caso" not in page
