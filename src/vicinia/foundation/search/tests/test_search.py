"""Finding documents: the words, the order, and above all by whom. The same on both databases."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.cast import Cast
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import SearchFilters, SearchText
from vicinia.foundation.search import actions, queries
from vicinia.foundation.search.models import Document
from vicinia.foundation.search.tests.conftest import Board

pytestmark = pytest.mark.django_db

EVERYWHERE = Actor.job("test")


def titles(by: Actor, words: str, **options: object) -> list[str]:
    groups = queries.search(by, words, **options)  # type: ignore[arg-type]
    return [hit.title for group in groups for hit in group.hits]


@pytest.mark.parametrize(
    "words", ["lampione", "LAMPIONI spenti", "piu lampioni", "lamp", "perché lampioni", "n. 2026-143", "143"]
)
def test_a_notice_is_found_by_stems_accents_and_numbers(board: Board, words: str) -> None:
    board.post("Lampioni spenti", "Perché più lampioni sono spenti? Vedi 2026-0143.")
    board.post("Cani sciolti")
    assert titles(EVERYWHERE, words) == ["Lampioni spenti"]


@pytest.mark.parametrize(
    "words", ["", "   ", "di", "*", '"', "NEAR(a b)", "lampione:*", "'; drop table x", "\x00", "k0notice"]
)
def test_odd_questions_are_answered_quietly(board: Board, words: str) -> None:
    board.post("Cani sciolti")
    assert titles(EVERYWHERE, words) == (["Cani sciolti"] if words == "k0notice" else [])


def test_what_anna_may_not_see_is_neither_found_nor_counted(board: Board, cast: Cast) -> None:
    board.post("Rumore in cortile", readers=[cast.anna])
    board.post("Rumore segreto", readers=[cast.bruno])
    (group,) = queries.search(cast.actor(cast.anna), "rumore")
    assert ([hit.title for hit in group.hits], group.total, group.has_more) == (
        ["Rumore in cortile"],
        1,
        False,
    )
    assert titles(cast.actor(cast.bruno), "rumore") == ["Rumore segreto"]
    assert titles(cast.actor(cast.vera), "rumore") == []


def test_words_of_the_heading_come_first_then_the_newest(board: Board) -> None:
    board.post("Cortile", "rumore", day=9)
    board.post("Rumore vecchio", day=1)
    board.post("Rumore nuovo", day=5)
    assert titles(EVERYWHERE, "rumore") == ["Rumore nuovo", "Rumore vecchio", "Cortile"]


def test_an_erased_text_is_found_no_more_and_its_words_leave_the_table(board: Board) -> None:
    team = board.post("Lite con Bevilacqua", "abita al terzo piano")
    assert titles(EVERYWHERE, "bevilacqua")
    board.texts_by_id[team.pk] = SearchText(team.pk, "Segnalazione", "")
    actions.refresh("notice", [team.pk])
    assert titles(EVERYWHERE, "bevilacqua") == [] == titles(EVERYWHERE, "terzo")
    assert "bevilacqua" not in str(list(Document.objects.values_list("heading", "words")))


@pytest.mark.sqlite_only
def test_scrubbing_takes_erased_words_off_the_disk_of_the_index(board: Board) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL vacuums by itself")
    team = board.post("Lite con Bevilacqua")
    board.post("Altro avviso")
    board.texts_by_id[team.pk] = SearchText(team.pk, "Segnalazione", "")
    actions.refresh("notice", [team.pk])
    actions.scrub()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM search_line_data WHERE instr(block, CAST('bevilacqu' AS BLOB)) > 0"
        )
        assert cursor.fetchone()[0] == 0


def test_a_row_that_is_gone_leaves_the_index(board: Board) -> None:
    team = board.post("Lampioni spenti")
    del board.texts_by_id[team.pk]
    actions.refresh("notice", [team.pk])
    assert titles(EVERYWHERE, "lampioni") == []
    assert not Document.objects.exists()


def test_a_subject_that_is_not_found_by_words_leaves_the_index_alone(board: Board) -> None:
    board.post("Lampioni spenti")
    assert actions.refresh("another", [1]) == 0
    assert Document.objects.count() == 1


def test_refreshing_one_row_costs_one_statement_beside_the_subjects_own(
    board: Board, django_assert_num_queries
) -> None:
    team = board.post("Lampioni spenti")
    with transaction.atomic(), django_assert_num_queries(1):
        actions.refresh("notice", [team.pk])


def test_an_act_that_fails_leaves_the_index_as_it_was(board: Board) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        board.post("Lampioni spenti")
        raise RuntimeError
    assert titles(EVERYWHERE, "lampioni") == []


def test_rebuilding_gives_the_same_and_drops_strays(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(7):
        board.post(f"Lampione {number}", day=number + 1)
    before = titles(EVERYWHERE, "lampione")
    kept = dict(Document.objects.values_list("row_id", "words"))
    Document.objects.filter(row_id__in=list(kept)[:3]).delete()
    actions.put("notice", [SearchText(999_999, "Lampione fantasma", "")])
    call_command("rebuild_search", "notice")
    assert titles(EVERYWHERE, "lampione") == before
    assert dict(Document.objects.values_list("row_id", "words")) == kept
    assert "notice: 7" in capsys.readouterr().out


def test_results_are_paged_and_counted_up_to_a_bound(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FOUND_MAX", 4)
    for number in range(6):
        board.post(f"Lampione {number}", day=number + 1)
    (group,) = queries.search(EVERYWHERE, "lampione", page=2, per_page=3)
    assert (group.total, group.has_more, group.page, group.pages) == (4, True, 2, 2)
    assert [hit.title for hit in group.hits] == ["Lampione 2"]
    (beyond,) = queries.search(EVERYWHERE, "lampione", page=99, per_page=3)
    assert beyond.page == 2


def test_filters_narrow_what_is_counted(board: Board) -> None:
    board.post("Altro lampione")
    board.post("Lampione")
    (group,) = queries.search(EVERYWHERE, "lampione", filters=SearchFilters(is_open=True))
    assert ([hit.title for hit in group.hits], group.total) == (["Altro lampione"], 1)


def test_a_whole_word_is_not_taken_as_a_beginning_unless_it_finds_nothing(board: Board, cast: Cast) -> None:
    board.post("Casale in vendita", readers=[cast.anna, cast.bruno])
    assert titles(cast.actor(cast.anna), "casa") == ["Casale in vendita"]
    board.post("Una casa", readers=[cast.bruno])
    assert titles(cast.actor(cast.bruno), "casa") == ["Una casa"]
    assert titles(cast.actor(cast.anna), "casa") == [
        "Casale in vendita"
    ]  # what Bruno sees changes nothing for Anna


def test_kinds_are_kept_apart(board: Board) -> None:
    actions.put("other", [SearchText(1, "Lampione altrui", "")])
    team = board.post("Lampione")
    (group,) = queries.search(EVERYWHERE, "lampione")
    assert [hit.row_id for hit in group.hits] == [team.pk]
    assert queries.search(EVERYWHERE, "lampione", only=["report"]) == []


def test_a_page_costs_the_same_for_one_and_fifty(board: Board, django_assert_num_queries) -> None:
    for number in range(50):
        board.post(f"Lampione {number}")
    board.post("Fontana")
    for words in ("fontana", "lampione"):
        with django_assert_num_queries(2):
            queries.search(EVERYWHERE, words, per_page=50)


def test_a_list_is_narrowed_to_the_words_in_its_own_order(board: Board, cast: Cast) -> None:
    board.post("Zona rumori", readers=[cast.anna])
    board.post("Altri rumori", readers=[cast.anna])
    board.post("Rumori segreti", readers=[cast.bruno])
    board.post("Cani", readers=[cast.anna])
    rows = board.visible(cast.actor(cast.anna)).order_by("name")
    assert [team.name for team in queries.among(rows, "notice", "rumore")] == ["Altri rumori", "Zona rumori"]
    assert queries.among(rows, "notice", " ").count() == rows.count()


def test_a_lists_filter_says_when_words_are_in_more_rows(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "FOUND_MAX", 2)
    for number in range(3):
        board.post(f"Lampione {number}")
    rows, has_more = queries.newest_among(board.visible(EVERYWHERE), "notice", "lampione")
    assert (rows.count(), has_more) == (2, True)
    assert queries.newest_among(board.visible(EVERYWHERE), "notice", "lampione 2")[1] is False
