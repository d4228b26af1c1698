"""Alerts by key: numbers and places of one's areas, no words."""

import pytest
from django.test import Client

from tests.cast import Cast
from vicinia.domain.foresight import actions
from vicinia.domain.foresight.tests.factories import alert_in
from vicinia.foundation.accounts import actions as accounts

pytestmark = pytest.mark.django_db


def key(cast: Cast, *scopes: str, areas: tuple[int, ...] = ()) -> dict[str, str]:
    details = accounts.KeyDetails(name="prova", scopes=scopes, area_ids=areas, everywhere=not areas)
    return {"authorization": f"Api-Key {accounts.make_key(by=cast.actor(cast.ada), details=details)[1]}"}


def test_alerts_by_key(client: Client, cast: Cast) -> None:
    alert = alert_in(cast.crocetta)
    actions.dismiss(by=cast.actor(cast.carla), alert=alert, reason="over", words="Parole di chi coordina")
    headers = key(cast, "see_alerts")
    listed = client.get("/api/v1/alerts", headers=headers)
    assert listed.status_code == 200
    row = listed.json()["results"][0]
    assert (row["reference"], row["observed"], row["state"]["code"]) == (alert.reference, 9, "dismissed")
    assert "9 segnalazioni" in row["sentence"]
    full = client.get(f"/api/v1/alerts/{alert.reference}", headers=headers)
    assert len(full.json()["curve"]) == 60
    assert "Parole" not in full.content.decode() and "Musica" not in full.content.decode()
    assert client.get("/api/v1/alerts", {"state": "new"}, headers=headers).json()["count"] == 0


def test_alerts_of_elsewhere_do_not_exist(client: Client, cast: Cast) -> None:
    alert = alert_in(cast.crocetta)
    headers = key(cast, "see_alerts", areas=(cast.stazione.pk,))
    assert client.get("/api/v1/alerts", headers=headers).json()["count"] == 0
    assert client.get(f"/api/v1/alerts/{alert.reference}", headers=headers).status_code == 404
    assert client.get("/api/v1/alerts").status_code == 401
    assert client.get("/api/v1/alerts", headers=key(cast, "see_reports")).status_code == 403
