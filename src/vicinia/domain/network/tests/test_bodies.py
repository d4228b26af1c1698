"""The list of bodies: who keeps it, and what a card changes."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from vicinia.domain.network import actions
from vicinia.domain.network.actions import BodyCard
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db
CARD = BodyCard(code="casa", name="Azienda casa", email="urp@casa.example")


@pytest.mark.parametrize("who", ["ada", "carla"])
def test_ada_and_carla_write_a_body_and_write_it_again(cast: Cast, who: str) -> None:
    by = cast.actor(getattr(cast, who))
    first = actions.write_body(by=by, card=CARD)
    again = actions.write_body(by=by, card=BodyCard(code="casa", name="Casa comune", is_active=False))
    assert again.pk == first.pk
    kept = PartnerBody.objects.get()
    assert (kept.name, kept.email, kept.is_active) == ("Casa comune", "", False)
    assert Entry.objects.filter(event="body.written", about="body:casa").count() == 2


@pytest.mark.parametrize("who", ["anna", "lucia", "marco", "paolo", "vera", "dario"])
def test_nobody_else_writes_a_body(cast: Cast, who: str) -> None:
    with pytest.raises(Refused, match="coordinatore") as refused:
        actions.write_body(by=cast.actor(getattr(cast, who)), card=CARD)
    assert refused.value.verdict.status == 403
    assert not PartnerBody.objects.exists()
