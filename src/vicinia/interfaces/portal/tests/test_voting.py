"""Voting at the portal: code, ballot, confirmation, receipt; what is published, and counting it again."""

import datetime as dt
import html
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from vicinia.domain.elections import actions, codes, queries
from vicinia.domain.elections.models import Ballot, Mark, Poll, Voter
from vicinia.domain.elections.states import Basis, Method
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
NAMES = [f"Nome {n}" for n in range(6)]
LOT = "La prima estrazione del lotto dopo il voto"


@pytest.fixture
def lucia(cast):
    return cast.actor(cast.lucia)


def called(by, **changes) -> tuple[Poll, list[str]]:
    """A vote of six names with three options, and the codes."""
    now = clock.now()
    hours = {"opens_at": now - dt.timedelta(hours=1), "closes_at": now + dt.timedelta(hours=2)}
    values = {"title": "Il cortile", "question": "Che cosa facciamo?", "lot_source": LOT, "basis": Basis.LIST}
    poll = actions.plan_poll(by=by, new=actions.PollPlan(**values | hours | changes))
    for label in ("Orto", "Panchine", "Campo"):
        actions.add_option(by=by, poll=poll, new=actions.NewOption(label, f"Un {label.lower()} per tutti."))
    actions.list_voters(by=by, poll=poll, names=NAMES)
    poll = actions.call(by=by, poll=poll)
    given = actions.give_codes(by=by, poll=poll, voters=Voter.objects.filter(poll=poll))
    return poll, [one.code for one in given]


def words(answer) -> str:
    return html.unescape(answer.content.decode())


def carried(answer) -> dict[str, list[str]]:
    """The hidden fields of the form, as a browser without scripts sends them."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', words(answer)):
        found.setdefault(name, []).append(value)
    return {name: values for name, values in found.items() if name != "csrfmiddlewaretoken"}


def voted(client: Client, code: str, **choice) -> str:
    """Vote as one does; the receipt."""
    chosen = client.post("/vota", {"code": codes.spoken(code).upper()})
    asked = client.post("/vota", carried(chosen) | choice | {"step": "confirm"})
    done = client.post("/vota", carried(asked) | {"step": "send"})
    assert "Hai votato" in words(done), words(done)
    return re.search(r'receipt ltr">([\w-]+)<', words(done))[1]


def counted(poll: Poll, by, seed: str = "") -> Poll:
    with clock.at(poll.closes_at):
        return actions.count(by=by, poll=actions.close(by=by, poll=poll), seed=seed)


def test_a_vote_is_chosen_read_again_and_given(client: Client, lucia) -> None:
    poll, given = called(lucia)
    assert "Vota con il codice" in words(client.get(reverse("public_poll", args=[poll.reference])))
    chosen = client.post("/vota", {"code": given[0]})
    assert "Un orto per tutti." in words(chosen)
    assert chosen["Cache-Control"] == "private, no-store"
    none = client.post("/vota", carried(chosen) | {"step": "confirm"})
    assert none.status_code == 422
    asked = client.post("/vota", carried(chosen) | {"choice": "B", "step": "confirm"})
    assert "Rileggi la tua scheda" in words(asked)
    assert not Ballot.objects.exists()
    back = client.post("/vota", carried(asked) | {"step": "change"})
    assert re.search(r'value="B"[^>]*checked', words(back))
    for _twice in range(2):
        done = client.post("/vota", carried(asked) | {"step": "send"})
        assert "Hai votato" in words(done)
    assert (Mark.objects.count(), Ballot.objects.get().choice) == (1, "B")
    assert not client.session.keys()
    receipt = re.search(r'receipt ltr">([\w-]+)<', words(done))[1]
    check = reverse("poll_receipt", args=[poll.reference])
    assert "Il tuo voto è contato." in words(client.post(check, {"receipt": receipt}))
    assert "Questa ricevuta non c'è." in words(client.post(check, {"receipt": "x" * 16}))
    again = client.post("/vota", {"code": given[0]})
    assert again.status_code == 422
    assert "Questo voto è già stato dato." in words(again)
    other = client.post("/vota", carried(asked) | {"step": "send", "receipt": codes.new_receipt()})
    assert "Questo voto è già stato dato." in words(other)


def test_codes_are_not_guessed(client: Client, lucia) -> None:
    called(lucia)
    answers = [client.post("/vota", {"code": codes.new_code()}) for _try in range(31)]
    assert {one.status_code for one in answers[:30]} == {422}
    assert answers[30].status_code == 409
    assert client.post("/vota", {"code": " "}).status_code == 422
    assert client.get("/vota").status_code == 200


def test_places_in_an_order_are_each_used_once(client: Client, lucia) -> None:
    _poll, given = called(lucia, method=Method.RANKED, most=3)
    chosen = client.post("/vota", {"code": given[0]})
    wrong = carried(chosen) | {"place_A": "1", "place_B": "1", "step": "confirm"}
    assert "Usa ogni posto una volta sola" in words(client.post("/vota", wrong))
    skips = carried(chosen) | {"place_A": "2", "step": "confirm"}
    assert client.post("/vota", skips).status_code == 422
    voted(client, given[0], place_B="1", place_A="2")
    voted(client, given[1])
    assert sorted(Ballot.objects.values_list("choice", flat=True)) == ["", "BA"]


def test_what_suits_is_marked_and_not_too_much(client: Client, lucia) -> None:
    _poll, given = called(lucia, method=Method.APPROVAL, most=2, seats=2)
    chosen = client.post("/vota", {"code": given[0]})
    many = client.post("/vota", carried(chosen) | {"choice": ["A", "B", "C"], "step": "confirm"})
    assert "Sono troppe: al massimo 2." in words(many)
    two = client.post("/vota", carried(chosen) | {"choice": ["C", "A"], "step": "confirm"})
    assert client.post("/vota", carried(two) | {"step": "change"}).status_code == 200
    voted(client, given[0], choice=["C", "A"])
    voted(client, given[1])
    assert sorted(Ballot.objects.values_list("choice", flat=True)) == ["", "AC"]


def test_a_count_is_published_and_counted_again(client: Client, lucia, tmp_path) -> None:
    poll, given = called(lucia)
    file = reverse("public_poll_file", args=[poll.reference])
    assert client.get(file).status_code == 404
    for code, letter in zip(given, "AAABBC", strict=True):
        voted(client, code, choice=letter)
    assert "/ 6" not in words(client.get(reverse("public_poll", args=[poll.reference])))
    counted(poll, lucia)
    page = words(client.get(reverse("public_poll", args=[poll.reference])))
    assert "torna." in page
    assert "Orto" in words(client.get("/partecipa/votazioni")) + page
    answer = client.get(file)
    document = json.loads(answer.content)
    assert document["ballots"] == {"A": 3, "B": 2, "C": 1}
    assert not any(name in answer.content.decode() for name in [*NAMES, *given])
    path = tmp_path / "count.json"
    path.write_bytes(answer.content)
    out = io.StringIO()
    call_command("recount", str(path), stdout=out)
    assert "chosen: A. Orto" in out.getvalue()
    assert "as published" in out.getvalue()
    good = client.post("/partecipa/rifai-il-conto", {"file": io.BytesIO(answer.content)})
    assert "A. Orto" in words(good)
    document["ballots"]["C"] = 9
    path.write_text(json.dumps(document))
    with pytest.raises(CommandError, match="seal"):
        call_command("recount", str(path), stdout=out)
    bad = client.post("/partecipa/rifai-il-conto", {"file": io.BytesIO(path.read_bytes())})
    assert "Non torna" in words(bad)


@pytest.mark.parametrize("given", [b"non so", b"[]", b"{}", b'{"format": "vicinia-draw/1"}'])
def test_what_is_not_a_published_file_is_said_so(client: Client, given: bytes, tmp_path) -> None:
    assert client.get("/partecipa/rifai-il-conto").status_code == 200
    answer = client.post("/partecipa/rifai-il-conto", {"file": io.BytesIO(given)})
    assert answer.status_code == 422
    path = tmp_path / "x.json"
    path.write_bytes(given)
    with pytest.raises(CommandError):
        call_command("recount", str(path))


def test_a_file_that_is_too_large_is_refused(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("vicinia.interfaces.portal.forms.voting.LARGEST_FILE", 3)
    answer = client.post("/partecipa/rifai-il-conto", {"file": io.BytesIO(b'{"a": 1}')})
    assert "È troppo grande" in words(answer)


def test_very_few_ballots_have_no_file_and_no_numbers(client: Client, lucia) -> None:
    poll, given = called(lucia)
    for code in given[:3]:
        voted(client, code, choice="A")
    counted(poll, lucia)
    assert "si pubblica solo chi è stato scelto" in words(
        client.get(reverse("public_poll", args=[poll.reference]))
    )
    assert client.get(reverse("public_poll_file", args=[poll.reference])).status_code == 404


def test_a_draw_is_published_drawn_and_drawn_again(client: Client, lucia, tmp_path) -> None:
    now = clock.now()
    day = clock.today() + dt.timedelta(days=1)
    plan = actions.DrawPlan("Cinque per il tavolo", "Per il cortile.", 2, LOT, day, reserves=1)
    row = actions.plan_draw(by=lucia, new=plan)
    address, file = (reverse(name, args=[row.reference]) for name in ("public_draw", "public_draw_file"))
    assert client.get(address).status_code == 404
    actions.fill_pool(by=lucia, draw=row, names=NAMES)
    row = actions.publish_draw(by=lucia, draw=row)
    assert row.pool_digest in words(client.get(address))
    with clock.at(now + dt.timedelta(days=1)):
        row = actions.draw(by=lucia, draw=row, seed="12 45 7")
    page = words(client.get(address))
    assert "escono gli stessi numeri" in page
    assert not any(name in page for name in NAMES)
    answer = client.get(file)
    assert json.loads(answer.content)["drawn"] == queries.drawn_of(row)[0]
    path = tmp_path / "draw.json"
    path.write_bytes(answer.content)
    out = io.StringIO()
    call_command("recount", str(path), stdout=out)
    assert f"drawn: {' '.join(queries.drawn_of(row)[0])}" in out.getvalue()
    good = client.post("/partecipa/rifai-il-conto", {"file": io.BytesIO(answer.content)})
    assert "Torna." in words(good)
    other = actions.plan_draw(by=lucia, new=plan)
    actions.cancel_draw(by=lucia, draw=other, reason="Non serve.")
    assert client.get(reverse("public_draw_file", args=[other.reference])).status_code == 404
