"""Plain language: what people read is short, and nobody speaks like an office."""

from __future__ import annotations

import re

import pytest

from tools.messages import extract

MOST_WORDS = 25
_SENTENCE_END = re.compile(r"(?<=[.?:;])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MARKUP = re.compile(r"<[^>]+>|%\(\w+\)[sd]|&\w+;")
# What an office writes, and what a person would say instead.
BUREAUCRATESE = {
    r"si comunica che": "say it",
    r"si prega di": "use the imperative",
    r"al fine di": "per",
    r"entro e non oltre": "entro",
    r"la s\.\s?v\.": "tu",
    r"provveder\w+ a": "the verb itself",
    r"effettua\w+": "fare, or the verb itself",
    r"in merito a": "su, di",
    r"inerent\w+": "su, di",
    r"ai sensi d\w+": "say what the law says",
    r"qualora": "se",
    r"altresì": "anche",
    r"nonché": "e",
    r"predett\w+|suddett\w+|summenzionat\w+": "quello, questo",
    r"medesim\w+": "stesso",
    r"espleta\w+": "fare",
    r"previa": "prima, dopo",
    r"presso lo scrivente": "da noi",
    r"istanz\w+": "richiesta",
    r"utenza": "persone",
    r"trasmett\w+": "mandare",
    r"ammend\w+": "multa",
    r"tempestivamente": "say when",
    r"procedura di": "say what to do",
}
_BUREAUCRATESE = {
    re.compile(rf"\b(?:{pattern})(?!\w)", re.I): better for pattern, better in BUREAUCRATESE.items()
}
_ENGLISH = re.compile(
    r"\b(the|please|your|click|submit|delete|cancel|not found|search|settings|password is)\b", re.I
)


def too_long(text: str) -> list[str]:
    """Sentences with more words than one can hold."""
    sentences = _SENTENCE_END.split(_MARKUP.sub(" X ", text))
    return [sentence for sentence in sentences if len(_WORD.findall(sentence)) > MOST_WORDS]


def office_words(text: str) -> list[str]:
    """Words of an office, each with what to write instead."""
    return [
        f"«{found[0]}» → {better}" for word, better in _BUREAUCRATESE.items() if (found := word.search(text))
    ]


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
    """Every sentence with the files that say it."""
    return {
        text: files for message, files in extract().items() for text in (message.text, message.plural) if text
    }


def test_no_sentence_is_longer_than_25_words(texts: dict[str, list[str]]) -> None:
    found = [f"{files[0]}: {sentence}" for text, files in texts.items() for sentence in too_long(text)]
    assert not found, "\n".join(found)


def test_nobody_speaks_like_an_office(texts: dict[str, list[str]]) -> None:
    found = [
        f"{files[0]}: {word} in «{text}»" for text, files in texts.items() for word in office_words(text)
    ]
    assert not found, "\n".join(found)


def test_nobody_shouts(texts: dict[str, list[str]]) -> None:
    shouted = [text for text in texts if "!" in text.replace("<!--", "")]
    assert not shouted, "no exclamation marks: " + "\n".join(shouted)


def test_message_ids_are_italian(texts: dict[str, list[str]]) -> None:
    english = [
        f"{files[0]}: {text}" for text, files in texts.items() if _ENGLISH.search(_MARKUP.sub(" ", text))
    ]
    assert not english, "these look English:\n" + "\n".join(english)


def test_planted_sentences_are_caught() -> None:
    assert too_long("Le parole " + "di questa frase " * 9)
    assert not too_long("Una frase breve. " * 20)
    assert office_words("Si comunica che il caso è chiuso.")
    assert office_words("Qualora fosse necessario, provvedere a inviare la domanda.")
    assert not office_words("Ti scriviamo entro due giorni.")
    assert _ENGLISH.search("Please write your name")
