"""What every import does the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from vicinia.domain.territory import events
from vicinia.domain.territory.incoming import Origin, Tally
from vicinia.domain.territory.models import Edition
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Sentence

Row = TypeVar("Row")

BATCH = 1000


def change(row: models.Model, **wanted: Any) -> bool:
    """Set what differs, without saving; whether anything did."""
    differing = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def in_batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of at most `size`."""
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch


def twice(first: Origin) -> Sentence:
    """The reason to refuse what an earlier line already said."""
    return format_lazy("{} {}", _("La stessa cosa è già detta alla riga"), first.line)


def finish(tally: Tally, *, by: Actor, about: str, file: str) -> Tally:
    """Record an import that changed something, and tell every process."""
    if tally.wrote:
        Edition.renew()
        journal.record(
            events.IMPORTED,
            by=by,
            about=f"territory:{about}",
            file=file,
            new=tally.new,
            changed=tally.changed + tally.gone,
            refused=len(tally.refused),
        )
    return tally
