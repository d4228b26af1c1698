"""The pages of a body without accounts, as a browser and a scanner of e-mails meet them."""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse

from vicinia.domain.network import actions as network
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.referrals import actions
from vicinia.domain.referrals.tests.conftest import _with_a_password_only, anna, casa, case, paolo, send
from vicinia.foundation.accounts.models import OneTimeCode, PrivateLink
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.allowance import Allowance
from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.interfaces.partner.views import linked

__all__ = ["_with_a_password_only", "anna", "casa", "case", "paolo", "send"]
pytestmark = pytest.mark.django_db
PAGES = ("linked_referral", "linked_decline", "linked_write", "linked_finish")
ACTS = ("linked_accept", "linked_start")


@pytest.fixture(autouse=True)
def _fresh_allowances(monkeypatch):
    monkeypatch.setattr(linked, "CODES", Allowance(count=20, seconds=3600))
    monkeypatch.setattr(linked, "TRIES", Allowance(count=60, seconds=3600))


@pytest.fixture
def parish(cast) -> PartnerBody:
    card = network.BodyCard(code="parrocchia", name="Parrocchia", email="parrocchia@ente.example")
    return network.write_body(by=cast.actor(cast.carla), card=card)


@pytest.fixture
def sent(send, parish):
    return send(body=parish, share=("kind", "contacts"))


def address() -> str:
    """The path of the newest link that was mailed."""
    message = OutboxMessage.objects.filter(template="referral_by_link").order_by("-id").first()
    return re.search(r"(/collegamento/\S+)", message.body)[1]


def code() -> str:
    message = OutboxMessage.objects.filter(template="referral_code").order_by("-id").first()
    return re.search(r"^(\d{6})$", message.body, re.M)[1]


def enter(client: Client) -> None:
    gate = address()
    assert client.post(gate)["Location"] == f"{gate}/codice"
    spaced = f" {code()[:3]} {code()[3:]} "
    assert client.post(f"{gate}/codice", {"code": spaced}).status_code == 302


def test_the_gate_shows_nothing_and_a_scanner_burns_nothing(sent):
    client = Client()
    for _time in range(3):
        for method in (client.get, client.head):
            answer = method(address())
            assert answer.status_code == 200
    page = client.get(address()).content.decode()
    for word in (sent.reference, "Parrocchia", "parrocchia@", "Riparare", "Maria", "Porta rotta"):
        assert word not in page, word
    assert "Mandami il codice" in page
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not OneTimeCode.objects.exists()
    assert client.get(f"{address()}/codice").status_code == 200
    assert PrivateLink.objects.get(purpose="referral").revoked_at is None


def test_the_whole_way_without_an_account(sent, parish):
    client = Client()
    before = client.get(reverse("linked_referral", args=[sent.reference]))
    assert before.status_code == 404 and "Riparare" not in before.content.decode()
    enter(client)
    page = client.get(reverse("linked_referral", args=[sent.reference])).content.decode()
    assert "Riparare la porta" in page and "Maria Bassi" in page
    assert "Porta rotta" not in page, "only what was chosen is theirs"
    assert "Tutte le richieste" not in page
    assert client.post(reverse("linked_accept", args=[sent.reference])).status_code == 303
    assert client.post(reverse("linked_accept", args=[sent.reference])).status_code == 409
    assert client.post(reverse("linked_start", args=[sent.reference])).status_code == 303
    assert client.get(reverse("linked_write", args=[sent.reference])).status_code == 200
    words = {"text": "Veniamo lunedì"}
    assert client.post(reverse("linked_write", args=[sent.reference]), words).status_code == 303
    done = {"text": "Fatta"}
    assert client.post(reverse("linked_finish", args=[sent.reference]), done).status_code == 303
    line = Entry.objects.get(event="referral.done")
    assert (line.by_ref, line.by_name) == (f"body:{parish.pk} via link", "Parrocchia, con un codice")
    assert client.post(reverse("linked_leave")).status_code == 200
    assert client.get(reverse("linked_referral", args=[sent.reference])).status_code == 404


def test_a_request_is_declined_with_its_reason(sent):
    client = Client()
    enter(client)
    decline = reverse("linked_decline", args=[sent.reference])
    assert client.get(decline).status_code == 200
    assert client.post(decline, {"reason": "non è nostra"}).status_code == 303
    assert client.get(decline).status_code == 409


def test_no_other_request_opens(send, sent, parish, casa):
    other, foreign = send(body=parish), send()
    client = Client()
    gate = re.search(
        r"(/collegamento/\S+)",
        OutboxMessage.objects.filter(template="referral_by_link").order_by("id").first().body,
    )[1]
    client.post(gate)
    client.post(f"{gate}/codice", {"code": code()})
    assert client.get(reverse("linked_referral", args=[sent.reference])).status_code == 200
    for row in (other, foreign):
        for name in PAGES + ACTS:
            method = client.post if name in ACTS else client.get
            assert method(reverse(name, args=[row.reference])).status_code == 404, name
    assert client.get(reverse("partner_referral", args=[sent.reference])).status_code == 302, "sign in"
    for name in ("cases", "bodies", "partner_referrals"):
        assert client.get(reverse(name)).status_code == 302, name


def test_staff_and_visitors_without_a_code_open_nothing(cast, sent):
    for user in (None, *cast.everybody):
        client = Client()
        if user:
            client.force_login(user)
        for name in PAGES + ACTS:
            method = client.post if name in ACTS else client.get
            answer = method(reverse(name, args=[sent.reference]))
            assert answer.status_code == 404, (user, name)
            assert "Riparare" not in answer.content.decode()


def test_a_wrong_code_is_said_and_the_sixth_try_is_refused(sent):
    client = Client()
    gate = address()
    client.post(gate)
    right = code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    page = f"{gate}/codice"
    assert "sei cifre" in client.post(page, {"code": "12a"}).content.decode()
    for number in range(5):
        answer = client.post(page, {"code": wrong})
        assert answer.status_code == 422
        said = "non vale più" if number == 4 else "non è giusto"
        assert said in answer.content.decode(), number
    assert client.post(page, {"code": right}).status_code == 422
    assert client.get(reverse("linked_referral", args=[sent.reference])).status_code == 404


def test_the_session_gets_another_name_and_lasts_an_hour(sent, monkeypatch):
    client = Client()
    client.post(address())
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else ""
    enter(client)
    after = client.cookies["sessionid"].value
    assert after and after != before
    page = reverse("linked_referral", args=[sent.reference])
    assert client.get(page).status_code == 200
    later = time.time() + linked.OPEN_SECONDS + 1
    monkeypatch.setattr(linked.time, "time", lambda: later)
    answer = client.get(page)
    assert answer.status_code == 404
    assert "ora è passata" in answer.content.decode()


@pytest.mark.parametrize("how", ["link", "referral", "anew", "body"])
def test_what_is_revoked_closes_who_is_inside(sent, anna, parish, how):
    client = Client()
    gate = address()
    enter(client)
    if how == "link":
        actions.revoke_link(by=anna, referral=sent)
    elif how == "anew":
        actions.send_link(by=anna, referral=sent)
    elif how == "referral":
        actions.revoke(by=anna, referral=sent, reason="risolto")
    else:
        PartnerBody.objects.filter(pk=parish.pk).update(is_active=False)
    answer = client.get(reverse("linked_referral", args=[sent.reference]))
    assert answer.status_code == 404
    assert "Maria" not in answer.content.decode()
    if how != "body":
        for method, path in (("get", gate), ("post", gate), ("get", f"{gate}/codice")):
            assert getattr(client, method)(path).status_code == 404, path


def test_wrong_expired_and_closed_links_look_the_same(sent, anna):
    client = Client()
    wrong = client.get("/collegamento/" + "x" * 43)
    gate = address()
    actions.revoke_link(by=anna, referral=sent)
    closed = client.get(gate)
    assert wrong.status_code == closed.status_code == 404
    pages = [re.sub(r'value="\w+"|/collegamento/[\w-]+', "", one.content.decode()) for one in (wrong, closed)]
    assert pages[0] == pages[1]


def test_a_follow_link_of_a_resident_opens_no_request(sent, case):
    from vicinia.domain.listening import actions as listening
    from vicinia.foundation.kernel.actor import Actor

    report = case.report_links.get().report
    token = listening.follow_token(by=Actor.job("prova"), report=report)
    assert Client().get(reverse("linked_gate", args=[token])).status_code == 404


def test_one_client_may_not_ask_for_ever(sent, monkeypatch):
    monkeypatch.setattr(linked, "CODES", Allowance(count=1, seconds=3600))
    monkeypatch.setattr(linked, "TRIES", Allowance(count=1, seconds=3600))
    client = Client()
    gate = address()
    assert client.post(gate).status_code == 302
    assert client.post(gate).status_code == 409
    assert client.post(f"{gate}/codice", {"code": "000000"}).status_code in (302, 422)
    assert client.post(f"{gate}/codice", {"code": code()}).status_code == 409


def test_staff_see_the_link_send_it_anew_and_close_it(cast, sent):
    client = Client()
    client.force_login(cast.anna)
    page = reverse("referral", args=[sent.reference])
    assert "Mandane uno nuovo" in client.get(page).content.decode()
    old = address()
    assert client.post(reverse("referral_send_link", args=[sent.reference])).status_code == 303
    assert address() != old
    assert client.post(reverse("referral_revoke_link", args=[sent.reference])).status_code == 303
    assert client.post(reverse("referral_revoke_link", args=[sent.reference])).status_code == 409
    assert "Manda un collegamento" in client.get(page).content.decode()
    expected = {"bruno": 404, "carla": 303} | dict.fromkeys(("marco", "paolo", "vera", "dario", "ada"), 403)
    for who, status in expected.items():
        other = Client()
        other.force_login(getattr(cast, who))
        for name in ("referral_send_link", "referral_revoke_link"):
            assert other.post(reverse(name, args=[sent.reference])).status_code == status, (who, name)


def test_a_body_with_accounts_has_no_link_on_its_page(cast, send):
    referral = send()
    client = Client()
    client.force_login(cast.anna)
    page = client.get(reverse("referral", args=[referral.reference])).content.decode()
    assert "Collegamento con codice" not in page
    assert client.post(reverse("referral_send_link", args=[referral.reference])).status_code == 409
