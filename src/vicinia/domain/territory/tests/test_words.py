"""How people write addresses, without a database."""

import pytest

from vicinia.domain.territory.queries.words import Civic, clean_exponent, forms_of, readings, same_name

KNOWN = frozenset({"cso", "sp", "flli"})


@pytest.mark.parametrize(
    ("typed", "words", "civic"),
    [
        ("via Roma 12", ("via", "roma"), Civic(12)),
        ("via Roma, 12/a", ("via", "roma"), Civic(12, "A")),
        ("via roma 12 A", ("via", "roma"), Civic(12, "A")),
        ("via roma 12A", ("via", "roma"), Civic(12, "A")),
        ("via roma 12-b", ("via", "roma"), Civic(12, "B")),
        ("via roma n. 12", ("via", "roma"), Civic(12)),
        ("via roma n°12", ("via", "roma"), Civic(12)),
        ("via roma n.12 bis", ("via", "roma"), Civic(12, "BIS")),
        ("12/1 via roma", ("via", "roma"), Civic(12, "1")),
        ("via roma 12 int. 3", ("via", "roma"), Civic(12)),
        ("via roma 12 scala B", ("via", "roma"), Civic(12)),
        ("via roma 12 a fianco", ("via", "roma", "fianco"), Civic(12, "A")),
        ("C.so Roma 5", ("cso", "roma"), Civic(5)),
        ("via g.garibaldi 5", ("via", "g", "garibaldi"), Civic(5)),
        ("Città Nuova", ("citta", "nuova"), None),
        ("via dell'Ospedale snc", ("via", "dell", "ospedale"), None),
    ],
)
def test_the_likeliest_reading_has_the_words_and_the_civic_number(typed, words, civic):
    first = readings(typed, KNOWN)[0]
    assert (first.words, first.civic) == (words, civic)


def test_a_number_may_belong_to_the_name_too():
    assert [(each.words, each.civic) for each in readings("via 4 novembre 10", KNOWN)] == [
        (("via", "4", "novembre"), Civic(10)),
        (("via", "novembre", "10"), Civic(4)),
        (("via", "4", "novembre", "10"), None),
    ]


@pytest.mark.parametrize("typed", ["", "   ", ",,;", "12", "n. 12/a"])
def test_without_words_only_the_words_that_are_numbers_are_read(typed):
    assert all(each.civic is None for each in readings(typed, KNOWN))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("quattro", "4"),
        ("quattro", "iv"),
        ("iv", "4"),
        ("25", "venticinque"),
        ("xx", "20"),
        ("primo", "1"),
        ("corso", "cso"),
        ("santi", "ss"),
        ("fratelli", "flli"),
    ],
)
def test_a_word_has_the_forms_that_people_use(word, form):
    assert form in forms_of(word)


def test_a_large_number_has_no_other_forms():
    assert forms_of("494") == {"494"}


def test_names_are_the_same_whatever_their_accents_and_apostrophes():
    assert same_name("Citta' Nuova") == same_name("CITTÀ  NUOVA") == "citta-nuova"


@pytest.mark.parametrize(
    ("written", "kept"), [("a", "A"), (" /b ", "B"), ("bis", "BIS"), ("", ""), ("1", "1")]
)
def test_an_exponent_is_kept_in_capitals_without_its_bar(written, kept):
    assert clean_exponent(written) == kept
