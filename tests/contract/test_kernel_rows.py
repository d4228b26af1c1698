"""Base models, encrypted fields, counters, paging, and answers to htmx."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import ReportState
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.people.models import Person
from vicinia.foundation.kernel import clock, fields
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.blind_index import digest, fold, near_forms
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.models import Counter, label_of, next_reference
from vicinia.foundation.kernel.paging import BoundedPaginator, page_of

pytestmark = pytest.mark.django_db


def test_numbers_of_a_series_follow_each_other_and_series_do_not_mix() -> None:
    assert [Counter.next("a"), Counter.next("a", count=10), Counter.next("a"), Counter.next("b")] == [
        1,
        2,
        12,
        1,
    ]
    year = clock.today().year
    assert next_reference("case") == f"{year}-0001"
    assert next_reference("report", year=2019, digits=5) == "2019-00001"


def test_a_row_that_is_not_there_does_not_exist() -> None:
    with pytest.raises(NotVisible):
        Report.objects.one(reference="2026-99999")


def test_every_save_after_the_first_counts_the_version_up_whatever_is_saved() -> None:
    report = report_in(None)
    assert report.version == 1
    report.title = "Un altro titolo"
    report.save(update_fields=["title"])
    again = Report.objects.get(pk=report.pk)
    assert (again.version, again.title) == (2, "Un altro titolo")
    again.save()
    assert Report.objects.get(pk=report.pk).version == 3


def test_an_older_version_is_refused_with_both_and_no_version_is_no_conflict() -> None:
    report = report_in(None)
    assert report.require_version(1) is report
    assert report.require_version(None) is report
    with pytest.raises(Conflict, match="mentre scrivevi") as conflict:
        report.require_version(0, yours={"title": "mio"})
    assert (conflict.value.current, conflict.value.yours) == (report, {"title": "mio"})


def test_a_move_leaves_its_row_and_a_forbidden_one_leaves_nothing() -> None:
    report, by = report_in(None), Actor.job("test")
    report.enter(ReportState.WAITING, by=by, reason="domanda", days_left=2)
    move = report.state_moves.get()
    assert (move.from_state, move.to_state, move.reason, move.by_ref) == (
        "received",
        "waiting",
        "domanda",
        by.ref,
    )
    report.state = ReportState.REDIRECTED
    with pytest.raises(Refused, match="non si passa"):
        report.enter(ReportState.MERGED, by=by)
    assert report.state_moves.count() == 1
    assert Report.objects.get(pk=report.pk).state == ReportState.WAITING


def test_a_column_is_called_by_its_name_for_people() -> None:
    assert label_of(Report, "title") == "titolo"
    assert label_of(Report, "area_id") == label_of(Report, "area")


def test_personal_data_lies_encrypted_and_empty_stays_empty() -> None:
    person = Person.objects.create(reference="abc", name="Maria Bassi")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, address FROM {Person._meta.db_table} WHERE id = %s", [person.pk])
        name, address = cursor.fetchone()
    assert "Maria" not in name and address == ""
    assert Person.objects.get(pk=person.pk).name == "Maria Bassi"
    with pytest.raises(FieldError):
        Person.objects.filter(name__startswith="Maria").exists()
    assert Person in fields.encrypted_fields()


def test_a_new_key_reads_what_the_old_one_wrote_and_a_lost_one_does_not(settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    kept = fields.cipher().encrypt(b"Maria")
    settings.FIELD_KEYS = [new, old]
    assert fields.cipher().decrypt(kept) == b"Maria"
    settings.FIELD_KEYS = [new]
    with pytest.raises(InvalidToken):
        fields.cipher().decrypt(kept)
    settings.FIELD_KEYS = []
    with pytest.raises(ImproperlyConfigured):
        fields.cipher()


@given(st.text(max_size=30))
@settings(max_examples=80, deadline=None)
def test_folding_twice_changes_nothing_and_the_word_is_near_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text) in near_forms(fold(text))


def test_near_forms_meet_over_one_slip_and_short_words_have_only_themselves() -> None:
    assert near_forms("rossi") & near_forms("rosi")
    assert near_forms("bo") == {"bo"}
    assert digest("name", "rossi") != digest("phone", "rossi")
    assert len(digest("name", "rossi")) == 32
    assert (fold("  D'Àngelo,  Niccolò "), fold("李")) == ("d angelo niccolo", "李")


def test_a_page_out_of_range_is_the_nearest_and_counting_is_bounded(monkeypatch) -> None:
    for number in range(3):
        report_in(None, title=str(number))
    request = RequestFactory().get("/", {"pagina": "99"})
    assert page_of(request, Report.objects.newest_first(), per_page=2).number == 2
    monkeypatch.setattr("vicinia.foundation.kernel.paging.COUNTED_AT_MOST", 2)
    with CaptureQueriesContext(connection) as queries:
        pages = BoundedPaginator(Report.objects.all(), 2)
        assert (pages.count, pages.num_pages, pages.has_more) == (2, 1, True)
    assert len(queries) == 1 and "LIMIT 3" in queries[0]["sql"]
    Report.objects.all()[0].delete()
    assert not BoundedPaginator(Report.objects.all(), 2).has_more


@pytest.mark.parametrize(("htmx", "is_part"), [(None, False), ("boosted", False), ("part", True)])
def test_htmx_gets_a_part_and_everybody_else_the_page(monkeypatch, htmx, is_part) -> None:
    monkeypatch.setattr(
        "vicinia.foundation.kernel.htmx.render", lambda request, name, context, status: (name, status)
    )
    request = RequestFactory().get("/")
    if htmx:
        request.htmx = SimpleNamespace(boosted=htmx == "boosted")  # type: ignore[attr-defined]
    assert page_or_part(request, "page", "part", {}, 422) == ("part" if is_part else "page", 422)
    answer = go_to(request, "/oggi")
    assert answer.status_code == (204 if is_part else 303)
    assert (answer.headers.get("HX-Redirect") or answer["Location"]) == "/oggi"
