"""The report as a text that public bodies open and go on writing in."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vicinia.domain.programme.documents import LANGUAGE
from vicinia.domain.programme.packing import packed_again
from vicinia.domain.programme.papers.forms import Frozen, day
from vicinia.foundation.look import dates

_CELLS = {"vicinia-cell": "#ffffff", "vicinia-head": "#eef3fa"}


def report(frozen: Frozen) -> bytes:
    """The report as ODT. The same bytes for the same content."""
    from odfdo import Document

    document = Document("text")
    document.body.clear()
    with override(LANGUAGE):
        title = _("Rendiconto: %(programme)s") % {"programme": frozen.content["programme"]["title"]}
        _describe(document, frozen, title)
        _styles(document)
        _first_page(document, frozen, title)
        _sheets(document, frozen.content)
        _committee(document, frozen.content)
    out = io.BytesIO()
    document.save(out)
    return packed_again(out.getvalue(), lambda name, part: _without_moment(name, part, frozen))


def _without_moment(name: str, part: bytes, frozen: Frozen) -> bytes:
    """The library writes when it saved and with which version: neither is part of the report."""
    if name != "meta.xml":
        return part
    words = part.decode()
    moment = frozen.frozen_at.strftime("%Y-%m-%dT%H:%M:%S")
    words = re.sub(r"<(dc:date|meta:creation-date)>[^<]*<", rf"<\1>{moment}<", words)
    words = re.sub(r"<meta:generator>[^<]*<", "<meta:generator>Vicinia<", words)
    return re.sub(r"<meta:editing-duration>[^<]*<", "<meta:editing-duration>PT0S<", words).encode()


def _describe(document: Any, frozen: Frozen, title: str) -> None:
    meta = document.meta
    meta.title = title
    meta.language = LANGUAGE
    meta.creator = f"{frozen.content['town']['unit']}, {frozen.content['town']['name']}"


def _styles(document: Any) -> None:
    from odfdo import Style

    for name, colour in _CELLS.items():
        style = Style("table-cell", name=name)
        look = {"fo:border": "0.5pt solid #5b6f82", "fo:padding": "0.1cm", "fo:background-color": colour}
        style.set_properties(look, area="table-cell")
        document.insert_style(style, automatic=True)
    document.insert_style(Style("paragraph", name="vicinia-bold", area="text", bold=True), automatic=True)


def _heading(document: Any, level: int, words: str) -> None:
    from odfdo import Header

    heading = Header(level, words)
    # The sheets have numbers of their own: the template's would stand before them.
    heading.set_attribute("text:is-list-header", "true")
    document.body.append(heading)


def _words(document: Any, words: str) -> None:
    from odfdo import Paragraph

    for line in words.splitlines():
        if line.strip():
            document.body.append(Paragraph(line))


def _table(document: Any, name: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table whose first row says what the columns are; nothing where there is no row."""
    from odfdo import Cell, HeaderRows, Paragraph, Row, Table

    if not rows:
        return
    table = Table(name, width=len(head), height=0)
    first = Row()
    for words in head:
        cell = Cell(style="vicinia-head")
        cell.append(Paragraph(str(words), style="vicinia-bold"))
        first.append(cell)
    header = HeaderRows()
    header.append(first)
    table.append(header)
    for values in rows:
        row = Row()
        for value in values:
            cell = Cell(style="vicinia-cell")
            cell.append(Paragraph(str(value)))
            row.append(cell)
        table.append(row)
    document.body.append(table)
    document.body.append(Paragraph(""))


def _day(words: str) -> str:
    return dates.full_day_words(day(words)) if words else "–"


def money(words: str) -> str:
    """ "1234.5" as "1.234,50"."""
    whole, _dot, cents = f"{float(words):,.2f}".partition(".")
    return f"{whole.replace(',', '.')},{cents}"


def _first_page(document: Any, frozen: Frozen, title: str) -> None:
    said = frozen.content
    _heading(document, 1, title)
    named = {"reference": said["reference"], "n": frozen.number, "funder": said["programme"]["funder"]}
    named |= {"first": _day(said["from_day"]), "last": _day(said["to_day"])}
    _words(document, f"{said['town']['unit']}, {said['town']['name']}")
    _words(
        document,
        _("Dal %(first)s al %(last)s. Rendiconto %(reference)s, edizione %(n)s. Per: %(funder)s.") % named,
    )
    _words(document, said["programme"]["act"])
    _words(document, said["words"])
    _heading(document, 2, _("I numeri del periodo"))
    totals = said["totals"]
    rows = [
        (_("Attività"), totals["activities"]),
        (_("Ore di lavoro"), totals["hours"].replace(".", ",")),
        (_("Persone raggiunte"), totals["people"]),
        (_("Speso nel periodo, in euro"), money(totals["spent"])),
        (_("Speso finora, in euro"), money(totals["spent_so_far"])),
        (_("Previsto, in euro"), money(totals["budget"])),
    ]
    _table(document, "totali", (_("Che cosa"), _("Quanto")), rows)
    _words(
        document,
        _("Chi è conosciuto conta una volta sola. Chi è stato solo contato conta una volta per attività."),
    )


def _sheets(document: Any, said: dict[str, Any]) -> None:
    _heading(document, 2, _("Le schede azione"))
    for sheet in said["sheets"]:
        _heading(document, 3, f"{sheet['code']} {sheet['title']} ({sheet['state_words']})")
        _words(document, sheet["words"])
        for label, words in sheet["headings"]:
            _heading(document, 4, str(label).capitalize())
            _words(document, words)
        key = sheet["code"].replace(".", "-")
        indicators = [
            (one["title"], one["value"], "–" if one["goal"] is None else one["goal"])
            for one in sheet["indicators"]
        ]
        _table(document, f"indicatori-{key}", (_("Indicatore"), _("Valore"), _("Obiettivo")), indicators)
        milestones = [
            (
                one["title"],
                _day(one["planned_on"]),
                _day(one["done_on"] or one["expected_on"]),
                _("sì") if one["done_on"] else _("no"),
                "; ".join(one["reasons"]),
            )
            for one in sheet["milestones"]
        ]
        head = (_("Tappa"), _("Prevista"), _("Attesa o raggiunta"), _("Raggiunta"), _("Perché si è spostata"))
        _table(document, f"tappe-{key}", head, milestones)
        activities = [
            (_day(one["day"]), one["kind"], one["what"], one["hours"].replace(".", ","), one["people"])
            for one in sheet["activities"]
        ]
        head = (_("Giorno"), _("Tipo"), _("Che cosa"), _("Ore"), _("Persone"))
        _table(document, f"attivita-{key}", head, activities)
        budget = [
            (
                one["title"],
                one["source"],
                money(one["amount"]),
                money(one["spent"]),
                money(one["spent_so_far"]),
            )
            for one in sheet["budget"]
        ]
        head = (_("Voce"), _("Chi paga"), _("Previsto"), _("Speso nel periodo"), _("Speso finora"))
        _table(document, f"quadro-{key}", head, budget)


def _committee(document: Any, said: dict[str, Any]) -> None:
    committee = said["committee"]
    _heading(document, 2, _("Il comitato di attuazione"))
    _words(
        document,
        _("Componenti: %(n)s, di cui rappresentanti degli abitanti: %(residents)s.")
        % {"n": committee["members"], "residents": committee["residents"]},
    )
    rows = [(_day(one["day"]), one["reference"], one["present"]) for one in committee["sittings"]]
    _table(document, "sedute", (_("Giorno"), _("Numero"), _("Presenti")), rows)
    decisions = [
        (one["reference"], one["words"], _day(one["due_on"]), one["state_words"])
        for one in committee["decisions"]
    ]
    head = (_("Numero"), _("Che cosa si è deciso"), _("Entro"), _("A che punto è"))
    _table(document, "decisioni", head, decisions)
    if said["questions"]:
        _heading(document, 2, _("Richieste e risposte"))
        for one in said["questions"]:
            _heading(document, 3, _("Richiesta del %(day)s") % {"day": _day(one["asked_on"])})
            _words(document, one["words"])
            _words(document, one["answer"])
