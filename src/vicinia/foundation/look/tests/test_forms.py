"""Fields that draw themselves."""

from django.utils.safestring import SafeString

from vicinia.foundation.look.forms import LongSelect
from vicinia.foundation.look.templatetags.look import as_count

KINDS = [("", "Scegli"), ("Rumore", [("musica", "Musica & feste"), ("cani", "Cani")]), (7, "Altro")]


def test_a_long_select_writes_groups_and_marks_what_was_chosen():
    html = LongSelect(choices=KINDS).render("kind", "cani", {"id": "id_kind"})
    assert isinstance(html, SafeString)
    assert html.startswith("<select") and 'name="kind"' in html and 'id="id_kind"' in html
    assert '<optgroup label="Rumore">' in html
    assert '<option value="cani" selected>Cani</option>' in html
    assert html.count("selected") == 1


def test_a_long_select_marks_numbers_as_well_and_nothing_when_nothing_fits():
    assert '<option value="7" selected>Altro</option>' in LongSelect(choices=KINDS).render("kind", 7)
    assert '<option value="" selected>Scegli</option>' in LongSelect(choices=KINDS).render("kind", None)
    assert "selected" not in LongSelect(choices=KINDS).render("kind", "niente")


def test_words_of_a_long_select_stay_words():
    html = LongSelect(choices=[('"><b>', "<script>")]).render("kind", "")
    assert "<b>" not in html and "<script>" not in html
    assert "Musica &amp; feste" in LongSelect(choices=KINDS).render("kind", "")


def test_a_count_is_exact_until_it_only_says_that_there_are_many():
    assert [as_count(count) for count in (0, 1, 999, 1000, 52_000)] == ["0", "1", "999", "999+", "999+"]
