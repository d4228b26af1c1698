"""Vicinia belongs to no town: no municipality's name in code or pages, and no address of somebody else's server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.architecture.house import SOURCE, own_templates, program_files

TOWNS = [
    "Agrigento",
    "Alessandria",
    "Ancona",
    "Aosta",
    "Arezzo",
    "Asti",
    "Avellino",
    "Bari",
    "Belluno",
    "Benevento",
    "Bergamo",
    "Biella",
    "Bologna",
    "Bolzano",
    "Boston",
    "Brescia",
    "Brindisi",
    "Cagliari",
    "Caltanissetta",
    "Campobasso",
    "Caserta",
    "Catania",
    "Catanzaro",
    "Chieti",
    "Como",
    "Cosenza",
    "Cremona",
    "Crotone",
    "Cuneo",
    "Enna",
    "Fermo",
    "Ferrara",
    "Firenze",
    "Foggia",
    "Forlì",
    "Frosinone",
    "Genova",
    "Gorizia",
    "Grosseto",
    "Imperia",
    "Isernia",
    "Latina",
    "Lecce",
    "Lecco",
    "Livorno",
    "Lodi",
    "Lucca",
    "Macerata",
    "Mantova",
    "Matera",
    "Messina",
    "Milano",
    "Modena",
    "Monza",
    "Napoli",
    "Novara",
    "Nuoro",
    "Oristano",
    "Padova",
    "Palermo",
    "Parma",
    "Pavia",
    "Perugia",
    "Pesaro",
    "Pescara",
    "Piacenza",
    "Pisa",
    "Pistoia",
    "Pordenone",
    "Potenza",
    "Prato",
    "Ragusa",
    "Ravenna",
    "Rieti",
    "Rimini",
    "Rovigo",
    "Salerno",
    "Sassari",
    "Savona",
    "Seregno",
    "Siena",
    "Siracusa",
    "Sondrio",
    "Taranto",
    "Teramo",
    "Terni",
    "Torino",
    "Trapani",
    "Trento",
    "Treviso",
    "Trieste",
    "Udine",
    "Varese",
    "Venezia",
    "Verbania",
    "Vercelli",
    "Verona",
    "Vicenza",
    "Viterbo",
    "Zürich",
    "Zurigo",
]
_TOWN = re.compile(rf"(?<![\w./-])(?:{'|'.join(TOWNS)})(?![\w])")
# A street may be called after a town, and words that begin a sentence may be a town's name by chance.
_STREET = re.compile(
    r"(?i)\b(?:via|viale|corso|piazza|piazzale|largo|vicolo|porta|strada|c\.so|p\.za|v\.le)\s+$"
)
_BY_CHANCE = {"Fermo", "Latina", "Potenza", "Prato", "Imperia", "Como"}
_ADDRESS = re.compile(r"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})", re.I)
# Names, not addresses: nothing is fetched from them.
NAMES_OF_FORMATS = {
    "www.w3.org",
    "schema.org",
    "purl.org",
    "xmlns.com",
    "dati.gov.it",
    "publications.europa.eu",
}
# Links that a person may follow, on pages of help and law.
LINKED_PAGES = {"www.garanteprivacy.it", "form.agid.gov.it", "www.openstreetmap.org"}


def towns_named(text: str) -> Iterator[str]:
    """Towns named in a text, but for streets that bear their name."""
    for found in _TOWN.finditer(text):
        if found[0] not in _BY_CHANCE and not _STREET.search(text[: found.start()]):
            yield found[0]


def foreign_addresses(text: str) -> set[str]:
    """Other people's servers that a page or a file of ours names."""
    known = NAMES_OF_FORMATS | LINKED_PAGES
    return {
        host for host in _ADDRESS.findall(text) if host.lower() not in known and not host.endswith(".example")
    }


def test_no_town_is_named_in_code_or_pages() -> None:
    texts = {file.path: file.text for file in program_files() if not file.path.startswith("vicinia/demo/")}
    texts |= {str(path.relative_to(SOURCE)): path.read_text() for path in own_templates()}
    found = {path: names for path, text in texts.items() if (names := sorted(set(towns_named(text))))}
    assert not found


def test_pages_and_own_files_name_no_other_server() -> None:
    files = [
        path for path in (SOURCE / "vicinia").rglob("static/**/*") if path.suffix in {".css", ".js", ".svg"}
    ]
    own = [path for path in files if "vendor" not in path.parts] + own_templates()
    assert len(own) > 20
    found = {
        str(path.relative_to(SOURCE)): hosts for path in own if (hosts := foreign_addresses(path.read_text()))
    }
    assert not found


def test_planted_towns_and_servers_are_caught() -> None:
    assert list(towns_named('if town == "Modena": fee = 3')) == ["Modena"]
    assert not list(towns_named("corso Milano 12, largo Padova"))
    assert foreign_addresses('<script src="//cdn.jsdelivr.net/x.js">') == {"cdn.jsdelivr.net"}
    assert foreign_addresses("<p>https://tiles.openfreemap.org/a</p>") == {"tiles.openfreemap.org"}
    assert not foreign_addresses('<svg xmlns="http://www.w3.org/2000/svg">')
