"""Every encrypted value moves to the newest key, and nothing is lost on the way."""

from __future__ import annotations

import io

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection

from tests.cast import Cast
from vicinia.config.actions import field_keys
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


def message(key: str, body: str) -> OutboxMessage:
    return OutboxMessage.objects.create(key=key, channel="email", state="queued", body=body, by_ref="job:x")


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM notifications_outboxmessage ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def new_key(settings) -> None:
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]


def moved() -> int:
    return field_keys.rotate_field_keys(by=Actor.job("test"), told=lambda name, count: None)


def test_values_open_with_the_newest_key_alone(settings, monkeypatch):
    monkeypatch.setattr(field_keys, "BATCH", 2)
    for n in range(5):
        message(str(n), f"Parole {n}")
    new_key(settings)
    assert moved() == 5
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert [row.body for row in OutboxMessage.objects.order_by("id")] == [f"Parole {n}" for n in range(5)]


def test_rotating_again_moves_nothing(settings):
    message("a", "Parole")
    new_key(settings)
    moved()
    before = stored()
    assert moved() == 0
    assert stored() == before


def test_empty_values_stay_empty(settings):
    message("a", "")
    new_key(settings)
    assert moved() == 0
    assert stored() == [""]


def test_a_row_saved_meanwhile_keeps_its_new_words(settings):
    row = message("a", "Parole vecchie")
    read = field_keys._batch(OutboxMessage, "body", None)
    new_key(settings)
    OutboxMessage.objects.filter(pk=row.pk).update(body="Parole nuove")
    field_keys._write(OutboxMessage, "body", [(field_keys._rotated(old), pk, old) for pk, old in read])
    assert OutboxMessage.objects.get().body == "Parole nuove"


def test_second_factors_move_too(cast: Cast, settings):
    secret = generate_totp_secret()
    TOTP.activate(cast.anna, secret)
    codes = RecoveryCodes.activate(cast.anna).get_unused_codes()
    new_key(settings)
    assert moved() == 2
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert RecoveryCodes.activate(cast.anna).get_unused_codes() == codes


def test_the_command_says_how_many(settings):
    message("a", "Parole")
    new_key(settings)
    out = io.StringIO()
    call_command("rotate_field_keys", stdout=out)
    assert "1 values moved to the newest key. 1 older keys" in out.getvalue()
