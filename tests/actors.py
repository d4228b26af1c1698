"""Actors for tests of rules, which need no database."""

from __future__ import annotations

from collections.abc import Iterable

from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Role
from vicinia.foundation.kernel.actor import Actor, ActorKind

MINE, OTHERS = 1, 2  # areas
ME, YOU = 7, 8  # users


def staff(role: Role, *, user_id: int = ME, areas: Iterable[int] = (MINE,)) -> Actor:
    """Someone of this role, of the area MINE unless said otherwise."""
    capabilities = frozenset(str(capability) for capability in ROLE_CAPABILITIES[role])
    return Actor(
        kind=ActorKind.STAFF,
        ref=f"user:{user_id}",
        name="Anna Ferri" if user_id == ME else "Bruno Galli",
        capabilities=capabilities,
        area_ids=frozenset(areas),
        everywhere="everywhere" in capabilities,
        user_id=user_id,
    )


OPERATOR = staff(Role.OPERATOR)
COORDINATOR = staff(Role.COORDINATOR, user_id=YOU)
LABORATORY = staff(Role.LABORATORY)
COUNCILLOR = staff(Role.COUNCIL)
ADMINISTRATOR = staff(Role.ADMINISTRATOR)
FROM_ELSEWHERE = staff(Role.OPERATOR, user_id=YOU, areas=(OTHERS,))
