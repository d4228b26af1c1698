"""A subject above people, as people see it: some rows that some actors may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import registries
from vicinia.foundation.kernel.actor import Actor


@dataclass
class Upstairs:
    """What a higher subject holds: words about people, and who may see them."""

    seen_by: dict[str, set[int]] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)

    def connect(self, person: Person, user: User) -> None:
        self.seen_by.setdefault(f"user:{user.pk}", set()).add(person.pk)

    def visible_people(self, by: Actor, among: object) -> list[int]:
        return sorted(self.seen_by.get(by.ref, ()))

    def export(self, person_id: int) -> list[dict[str, object]]:
        return [{"parole": self.words[person_id]}] if person_id in self.words else []

    def erase(self, by: Actor, person_id: int) -> int:
        return 1 if self.words.pop(person_id, None) else 0


@pytest.fixture
def upstairs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Upstairs]:
    subject = Upstairs()
    data = registries.PersonalData("upstairs", subject.export, subject.erase, subject.visible_people)
    monkeypatch.setattr(registries, "personal_data", [data])
    yield subject
