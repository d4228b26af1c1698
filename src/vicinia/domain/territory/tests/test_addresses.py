"""Address search over a small town whose names are easily taken for one another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vicinia.domain.territory.models import Street
from vicinia.domain.territory.queries import Precision, memory, search_addresses
from vicinia.domain.territory.tests.factories import (
    AreaFactory,
    CivicNumberFactory,
    PlaceFactory,
    StreetFactory,
)

STREETS = [
    ("Corso", "Accademia Militare"),
    ("Corso", "Quattro Novembre"),
    ("Via", "Quattro Fontane"),
    ("Via", "Venticinque Aprile"),
    ("Piazza", "Della Liberta'"),
    ("Via", "Giuseppe Garibaldi"),
    ("Piazza", "Giuseppe Garibaldi"),
    ("Via", "Anita Garibaldi"),
    ("Via", "Alcide De Gasperi"),
    ("Via", "San Giorgio"),
    ("Via", "Giorgio Solero"),
    ("Via", "Santi Cosma E Damiano"),
    ("Viale", "Milite Ignoto"),
    ("Strada Provinciale", "494 Per Pavia"),
    ("Via", "Fratelli Rosselli"),
    ("Via", "Generale Dalla Chiesa"),
    ("Vicolo", "Dell'Olmo"),
    ("Via", "Emilio Faà Di Bruno"),
    ("Via", "Roma"),
]


@pytest.fixture
def town(db):
    quarter = AreaFactory(name="Crocetta")
    for kind, name in STREETS:
        street = StreetFactory(kind=kind, name=name)
        for number, exponent in [(10, ""), (12, ""), (12, "A"), (12, "B"), (15, "")]:
            CivicNumberFactory(street=street, number=number, exponent=exponent, area=quarter)
    PlaceFactory(name="Parco Sandro Pertini", aliases=["il parco dei cani", "Pertini"], area=quarter)
    return quarter


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("c.so accad mil 12/a", "Corso Accademia Militare, 12/A"),
        ("accademia militare corso 12", "Corso Accademia Militare, 12"),
        ("corso acca demia militare 12", "Corso Accademia Militare, 12"),
        ("cso academia militare n. 12", "Corso Accademia Militare, 12"),
        ("4 novembre 10", "Corso Quattro Novembre, 10"),
        ("iv novembre 10", "Corso Quattro Novembre, 10"),
        ("c.so IV Novembre, 12 b", "Corso Quattro Novembre, 12/B"),
        ("25 aprile", "Via Venticinque Aprile"),
        ("XXV aprile 15", "Via Venticinque Aprile, 15"),
        ("p.zza liberta", "Piazza Della Liberta'"),
        ("piazza libertà 10", "Piazza Della Liberta', 10"),
        ("p.za garibaldi 10", "Piazza Giuseppe Garibaldi, 10"),
        ("via g. garibaldi 10", "Via Giuseppe Garibaldi, 10"),
        ("via a. garibaldi 10", "Via Anita Garibaldi, 10"),
        ("garibaldi anita 10", "Via Anita Garibaldi, 10"),
        ("via degasperi 12a", "Via Alcide De Gasperi, 12/A"),
        ("de gaspari 12", "Via Alcide De Gasperi, 12"),
        ("via s. giorgio 10", "Via San Giorgio, 10"),
        ("ss. cosma e damiano 15", "Via Santi Cosma E Damiano, 15"),
        ("v.le milit", "Viale Milite Ignoto"),
        ("s.p. 494 10", "Strada Provinciale 494 Per Pavia, 10"),
        ("f.lli roselli 12", "Via Fratelli Rosselli, 12"),
        ("gen. dalla chiesa 12", "Via Generale Dalla Chiesa, 12"),
        ("vic. dell olmo 10", "Vicolo Dell'Olmo, 10"),
        ("vic.dell'olmo 10", "Vicolo Dell'Olmo, 10"),
        ("emilio faa di bruno 10", "Via Emilio Faà Di Bruno, 10"),
        ("via roam 10", "Via Roma, 10"),
        ("VIA ROMA 10 CROCETTA", "Via Roma, 10"),
        ("via roma 10, 15121 Città", "Via Roma, 10"),
        ("parco pertini", "Parco Sandro Pertini"),
        ("parco dei cani", "Parco Sandro Pertini"),
        ("pertni", "Parco Sandro Pertini"),
    ],
)
def test_the_first_hit_is_the_one_meant(town, typed, found):
    assert next(hit.label for hit in search_addresses(typed)) == found


@pytest.mark.parametrize("letters", range(3, len("accademia mil") + 1))
def test_the_street_is_proposed_from_the_third_letter_on(town, letters):
    labels = [hit.label for hit in search_addresses("accademia mil"[:letters])]
    assert "Corso Accademia Militare" in labels


@pytest.mark.parametrize("typed", ["", "   ", "12", "zzzzqqq", "'; drop table", "%", "🙂", "a" * 5000])
def test_what_is_like_nothing_finds_nothing_and_breaks_nothing(town, typed):
    assert search_addresses(typed) == []


def test_a_hit_with_a_number_says_where_it_is(town):
    hit = search_addresses("via roma 12/a")[0]
    assert hit.precision is Precision.NUMBER
    assert hit.civic_number_id
    assert (hit.area_id, hit.detail) == (town.pk, "Crocetta")


def test_the_exponents_of_a_number_follow_it(town):
    labels = [hit.label for hit in search_addresses("via roma 12")]
    assert labels[:3] == ["Via Roma, 12", "Via Roma, 12/A", "Via Roma, 12/B"]


def test_a_number_that_is_not_in_the_register_gets_the_point_of_its_neighbour(town):
    hit = search_addresses("via roma 14")[0]
    assert (hit.label, hit.precision, hit.civic_number_id) == ("Via Roma, 14", Precision.NEAR_NUMBER, None)
    assert "12" in hit.detail


def test_a_number_far_from_all_others_gives_the_street(town):
    assert search_addresses("via roma 900")[0].precision is Precision.STREET


def test_no_more_hits_than_asked_for(town):
    assert len(search_addresses("garibaldi 12", limit=2)) == 2


def test_a_search_costs_two_queries_once_the_town_is_in_memory(town):
    search_addresses("via roma 12")
    with CaptureQueriesContext(
        connection,
    ) as one:
        search_addresses("corso accademia 12")
    with CaptureQueriesContext(connection) as words_only:
        search_addresses("corso accademia")
    assert (len(one), len(words_only)) == (2, 1)


def test_a_street_renamed_elsewhere_is_found_by_its_new_name(town):
    search_addresses("via roma")
    street = Street.objects.get(name="Roma")
    street.name = "Tina Anselmi"
    street.save()
    assert search_addresses("tina anselmi")[0].street_id == street.pk
    assert not any(hit.label == "Via Roma" for hit in search_addresses("via roma"))


def test_another_process_reads_the_town_again_only_after_a_change(town):
    ours = memory.town()
    assert memory.town() is ours
    StreetFactory(name="Nuova")
    assert memory.town() is not ours


def test_a_retired_place_is_not_proposed(town, settings):
    place = PlaceFactory(name="Bar Vecchio")
    assert search_addresses("bar vecchio")
    place.retired_on = place.created_at.date()
    place.save()
    assert not any(hit.place_id == place.pk for hit in search_addresses("bar vecchio"))
