"""Moving every encrypted value to the newest key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.functions import Cast

from vicinia.config import events
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import cipher, encrypted_fields

BATCH = 500
# Where allauth keeps what our adapter encrypts.
FACTOR_SECRETS = ("secret", "seed")


def rotate_field_keys(*, by: Actor, told: Callable[[str, int], None]) -> int:
    """Rotate model by model, telling each one's name and how many values moved. Running again moves nothing.

    Each batch is a transaction of its own: it may be stopped and run again.
    """
    moved = 0
    for model, names in encrypted_fields().items():
        count = sum(_rotate_field(model, name) for name in names)
        told(model._meta.label, count)
        moved += count
    count = _rotate_factors()
    told(Authenticator._meta.label, count)
    journal.record(events.KEYS_ROTATED, by=by, about="town:keys", values=moved + count)
    return moved + count


def is_newest(token: str) -> bool:
    """Whether the newest key alone opens a token."""
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def _rotated(token: str) -> str:
    return cipher().rotate(token.encode()).decode()


def _rotate_field(model: type[models.Model], name: str) -> int:
    moved, last = 0, None
    while rows := _batch(model, name, last):
        last = rows[-1][0]
        old = [(pk, token) for pk, token in rows if not is_newest(token)]
        moved += _write(model, name, [(_rotated(token), pk, token) for pk, token in old])
    return moved


def _batch(model: type[models.Model], name: str, last: Any) -> list[tuple[Any, str]]:
    """The next rows with a value, as it is stored: the cast keeps the field from decrypting it."""
    rows = model._base_manager.annotate(stored=Cast(name, models.TextField())).exclude(stored="")
    rows = rows.filter(stored__isnull=False).order_by("pk")
    return list((rows.filter(pk__gt=last) if last is not None else rows).values_list("pk", "stored")[:BATCH])


def _write(model: type[models.Model], name: str, updates: list[tuple[str, Any, str]]) -> int:
    """Write only over the very value that was read: whoever saved the row meanwhile used the newest key already."""
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column or "")
    column = quote(getattr(model._meta.get_field(name), "column", name))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s",  # noqa: S608  our own names
            updates,
        )
    return len(updates)


@transaction.atomic
def _rotate_factors() -> int:
    moved = 0
    for factor in Authenticator.objects.select_for_update().order_by("pk"):
        old = [name for name in FACTOR_SECRETS if name in factor.data and not is_newest(factor.data[name])]
        for name in old:
            factor.data[name] = _rotated(factor.data[name])
        if old:
            factor.save(update_fields=["data"])
            moved += len(old)
    return moved
