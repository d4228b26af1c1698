"""Words as the index keeps them: folded, without small words, stemmed; the same on every database. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

TERMS_MAX = 10
PREFIX_MIN = 3

_REFERENCE = re.compile(r"\b((?:19|20)\d\d)[-/](\d{1,7})\b")
_WORD = re.compile(r"[^\W_]+")
_ALONE = re.compile("([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")  # scripts written without spaces

_STEMMERS = {
    "it": "italian",
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "de": "german",
    "pt": "portuguese",
    "ro": "romanian",
    "ar": "arabic",
    "ru": "russian",
}
_SMALL = (
    "a ad ai al alla alle allo all agli c ce che chi ci co coi col come con cui d da dai dal dalla "
    "dalle dallo dall dagli de dei del della delle dello dell degli di e ed era fa gli ha hanno ho i "
    "il in io l la le lei lo loro lui ma me mi n ne nei nel nella nelle nello nell negli o od per piu "
    "poi qua quel quella quello questa questo qui s se si sia sono su sua sue sugli sui sul sulla "
    "sulle sullo sull suo ti tra fra tu un una uno v vi an and are at by for from is it of on or that "
    "the this to was with"
)
_SMALL_WORDS = frozenset(_SMALL.split())


@dataclass(frozen=True, slots=True)
class Term:
    """One searched word: any of the `words` as they are, or any word that begins with `prefix`."""

    words: frozenset[str]
    prefix: str = ""

    def is_in(self, kept: frozenset[str]) -> bool:
        if self.words & kept:
            return True
        return bool(self.prefix) and any(word.startswith(self.prefix) for word in kept)


def fold(text: str) -> str:
    """Lower case without accents, in any script."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return unicodedata.normalize(
        "NFC", "".join(letter for letter in parts if not unicodedata.combining(letter))
    )


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word in a language; the word itself where no stemmer is known."""
    name = _STEMMERS.get(language)
    return str(snowballstemmer.stemmer(name).stemWord(word)) if name else word


def _plain_words(text: str) -> list[str]:
    words = _WORD.findall(_ALONE.sub(r" \1 ", fold(text)))
    return [
        word
        for word in words
        if word not in _SMALL_WORDS and (len(word) > 1 or not word.isascii() or word.isdigit())
    ]


def _forms(word: str, languages: Iterable[str]) -> set[str]:
    """The word and what stands for it: its stems, or its number without leading zeros."""
    if word.isdigit():
        return {word, word.lstrip("0") or "0"}
    return {word} | {stem(word, language) for language in languages}


def _reference_word(year: str, number: str) -> str:
    return f"{year}n{int(number)}"


def kind_word(kind: str) -> str:
    """The word that every document of a kind holds, so that the index itself keeps kinds apart."""
    return f"k0{kind}"


def scope_word(scope: str) -> str:
    """The word that stands for a scope; no text can hold it, because of the zero after one letter."""
    return f"s0{scope}"


def kept_words(text: str, language: str = "it") -> set[str]:
    """What the index keeps of a text: words, stems, numbers and references."""
    kept = {_reference_word(*found) for found in _REFERENCE.findall(text)}
    for word in _plain_words(text):
        kept |= _forms(word, {"it", language})
    return kept


def terms(words: str, languages: Iterable[str] = ("it",)) -> list[Term]:
    """What is asked for: each term must be found. The last word may be unfinished."""
    found = [Term(frozenset({_reference_word(*match)})) for match in _REFERENCE.findall(words)]
    rest = _REFERENCE.sub(" ", words)
    plain = list(dict.fromkeys(_plain_words(rest)))
    typing = plain[-1] if plain and rest[-1:].isalnum() and fold(rest).endswith(plain[-1]) else ""
    for word in plain:
        prefix = word if word == typing and len(word) >= PREFIX_MIN and not word.isdigit() else ""
        found.append(Term(frozenset(_forms(word, languages)), prefix))
    return found[:TERMS_MAX]
