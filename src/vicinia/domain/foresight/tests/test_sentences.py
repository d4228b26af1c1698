"""An alert read aloud, in Italian and in English."""

import datetime as dt

import pytest
import time_machine
from django.utils import translation

from vicinia.domain.foresight import sentences
from vicinia.domain.foresight.engine import NearRepeat
from vicinia.domain.foresight.models import Alert, KindGroup
from vicinia.domain.territory.models import Area


def alert(**fields):
    values = {
        "group": KindGroup(name="Schiamazzi e rumore", name_en="Noise"),
        "lat": 44.8,
        "place_name": "piazza Liberazione",
        "first_day": dt.date(2026, 3, 12),
        "last_day": dt.date(2026, 3, 18),
        "observed": 9,
        "expected": 1.41,
        "recurrence_days": 243,
    }
    return Alert(**(values | fields))


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC), tick=False):
        yield


def test_the_headline_in_italian():
    assert sentences.headline(alert()) == (
        "Dal 12 al 18 marzo, attorno a piazza Liberazione, 9 segnalazioni (schiamazzi e rumore) "
        "dove se ne attendevano 1,4. Per caso succederebbe circa una volta ogni 8 mesi."
    )


def test_the_headline_in_english():
    with translation.override("en"):
        assert sentences.headline(alert()) == (
            "From 12 to 18 March, around piazza Liberazione, 9 reports (noise) "
            "where 1.4 were expected. By chance it would happen about once every 8 months."
        )


def test_days_as_people_say_them():
    assert sentences.when(dt.date(2026, 3, 18), dt.date(2026, 3, 18)) == "Il 18 marzo"
    assert sentences.when(dt.date(2026, 2, 28), dt.date(2026, 3, 3)) == "Dal 28 febbraio al 3 marzo"
    assert sentences.when(dt.date(2025, 12, 30), dt.date(2026, 1, 2)) == "Dal 30 dicembre 2025 al 2 gennaio"


def test_places_as_they_are_known():
    area = Area(name="Crocetta")
    assert sentences.title(alert()) == "Attorno a piazza Liberazione"
    assert sentences.where(alert(place_name="", area=area)) == "nella zona Crocetta"
    assert sentences.where(alert(place_name="")) == "in un punto senza nome"
    assert sentences.where(alert(lat=None, area=area)) == "in tutta la zona Crocetta"
    assert sentences.where(alert(lat=None)) == "in tutta la città"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (2, "più di una volta a settimana"),
        (7, "una volta ogni 7 giorni"),
        (59, "ogni 59 giorni"),
        (60, "ogni 2 mesi"),
        (365, "ogni 12 mesi"),
        (760, "ogni 2 anni"),
        (3600, "ogni 10 anni"),
        (5000, "meno di una volta ogni 10 anni"),
    ],
)
def test_how_often_chance_would_do_it(days, words):
    assert words in sentences.how_often(days)


def test_numbers_say_as_much_as_they_know():
    assert [sentences.number(value) for value in (12.4, 1.41, 0.5, 0.0499, 0.001)] == [
        "12",
        "1,4",
        "0,5",
        "0,05",
        "0,01",
    ]


def test_one_report_is_singular():
    assert "1 segnalazione (" in sentences.what_rose(alert(observed=1))


def test_names_inside_a_sentence():
    assert sentences.in_a_sentence("Rumore") == "rumore"
    assert sentences.in_a_sentence("ACER e alloggi") == "ACER e alloggi"


def test_silence_is_not_calm():
    assert sentences.intensity(alert(intensity=None)) == ""
    assert "poco: 0,6 volte" in sentences.intensity(alert(intensity=0.6))
    assert "molto: 2,0 volte" in sentences.intensity(alert(intensity=2.0))
    assert "come nel resto" in sentences.intensity(alert(intensity=1.0))


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ((0, 0, 0, 1), "nello stesso luogo, entro 1 giorno"),
        ((0, 150, 2, 7), "fino a 150 m, da 2 a 7 giorni"),
        ((150, 300, 0, 1), "tra 150 e 300 m, entro 1 giorno"),
    ],
)
def test_how_near_a_report_follows(band, words):
    assert sentences.how_near(NearRepeat(*band, observed=1, expected=0.5, ratio=2.0, p_value=0.01)) == words
