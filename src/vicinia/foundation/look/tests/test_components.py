"""Components: what they say, and that nothing typed by people becomes markup."""

import datetime as dt

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from vicinia.foundation.kernel.verdict import YES, no
from vicinia.foundation.look.catalogue import SampleForm
from vicinia.foundation.look.charts import Bar, BarSeries, Line, LineSeries, draw_bars, draw_lines
from vicinia.foundation.look.components import Link, Step, Tab, TimelineEntry

NASTY = '<script>alert("x")</script>'


def render(source, url="/elenco", **context):
    request = RequestFactory().get(url)
    return engines["django"].from_string(source).render(context, request)


@pytest.mark.parametrize(
    ("source", "context"),
    [
        ('{% badge "late" words %}', {"words": NASTY}),
        ("{% icon words label=words %}", {"words": NASTY}),
        ("{% stepper steps 1 %}", {"steps": [Step(NASTY, NASTY)]}),
        ("{% tabs items words %}", {"items": [Tab(NASTY, "/")], "words": NASTY}),
        ('{% act_button verdict "/" words %}', {"verdict": no(NASTY), "words": NASTY}),
        ('{% include "look/notice.html" with title=words text=words %}', {"words": NASTY}),
        ('{% include "look/empty.html" with title=words text=words url="/" label=words %}', {"words": NASTY}),
        ('{% include "look/refusal.html" %}', {"verdict": no(NASTY, hint=NASTY)}),
        ("{% bar_chart series %}", {"series": BarSeries(NASTY, NASTY, (Bar(NASTY, 1),), NASTY, NASTY)}),
        (
            "{% line_chart series %}",
            {"series": LineSeries(NASTY, NASTY, (NASTY,), (Line(NASTY, (1,)),), NASTY)},
        ),
        (
            '{% include "look/timeline.html" %}',
            {"entries": [TimelineEntry(dt.date(2026, 1, 1), NASTY, NASTY, links=(Link(NASTY, "/"),))]},
        ),
    ],
)
def test_words_of_people_never_become_markup(source, context):
    html = render(source, **context)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_field_keeps_what_was_typed_beside_its_error():
    html = str(SampleForm({"when": "31/02", "subject": NASTY})["when"].as_field_group())
    assert 'value="31/02"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_when_error"' in html
    assert 'id="id_when_error"' in html


def test_a_hint_is_tied_to_its_field():
    html = render("{% field form.place %}", form=SampleForm())
    assert 'aria-describedby="id_place_helptext"' in html
    assert 'id="id_place_helptext"' in html


def test_a_group_of_choices_is_a_fieldset_with_its_legend():
    html = render("{% field form.contact %}", form=SampleForm({"contact": "email"}))
    assert "<fieldset" in html
    assert "<legend>Come preferisci essere contattato" in html
    assert html.count("checked") == 1
    assert "Ti chiamiamo entro 2 giorni lavorativi." in html


def test_a_form_lists_its_errors_with_links_to_the_fields():
    html = render("{{ form }}", form=SampleForm({}))
    assert '<a href="#id_subject">Titolo</a>' in html
    assert 'role="alert"' in html


def test_the_stepper_marks_where_one_is():
    html = render("{% stepper steps 2 %}", steps=["Condizioni", "Dati", "Riepilogo"])
    assert "Passo 2 di 3: Dati" in html
    assert html.count('aria-current="step"') == 1
    assert html.index("step-done") < html.index("step-now") < html.index("step-todo")


def test_past_the_last_step_everything_is_done():
    html = render("{% stepper steps 3 %}", steps=["Condizioni", "Dati"])
    assert html.count("step-done") == 2
    assert "aria-current" not in html


def test_an_allowed_act_is_a_link_or_a_form():
    assert '<a class="btn btn-secondary" href="/chiudi">Chiudi</a>' in render(
        '{% act_button verdict "/chiudi" "Chiudi" %}', verdict=YES
    )
    posted = render('{% act_button verdict "/chiudi" "Chiudi" method="post" %}', verdict=YES, csrf_token="t")
    assert '<form method="post" action="/chiudi">' in posted
    assert "csrfmiddlewaretoken" in posted


def test_a_refused_act_is_grey_and_says_why():
    html = render('{% act_button verdict "/chiudi" "Chiudi" %}', verdict=no("Un impegno è ancora aperto."))
    assert 'aria-disabled="true"' in html
    assert "Un impegno è ancora aperto." in html
    assert "/chiudi" not in html


@time_machine.travel(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC), tick=False)
def test_a_deadline_chip_has_its_meaning_and_nothing_when_there_is_none():
    assert render("{% deadline when %}", when=dt.date(2026, 11, 20)) == (
        '<span class="badge badge-late">scaduto venerdì</span>'
    )
    assert render('{% deadline when "primo contatto" %}', when=dt.date(2026, 11, 24)) == (
        '<span class="badge badge-due">primo contatto entro domani</span>'
    )
    assert render("{% deadline when %}", when=None) == ""


def test_the_pager_keeps_the_filters():
    page = Paginator(range(100), 10).get_page(2)
    html = render("{% pager page %}", url="/elenco?stato=aperto&pagina=2", page=page)
    assert "?stato=aperto&amp;pagina=3" in html
    assert "Da 11 a 20 di 100" in html
    assert html.count('aria-current="page"') == 1


def test_a_list_that_is_cut_says_so_and_tells_what_to_do():
    pages = Paginator(range(2000), 50)
    assert "Da 1 a 50 di 2.000" in render("{% pager page %}", page=pages.get_page(1))
    pages.has_more = True
    html = render("{% pager page %}", page=pages.get_page(40))
    assert "Da 1.951 a 2.000 di più di 2.000" in html or "Da 1951 a 2000 di più di 2.000" in html
    assert "restringi con i filtri" in html


def test_one_page_needs_no_pager():
    assert render("{% pager page %}", page=Paginator(range(5), 10).get_page(1)).strip() == ""


def test_a_sorted_column_turns_round_and_goes_back_to_the_first_page():
    html = render('{% sort_header "data" "Data" %}', url="/elenco?ordina=data&pagina=4&stato=x")
    assert 'aria-sort="ascending"' in html
    assert 'href="?ordina=-data&amp;stato=x"' in html


def test_bars_are_as_tall_as_their_values():
    bars = (Bar("a", 0), Bar("b", 2, usual=2), Bar("c", 4))
    drawing = draw_bars(BarSeries("t", "s", bars, "x", "y"))
    heights = [drawn.pieces[0].height for drawn in drawing.bars]
    assert heights[0] == 0
    assert heights[2] == pytest.approx(2 * heights[1])
    assert f" {drawing.bars[1].pieces[0].y}H" in drawing.band, (
        "the band reaches as high as a bar of its value"
    )


def test_parts_of_a_bar_stand_on_each_other():
    bars = (Bar("a", 3, parts=((1, "done"), (2, "plain"))),)
    series = BarSeries("t", "s", bars, "x", "y", parts=("Utili", "Inutili"))
    below, above = draw_bars(series).bars[0].pieces
    assert above.height == pytest.approx(2 * below.height) and above.y + above.height == pytest.approx(
        below.y
    )
    html = render("{% bar_chart series %}", series=series)
    assert "chart-bar-done" in html and html.count("Inutili") == 2, "in the legend and in the table"


def test_what_is_expected_follows_the_days_and_breaks_where_nobody_knows():
    values = (1, None, 1, 2)
    bars = tuple(Bar(str(at), 0, expected=value, usual=value) for at, value in enumerate(values))
    drawing = draw_bars(BarSeries("t", "s", bars, "x", "y"))
    assert drawing.expected.count("M") == drawing.band.count("Z") == 2
    assert drawing.expected.count("H") == 3
    html = render("{% bar_chart series %}", series=BarSeries("t", "s", bars, "x", "y"))
    assert '<td class="number">1,0</td><td class="number">1</td>' in html


def test_a_line_breaks_where_a_value_is_missing():
    series = LineSeries("t", "s", ("a", "b", "c", "d"), (Line("l", (1, None, 3, 4)),), "x")
    path = draw_lines(series).lines[0].path
    assert path.count("M") == 2
    assert path.count("L") == 1


def test_a_chart_has_its_sentence_above_and_its_table_behind():
    series = BarSeries("Per mese", "A maggio il doppio.", (Bar("mag", 12, url="/x"),), "Mese", "Segnalazioni")
    html = render("{% bar_chart series %}", series=series)
    assert html.index("A maggio il doppio.") < html.index("<svg") < html.index("<table")
    assert '<td class="number"><a href="/x">12</a></td>' in html
    assert "style=" not in html
