"""Texts of reports: facts of a kind, put in order by a voice, with hour, place and what was said before."""

import datetime as dt
import re
from dataclasses import dataclass, field
from random import Random

from vicinia.demo.words import moments
from vicinia.demo.words.decay_and_streets import BLOCKS as DECAY
from vicinia.demo.words.foreign import FAMILIES, TEXTS
from vicinia.demo.words.people_and_homes import BLOCKS as PEOPLE
from vicinia.demo.words.quiet_and_neighbours import BLOCKS as QUIET
from vicinia.demo.words.voices import (
    AGAIN,
    CALLERS,
    DESK,
    DESK_NOTES,
    DIALECT,
    PARTNER_NOTES,
    PARTNERS,
    SIMPLE,
    SLIPS,
    VOICES,
    Voice,
)  # fmt: skip
from vicinia.domain.listening.taxonomy import KINDS

# Only someone who lives there can say it: an officer or a partner never writes these.
_FIRST_PERSON = re.compile(
    r"\b(ho|mi|mia|mio|mie|miei|io|sono|siamo|abito|abbiamo|abitiamo|riesco|vorrei|vorremmo|esco|tengo|lavoro|dormo|dormiamo|"
    r"me|nostri|nostra|credo|penso|stiamo|scendo|faccio|chiedo|voglio|lavo|noi|ci|sto|accetterei|apro|trovo|lascio|mando|aspetto)\b",
    re.IGNORECASE,
)


_NOT_THEIRS = {
    "teenager": r"moglie|marito|suocer|mio figlio|mia figlia|i miei figli|clienti|al lavoro|bambini piccoli|avvocato",
    "student": r"moglie|marito|suocer|mio figlio|mia figlia|i miei figli|clienti",
    "grandmother": r"mia moglie|mia nonna|mia suocera|al lavoro|ospedale e di giorno|mio nonno|dormo con i tappi|esame",
    "mother": r"mia moglie|nonno|avvocato|ordinanza",
    "precise": r"bambin|mia nonna|mio marito",
}


@dataclass(frozen=True)
class KindWords:
    """What can be said of one kind; each sentence with the season it is kept for, or ''."""

    titles: list[tuple[str, str]] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    details: list[tuple[str, str]] = field(default_factory=list)
    effects: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Telling:
    """What a report is about, before anyone has put it into words."""

    kind: str
    happened_at: dt.datetime
    told_at: dt.datetime
    place: str  # with its preposition: "in via dei Mille 12", "al Parco del Canale"
    channel: str
    language: str = "it"
    earlier: tuple[dt.date, ...] = ()  # days of earlier reports of the same story
    caller: str = "unknown"  # woman, man, old, young, newcomer, unknown: how staff would describe who speaks


@dataclass(frozen=True)
class ReportText:
    """The words of one report."""

    title: str
    description: str
    since_words: str
    frequency: str
    who_suffers: str
    language: str
    voice: str


def _read(block: str) -> KindWords:
    words = KindWords()
    shelves = {"=": words.titles, "-": words.facts, "+": words.details, "!": words.effects}
    for line in block.strip().splitlines():
        season, sentence = re.fullmatch(r"(?:\[(\w+)\] )?(.+)", line[2:]).groups(default="")  # type: ignore[union-attr]  # every line matches
        shelves[line[0]].append((season, sentence))
    return words


WORDS: dict[str, KindWords] = {code: _read(block) for code, block in {**QUIET, **DECAY, **PEOPLE}.items()}


def write(telling: Telling, voice: Voice, rng: Random) -> ReportText:
    """Put one report into words."""
    slots, rhythm = _slots(telling, rng)
    words = WORDS[telling.kind]
    effects = _in_season(words.effects, telling)
    suffers = _fill(rng.choice(effects), slots) if rng.random() < 0.3 else ""
    if telling.language != "it":
        text = _foreign(telling, rng)
    elif telling.channel == "phone":
        text = _noted(telling, words, slots, rng, _speaker(CALLERS, telling, rng))
    elif telling.channel == "desk":
        text = _noted(telling, words, slots, rng, _speaker(DESK, telling, rng))
    elif telling.channel == "partner":
        text = _from_partner(telling, words, slots, rng)
    else:
        text = _written(telling, words, slots, voice, rng)
    title = _title(telling, words, text, slots, rng)
    since = slots["da"] if rng.random() < 0.6 else ""
    return ReportText(
        title, text, since, rhythm if rng.random() < 0.7 else "", suffers, telling.language, voice.code
    )


def _speaker(callers: dict[str, tuple[str, ...]], telling: Telling, rng: Random) -> str:
    return rng.choice(callers["again" if telling.earlier and rng.random() < 0.6 else telling.caller])


def _title(telling: Telling, words: KindWords, text: str, slots: dict[str, str], rng: Random) -> str:
    """Take a title that says what the text says; with none, the kind's own name."""
    stems = {word[:5] for word in re.findall(r"\w{5,}", text.lower())}
    plain = slots | {"dove": ""}
    fitting = [
        title
        for title in _in_season(words.titles, telling)
        if stems & {word[:5] for word in re.findall(r"\w{5,}", title.format(**plain).lower())}
    ]
    return _fill(rng.choice(fitting), slots) if fitting else f"{KINDS[telling.kind].name}, {telling.place}"


def voice_for(channel: str, rng: Random, preferred: str = "") -> Voice:
    """Choose who writes: officers in the street, the others as they are."""
    if channel == "street":
        return next(voice for voice in VOICES if voice.code == "officer")
    if preferred:
        return next(voice for voice in VOICES if voice.code == preferred)
    return rng.choice([voice for voice in VOICES if voice.code != "officer"])


def _slots(telling: Telling, rng: Random) -> tuple[dict[str, str], str]:
    times, rhythm = rng.choice(moments.RHYTHMS)
    return {
        "dove": telling.place,
        "alle": moments.at_hour(telling.happened_at, rng),
        "fino": moments.until_hour(telling.happened_at, rng),
        "da": rng.choice(moments.SPANS),
        "quando": moments.when(telling.happened_at, telling.told_at),
        "volte": times,
        "n": rng.choice(("due", "tre", "quattro", "cinque", "sei", "sette", "otto", "3", "4", "5", "6")),
    }, rhythm


def _in_season(shelf: list[tuple[str, str]], telling: Telling) -> list[str]:
    now = moments.season(telling.happened_at.date())
    return [sentence for season, sentence in shelf if season in {"", now}]


def _fill(sentence: str, slots: dict[str, str]) -> str:
    text = sentence.format(**slots)
    return text[0].upper() + text[1:]


def _story(
    telling: Telling, words: KindWords, slots: dict[str, str], size: int, rng: Random, *, own: bool = True
) -> list[str]:
    """Choose the sentences: a fact first, then details, what it does to people near the end."""
    facts, details, effects = (
        [line for line in _in_season(shelf, telling) if own or not _FIRST_PERSON.search(line)]
        for shelf in (words.facts, words.details, words.effects)
    )
    facts = facts or _in_season(words.facts, telling)
    chosen = rng.sample(facts, min(len(facts), 2 if size > 2 and rng.random() < 0.5 else 1))
    rest = size - len(chosen)
    if effects and rest and rng.random() < 0.6:
        rest -= 1
        ending = [rng.choice(effects)]
    else:
        ending = []
    middle = rng.sample(details, min(len(details), max(rest, 0)))
    if rng.random() < 0.25:
        middle, ending = ending, middle
    return [_fill(line, slots) for line in [*chosen, *middle, *ending]]


def _again(telling: Telling, slots: dict[str, str], rng: Random) -> str:
    if not telling.earlier:
        return ""
    first, last = telling.earlier[0], telling.earlier[-1]
    ordinal = moments.ORDINALS[min(len(telling.earlier), len(moments.ORDINALS) - 1)]
    before = f"il {moments.day_words(last)}"
    if rng.random() < 0.3 and (telling.told_at.date() - last).days > 12:
        before = f"{round((telling.told_at.date() - last).days / 7)} settimane fa"
    sentence = rng.choice(AGAIN)
    named = {**slots, "prima": before, "volta": ordinal, "giorno_prima": moments.day_words(first)}
    return sentence.format(**named)


def _written(telling: Telling, words: KindWords, slots: dict[str, str], voice: Voice, rng: Random) -> str:
    own = voice.manner not in {"terse"} and voice.code != "caretaker"
    body = [
        line
        for line in _story(telling, words, slots, rng.randint(*voice.sentences), rng, own=own)
        if _fits(voice, line)
    ]
    again = _again(telling, slots, rng) if own else ""
    where = _where(telling, body, rng)
    opening, closing = rng.choice(voice.openings), rng.choice(voice.closings)
    if telling.channel == "street":
        moment = f"{moments.when(telling.happened_at, telling.told_at)}, {moments.at_hour(telling.happened_at, rng)}."
        opening = _join([opening, moment])
    parts = [opening, again, *body[:1], where, *body[1:], closing]
    return _in_manner(_join(parts), voice, rng)


def _join(parts: list[str]) -> str:
    """Put sentences in a row: after a comma the next begins small, after a full stop with a capital."""
    text = ""
    for part in filter(None, parts):
        first = (
            part[0].lower() if text.endswith((",", ":")) and not part.startswith(("È ", "ACER")) else part[0]
        )
        first = part[0].upper() if text.endswith(".") else first
        text = f"{text} {first}{part[1:]}".strip()
    return text


def _fits(voice: Voice, sentence: str) -> bool:
    """A girl of sixteen has no wife, and a grandmother sits no examination."""
    return not (voice.code in _NOT_THEIRS and re.search(_NOT_THEIRS[voice.code], sentence, re.IGNORECASE))


def _where(telling: Telling, body: list[str], rng: Random) -> str:
    if any(telling.place in sentence for sentence in body) or rng.random() < 0.45:
        return ""
    return rng.choice(
        ("Siamo {}.", "Succede {}.", "Il posto è {}.", "Parlo di quello che c'è {}.", "È {}.")
    ).format(telling.place)


def _noted(telling: Telling, words: KindWords, slots: dict[str, str], rng: Random, caller: str) -> str:
    body = _story(telling, words, slots, rng.choice((1, 2, 2, 3)), rng)
    again = _again(telling, slots, rng)
    quote = " ".join(part for part in (again, *body) if part)
    return " ".join(part for part in (caller, f"«{quote}»", rng.choice(DESK_NOTES)) if part)


def _from_partner(telling: Telling, words: KindWords, slots: dict[str, str], rng: Random) -> str:
    body = _story(telling, words, slots, rng.choice((2, 2, 3)), rng, own=False)
    return " ".join([rng.choice(PARTNERS), *body, rng.choice(PARTNER_NOTES)])


def _foreign(telling: Telling, rng: Random) -> str:
    family = FAMILIES.get(KINDS[telling.kind].group, "other")
    place = re.sub(
        r"^(davanti |dietro |vicino )?(in|al|allo|alla|ai|alle|all'|a|nel|sotto) ?", "", telling.place
    )
    hour = f"{telling.happened_at:%H:%M}"
    return rng.choice(TEXTS[telling.language][family]).format(place=place, time=hour, n=rng.randint(2, 9))


def _in_manner(text: str, voice: Voice, rng: Random) -> str:
    if voice.manner == "hasty":
        return _slip(re.sub(r"\.(\s|$)", r"\1", text.lower()).replace("  ", " "), rng, 3).strip()
    if voice.manner == "simple":
        for correct, simple in SIMPLE:
            if rng.random() < 0.6:
                text = text.replace(correct, simple)
        return text
    if voice.manner == "dialect":
        for correct, spoken in DIALECT:
            if rng.random() < 0.5:
                text = text.replace(correct, spoken)
        return text
    careless = voice.manner == "plain" and rng.random() < 0.18
    return _slip(text, rng, 1) if careless else text


def _slip(text: str, rng: Random, most: int) -> str:
    possible = [pair for pair in SLIPS if pair[0] in text]
    for correct, slip in rng.sample(possible, min(most, len(possible))):
        text = text.replace(correct, slip, 1)
    return text
