"""How people write an address: folded words, the forms of a word that they use for it, and the civic number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# The short forms of a word, written without dots: "c.so" is read as "cso". The full word is always a form.
SHORT_FORMS = {
    "via": ("v",),
    "viale": ("vle", "le", "v"),
    "corso": ("cso", "c"),
    "piazza": ("pzza", "pza", "pz", "piaza", "p"),
    "piazzale": ("pzle", "ple", "pzale", "piazle", "piazzle"),
    "piazzetta": ("ptta", "pzetta", "pztta", "pzta"),
    "vicolo": ("vlo", "vco", "vic"),
    "strada": ("str", "sda", "strda"),
    "largo": ("lgo",),
    "lungo": ("lno",),
    "localita": ("loc", "lta"),
    "borgo": ("bgo", "bo"),
    "contrada": ("cda", "ctda", "cont"),
    "galleria": ("gall", "gal"),
    "salita": ("sal",),
    "frazione": ("fraz", "fne", "fr"),
    "traversa": ("trav", "tr"),
    "cascina": ("cna", "casc"),
    "passeggiata": ("pgta", "pass"),
    "giardini": ("giard",),
    "giardino": ("giard",),
    "san": ("s",),
    "sant": ("s", "san"),
    "santa": ("s", "sta"),
    "santo": ("s", "sto"),
    "santi": ("ss",),
    "sante": ("ss",),
    "santissima": ("ssma", "ss"),
    "santissimo": ("ssmo", "ss"),
    "beata": ("b",),
    "beato": ("b",),
    "madonna": ("mad", "mnna"),
    "fratelli": ("flli", "fll", "ff", "fratt"),
    "sorelle": ("slle",),
    "dottor": ("dr", "dott"),
    "dottore": ("dr", "dott"),
    "professore": ("prof",),
    "professor": ("prof",),
    "generale": ("gen", "gle"),
    "maresciallo": ("mllo", "mar"),
    "colonnello": ("col", "cllo"),
    "capitano": ("cap", "cno"),
    "tenente": ("ten",),
    "sergente": ("serg",),
    "cavaliere": ("cav",),
    "onorevole": ("on",),
    "senatore": ("sen",),
    "cardinale": ("card",),
    "monsignor": ("mons", "mgr"),
    "monsignore": ("mons", "mgr"),
    "ingegner": ("ing",),
    "ingegnere": ("ing",),
    "avvocato": ("avv",),
    "maestro": ("mo", "mtro"),
    "giovanni": ("gio", "giov"),
    "giuseppe": ("gius", "g"),
    "francesco": ("fco", "franc"),
    "domenico": ("dom", "dco"),
    "antonio": ("ant",),
    "scuola": ("sc",),
    "elementare": ("elem",),
    "primaria": ("prim",),
}

# Words that carry little: a street is not known by them.
_LITTLE = (
    "a ad al alla alle agli ai all d da dal dalla dalle de degli dei del dell della delle dello di e ed gli i il in l la le lo"
    " nel nella per presso s su sul sulla un una"
)
LITTLE_WORDS = frozenset(_LITTLE.split())
# Words around an address that are not part of it.
NOISE = frozenset({"n", "nr", "num", "numero", "civ", "civico", "snc"})
# "int. 3" and "scala B" say where inside the building: the civic number comes before them.
_INSIDE = re.compile(r"(?<=\d)(\D*?)\b(?:int|interno|scala|sc|piano)\b\.?\s*\w{1,3}\b")

_UNIT_WORDS = (
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici"
    " diciassette diciotto diciannove venti ventuno ventidue ventitre ventiquattro venticinque ventisei ventisette"
    " ventotto ventinove trenta trentuno"
)
_UNITS = _UNIT_WORDS.split()
_ROMAN_WORDS = (
    "- i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv xxvi xxvii"
    " xxviii xxix xxx xxxi"
)
_ROMAN = _ROMAN_WORDS.split()
_ORDINALS = {"primo": 1, "prima": 1, "secondo": 2, "terzo": 3, "quarto": 4, "quinto": 5}
NUMBER_OF_WORD = (
    {word: n for n, word in enumerate(_UNITS) if n}
    | {word: n for n, word in enumerate(_ROMAN) if n}
    | _ORDINALS
)

_CIVIC = re.compile(
    r"(?<![a-z0-9])(?:(?:n|nr|num|numero|civ|civico)\s*[.°º]?\s*)?"
    r"(?P<number>\d{1,5})"
    r"(?:\s*/\s*(?P<slashed>[a-z]|\d{1,2}|bis|ter|quater)(?![a-z0-9])"
    r"|\s*-?\s*(?P<letter>[a-z]|bis|ter|quater)(?![a-z0-9'’]))?"
    r"(?![a-z0-9])"
)


@dataclass(frozen=True, slots=True)
class Civic:
    """A civic number as someone wrote it; `exponent` is in capitals, as it is kept."""

    number: int
    exponent: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: the words of the street or place, and the civic number if one is seen."""

    words: tuple[str, ...]
    civic: Civic | None = None


def fold(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The folded words of a name, split at everything that is not a letter or a digit."""
    return re.findall(r"[a-z0-9]+", fold(text).replace("°", " "))


def same_name(name: str) -> str:
    """A name without what people write in different ways: case, accents, apostrophes, spaces."""
    return "-".join(words_of(name))


def forms_of(word: str) -> set[str]:
    """Every way to write `word`: itself, its short forms, and the other ways to write a number."""
    forms = {word, *SHORT_FORMS.get(word, ())}
    number = int(word) if word.isdigit() and len(word) < 3 else NUMBER_OF_WORD.get(word, 0)
    if 0 < number < len(_UNITS):
        forms |= {str(number), _UNITS[number], _ROMAN[number]}
        forms |= {ordinal for ordinal, value in _ORDINALS.items() if value == number}
    return forms


def typed_words(folded: str, known: frozenset[str]) -> tuple[str, ...]:
    """The words someone typed: "c.so" is one word when `cso` is a known form, "g.garibaldi" is two."""
    words: list[str] = []
    for chunk in re.split(r"[\s,;()]+", folded):
        glued = chunk.replace(".", "")
        dotted = "." in chunk.strip(".")
        words += [glued] if dotted and glued in known else re.findall(r"[a-z0-9]+", chunk)
    return tuple(word for word in words if word not in NOISE)


def readings(text: str, known: frozenset[str]) -> list[Reading]:
    """The ways to read what was typed, the likeliest first: each number may be the civic one, or none of them is."""
    folded = _INSIDE.sub(r"\1 ", fold(text))
    found = [match for match in _CIVIC.finditer(folded) if int(match["number"])]
    ways = [_with_civic(folded, match, known) for match in (found[-1:] + found[:-1][:1])]
    ways.append(Reading(typed_words(folded, known)))
    return [way for way in ways if way.words]


def _with_civic(folded: str, match: re.Match[str], known: frozenset[str]) -> Reading:
    rest = f"{folded[: match.start()]} {folded[match.end() :]}"
    exponent = (match["slashed"] or match["letter"] or "").upper()
    return Reading(typed_words(rest, known), Civic(int(match["number"]), exponent))


def clean_exponent(text: str) -> str:
    """An exponent as it is kept: capitals, without the bar and spaces around it."""
    return re.sub(r"[\s/.\-]+", "", text).upper()
