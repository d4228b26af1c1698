"""The cast: named people, so that every permission test says who.

Anna (operator) and Bruno (operator of another team), Carla (coordinator), Lucia (laboratory), Marco (mediator),
Paolo (partner), Vera (councillor), Dario (data protection), Ada (administrator). Quarters: Crocetta (Anna's), Stazione (Bruno's).
"""

from __future__ import annotations

from dataclasses import dataclass

from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.models import Team, User
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.kernel.actor import Actor

PASSWORD = "una-parola-lunga-di-prova"


@dataclass(frozen=True)
class Cast:
    """Everybody, and the two quarters."""

    crocetta: Area
    stazione: Area
    anna: User
    bruno: User
    carla: User
    lucia: User
    marco: User
    paolo: User
    vera: User
    dario: User
    ada: User

    @property
    def everybody(self) -> list[User]:
        return [
            self.anna,
            self.bruno,
            self.carla,
            self.lucia,
            self.marco,
            self.paolo,
            self.vera,
            self.dario,
            self.ada,
        ]

    def actor(self, user: User) -> Actor:
        return user.as_actor()


def _square(kind: str, code: str, name: str, south: float, west: float) -> Area:
    north, east = south + 0.01, west + 0.01
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    boundary = {"type": "Polygon", "coordinates": [ring]}
    return Area.objects.create(
        kind=kind, code=code, name=name, boundary=boundary, south=south, west=west, north=north, east=east
    )


def _user(name: str, role: Role, *teams: Team) -> User:
    email = f"{name.split()[0].lower()}@prova.example"
    user = User(email=email, name=name, role=role)
    user.set_unusable_password()
    user.save()
    user.teams.set(teams)
    return user


def gather_cast() -> Cast:
    """Make the cast. Passwords are unusable: tests sign in with `client.force_login`."""
    crocetta = _square("quarter", "crocetta", "Crocetta", 44.80, 10.60)
    stazione = _square("quarter", "stazione", "Stazione", 44.80, 10.61)
    north = Team.objects.create(name="Gruppo Crocetta", area_ids=[crocetta.pk])
    south = Team.objects.create(name="Gruppo Stazione", area_ids=[stazione.pk])
    return Cast(
        crocetta=crocetta,
        stazione=stazione,
        anna=_user("Anna Ferri", Role.OPERATOR, north),
        bruno=_user("Bruno Galli", Role.OPERATOR, south),
        carla=_user("Carla Monti", Role.COORDINATOR, north, south),
        lucia=_user("Lucia Sala", Role.LABORATORY, north),
        marco=_user("Marco Riva", Role.MEDIATOR),
        paolo=_user("Paolo Neri", Role.PARTNER),
        vera=_user("Vera Conti", Role.COUNCIL),
        dario=_user("Dario Villa", Role.DPO),
        ada=_user("Ada Greco", Role.ADMINISTRATOR),
    )
