"""Whom we ring in a body, who opens its pages, and what was agreed with it until when."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.network import actions, queries
from vicinia.domain.network.actions import AgreementCard, PersonCard
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.network.states import DataCategory, LawfulBasis
from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def carla(cast: Cast) -> Actor:
    return cast.actor(cast.carla)


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


def body():
    return PartnerBody.objects.create(code="casa", name="Azienda casa")


def agreed(by, row, *, signed_days_ago=10, expires_in=None, title="Protocollo casa"):
    today = clock.today()
    card = AgreementCard(
        title=title,
        signed_on=today - dt.timedelta(days=signed_days_ago),
        expires_on=None if expires_in is None else today + dt.timedelta(days=expires_in),
        lawful_basis=LawfulBasis.PUBLIC_TASK,
        data_categories=[DataCategory.PROBLEM, DataCategory.CONTACTS],
    )
    return actions.sign_agreement(by=by, body=row, card=card)


def test_an_account_opens_the_pages_of_one_body(cast, carla):
    row = body()
    paolo = cast.actor(cast.paolo)
    assert queries.body_of(paolo) is None
    person = actions.write_person(by=carla, body=row, card=PersonCard(name="Paolo Neri", user=cast.paolo))
    assert queries.body_of(paolo) == row
    other = actions.write_body(by=carla, card=actions.BodyCard(code="altro", name="Altro ente"))
    with pytest.raises(Refused, match="è già di"):
        actions.write_person(by=carla, body=other, card=PersonCard(name="Paolo", user=cast.paolo))
    with pytest.raises(Refused, match="non ha un accesso da ente"):
        actions.write_person(by=carla, body=other, card=PersonCard(name="Anna", user=cast.anna))
    gone = PersonCard(name="Paolo Neri", user=cast.paolo, is_active=False)
    actions.write_person(by=carla, body=row, card=gone, person=person)
    assert queries.body_of(paolo) is None, "who left opens nothing"
    assert queries.body_of(Actor.visitor()) is None


def test_the_agreement_in_force_is_the_newest_that_has_not_expired(carla):
    row = body()
    assert queries.agreement_with(row) is None
    agreed(carla, row, signed_days_ago=400, expires_in=-5, title="scaduto")
    assert queries.agreement_with(row) is None
    first = agreed(carla, row, signed_days_ago=30, expires_in=20)
    assert queries.agreement_with(row) == first
    assert first.category_names == ["il problema e il luogo", "nome e recapiti"]
    actions.end_agreement(by=carla, agreement=first, reason="sostituito")
    assert queries.agreement_with(row) is None
    for reason, words in (("", "perché"), ("ancora", "già concluso")):
        other = first if reason else agreed(carla, row)
        with pytest.raises(Refused, match=words):
            actions.end_agreement(by=carla, agreement=other, reason=reason)


def test_an_agreement_does_not_expire_before_it_is_signed(carla):
    with pytest.raises(Refused, match="scadenza"):
        agreed(carla, body(), signed_days_ago=0, expires_in=-1)


def test_what_expires_soon_comes_up_to_who_keeps_the_network(cast, carla, client):
    row = body()
    agreed(carla, row, expires_in=61, title="lontano")
    agreed(carla, row, expires_in=60, title="vicino")
    assert [found.title for found in queries.expiring_agreements()] == ["vicino"]
    for user, sees in ((cast.carla, True), (cast.anna, False)):
        client.force_login(user)
        for page in ("day", "bodies"):
            assert ("vicino" in client.get(reverse(page)).content.decode()) is sees, (user, page)


def test_the_page_of_a_body_is_kept_in_a_browser(cast, carla, client):
    row = body()
    client.force_login(cast.carla)
    page = reverse("body", args=[row.code])
    assert "Qui stanno le persone da chiamare." in client.get(page).content.decode()
    new = reverse("new_body_person", args=[row.code])
    assert client.post(new, {"name": ""}).status_code == 422
    assert client.post(new, {"name": "Rita Pini", "phone": "059 1", "is_active": "on"}).status_code == 303
    person = queries.people_of(row).get()
    typed = {"name": "Rita Pini", "role": "sfratti", "is_active": "on", "user": cast.paolo.pk}
    assert client.post(reverse("body_person", args=[row.code, person.pk]), typed).status_code == 303
    said = {"title": "Protocollo", "signed_on": clock.today().isoformat(), "lawful_basis": "consent"}
    agreement = reverse("new_agreement", args=[row.code])
    assert client.post(agreement, said).status_code == 422
    assert client.post(agreement, said | {"data_categories": ["needs"]}).status_code == 303
    shown = client.get(page).content.decode()
    assert all(words in shown for words in ("sfratti", "ha un accesso", "Protocollo", "bisogni e salute"))
    end = reverse("agreement_end", args=[row.code, queries.agreements_of(row).get().pk])
    assert client.get(end).status_code == 200
    assert client.post(end, {"reason": "cambiato"}).status_code == 303


def test_areas_and_kind_of_a_body_are_kept(cast, client):
    row = body()
    client.force_login(cast.ada)
    typed = {"name": row.name, "is_active": "on", "is_internal": "on", "areas": [cast.crocetta.pk]}
    assert client.post(reverse("body_correct", args=[row.code]), typed).status_code == 303
    shown = client.get(reverse("body", args=[row.code])).content.decode()
    assert "un ufficio del Comune" in shown
    assert "Crocetta" in shown


def test_rows_of_a_body_are_for_who_keeps_it(cast, carla):
    row = body()
    person = actions.write_person(by=carla, body=row, card=PersonCard(name="Rita"))
    agreement = agreed(carla, row)
    for user in cast.everybody:
        client = Client()
        client.force_login(user)
        allowed = ROLE_CAPABILITIES[user.role] & {Capability.ASSIGN, Capability.MANAGE_SETTINGS}
        for name, pk in (("body_person", person.pk), ("agreement_end", agreement.pk)):
            assert client.get(reverse(name, args=[row.code, pk])).status_code == (200 if allowed else 403)
            if allowed:
                assert client.get(reverse(name, args=[row.code, 999])).status_code == 404
