"""States as a table, moves as rows that are never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext as _

from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, no


class Moves:
    """Which state may follow which. Pure: built once beside the enum, drawn into docs/generated/states.md.

    `every` lists all tables of moves of the program, for those pages.
    """

    every: ClassVar[list[Moves]] = []

    def __init__(
        self, name: str, states: type[models.TextChoices], table: Mapping[str, Iterable[str]]
    ) -> None:
        self.name = name
        self.states = states
        self.table: dict[str, frozenset[str]] = {
            state: frozenset(table.get(state, ())) for state in states.values
        }
        self.every.append(self)

    def may(self, current: str, following: str) -> Verdict:
        """Whether `following` may come after `current`."""
        if following in self.table[current]:
            return YES
        sentence = _("Da «%(current)s» non si passa a «%(following)s».")
        return no(
            sentence % {"current": self.states(current).label, "following": self.states(following).label}
        )


class Move(models.Model):
    """One step of one row, by someone, at an instant, for a reason. Subclasses add the foreign key `row`."""

    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)
    from_state = models.CharField(max_length=24)
    to_state = models.CharField(max_length=24)
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ("at", "id")


class Staged(models.Model):
    """A row with a state that only `enter` changes. Subclasses set `moves`, `move_model` and `state_field`."""

    moves: ClassVar[Moves]
    move_model: ClassVar[type[Move]]
    state_field: ClassVar[str]

    class Meta:
        abstract = True

    def enter(self, state: str, *, by: Actor, reason: str = "", **changes: Any) -> Self:
        """Move to `state`, with the other fields that change at the same time; refuse what the table forbids."""
        current = getattr(self, self.state_field)
        self.moves.may(current, state).require()
        for name, value in (changes | {self.state_field: state}).items():
            setattr(self, name, value)
        self.save()
        step: dict[str, Any] = {"row": self, "from_state": current, "to_state": state, "reason": reason}
        self.move_model._default_manager.create(by_ref=by.ref, by_name=by.name, **step)
        return self
