"""Who acts. Every write names its actor; there is no way to write one without."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    """What stands behind an act."""

    STAFF = "staff"
    RESIDENT = "resident"
    PARTNER = "partner"
    KEY = "key"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that acts, with what it may do and where.

    `ref` identifies the actor in the journal ("user:12", "report:2026-00871", "key:3", "job:nightly").
    `name` is how the actor is called in sentences that staff read.
    `area_ids` are the areas of the actor's teams; `everywhere` means every area of the town.
    `body_id` is the body of the network that acts without an account, `only` the reference of the one thing it may touch.
    """

    kind: ActorKind
    ref: str
    name: str
    capabilities: frozenset[str] = field(default_factory=frozenset)
    area_ids: frozenset[int] = field(default_factory=frozenset)
    everywhere: bool = False
    user_id: int | None = None
    body_id: int | None = None
    only: str = ""

    @classmethod
    def body(cls, body_id: int, name: str, *, only: str, capabilities: frozenset[str]) -> Actor:
        """A body without accounts, that came in by the link and code of one thing and may touch nothing else."""
        ref = f"body:{body_id} via link"
        return cls(ActorKind.PARTNER, ref, name, capabilities, body_id=body_id, only=only)

    @classmethod
    def resident(cls, ref: str, name: str = "") -> Actor:
        """A resident without an account, known by what their private link is about (a report's reference)."""
        return cls(ActorKind.RESIDENT, f"resident:{ref}", name or "Chi segnala")

    @classmethod
    def author(cls, reference: str) -> Actor:
        """Who made a proposal, known by its private link: rights on that one thing only."""
        return cls(ActorKind.RESIDENT, f"resident:{reference}", "Chi propone", only=reference)

    @classmethod
    def visitor(cls) -> Actor:
        """Someone at the portal who has no private link yet, and so has rights on nothing."""
        return cls(ActorKind.RESIDENT, "visitor", "Chi segnala")

    @classmethod
    def key(
        cls, ref: str, name: str, capabilities: frozenset[str], area_ids: frozenset[int], everywhere: bool
    ) -> Actor:
        """An API key, with the capabilities of its scopes."""
        return cls(ActorKind.KEY, f"key:{ref}", name, capabilities, area_ids, everywhere)

    @classmethod
    def job(cls, name: str, capabilities: frozenset[str] = frozenset()) -> Actor:
        """The program itself, in a scheduled job or a command."""
        return cls(ActorKind.JOB, f"job:{name}", "Vicinia", capabilities, frozenset(), everywhere=True)

    def can(self, capability: str) -> bool:
        """Whether the actor's role includes `capability`."""
        return capability in self.capabilities

    @property
    def is_staff(self) -> bool:
        return self.kind is ActorKind.STAFF

    def covers(self, area_id: int | None) -> bool:
        """Whether a row in this area is within reach; what has no area yet concerns everyone who places it."""
        return self.everywhere or area_id is None or area_id in self.area_ids
