"""Where and by whom: territory, teams, staff, bodies, categories."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command

from vicinia.demo import people
from vicinia.demo.seeding import housing
from vicinia.demo.seeding.texts import write_texts
from vicinia.demo.town import Town, areas_geojson, base_map, civics_csv, to_text
from vicinia.domain.listening import actions as listening
from vicinia.domain.network import actions as network
from vicinia.domain.network import queries as bodies
from vicinia.domain.network.states import DataCategory, LawfulBasis
from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts import actions as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability, Role
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

MAPPING = """
folder = "."

[[areas]]
file = "areas.geojson"
kind = "quarter"
columns = { code = "code", name = "name" }

[[numbers]]
file = "civics.csv"
separator = ";"
epsg = 4326
area_kind = "quarter"

[numbers.columns]
street_code = "CodiceVia"
street_kind = "DUG"
street_name = "DUF"
number = "Civico"
exponent = "Esponente"
postal_code = "CAP"
area = "QuartiereSobborgo"
x = "CoordX"
y = "CoordY"

[[places]]
file = "places.csv"
separator = ";"
columns = { code = "code", name = "name", kind = "kind", x = "lon", y = "lat" }
epsg = 4326
"""

BASE = """
[[base]]
file = "{layer}.geojson"
shapes = "{layer}"
columns = {{}}
"""
# What the quarters' own polygons and the streets of the civic numbers do not draw already.
BASE_LAYERS = ("built", "park", "water", "rail", "houses", "square", "street", "building")


def builder() -> Actor:
    """The program itself, setting up a town."""
    return Actor.job("demo", frozenset(Capability))


@dataclass(frozen=True)
class Places:
    """The town's areas by the names of its quarters."""

    areas: dict[str, int]


def lay_out(town: Town) -> Places:
    """Import the town's territory with the same command and mapping file as a real town would."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "areas.geojson").write_text(to_text(areas_geojson(town)))
        (root / "civics.csv").write_text(civics_csv(town))
        (root / "alloggi.csv").write_text(housing.dwellings_csv(town))
        (root / "places.csv").write_text(_places_csv(town))
        layers = _layers(base_map(town))
        for layer, geojson in layers.items():
            (root / f"{layer}.geojson").write_text(to_text(geojson))
        (root / "borgo.toml").write_text(
            MAPPING + housing.MAPPING + "".join(BASE.format(layer=layer) for layer in layers)
        )
        call_command("import_territory", str(root / "borgo.toml"), verbosity=0, stdout=io.StringIO())
    listening.write_default_categories(by=builder())
    return Places({area.name: area.pk for area in territory.reference_areas()})


def _layers(whole: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The base map's features by layer, each a collection of its own."""
    layers: dict[str, dict[str, Any]] = {}
    for feature in whole["features"]:
        layer = feature["properties"]["layer"]
        if layer in BASE_LAYERS:
            layers.setdefault(layer, {"type": "FeatureCollection", "features": []})["features"].append(
                feature
            )
    return layers


def _places_csv(town: Town) -> str:
    rows = [
        f"{place.code};{place.name};{place.kind};{place.lonlat[0]};{place.lonlat[1]}" for place in town.places
    ]
    return "\n".join(["code;name;kind;lon;lat", *rows]) + "\n"


def hire(places: Places) -> dict[str, User]:
    """Teams, staff with the demo's password, bodies of the network. By username."""
    by = builder()
    teams = {}
    for team in people.TEAMS:
        area_ids = [places.areas[name] for name in (team.quarters or places.areas)]
        teams[team.code] = accounts.make_team(by=by, name=team.name, area_ids=area_ids)
    for body in people.BODIES:
        card = network.BodyCard(body.code, body.name, body.email, body.phone, body.hours, body.competences)
        network.write_body(by=by, card=card)
    staff = {member.username: _join(by, member, teams[member.team].pk) for member in people.STAFF}
    for member in people.STAFF:
        if member.body:
            person = network.PersonCard(
                name=member.name, role=member.job, email=member.email, user=staff[member.username]
            )
            network.write_person(by=by, body=bodies.body_named(member.body), card=person)
    _agree(by)
    write_texts(by=staff["sistema"].as_actor())
    return staff


def _agree(by: Actor) -> None:
    """One agreement that lasts, and one that expires soon."""
    today = clock.today()
    every = [category.value for category in DataCategory]
    signed = (
        ("servizi-sociali", "Protocollo d'intesa con il servizio sociale", every, 700, 760),
        ("acer", "Accordo sugli alloggi e le parti comuni", every[:2], 690, 40),
    )
    for code, title, categories, ago, left in signed:
        card = network.AgreementCard(
            title=title,
            signed_on=today - dt.timedelta(days=ago),
            expires_on=today + dt.timedelta(days=left),
            lawful_basis=LawfulBasis.PUBLIC_TASK,
            data_categories=categories,
        )
        network.sign_agreement(by=by, body=bodies.body_named(code), card=card)


def _join(by: Actor, member: people.StaffMember, team_id: int) -> User:
    details = accounts.UserDetails(
        email=member.email, name=member.name, role=Role(member.role), team_ids=(team_id,)
    )
    invitation = accounts.invite_user(by=by, details=details)
    return accounts.accept_invitation(by=by, user=invitation.user, password=people.PASSWORD)
