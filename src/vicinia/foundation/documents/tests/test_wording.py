"""What a text can do and what it can't: the language is closed, values stay words, bombs stop."""

from __future__ import annotations

import datetime as dt
import time
from html.parser import HTMLParser
from typing import Any

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from vicinia.foundation.documents import checking, wording
from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, all_kinds, kind_of, register
from vicinia.foundation.documents.wording import MOST_TURNS, Part, TextRefused, plain, render_text

KIND = DocumentKind(
    "test.kind",
    "Prova",
    Audience.RESIDENT,
    (
        Word("name", "il nome", "Maria Bassi"),
        Word("is_new", "vero se è nuova", True),
        Word("rows", "le righe", [{"what": "una cosa", "due": "domani"}]),
        Word("facts", "la tabella", is_part=True, is_required=True),
    ),
    {"it": "{{ facts }}", "en": "{{ facts }}"},
)
# One of each structure in which a value may stand.
EVERYWHERE = (
    "# {{ v }}\n\n{{ v }}\n\n- {{ v }}\n- a {{ v }} b\n\n> {{ v }}\n\n| a | b |\n|---|---|\n| {{ v }} | {{ v }} |\n\n"
    "**{{ v }}** _{{ v }}_ [{{ v }}](https://esempio.it) [x]({{ v }}) [y](https://esempio.it/{{ v }})\n"
)
NASTY = [
    "*a* _b_ **c**", "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://spia.it/x.png)", "a\n\n# b\n\n- c",
    "| a | b |", "a\n---\nb", "```\ncode", "    rientro", "&lt;b&gt;", "{{ v }}", "{% for i in (1..9) %}{% endfor %}", "\\", "1. a",
    "\ue0000\ue001", "\ue000", "a\r\nb", "https://spia.it", "<https://spia.it>", "\u2028x\u2029y",
]  # fmt: skip


class Shape(HTMLParser):
    """The tags of a page, in order, with their attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Any] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag != "br":  # a line of a value stays a line
            self.tags.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag != "br":
            self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shape(value: str) -> list[Any]:
    return Shape(render_text(EVERYWHERE, {"v": value})).tags


@pytest.mark.parametrize("value", NASTY)
def test_a_value_changes_no_structure(value: str) -> None:
    assert shape(value) == shape("Maria")


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(list("*_#<>[]()!`|-+=~\\&;{}%:/.\"' \n\r\tab1\ue000\ue001\u2028")),
        min_size=1,
    )
)
def test_no_value_changes_structure(value: str) -> None:
    bare = "" if plain(value) is None else value
    assert not bare or shape(value) == shape("Maria")


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool)
)
def test_a_value_shows_exactly_its_words(value: str) -> None:
    lines = value.splitlines()
    shown = "".join(Shape(render_text("{{ v }}", {"v": value})).words)
    assert shown.replace("\n", "") == "".join(lines)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("{%}| .()[]\"'#*_-\nabif for in end12\\"))), st.text())
def test_any_source_gives_a_page_or_a_refusal(source: str, value: str) -> None:
    try:
        page = render_text(source, {"a": value, "b": [value, {"a": value}]})
    except TextRefused as refused:
        assert refused.sentence
    else:
        assert "<script" not in page
    assert isinstance(checking.faults_of(source, KIND), list)


@pytest.mark.parametrize(
    "source",
    [
        "{{ name.__class__ }}", "{{ name.__class__.__mro__ }}", "{{ name['__class__'] }}", "{{ name.upper }}", "{{ rows.append }}",
        "{{ rows.__len__ }}", "{{ facts.html }}", "{{ facts.html.__class__ }}", "{{ self }}", "{{ settings.SECRET_KEY }}",
        "{{ forloop }}", "{{ name | __class__ }}", "{{ name | safe }}", "{{ name | base64_decode }}", "{% include 'x' %}",
        "{% render 'x' %}", "{% assign x = name %}", "{% capture x %}{% endcapture %}",
        "{% liquid assign a = 1 %}", "{% increment x %}", "{% cycle 'a', 'b' %}", "{% tablerow x in rows %}{% endtablerow %}",
        "{% for x in (1..3) %}{{ x }}{% endfor %}", "{{ rows[name] }}", "{{ 1 if name }}",
    ],
)  # fmt: skip
def test_nothing_outside_the_language_is_published(source: str) -> None:
    assert checking.faults_of(f"{{{{ facts }}}}\n\n{source}\n", KIND)


def test_an_object_of_ours_goes_in_as_its_words_only() -> None:
    class Secret:
        password = "x"

        def __str__(self) -> str:
            return "Maria"

    values = {"v": Secret()}
    assert render_text("{{ v }}", values) == "<p>Maria</p>\n"
    with pytest.raises(TextRefused):
        render_text("{{ v.password }}", values)
    with pytest.raises(TextRefused):
        render_text("{% if nope %}x{% endif %}", values)


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in rows %}{% for b in rows %}{% for c in rows %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in rows %}x{% endfor %}" * 60,
        "{% for a in rows %}{{ big }}{% endfor %}",
        "{% for a in rows %}" + "parole " * 500 + "{% endfor %}",
        "{% if name %}" * 12 + "x" + "{% endif %}" * 12,
        "{% if name " + "and name " * 2000 + "%}x{% endif %}",
        "x" * 20_001,
        "{{ 1" + "0" * 6000 + " }}",
        "{% for i in (1..99999999999999999999) %}x{% endfor %}",
    ],
)
def test_a_bomb_stops_at_once(source: str) -> None:
    began = time.monotonic()
    with pytest.raises(TextRefused):
        render_text(source, {"name": "a", "rows": ["r"] * 100, "big": "parola " * 1000})
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "source",
    [
        "[" * 19_000,
        "*a_" * 6_000,
        ">" * 19_000,
        "- " * 9_000,
        "`" * 19_000,
        "| a " * 4_000 + "\n" + "|-" * 1_900,
    ],
)
def test_markdown_that_is_hard_to_read_takes_a_bounded_time(source: str) -> None:
    began = time.monotonic()
    render_text(source, {})
    assert time.monotonic() - began < 10


def test_the_turns_of_all_loops_together_are_limited() -> None:
    rows = ["r"] * (MOST_TURNS // 2)
    source = "{% for a in rows %}{% endfor %}"
    assert render_text(source * 2, {"rows": rows}) == ""
    with pytest.raises(TextRefused):
        render_text(source * 3, {"rows": rows})


def test_links_are_https_and_carry_no_value() -> None:
    html = render_text(
        '[a](https://comune.it "{{ v }}") [b](http://comune.it) [c](javascript:x) [d](https://x.it/{{ v }}) [e](data:x)',
        {"v": "segreto"},
    )
    assert html.count("<a ") == 1
    assert '<a href="https://comune.it">a</a>' in html


def test_cells_take_their_side_without_a_style() -> None:
    html = render_text("| a | b | c |\n|---|--:|:-:|\n| {{ a }} | 2 | 3 |", {"a": 'style="x"'})
    assert "<td>style=&quot;x&quot;</td>" in html
    assert '<td class="cell-right">2</td>' in html
    assert '<th class="cell-center">c</th>' in html
    assert " style=" not in html.replace("<td>style", "")


def test_a_moment_late_in_utc_is_the_towns_next_day() -> None:
    late = dt.datetime(2026, 5, 3, 23, 30, tzinfo=dt.UTC)
    assert render_text("{{ day }}, {{ day | date }}", {"day": late}) == "<p>4 maggio 2026, 04/05/2026</p>\n"


def test_a_part_is_put_where_the_text_says() -> None:
    table = Part(mark_safe("<table></table>"))
    assert (
        render_text("Prima\n\n{{ facts }}\n\ndopo", {"facts": table})
        == "<p>Prima</p>\n<table></table>\n<p>dopo</p>\n"
    )
    with pytest.raises(TextRefused):
        render_text("a {{ facts }}", {"facts": table})


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ name | upcase }}", "MARIA"), ("{{ name | downcase }}", "maria"), ("{{ small | capitalize }}", "Anna"),
        ("{{ none | default: 'nessuno' }}", "nessuno"), ("{{ name | default: 'x' }}", "Maria"), ("{{ rows | join: '; ' }}", "a; b"),
        ("{{ rows | join }}", "a, b"), ("{{ name | join }}", "Maria"), ("{{ rows | size }}", "2"), ("{{ none | size }}", "0"),
        ("{{ rows | first }}", "a"), ("{{ rows | last }}", "b"), ("{{ name | first }}", "Maria"), ("{{ day | date }}", "04/05/2026"),
        ("{{ day | date: '%d.%m.' }}", "04.05."), ("{{ name | date }}", "Maria"), ("{{ day }}", "4 maggio 2026"), ("{{ yes }}|", "|"),
        ("{{ number }}", "7"), ("{{ rows }}", "a, b"), ("{% if none %}sì{% else %}no{% endif %}", "no"),
        ("{% unless none %}sì{% endunless %}", "sì"), ("{% case name %}{% when 'Maria' %}lei{% endcase %}", "lei"),
        ("{% for r in none %}x{% else %}niente{% endfor %}", "niente"), ("{{ dict | upcase }}|", "|"), ("{# x #}", "{# x #}"),
        ("{% comment %}x{% endcomment %}y", "y"), ("{% if rows.size > 1 %}più{% endif %}", "più"),
    ],
)  # fmt: skip
def test_what_the_language_can_do(source: str, shown: str) -> None:
    values = {
        "name": "Maria", "small": "anna", "none": "", "rows": ["a", "b"], "day": dt.date(2026, 5, 4), "yes": True, "number": 7,
        "dict": {"a": "b"},
    }  # fmt: skip
    assert render_text(source, values).strip() == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("{{ facts }}\n\nCiao {{ nome }}", 3, "«nome» non è una parola di questo documento. Puoi usare: facts, is_new, name, rows."),
        ("{{ facts }}\n\n{% for r in rows %}\n{{ r.quando }}\n{% endfor %}", 4, "«r.quando» non è una parola di questo documento. Puoi usare: due, what."),
        ("{{ facts }}\n{% if is_new %}\n{{ nope }}\n{% endif %}", 3, "«nope»"),
        ("{{ facts }}\n\n{% include 'x' %}", 3, "«include» non si può usare. Puoi usare: if, unless, case, for, comment."),
        ("{{ facts }}\n\n{{ name | money }}", 3, "«money» non si può usare."),
        ("{{ facts }}\n\n{{ name | upcase: 1 }}", 3, "troppi valori"),
        ("{{ facts }}\n\n{{ name | default: x: 1 }}", 3, "troppi valori"),
        ("{{ facts }}\n\n{{ rows }}", 3, "è un elenco"),
        ("{{ facts }}\n\n{% for r in name %}{{ r }}{% endfor %}", 3, "elenco"),
        ("{{ facts }}\n\n{{ name", 3, "Qui la forma non torna"),
        ("{{ facts }}\n\n{% endif %}", 3, "Qui la forma non torna"),
        ("{% if is_new %}\n\n{{ facts }}\n\n{% endif %}", 3, "sta da sola"),
        ("a {{ facts }}", 0, "sta da sola"),
        ("Ciao", 0, "Manca «{{ facts }}»: la tabella."),
        ("x" * 20_001, 0, "troppo lungo"),
        ("{{ facts }}\n\n{% if name < 3 %}x{% endif %}", 3, "Qui la forma non torna"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(source: str, line: int, words: str) -> None:
    faults = checking.faults_of(source, KIND)
    assert [fault for fault in faults if fault.line == line and words in fault.sentence], faults
    assert str(faults[0]).startswith("Riga ") == bool(faults[0].line)


def test_a_sound_text_has_no_fault() -> None:
    source = (
        "# {{ name | upcase }}\n\n{{ facts }}\n\n{% if is_new and name != '' %}nuova{% elsif rows.size >= 1 %}x{% else %}y{% endif %}\n"
        "{% for row in rows %}{{ forloop.index }}. {{ row.what }} {{ row.due | default: '—' }}\n{% endfor %}{{ rows.first.what }}"
        "{% case name %}{% when 'a', 'b' %}c{% endcase %}{{ 'parole' }}{% if name contains 'M' %}M{% endif %}"
    )
    assert checking.faults_of(source, KIND) == []


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.key)
def test_every_text_of_ours_is_sound_in_every_language(kind: DocumentKind) -> None:
    assert {"it", "en"} <= set(kind.our_texts)
    for language, source in kind.our_texts.items():
        with override(language):
            assert checking.faults_of(source, kind) == [], language


def test_a_kind_is_registered_once() -> None:
    known = all_kinds()[0]
    assert kind_of(known.key) is known
    with pytest.raises(ValueError, match="twice"):
        register(known)


def test_a_mark_in_a_source_is_no_mark() -> None:
    assert render_text("{{ v }}\ue0000\ue001", {"v": "a"}) == "<p>a0</p>\n"
    assert wording.line_of(None) == 0


def test_a_parser_that_fails_in_a_way_of_its_own_refuses_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "_markdown", lambda: None)
    with pytest.raises(TextRefused, match="troppo intricato"):
        render_text("ciao", {})


def test_from_the_right_a_value_keeps_its_direction_where_it_is_printed_and_is_compared_as_it_is() -> None:
    source = "{{ v }}{% if v == 'fatto' %} sì{% endif %}"
    day = render_text("{{ v }}", {"v": dt.date(2026, 5, 4)}, direction="rtl")
    assert render_text(source, {"v": "fatto"}, direction="rtl") == "<p>\u2068fatto\u2069 sì</p>\n"
    assert render_text(source, {"v": "fatto"}) == "<p>fatto sì</p>\n"
    assert day == "<p>\u20684 maggio 2026\u2069</p>\n"
