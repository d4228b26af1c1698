"""Counts as files: rows for a CSV, and the DCAT-AP_IT catalogue that tells other catalogues of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.interfaces.statistics.figures import Figures, Line

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatapit": "http://dati.gov.it/onto/dcatapit#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LICENCE = "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40"
_LICENCE_TEXT = "https://creativecommons.org/licenses/by/4.0/"


Cells = tuple[Any, ...]
HEADER: Cells = ("tabella", "voce", "seconda_voce", "numero")


def rows(figures: Figures) -> Iterator[Cells]:
    """Every count of a page, in long form: the table, what is counted, and the number, empty where it is kept back."""
    yield "totale", "segnalazioni", "", figures.total
    lines = {
        "mese": figures.months,
        "zona": figures.areas,
        "tipo": figures.groups,
        "canale": figures.channels,
        "stato": figures.states,
        "esito_dei_casi": figures.outcomes,
        "risposte_sugli_esiti": figures.replies,
    }
    for table, line in lines.items():
        yield from _line(table, line)
    if not figures.cross.is_withheld:
        for area, cells in figures.cross.rows:
            for group, count in zip(figures.cross.groups, cells, strict=True):
                yield "zona_e_tipo", area, group, count
    yield "primo_contatto", "giorni lavorativi, mediana", "", figures.contacts.median
    yield "primo_contatto", "giorni lavorativi, nove su dieci", "", figures.contacts.p90
    yield "primo_contatto", "entro il termine", "", figures.in_time
    yield "chiusura", "giorni, mediana", "", figures.ends.median
    yield "chiusura", "giorni, nove su dieci", "", figures.ends.p90
    yield "casi", "chiusi", "", figures.cases_closed


def desk_rows(figures: Figures) -> Iterator[Cells]:
    """The same, with what is open today."""
    yield from rows(figures)
    yield "casi", "aperti nel periodo", "", figures.cases_opened
    yield "casi", "aperti oggi", "", figures.cases_open
    yield from _line("aperte_oggi_da", figures.ages)
    yield from _line("casi_per_fase", figures.stages)
    for owner in figures.workload:
        yield "in_mano_a", owner.name or _("nessuno"), "segnalazioni", owner.reports
        yield "in_mano_a", owner.name or _("nessuno"), "casi", owner.cases


def _line(table: str, line: Line) -> Iterator[Cells]:
    if not line.is_withheld:
        yield from ((table, count.label, "", count.value) for count in line.counts)


def catalogue(years: list[int]) -> dict[str, Any]:
    """The catalogue of what is published, as DCAT-AP_IT in JSON-LD."""
    return {
        "@context": _CONTEXT,
        "@id": _address(reverse("open_data")),
        "@type": ["dcat:Catalog", "dcatapit:Catalog"],
        "dct:title": _in_italian(f"Dati aperti: {settings.UNIT_NAME}, {settings.TOWN_NAME}"),
        "dct:description": _in_italian("Numeri delle segnalazioni e dei casi, un anno alla volta, senza dati personali."),
        "dct:publisher": _holder(),
        "dct:language": {"@id": f"{_AUTHORITY}language/ITA"},
        "dct:modified": _date(_published_on(years[0])) if years else _date(None),
        "foaf:homepage": {"@id": _address(reverse("open_data"))},
        "dcat:themeTaxonomy": {"@id": f"{_AUTHORITY}data-theme"},
        "dcat:dataset": [_dataset(year) for year in years],
    }  # fmt: skip


def _dataset(year: int) -> dict[str, Any]:
    page = _address(reverse("open_data_year", args=[year]))
    return {
        "@id": page,
        "@type": ["dcat:Dataset", "dcatapit:Dataset"],
        "dct:identifier": f"{settings.ISTAT_CODE or 'comune'}:segnalazioni-{year}",
        "dct:title": _in_italian(f"Segnalazioni {year}"),
        "dct:description": _in_italian(
            f"Segnalazioni arrivate nel {year} per mese, zona, tipo e canale, tempi ed esiti. I numeri piccoli non ci sono."
        ),
        "dct:issued": _date(_published_on(year)),
        "dct:modified": _date(_published_on(year)),
        "dct:language": {"@id": f"{_AUTHORITY}language/ITA"},
        "dct:accrualPeriodicity": {"@id": f"{_AUTHORITY}frequency/ANNUAL"},
        "dcat:theme": {"@id": f"{_AUTHORITY}data-theme/SOCI"},
        "dcat:keyword": ["segnalazioni", "quartieri", "sicurezza urbana"],
        "dct:rightsHolder": _holder(),
        "dct:publisher": _holder(),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(dt.date(year, 1, 1)),
            "dcat:endDate": _date(dt.date(year, 12, 31)),
        },
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": _distribution(year, page),
    }


def _distribution(year: int, page: str) -> dict[str, Any]:
    address = _address(reverse("open_data_csv", args=[year]))
    return {
        "@id": address,
        "@type": ["dcat:Distribution", "dcatapit:Distribution"],
        "dct:title": _in_italian(f"Segnalazioni {year}, CSV"),
        "dcat:accessURL": {"@id": page},
        "dcat:downloadURL": {"@id": address},
        "dct:format": {"@id": f"{_AUTHORITY}file-type/CSV"},
        "dct:license": {
            "@id": _LICENCE,
            "@type": "dcatapit:LicenseDocument",
            "foaf:name": "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)",
            "dct:type": {"@id": "http://purl.org/adms/licencetype/Attribution"},
            "owl:sameAs": _LICENCE_TEXT,
        },
    }


def _holder() -> dict[str, Any]:
    return {
        "@id": _address("/#ente"),
        "@type": ["foaf:Agent", "dcatapit:Agent"],
        "dct:identifier": settings.ISTAT_CODE or "comune",
        "foaf:name": settings.TOWN_NAME,
    }


def _published_on(year: int) -> dt.date:
    """A year is published when it is over."""
    return dt.date(year + 1, 1, 1)


def _in_italian(text: str) -> dict[str, str]:
    return {"@language": "it", "@value": text}


def _date(day: dt.date | None) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day.isoformat() if day else ""}


def _address(path: str) -> str:
    return settings.PUBLIC_URL.rstrip("/") + path
