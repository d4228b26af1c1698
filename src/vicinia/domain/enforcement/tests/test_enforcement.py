"""The register of acts: what an act must say, what becomes of it, and that only the police side knows of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from html import unescape

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.actors import LABORATORY, OPERATOR
from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.papers import dossier
from vicinia.domain.casework.tests.factories import close_case
from vicinia.domain.enforcement import actions, queries, rules
from vicinia.domain.enforcement.models import ActKind, AdministrativeAct
from vicinia.domain.people.models import Person
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, Refused

pytestmark = pytest.mark.django_db
SECRET = "quarzoverde"


def kind(code: str) -> ActKind:
    return queries.kind_coded(code)


def new_act(code: str = "allontanamento", **fields: object) -> actions.NewAct:
    values: dict[str, object] = {
        "kind": kind(code),
        "number": "2026/118",
        "issued_on": clock.today(),
        "amount": Decimal("150") if code == "allontanamento" else None,
        "note": f"In piazza, {SECRET}.",
    }
    return actions.NewAct(**(values | fields))  # type: ignore[arg-type]


@pytest.fixture
def act(case: Case, anna: Actor) -> AdministrativeAct:
    return actions.register(by=anna, case=case, new=new_act())


def test_a_removal_order_lasts_its_hours_and_stands_once_under_its_number(
    case: Case, anna: Actor, act: AdministrativeAct
) -> None:
    assert act.ends_at == clock.start_of(clock.today()) + dt.timedelta(hours=48)
    assert act.reference.startswith("A2026-") or act.reference.startswith("A")
    with pytest.raises(Refused, match="già un atto"):
        actions.register(by=anna, case=case, new=new_act(number=" 2026/118 "))
    with pytest.raises(IntegrityError), transaction.atomic():
        AdministrativeAct.objects.create(
            reference="A1", case=case, kind=act.kind, number=act.number, issued_on=act.issued_on
        )
    warning = actions.register(by=anna, case=case, new=new_act("diffida"))
    assert warning.ends_at is None and warning.amount is None


@pytest.mark.parametrize(
    ("code", "fields", "sentence"),
    [
        ("allontanamento", {"number": " "}, "protocollo"),
        ("allontanamento", {"issued_on": dt.date(2999, 1, 1)}, "deve ancora venire"),
        ("allontanamento", {"amount": None}, "Scrivi l'importo"),
        ("allontanamento", {"amount": Decimal("99.99")}, "più basso del minimo: 100,00"),
        ("allontanamento", {"amount": Decimal("300.01")}, "più alto del massimo: 300,00"),
        ("diffida", {"amount": Decimal("1")}, "non ha un importo"),
    ],
)
def test_an_act_that_cannot_be_is_refused(
    case: Case, anna: Actor, code: str, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.register(by=anna, case=case, new=new_act(code, **fields))
    assert not AdministrativeAct.objects.exists()


def test_a_kind_out_of_use_and_one_with_half_its_limits(case: Case, anna: Actor, cast: Cast) -> None:
    ada = cast.actor(cast.ada)
    with pytest.raises(Refused, match="tiene l'amministratore"):
        actions.write_kind(by=anna, card=actions.KindCard(name="Altro"))
    with pytest.raises(Refused, match="più alto del massimo"):
        actions.write_kind(by=ada, card=actions.KindCard(name="x", least=Decimal(2), most=Decimal(1)))
    least = actions.write_kind(by=ada, card=actions.KindCard(name="Sanzione edilizia", least=Decimal(50)))
    most = actions.write_kind(by=ada, card=actions.KindCard(name="Sanzione edilizia", most=Decimal(50)))
    assert (least.code, most.code) == ("sanzione-edilizia", "sanzione-edilizia-2")
    assert rules.may_be(least, "1", clock.today(), Decimal(9999), clock.today(), is_known=False)
    assert rules.may_be(most, "1", clock.today(), Decimal(0), clock.today(), is_known=False)
    unused = actions.write_kind(
        by=ada, card=actions.KindCard(name="Vecchia", is_active=False), kind=least, seen_version=1
    )
    with pytest.raises(Refused, match="non è più in uso"):
        actions.register(by=anna, case=case, new=new_act(kind=unused))
    with pytest.raises(Conflict):
        actions.write_kind(by=ada, card=actions.KindCard(name="Di nuovo"), kind=least, seen_version=1)
    assert actions.write_kind(by=ada, card=actions.KindCard(name="…")).code == "atto"


def test_what_became_of_it_is_written_with_a_reason_also_after_closing(
    case: Case, anna: Actor, act: AdministrativeAct
) -> None:
    with pytest.raises(Refused, match="che cosa è successo"):
        actions.move(by=anna, act=act, state="breached", reason=" ", seen_version=None)
    actions.move(by=anna, act=act, state="breached", reason="Trovato di nuovo lì.", seen_version=1)
    with pytest.raises(Conflict):
        actions.move(by=anna, act=act, state="complied", reason="x", seen_version=1)
    close_case(anna, case)
    actions.move(by=anna, act=act, state="complied", reason="Pagato.", seen_version=None)
    with pytest.raises(Refused, match="non si passa"):
        actions.move(by=anna, act=act, state="issued", reason="x", seen_version=None)
    states = [move.to_state for move in act.state_moves.all()]
    assert states == ["breached", "complied"]


def test_each_rule_says_no(case: Case, anna: Actor) -> None:
    assert rules.may_see(OPERATOR) and rules.may_see(LABORATORY).status == 403
    assert rules.may_register(LABORATORY, case).status == 403
    assert rules.must_say_purpose("x") and "perché" in str(rules.must_say_purpose(" ").sentence)


def test_no_person_is_in_an_act() -> None:
    related = {field.related_model for field in AdministrativeAct._meta.get_fields() if field.is_relation}
    assert Person not in related and Case in related


def test_only_the_police_side_knows_of_an_act(
    client: Client, cast: Cast, case: Case, act: AdministrativeAct
) -> None:
    """The case is an administrative one that the laboratory sees: of its act it sees nothing, through any door."""
    doors = [
        reverse("act", args=[act.reference]),
        reverse("act_move", args=[act.reference]),
        reverse("acts_on_case", args=[case.reference]),
        reverse("act_new", args=[case.reference]),
    ]
    for user in cast.everybody:
        client.force_login(user)
        sees = user in (cast.anna, cast.carla)
        expected = 200 if sees else 404 if user == cast.bruno else 403
        for door in doors:
            assert client.get(door).status_code == expected, (user.name, door)
        listed = client.get(reverse("acts"))
        assert listed.status_code == (200 if user in (cast.anna, cast.bruno, cast.carla) else 403)
        assert (act.number in listed.content.decode()) is sees
    client.force_login(cast.lucia)
    for door in (
        reverse("case", args=[case.reference]),
        reverse("cases"),
        reverse("day"),
        f"/api/v1/cases/{case.reference}",
    ):
        page = client.get(door).content.decode()
        assert act.number not in page and "allontanamento" not in page and "/atti" not in page, door
    assert not Entry.objects.filter(about=f"case:{case.reference}", event__startswith="act.").exists()
    assert client.get(reverse("search"), {"q": SECRET}).content.decode().count(act.reference) == 0
    assert act.number.encode() not in dossier(by=cast.actor(cast.lucia), case=case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM enforcement_administrativeact")
        assert SECRET not in cursor.fetchone()[0]


def test_the_register_is_filtered_counted_and_taken_out_with_a_purpose(
    client: Client, cast: Cast, case: Case, anna: Actor, act: AdministrativeAct
) -> None:
    actions.register(
        by=anna, case=case, new=new_act("diffida", issued_on=clock.today() - dt.timedelta(days=40))
    )
    assert [row["n"] for row in queries.counts(queries.register(anna))] == [1, 1]
    recent = queries.register(anna, kind="allontanamento", first=clock.today(), last=clock.today())
    assert list(recent) == [act]
    client.force_login(cast.anna)
    address = reverse("acts_take_out")
    assert client.get(address).status_code == 200 and client.post(address, {"purpose": ""}).status_code == 422
    assert client.post(address, {"purpose": "  . "}).status_code == 200
    answer = client.post(f"{address}?kind=allontanamento", {"purpose": "Relazione al Prefetto"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert act.reference in text and text.count("\n") == 2 and SECRET not in text
    assert Entry.objects.filter(event="act.taken_out").last().facts["count"] == 1  # type: ignore[union-attr]
    assert "150,00" in client.get(reverse("acts"), {"first": "boh"}).content.decode()


def test_the_pages_register_and_follow_an_act(client: Client, cast: Cast, case: Case) -> None:
    client.force_login(cast.anna)
    assert (
        "li vede solo la polizia locale"
        in client.get(reverse("acts_on_case", args=[case.reference])).content.decode()
    )
    address = reverse("act_new", args=[case.reference])
    sent = {
        "kind": kind("allontanamento").pk,
        "number": "7",
        "issued_on": str(clock.today()),
        "amount": "50,00",
        "note": "x",
    }
    refused = client.post(address, sent)
    assert refused.status_code == 409 and "più basso del minimo" in refused.content.decode()
    assert client.post(address, sent | {"amount": "120,50"}).status_code == 303
    act = AdministrativeAct.objects.get()
    assert act.amount == Decimal("120.50")
    page = client.get(reverse("act", args=[act.reference])).content.decode()
    assert "120,50" in page and "Registrato: Ordine di allontanamento, protocollo 7." in page
    moved = client.post(
        reverse("act_move", args=[act.reference]),
        {"seen_version": act.version, "state": "complied", "reason": "Pagato."},
    )
    assert moved.status_code == 303
    page = client.get(reverse("act", args=[act.reference])).content.decode()
    assert "rispettato o pagato" in page and reverse("act_move", args=[act.reference]) not in page


def test_the_administrator_keeps_the_kinds_and_sees_no_act(
    client: Client, cast: Cast, act: AdministrativeAct
) -> None:
    client.force_login(cast.ada)
    page = client.get(reverse("act_kinds")).content.decode()
    assert "Ordine di allontanamento" in page and act.number not in page
    address = reverse("act_kind", args=["sanzione"])
    assert "25,00" in client.get(address).content.decode()
    card = {"name": "Sanzione", "least": "50,00", "most": "500,00", "is_active": "on", "seen_version": "1"}
    assert client.post(address, card | {"least": "900"}).status_code == 409
    assert client.post(address, card).status_code == 303
    assert kind("sanzione").least == 50
    assert client.post(reverse("act_kind_new"), {"name": "Confisca", "is_active": "on"}).status_code == 303
    slip = client.post(address, card | {"name": ""}).content.decode()
    assert 'name="seen_version" value="1"' in slip, "a slip of typing is not a look at what others did"
    late = client.post(address, card | {"law": "La mia norma"})
    page = late.content.decode()
    assert late.status_code == 409 and "La mia norma" in page and "Com'è adesso" in unescape(page)
    assert 'name="seen_version" value="2"' in page, "what was shown may be saved"
    assert client.post(address, card | {"law": "La mia norma", "seen_version": "2"}).status_code == 303
    for user in (cast.anna, cast.carla, cast.lucia, cast.paolo):
        client.force_login(user)
        for name, args in (("act_kinds", []), ("act_kind", ["sanzione"]), ("act_kind_new", [])):
            assert client.get(reverse(name, args=args)).status_code == 403


def test_the_register_costs_the_same_with_many_acts(
    client: Client, cast: Cast, case: Case, anna: Actor
) -> None:
    client.force_login(cast.anna)
    costs = []
    for first in (0, 1, 2):
        for number in range(first * 20, first * 20 + 20 if first else 1):
            actions.register(by=anna, case=case, new=new_act("diffida", number=str(number)))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("acts")).status_code == 200
        costs.append(len(caught))
    assert costs[1] == costs[2] <= costs[0] + 1, costs
