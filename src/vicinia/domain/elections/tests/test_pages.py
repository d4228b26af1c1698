"""The desk's pages of votes and draws: prepared, called, given codes, closed, counted; who may and who may not."""

import datetime as dt
import html

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from vicinia.domain.elections import actions, jobs, queries
from vicinia.domain.elections.models import Draw, PaperCount, Poll, Voter
from vicinia.domain.elections.states import DrawState, PollState
from vicinia.domain.elections.tests.conftest import LOT, house, plan
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, answer.content.decode()[:3000]
    return words(answer)


def words(answer) -> str:
    """The page as it is read."""
    return html.unescape(answer.content.decode())


def sent(client: Client, name: str, *args: object, **values: object) -> str:
    answer = client.post(reverse(name, args=args), values, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:3000]
    return words(answer)


def typed(moment: dt.datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def desk(client: Client, cast) -> Client:
    client.force_login(cast.lucia)
    return client


@pytest.fixture
def other(cast) -> Client:
    client = Client()
    client.force_login(cast.carla)
    return client


def words_of(houses, **changes: object) -> dict[str, object]:
    now = clock.now()
    return {
        "kind": "stairs",
        "title": "Chi rappresenta la scala A",
        "question": "Chi parla per la scala A?",
        "method": "plurality",
        "seats": 1,
        "most": 1,
        "basis": "households",
        "stairs": [houses[0].pk],
        "opens_at": typed(now - dt.timedelta(hours=1)),
        "closes_at": typed(now + dt.timedelta(days=2)),
        "place": "Laboratorio",
        "lot_source": LOT,
    } | changes


@pytest.fixture
def poll(desk: Client, stairs) -> Poll:
    """A vote called from the desk, with three candidates."""
    sent(desk, "poll_new", **words_of(stairs))
    row = Poll.objects.get()
    for label in ("Maria Bassi", "Ugo Neri", "Rosa Conti"):
        assert label in sent(desk, "poll_option_new", row.reference, label=label, about="Abita qui.")
    assert "Elenco preparato: votano in 6." in sent(desk, "poll_list", row.reference)
    assert "Votano in 6." in page(desk, "poll_call", row.reference)
    assert "Indetta" in sent(desk, "poll_call", row.reference)
    return Poll.objects.get()


def test_a_vote_from_its_first_word_to_the_report(desk: Client, other: Client, poll: Poll) -> None:
    code = poll.reference
    assert "Stampa i codici" in page(desk, "poll", code)
    assert "Per chi non ha ancora un codice" in page(desk, "poll_codes", code)
    letters = desk.post(reverse("poll_codes", args=[code]), {"which": "new"})
    assert letters["Content-Type"] == "application/pdf"
    again = desk.post(reverse("poll_codes", args=[code]), {"which": "new"})
    assert "Non c'è nessuno a cui dare un codice" in words(again)
    assert "Se ne aveva già uno" in page(desk, "poll_code", code, 1)
    assert desk.post(reverse("poll_code", args=[code, 1]))["Content-Type"] == "application/pdf"
    for name in ("poll_ballot_paper", "poll_register_paper"):
        assert desk.get(reverse(name, args=[code]))["Content-Type"] == "application/pdf"
    for number in (1, 2):
        assert "Segnalo prima di dargli la scheda" in page(desk, "poll_mark", code, number)
        assert "Dagli la scheda e la ricevuta" in sent(desk, "poll_mark", code, number)
    for name, *args in (("poll_mark", code, 1), ("poll_code", code, 1), ("poll_report_paper", code)):
        assert desk.get(reverse(name, args=args)).status_code == 409
    assert desk.post(reverse("poll_mark", args=[code, 1])).status_code == 409
    assert desk.post(reverse("poll_close", args=[code])).status_code == 409
    with clock.at(poll.closes_at):
        assert "Chiudi adesso" in page(desk, "poll", code)
        assert "Chiusa: adesso si conta." in sent(desk, "poll_close", code)
        for client in (desk, other):
            assert "Hanno votato su carta in 2." in page(client, "poll_paper", code)
            counted = {"letter_A": 1, "letter_B": 1, "letter_C": 0, "blank": 0, "spoiled": 0}
            assert "Conteggio scritto." in sent(client, "poll_paper", code, **counted)
        version = Poll.objects.get().version
        tied = desk.post(reverse("poll_count", args=[code]), {"seen_version": version})
        assert tied.status_code == 409
        assert "C'è un pareggio" in words(tied)
        assert "Scrutinata" in sent(desk, "poll_count", code, seen_version=version, seed="12 45 7")
    assert Poll.objects.get().state == PollState.COUNTED
    assert desk.get(reverse("poll_report_paper", args=[code]))["Content-Type"] == "application/pdf"
    assert "si pubblica solo chi è stato scelto" in page(desk, "poll", code)
    assert PaperCount.objects.count() == 2


def test_the_roll_is_seen_corrected_and_filtered(desk: Client, poll: Poll) -> None:
    code = poll.reference
    sent(desk, "poll_admit", code, label="Ada Riva, scala A", reason="Arrivata ieri.")
    assert "Togli dall" in page(desk, "poll_strike", code, 2)
    sent(desk, "poll_strike", code, 2, reason="Si è trasferito.")
    voter = Voter.objects.get(number=2)
    assert (voter.is_struck, voter.note) == (True, "Si è trasferito.")
    shown = page(desk, "poll_roll", code)
    assert "Ada Riva, scala A" in shown
    assert "Si è trasferito." in shown
    address = reverse("poll_roll", args=[code])
    waiting = desk.get(f"{address}?vista=da-votare&scala={poll.stairs.get().pk}").content.decode()
    assert "Si è trasferito." not in waiting
    desk.post(reverse("poll_codes", args=[code]), {"which": "all", "stair": poll.stairs.get().pk})
    left = desk.get(f"{address}?vista=senza-codice").content.decode()
    assert "Ada Riva" in left
    assert "Nucleo 2" not in left


def test_before_it_is_called_everything_changes(desk: Client, stairs) -> None:
    sent(desk, "poll_new", **words_of(stairs))
    row = Poll.objects.get()
    for label in ("Sì", "No"):
        sent(desk, "poll_option_new", row.reference, label=label)
    sent(desk, "poll_option_drop", row.reference, "A")
    assert [str(one) for one in queries.options_of(row)] == ["A. No"]
    assert "Chi parla per la scala A?" in page(desk, "poll_change", row.reference)
    never = typed(clock.now() - dt.timedelta(days=3))
    for wrong in ({"stairs": []}, {"closes_at": never}):
        refused = desk.post(reverse("poll_change", args=[row.reference]), words_of(stairs, **wrong))
        assert refused.status_code == 422
    changed = words_of(stairs, title="Un altro titolo", stairs=[], basis="list", seen_version=row.version)
    assert "Un altro titolo" in sent(desk, "poll_change", row.reference, **changed)
    assert "Uno per riga" in page(desk, "poll_list", row.reference)
    sent(desk, "poll_list", row.reference, names="Maria Bassi\n\nUgo Neri")
    assert Voter.objects.count() == 2
    sent(desk, "poll_annul", row.reference, reason="Si rifà a maggio.")
    assert "Si rifà a maggio." in page(desk, "poll", row.reference)
    assert "Un altro titolo" not in page(desk, "polls")
    assert "Un altro titolo" in words(desk.get(reverse("polls"), {"vista": "tutte"}))


def test_ranked_paper_ballots_are_lines(desk: Client, lucia, stairs) -> None:
    poll = actions.plan_poll(by=lucia, new=plan(stairs[:1], method="ranked", most=3))
    for label in ("Orto", "Panchine", "Campo"):
        actions.add_option(by=lucia, poll=poll, new=actions.NewOption(label))
    actions.list_voters(by=lucia, poll=poll)
    poll = actions.call(by=lucia, poll=poll)
    for voter in Voter.objects.filter(number__lte=3):
        actions.mark_paper(by=lucia, voter=voter)
    with clock.at(poll.closes_at):
        jobs.close()
        address = reverse("poll_paper", args=[poll.reference])
        wrong = desk.post(address, {"lines": "non so", "blank": 0, "spoiled": 0})
        assert wrong.status_code == 422
        assert "non so" in words(wrong)
        none = desk.post(address, {"lines": "ZZ 2", "blank": 0, "spoiled": 0})
        assert none.status_code == 409
        desk.post(address, {"lines": "bac 1\nBAC 1\n\n", "blank": 1, "spoiled": 0})
    assert PaperCount.objects.get().lines == {"BAC": 2, "": 1}


def test_a_draw_from_its_first_word_to_the_numbers(desk: Client, stairs) -> None:
    day = clock.today() + dt.timedelta(days=2)
    values = {"title": "Cinque per il tavolo", "why": "Per il cortile.", "places": 2, "reserves": 1}
    values |= {"source": LOT, "source_day": day.isoformat()}
    sent(desk, "draw_new", **values)
    row = Draw.objects.get()
    assert "Ancora nessuno." in page(desk, "draw", row.reference)
    assert desk.post(reverse("draw_fill", args=[row.reference]), {"names": " "}).status_code == 409
    sent(desk, "draw_fill", row.reference, stairs=[stairs[0].pk], names="Ada Riva\n\nPia Riva")
    sent(desk, "draw_change", row.reference, **values | {"places": 3, "seen_version": row.version})
    assert "Ada Riva" in page(desk, "draw", row.reference)
    assert "Pubblicato" in sent(desk, "draw_publish", row.reference)
    assert desk.get(reverse("draw_pull", args=[row.reference])).status_code == 409
    with clock.at(clock.now() + dt.timedelta(days=2)):
        assert "Cinque per il tavolo" in page(desk, "votes_in_laboratory")
        version = Draw.objects.get().version
        assert "estratto, 1°" in sent(desk, "draw_pull", row.reference, seed="12 45", seen_version=version)
    row = Draw.objects.get()
    assert (row.state, row.places) == (DrawState.DRAWN, 3)
    sent(desk, "draw_new", **values)
    second = Draw.objects.order_by("id").last()
    assert "Nessuno è estratto." in page(desk, "draw_cancel", second.reference)
    sent(desk, "draw_cancel", second.reference, reason="Non serve più.")
    assert "Non serve più." in page(desk, "draw", second.reference)


def test_who_does_not_run_it_reads_without_names(cast, poll: Poll) -> None:
    client = Client()
    client.force_login(cast.anna)
    assert "Stampa i codici" not in page(client, "poll", poll.reference)
    for name in ("poll_roll", "poll_codes", "poll_register_paper", "poll_change", "poll_count"):
        assert client.get(reverse(name, args=[poll.reference])).status_code == 403


def test_lists_take_a_fixed_number_of_queries(desk: Client, lucia, cast) -> None:
    def queries_of() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(desk, "polls")
            page(desk, "draws")
            page(desk, "votes_in_laboratory")
        return len(seen)

    def more() -> None:
        poll = actions.plan_poll(by=lucia, new=plan(basis="list"))
        for label in ("Sì", "No"):
            actions.add_option(by=lucia, poll=poll, new=actions.NewOption(label))
        actions.list_voters(by=lucia, poll=poll, names=["Uno", "Due"])
        actions.call(by=lucia, poll=poll)
        draw = actions.plan_draw(
            by=lucia,
            new=actions.DrawPlan("Estrazione", "Perché", 1, LOT, clock.today() + dt.timedelta(days=1)),
        )
        actions.fill_pool(by=lucia, draw=draw, names=["Uno", "Due"])
        actions.publish_draw(by=lucia, draw=draw)

    more()
    page(desk, "polls")
    few = queries_of()
    for _turn in range(9):
        more()
    assert queries_of() == few
    assert house(cast.crocetta, "altra")
