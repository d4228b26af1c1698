"""The chain over the lines: what keeps it whole and what it shows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from vicinia.foundation.journal import actions, jobs, queries
from vicinia.foundation.journal.chain import Damage
from vicinia.foundation.journal.events import ACCESS_EXPIRED, declare
from vicinia.foundation.journal.lines import entry_words, line_digest
from vicinia.foundation.journal.models import ChainHead, Entry, Sight
from vicinia.foundation.journal.triggers import protect_lines
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
ANNA = Actor.job("anna")
HAPPENED = declare(
    "test.happened", "%(who)s ha suonato alla porta.", told="Qualcuno ha suonato.", group="prove"
)
SECRET = declare("test.secret", "Non raccontato.", group="altre")


@pytest.fixture
def lines() -> list[Entry]:
    """Five sealed lines about five cases."""
    made = [actions.record(HAPPENED, by=ANNA, about=f"case:{n}", who=f"Persona {n}") for n in range(5)]
    jobs.seal()
    return made


@pytest.fixture
def unprotected(db: None):
    """A database whose guard somebody has taken away, as only who owns it can."""
    with connection.cursor() as cursor:
        for table in ("journal_entry", "journal_sight"):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {table}_unchanged{on}")
    yield
    protect_lines()


def damages(chain: int = 0) -> list[tuple[Damage, int]]:
    return [(problem.damage, problem.position) for problem in queries.verify_chains()[chain].problems]


def test_a_chain_of_sealed_lines_is_whole(lines):
    report = queries.verify_chains()[0]
    assert report.is_whole
    assert (report.sealed, report.waiting) == (5, 0)


def test_lines_wait_until_the_sealer_comes():
    actions.record(HAPPENED, by=ANNA, about="case:1", who="Anna")
    report = queries.verify_chains()[0]
    assert (report.sealed, report.waiting) == (0, 1)
    assert report.oldest_waiting is not None


def test_sealing_again_changes_nothing(lines):
    before = list(Entry.objects.sealed().values_list("position", "seal"))
    assert jobs.seal() == 0
    assert list(Entry.objects.sealed().values_list("position", "seal")) == before


def test_a_line_that_commits_late_with_an_earlier_id_gets_a_later_position(lines):
    late = Entry.objects.get(pk=actions.record(HAPPENED, by=ANNA, about="case:9", who="Tardi").pk)
    Entry.objects.filter(pk=late.pk).delete()
    late.pk = lines[0].pk - 1 or -1
    late.save(force_insert=True)
    jobs.seal()
    late.refresh_from_db()
    assert late.position == 6
    assert damages() == []


def test_sealing_takes_every_batch(monkeypatch, lines):
    monkeypatch.setattr(actions, "SEAL_BATCH", 2)
    actions.record_many(HAPPENED, by=ANNA, lines=[(f"case:{n}", {"who": "x"}) for n in range(7)])
    assert jobs.seal() == 7
    assert damages() == []


@pytest.mark.parametrize(
    "change", [{"note": "altro"}, {"facts": {"who": "Altri"}}, {"by_name": "Bruno"}, {"about": "case:8"}]
)
def test_a_changed_word_is_shown(lines, unprotected, change):
    Entry.objects.filter(pk=lines[2].pk).update(**change)
    assert damages() == [(Damage.CHANGED, 3)]


def test_a_changed_word_with_its_digest_made_anew_breaks_the_chain(lines, unprotected):
    line = Entry.objects.get(pk=lines[2].pk)
    line.note = "altro"
    line.digest = line_digest(line.salt, entry_words(line))
    line.save()
    assert damages() == [(Damage.BROKEN, 3)]


def test_a_deleted_line_is_shown(lines):
    Entry.objects.filter(pk__in=[lines[1].pk, lines[2].pk]).delete()
    assert damages() == [(Damage.MISSING, 2)]


def test_the_first_line_deleted_is_shown(lines):
    lines[0].delete()
    assert damages() == [(Damage.MISSING, 1)]


def test_a_cut_end_is_shown(lines):
    lines[4].delete()
    assert damages() == [(Damage.CUT, 5)]


def test_a_cut_end_with_the_head_set_back_is_shown(lines):
    lines[4].delete()
    ChainHead.objects.filter(chain="entry").update(count=4, seal=Entry.objects.get(position=4).seal)
    assert damages() == [(Damage.HEAD, 4)]


def test_two_lines_swapped_are_shown(lines, unprotected):
    second, third = Entry.objects.get(position=2), Entry.objects.get(position=3)
    Entry.objects.filter(pk=second.pk).update(position=None)
    Entry.objects.filter(pk=third.pk).update(position=2)
    Entry.objects.filter(pk=second.pk).update(position=3)
    assert damages()[0] == (Damage.BROKEN, 2)


def test_a_whole_new_chain_is_shown_by_the_mark_of_its_head(lines, unprotected):
    """Whoever can write the database, but has no key, makes every seal anew after changing a word."""
    line = Entry.objects.get(position=1)
    line.note = "altro"
    line.digest = line_digest(line.salt, entry_words(line))
    line.save()
    seal = ""
    for row in Entry.objects.sealed():
        seal = actions.chain.next_seal(seal, row.digest)
        Entry.objects.filter(pk=row.pk).update(seal=seal)
    ChainHead.objects.filter(chain="entry").update(seal=seal)
    assert damages() == [(Damage.HEAD, 5)]


def test_a_lost_head_is_shown(lines):
    ChainHead.objects.all().delete()
    assert damages() == [(Damage.HEAD, 1)]


def test_a_line_sealed_by_somebody_else_is_shown(lines):
    extra = actions.record(HAPPENED, by=ANNA, about="case:7", who="Falso")
    Entry.objects.filter(pk=extra.pk).update(position=6, seal="f" * 64)
    assert damages() == [(Damage.HEAD, 6)]


def test_erased_words_leave_a_whole_chain(lines):
    assert actions.erase_words(by=ANNA, about="case:2") == 1
    jobs.seal()
    erased = Entry.objects.get(pk=lines[2].pk)
    assert (erased.facts, erased.note, erased.salt) == ({}, "", "")
    assert damages() == []
    assert "Persona 2" not in str(list(Entry.objects.values()))


def test_erasing_twice_erases_nothing_more(lines):
    actions.erase_words(by=ANNA, about="case:2")
    assert actions.erase_words(by=ANNA, about="case:2") == 0


def test_erasing_leaves_other_lines_their_words(lines):
    actions.erase_words(by=ANNA, about="case:2")
    assert Entry.objects.get(pk=lines[3].pk).facts == {"who": "Persona 3"}


def test_words_hidden_as_if_erased_are_shown(lines):
    Entry.objects.filter(pk=lines[2].pk).update(facts={}, note="", salt="", erased_at=clock.now())
    assert damages() == [(Damage.ERASED, 3)]


def test_words_written_into_an_erased_line_are_shown(lines, unprotected):
    actions.erase_words(by=ANNA, about="case:2")
    jobs.seal()
    Entry.objects.filter(pk=lines[2].pk).update(note="aggiunto dopo")
    assert damages() == [(Damage.CHANGED, 3)]


def test_the_access_log_has_a_chain_of_its_own(unprotected):
    for person in range(3):
        actions.seen(by=ANNA, person=f"person:{person}", purpose="primo contatto", shown="telefono")
    jobs.seal()
    Sight.objects.filter(about="person:1").update(purpose="altro")
    assert damages(0) == []
    assert damages(1) == [(Damage.CHANGED, 2)]


def test_an_access_log_past_its_retention_is_blank_and_whole():
    old = actions.seen(by=ANNA, person="person:1", purpose="primo contatto", shown="telefono")
    jobs.seal()
    later = clock.now() + dt.timedelta(days=1)
    assert actions.expire_access_log(by=ANNA, before=later) == 1
    old.refresh_from_db()
    assert (old.purpose, old.shown) == ("", "")
    assert damages(1) == []


def test_expiring_an_access_log_that_is_young_changes_and_records_nothing():
    sight = actions.seen(by=ANNA, person="person:1", purpose="primo contatto", shown="telefono")
    before = clock.now() - dt.timedelta(days=1)
    assert actions.expire_access_log(by=ANNA, before=before) == 0
    sight.refresh_from_db()
    assert (sight.purpose, sight.shown) == ("primo contatto", "telefono")
    assert not Entry.objects.filter(event=ACCESS_EXPIRED.name).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"note": "altro"},
        {"facts": {}},
        {"by_name": "Bruno"},
        {"at": clock.now()},
        {"digest": "0"},
        {"event": "x"},
    ],
)
def test_the_database_refuses_to_change_a_line(lines, change):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.filter(pk=lines[0].pk).update(**change)


def test_the_database_refuses_to_move_a_sealed_line(lines):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.filter(pk=lines[0].pk).update(position=99)


def test_the_database_refuses_new_words_in_place_of_erased_ones(lines):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.filter(pk=lines[0].pk).update(note="altro", erased_at=clock.now())
