"""Who lives and works in Borgo Vicino: residents with their households, staff with their teams, bodies of the network."""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from vicinia.demo.names import COMMUNITIES, Community
from vicinia.demo.seeded import stream
from vicinia.demo.town import Civic, Town
from vicinia.demo.words.voices import VOICES

DOMAIN = "borgovicino.example"
# Subscriber numbers that begin with 0 are not given out after 059, and no operator is known on 355.
LANDLINE, MOBILE = "+39059000{:04}", "+393550{:06}"
UNIT_PHONE = "059 000 000"
PASSWORD = "borgo-vicino-2026"  # noqa: S105 -- the accounts of a fictional town, printed by `make demo`


@dataclass(frozen=True)
class Team:
    """A team of staff and the quarters that it follows."""

    code: str
    name: str
    quarters: tuple[str, ...]  # names of quarters; empty: the whole town


@dataclass(frozen=True)
class StaffMember:
    """Someone who signs in. `role` is a value of the program's Role."""

    username: str
    first: str
    last: str
    role: str
    team: str
    job: str
    speaks: tuple[str, ...] = ("it",)
    body: str = ""  # code of the body of the network, for partners

    @property
    def name(self) -> str:
        """First name and surname."""
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        """Address of work."""
        return f"{self.username}@{DOMAIN}"


@dataclass(frozen=True)
class Body:
    """A body of the network."""

    code: str
    name: str
    competences: str
    hours: str
    phone: str

    @property
    def email(self) -> str:
        """Address of the desk that answers."""
        return f"{self.code}@rete.{DOMAIN}"


@dataclass(frozen=True)
class Resident:
    """A resident. `voice` is how they write; `needs` is what to know when contacting them."""

    code: str
    first: str
    last: str
    woman: bool
    born: int
    community: str
    language: str
    household: str
    civic: Civic
    stair: str
    floor: int
    phone: str
    email: str
    contact_way: str  # phone, message, email, letter
    needs: str
    voice: str

    @property
    def name(self) -> str:
        """First name and surname."""
        return f"{self.first} {self.last}"

    @property
    def address(self) -> str:
        """Where they live, in words."""
        stair = f", scala {self.stair}" if self.stair else ""
        return f"{self.civic.label}{stair}"


TEAMS: tuple[Team, ...] = (
    Team("prossimita-ovest", "Prossimità ovest", ("Crocetta", "Stazione", "Centro")),
    Team("prossimita-est", "Prossimità est", ("San Lazzaro", "Ponte Vecchio", "Sant'Agnese")),
    Team("prossimita-sud", "Prossimità sud", ("Le Corti", "Villaggio Artigiano")),
    Team("laboratorio", "Laboratorio di quartiere Le Corti", ("Le Corti",)),
    Team("direzione", "Direzione del nucleo", ()),
)
STAFF: tuple[StaffMember, ...] = (
    StaffMember("anna.ferri", "Anna", "Ferri", "operator", "prossimita-ovest", "agente di prossimità", ("it", "fr")),
    StaffMember("davide.lusetti", "Davide", "Lusetti", "operator", "prossimita-ovest", "agente di prossimità"),
    StaffMember("samira.haddouchi", "Samira", "Haddouchi", "operator", "prossimita-sud", "agente di prossimità", ("it", "ar", "fr")),
    StaffMember("giorgio.bonvicini", "Giorgio", "Bonvicini", "operator", "prossimita-est", "ispettore"),
    StaffMember("ilaria.zanetti", "Ilaria", "Zanetti", "operator", "prossimita-est", "agente di prossimità", ("it", "en")),
    StaffMember("matteo.sarti", "Matteo", "Sarti", "operator", "prossimita-sud", "agente di prossimità"),
    StaffMember("lucia.marchesi", "Lucia", "Marchesi", "coordinator", "direzione", "commissaria, responsabile del nucleo"),
    StaffMember("elena.ricco", "Elena", "Riccò", "laboratory", "laboratorio", "sportello sociale", ("it", "es")),
    StaffMember("pietro.fantini", "Pietro", "Fantini", "laboratory", "laboratorio", "facilitatore"),
    StaffMember("teresa.monti", "Teresa", "Monti", "mediator", "direzione", "mediatrice dei conflitti"),
    StaffMember("roberta.pini", "Roberta", "Pini", "partner", "direzione", "ufficio inquilini", ("it",), "acer"),
    StaffMember("omar.zaccaria", "Omar", "Zaccaria", "partner", "direzione", "assistente sociale", ("it", "ar"), "servizi-sociali"),
    StaffMember("carla.venturelli", "Carla", "Venturelli", "council", "direzione", "consigliera comunale"),
    StaffMember("michele.arduini", "Michele", "Arduini", "dpo", "direzione", "responsabile della protezione dei dati"),
    StaffMember("sistema", "Ufficio", "Sistemi", "administrator", "direzione", "sistemi informativi"),
)  # fmt: skip
BODIES: tuple[Body, ...] = (
    Body("acer", "ACER", "Case popolari: guasti, parti comuni, assegnazioni, morosità", "lunedì e giovedì, 9-13", "059 000 2100"),
    Body("servizi-sociali", "Servizio sociale territoriale", "Anziani, famiglie, minori, persone fragili", "da lunedì a venerdì, 8.30-13", "059 000 2200"),
    Body("ambiente", "Servizio ambiente", "Rifiuti, ingombranti, pulizia straordinaria, disinfestazioni", "da lunedì a sabato, 7-13", "059 000 2300"),
    Body("manutenzione", "Manutenzione del Comune", "Strade, marciapiedi, verde, arredi, scuole", "da lunedì a venerdì, 8-14", "059 000 2400"),
    Body("illuminazione", "Illuminazione pubblica", "Lampioni spenti, pali, sottopassi", "sempre, numero guasti", "059 000 2500"),
    Body("educativa", "Educativa di strada", "Ragazzi e gruppi nei luoghi pubblici", "martedì-sabato, 16-22", "059 000 2600"),
    Body("casa-comunita", "Casa della comunità", "Salute, dipendenze, salute mentale", "da lunedì a venerdì, 8-18", "059 000 2700"),
    Body("mediazione", "Mediazione linguistica e dei conflitti", "Arabo, urdu, cinese, ucraino, romeno, inglese", "su appuntamento", "059 000 2800"),
    Body("laboratorio", "Laboratorio di quartiere", "Sportello sociale, incontri, comitato inquilini", "da martedì a sabato, 9-13 e 15-19", "059 000 2900"),
    Body("parrocchia", "Parrocchia di Cristo Lavoratore", "Spesa, compagnia, accoglienza", "tutti i giorni", "059 000 3000"),
    Body("scuola", "Istituto comprensivo Don Milani", "Scuole dell'infanzia, primarie e media di Crocetta e Le Corti", "da lunedì a venerdì, 8-16", "059 000 3100"),
    Body("polizia-stato", "Polizia di Stato, commissariato", "Reati, ordine pubblico", "sempre", "112"),
    Body("centro-antiviolenza", "Centro antiviolenza", "Ascolto e accoglienza delle donne", "da lunedì a venerdì, 10-18, e per telefono sempre", "1522"),
)  # fmt: skip

# How many of a hundred residents of the town's non-Italian communities live in each quarter, against its size.
_NEWCOMERS = {
    "Centro": 1.1, "Crocetta": 1.5, "Sant'Agnese": 0.4, "Ponte Vecchio": 0.7, "San Lazzaro": 0.9, "Stazione": 2.0,
    "Villaggio Artigiano": 1.1, "Le Corti": 1.8,
}  # fmt: skip
_NEEDS = (
    "meglio dopo le 17", "sente poco, parlare piano", "preferisce un messaggio", "serve la mediatrice", "non ha il citofono",
    "ha il telefono della figlia", "non chiamare il mercoledì", "usa la carrozzina", "chiede di non passare in divisa",
)  # fmt: skip


@lru_cache(maxsize=4)
def settle_residents(town: Town, *, seed: int, count: int = 900) -> tuple[Resident, ...]:
    """Give the town its residents, household by household."""
    rng = stream(seed, "residents")
    residents: list[Resident] = [_signora_bassi(town)]
    doors = [civic for civic in town.civics if not civic.exponent]
    weights = _weights(town, doors)
    household = 0
    while len(residents) < count:
        household += 1
        civic = rng.choices(doors, weights)[0]
        community = rng.choices(COMMUNITIES, [_share(one, civic.quarter) for one in COMMUNITIES])[0]
        size = rng.choices((1, 2, 3, 4), (38, 33, 18, 11))[0]
        surname = rng.choice(community.surnames)
        stair, floor = _inside(town, civic, rng)
        for place in range(min(size, count - len(residents))):
            number = len(residents) + 1
            residents.append(
                _resident(number, household, place, community, surname, civic, stair, floor, rng)
            )
    return tuple(residents)


def _signora_bassi(town: Town) -> Resident:
    """The reporter of the neighbours' story: she is in every town, whatever the seed."""
    return Resident(
        "R0001", "Luisa", "Bassi", True, 1961, "it", "it", "N000", town.civic("Via dei Mille 12"), "B", 1,
        LANDLINE.format(1201), f"luisa.bassi@posta.{DOMAIN}", "phone", "meglio la mattina, entro le 12", "neighbour",
    )  # fmt: skip


def _weights(town: Town, doors: list[Civic]) -> list[float]:
    """Fill every quarter as its population wants, and the public housing more than a house with a garden."""
    counts = Counter(civic.quarter for civic in doors)
    each = {quarter.name: quarter.population / counts[quarter.name] for quarter in town.quarters}
    courts = {building.civic.label for building in town.buildings}
    return [each[civic.quarter] * (8 if civic.label in courts else 1) for civic in doors]


def _share(community: Community, quarter: str) -> float:
    return community.share if community.code == "it" else community.share * _NEWCOMERS[quarter]


def _inside(town: Town, civic: Civic, rng: Random) -> tuple[str, int]:
    building = next((building for building in town.buildings if building.civic.label == civic.label), None)
    if building:
        return rng.choice(building.stairs), rng.randint(0, building.floors)
    return "", rng.randint(0, 3)


def _resident(
    number: int,
    household: int,
    place: int,
    community: Community,
    surname: str,
    civic: Civic,
    stair: str,
    floor: int,
    rng: Random,
) -> Resident:
    woman = rng.random() < 0.54
    first = rng.choice(community.women if woman else community.men)
    # Only who can write or phone for themselves is here: the youngest are sixteen.
    born = rng.choices(
        (rng.randint(1930, 1950), rng.randint(1951, 1975), rng.randint(1976, 1999), rng.randint(2000, 2010)),
        (18, 37, 35, 10),
    )[0]
    if community.code != "it":
        born = max(born, 1955)
    last = surname if place != 1 or rng.random() < 0.45 else rng.choice(community.surnames)
    language = "it" if rng.random() < community.speaks_italian else community.language
    phone = (
        LANDLINE.format(1300 + number) if born < 1948 and rng.random() < 0.7 else MOBILE.format(100 + number)
    )
    email = (
        "" if born < 1945 or rng.random() < 0.3 else f"{_ascii(first)}.{_ascii(last)}{number}@posta.{DOMAIN}"
    )
    way = rng.choices(("phone", "message", "email"), (50, 30, 20 if email else 0))[0]
    if phone.startswith("+39059") and way == "message":
        way = "phone"
    needs = rng.choice(_NEEDS) if rng.random() < 0.22 else ""
    return Resident(
        f"R{number:04}", first, last, woman, born, community.code, language, f"N{household:03}", civic, stair, floor,
        phone, email, way, needs, _voice(community.code, born, woman, rng),
    )  # fmt: skip


def _voice(community: str, born: int, woman: bool, rng: Random) -> str:
    if community != "it":
        return "mother" if woman or rng.random() < 0.5 else "worker"
    if born >= 2007:
        return "teenager"
    if born >= 1999:
        return rng.choice(("student", "worker", "teenager"))
    if born <= 1945:
        return "grandmother" if woman else "precise"
    usual = [
        voice.code
        for voice in VOICES
        if voice.code not in {"officer", "caretaker", "teenager", "mother", "student"}
    ]
    return rng.choice(usual)


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "").replace("'", "")
