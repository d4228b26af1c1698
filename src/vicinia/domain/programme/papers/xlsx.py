"""The report as tables to count on with, the records behind each figure among them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vicinia.domain.programme.documents import LANGUAGE
from vicinia.domain.programme.packing import packed_again
from vicinia.domain.programme.papers.forms import Frozen, day

_MONEY = "#,##0.00"
_DAY = "DD/MM/YYYY"
NARROW, WIDEST = 10, 60


def report(frozen: Frozen) -> bytes:
    """The report as XLSX. The same bytes for the same content."""
    from openpyxl import Workbook

    book = Workbook()
    said = frozen.content
    head: tuple[str, ...]
    with override(LANGUAGE):
        _summary(book, frozen)
        head = (_("Scheda"), _("Titolo"), _("Asse"), _("A che punto è"), _("Attività"), _("Ore"))
        head += (_("Persone"), _("Di cui conosciute"), _("Speso nel periodo"))
        _sheet(book, _("Schede"), head, (_line(one) for one in said["sheets"]))
        head = (_("Scheda"), _("Indicatore"), _("Che cosa si conta"), _("Tipi"), _("Che numero"))
        head += (_("Valore"), _("Obiettivo"))
        _sheet(book, _("Indicatori"), head, _indicators(said))
        head = (_("Scheda"), _("Giorno"), _("Tipo"), _("Che cosa"), _("Ore"), _("Persone"), _("Prodotti"))
        _sheet(book, _("Attività"), head, _activities(said))
        head = (
            _("Scheda"),
            _("Voce"),
            _("Chi paga"),
            _("Previsto"),
            _("Speso nel periodo"),
            _("Speso finora"),
        )
        _sheet(book, _("Quadro economico"), head, _budget(said))
        head = (
            _("Scheda"),
            _("Tappa"),
            _("Prevista"),
            _("Attesa"),
            _("Raggiunta"),
            _("Perché si è spostata"),
        )
        _sheet(book, _("Tappe"), head, _milestones(said))
        head = (_("Numero"), _("Che cosa si è deciso"), _("Chi la attua"), _("Entro"), _("A che punto è"))
        _sheet(book, _("Decisioni"), head, _decisions(said))
        _sheet(book, _("Registrazioni"), (_("Scheda"), _("Numero"), _("Registrazione")), _records(said))
        properties = book.properties
        properties.creator = f"{said['town']['unit']}, {said['town']['name']}"
        properties.title = _("Rendiconto: %(programme)s") % {"programme": said["programme"]["title"]}
        properties.language = LANGUAGE
    out = io.BytesIO()
    book.save(out)
    return packed_again(out.getvalue(), lambda name, part: _without_moment(name, part, frozen))


def _without_moment(name: str, part: bytes, frozen: Frozen) -> bytes:
    """The library writes when it saved: that is not part of the report."""
    if name != "docProps/core.xml":
        return part
    moment = frozen.frozen_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + moment, part)


def _sheet(book: Any, title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A page of the book with its headings, which stay in sight."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(title)
    wide = [len(str(words)) for words in head]
    for at, values in enumerate([head, *rows], 1):
        for column, value in enumerate(values, 1):
            cell = page.cell(at, column)
            _write(cell, value)
            wide[column - 1] = max(wide[column - 1], len(str(value)))
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if at == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(wide, 1):
        page.column_dimensions[get_column_letter(column)].width = min(WIDEST, max(NARROW, width + 2))
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _write(cell: Any, value: object) -> None:
    """Words are words: a text that begins with "=" is not a sum to be worked out on somebody's computer."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    elif isinstance(value, Decimal):
        cell.number_format = _MONEY
    elif hasattr(value, "isoformat"):
        cell.number_format = _DAY


def _summary(book: Any, frozen: Frozen) -> None:
    said, totals = frozen.content, frozen.content["totals"]
    rows: list[tuple[str, object]] = [
        (_("Programma"), said["programme"]["title"]),
        (_("Chi lo finanzia"), said["programme"]["funder"]),
        (_("Rendiconto"), said["reference"]),
        (_("Edizione"), frozen.number),
        (_("Dal"), day(said["from_day"])),
        (_("Al"), day(said["to_day"])),
        (_("Attività"), totals["activities"]),
        (_("Ore di lavoro"), Decimal(totals["hours"])),
        (_("Persone raggiunte"), totals["people"]),
        (_("Speso nel periodo, in euro"), Decimal(totals["spent"])),
        (_("Speso finora, in euro"), Decimal(totals["spent_so_far"])),
        (_("Previsto, in euro"), Decimal(totals["budget"])),
        (_("Impronta del contenuto (SHA-256)"), frozen.digest),
    ]
    book.remove(book.active)
    _sheet(book, _("Riepilogo"), (_("Che cosa"), _("Quanto")), rows)


def _line(one: dict[str, Any]) -> tuple[object, ...]:
    figures = one["figures"]
    return (
        one["code"],
        one["title"],
        one["axis"],
        one["state_words"],
        figures["activities"]["value"],
        Decimal(figures["hours"]["value"]),
        figures["people"]["value"],
        figures["people"]["known"],
        Decimal(figures["spent"]["value"]),
    )


def _indicators(said: dict[str, Any]) -> Iterable[tuple[object, ...]]:
    for sheet in said["sheets"]:
        for one in sheet["indicators"]:
            kinds = ", ".join(one["kinds"])
            yield (
                sheet["code"], one["title"], one["source_words"], kinds, one["measure_words"], one["value"], one["goal"],
            )  # fmt: skip


def _activities(said: dict[str, Any]) -> Iterable[tuple[object, ...]]:
    for sheet in said["sheets"]:
        for one in sheet["activities"]:
            hours = Decimal(one["hours"])
            yield (
                sheet["code"], day(one["day"]), one["kind"], one["what"], hours, one["people"], one["deliverables"],
            )  # fmt: skip


def _budget(said: dict[str, Any]) -> Iterable[tuple[object, ...]]:
    for sheet in said["sheets"]:
        for one in sheet["budget"]:
            money = (Decimal(one["amount"]), Decimal(one["spent"]), Decimal(one["spent_so_far"]))
            yield (sheet["code"], one["title"], one["source"], *money)


def _milestones(said: dict[str, Any]) -> Iterable[tuple[object, ...]]:
    for sheet in said["sheets"]:
        for one in sheet["milestones"]:
            done = day(one["done_on"]) if one["done_on"] else None
            days = (day(one["planned_on"]), day(one["expected_on"]), done)
            yield (sheet["code"], one["title"], *days, "; ".join(one["reasons"]))


def _decisions(said: dict[str, Any]) -> Iterable[tuple[object, ...]]:
    for one in said["committee"]["decisions"]:
        yield (one["reference"], one["words"], one["who"], day(one["due_on"]), one["state_words"])


def _records(said: dict[str, Any]) -> Iterable[tuple[object, ...]]:
    """Each figure with the numbers of its records."""
    for sheet in said["sheets"]:
        for one in sheet["indicators"]:
            for pk in one["ids"]:
                yield (sheet["code"], one["title"], f"{one['source']}:{pk}")
        for one in sheet["activities"]:
            yield (sheet["code"], _("Attività"), f"activities:{one['id']}")
        for line in sheet["budget"]:
            for pk in line["ids"]:
                yield (sheet["code"], line["title"], f"costs:{pk}")
