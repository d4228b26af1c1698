"""A draw that anybody can draw again: the pool first, the number later."""

import datetime as dt
import json

import pytest

from vicinia.domain.elections import actions, queries
from vicinia.domain.elections.models import Draw, Ticket
from vicinia.domain.elections.states import DrawState
from vicinia.domain.elections.tests.test_preparing import refused
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible
from vicinia_analytics import lots

pytestmark = pytest.mark.django_db
NAMES = ("Bruna Ricci", "Dino Serra", "Elsa Poli", "Fabio Neri", "Gina Moro")


def plan(**changes) -> actions.DrawPlan:
    values = {
        "title": "Chi controlla lo scrutinio",
        "why": "Due abitanti guardano come si contano le schede.",
        "places": 2,
        "reserves": 1,
        "source": "Estrazione del lotto, ruota di Milano",
        "source_day": clock.today() + dt.timedelta(days=2),
    }
    return actions.DrawPlan(**values | changes)


@pytest.fixture
def draft(lucia) -> Draw:
    row = actions.plan_draw(by=lucia, new=plan())
    assert actions.fill_pool(by=lucia, draw=row, names=NAMES) == 5
    return row


@pytest.fixture
def published(lucia, draft) -> Draw:
    return actions.publish_draw(by=lucia, draw=draft)


def later(row: Draw):
    return clock.at(clock.start_of(row.source_day) + dt.timedelta(hours=20))


def test_a_draw_is_the_same_for_everybody(lucia, published):
    with refused("non è ancora uscito"):
        actions.draw(by=lucia, draw=published, seed="12 45 7")
    with later(published):
        with refused("Scrivi il numero"):
            actions.draw(by=lucia, draw=published, seed="  ")
        row = actions.draw(by=lucia, draw=published, seed=" 12  45 7")
        with refused("non si passa"):
            actions.draw(by=lucia, draw=published, seed="9")
    document = json.loads(json.dumps(queries.published_draw(row)))
    again = lots.redraw(document)
    assert (again.problems, again.drawn, again.reserves) == ([], document["drawn"], document["reserve"])
    assert (len(document["drawn"]), len(document["reserve"]), document["seed"]) == (2, 1, "12 45 7")
    assert str(row) == f"{row.reference} {row.title}"


def test_the_pool_shows_numbers_and_no_names(published):
    words = json.dumps(queries.published_draw(published))
    assert not any(name in words for name in NAMES)
    assert published.pool_digest == lots.pool_fingerprint(queries.pool_of(published))
    assert str(Ticket.objects.first()) in words


def test_the_pool_is_published_before_the_number(lucia, draft):
    actions.change_draw(by=lucia, draw=draft, new=plan(source_day=clock.today()), seen_version=draft.version)
    with refused("dopo la pubblicazione"):
        actions.publish_draw(by=lucia, draw=draft)
    with pytest.raises(Conflict):
        actions.change_draw(by=lucia, draw=draft, new=plan(), seen_version=1)
    actions.change_draw(by=lucia, draw=draft, new=plan(places=5), seen_version=None)
    with refused("meno nomi"):
        actions.publish_draw(by=lucia, draw=draft)


def test_a_published_pool_does_not_change(lucia, published):
    with refused("non cambia più"):
        actions.fill_pool(by=lucia, draw=published, names=NAMES)
    with refused("non si passa"):
        actions.publish_draw(by=lucia, draw=published)


def test_households_are_drawn_too(lucia, draft, stairs, monkeypatch):
    codes = iter(["same2222", "same2222", *(f"code{n:04d}" for n in range(30))])
    monkeypatch.setattr("vicinia.domain.elections.codes.new_ticket", lambda: next(codes))
    assert actions.fill_pool(by=lucia, draw=draft, stairs=stairs, names=["Anche Lei"]) == 13
    with refused("non vota nessuno"):
        actions.fill_pool(by=lucia, draw=draft)


def test_it_is_called_off_with_a_reason(lucia, anna, published):
    with refused("perché si annulla"):
        actions.cancel_draw(by=lucia, draw=published, reason="")
    with refused("curate dal laboratorio"):
        actions.cancel_draw(by=anna, draw=published, reason="x")
    row = actions.cancel_draw(by=lucia, draw=published, reason="Un nome mancava.")
    assert row.state == DrawState.CANCELLED


def test_only_who_runs_it_reads_who_is_drawn(lucia, anna, published):
    assert queries.tickets_of(lucia, published).count() == 5
    assert not queries.tickets_of(anna, published).exists()
    assert queries.draw_named(anna, published.reference) == queries.shown_draw(published.reference)
    assert not queries.draws_due(lucia, clock.today()).exists()
    assert list(queries.draws_due(lucia, published.source_day)) == [published]
    assert not queries.draws_due(anna, published.source_day).exists()


def test_a_draft_is_not_for_everybody(draft):
    with pytest.raises(NotVisible):
        queries.shown_draw(draft.reference)
