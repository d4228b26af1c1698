"""The mapping files of examples/territory on the real data sets."""

from pathlib import Path

import pytest

from vicinia.domain.territory.bulk import import_territory
from vicinia.domain.territory.models import Area, CivicNumber, Street
from vicinia.domain.territory.queries import base_map, locate, reference_area_at, search_addresses
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).resolve().parents[5] / "examples" / "territory"
JOB = Actor.job("import-territory", frozenset({Capability.EDIT_TERRITORY}))


def run(name, folder):
    return import_territory(by=JOB, mapping=EXAMPLES / f"{name}.toml", folder=folder)


def test_alessandria_has_its_streets_numbers_and_quarters(public_data):
    outcome = run("alessandria", public_data / "alessandria")
    # 38 of the 26,160 rows repeat a number of an earlier row; 5 streets are only in the numbers' file.
    assert (CivicNumber.objects.count(), outcome.refused, Street.objects.count()) == (26_122, 38, 854)
    assert Area.objects.count() == 23
    assert run("alessandria", public_data / "alessandria").changed_nothing
    hit = search_addresses("c.so cavallotti 12")[0]
    assert (hit.label, hit.detail) == ("Corso Felice Cavallotti, 12", "Centro")
    assert locate(lat=hit.lat, lon=hit.lon).area_id == hit.area_id
    assert len(base_map().compressed) <= 150_000


def test_zurich_has_its_quarters_in_degrees(public_data):
    run("zurich", public_data / "zurich")
    assert Area.objects.count() == 22
    assert reference_area_at(47.3915, 8.5150).name in {"Wipkingen", "Industriequartier"}
    assert reference_area_at(47.4110, 8.5440).name == "Oerlikon"
    assert run("zurich", public_data / "zurich").changed_nothing


def test_bari_joins_the_pieces_of_its_quarters(public_data):
    run("bari", public_data / "boundaries")
    assert Area.objects.count() == 17
    assert reference_area_at(41.1260, 16.8700).name == "II - MURAT"
    assert run("bari", public_data / "boundaries").changed_nothing
