"""Words as the index keeps them."""

from __future__ import annotations

import pytest

from vicinia.foundation.search.words import kept_words, terms


def is_found(asked: str, text: str, language: str = "it", languages: tuple[str, ...] = ("it", "en")) -> bool:
    kept = frozenset(kept_words(text, language))
    asked_terms = terms(asked, languages)
    return bool(asked_terms) and all(term.is_in(kept) for term in asked_terms)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("rumori", "Un rumore forte di notte"),
        ("citta", "Nella città vecchia"),
        ("CITTÀ", "nella citta vecchia"),
        ("perdita d'acqua", "L'acqua si perde: una perdita"),
        ("schiamazz", "schiamazzi sotto casa"),
        ("rumoro", "vicini rumorosi"),
        ("143", "Caso 2026-0143"),
        ("0143", "Caso 2026-0143"),
        ("2026-143", "Caso 2026-0143"),
        ("2026/00871", "2026-00871 Buca"),
        ("via Roma 12", "via Roma 12/A"),
        ("垃圾", "路边有垃圾"),
        ("القمامة", "القمامة في الشارع"),
        ("noises", "a loud noise"),
    ],
)
def test_is_found(asked: str, text: str) -> None:
    assert is_found(asked, text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("rumore cane", "un rumore forte"),
        ("2026-0143", "2025-0143 e anche 2026-0144"),
        ("14", "Caso 2026-0143"),
        ("ru", "rumore"),
        ("giardi ", "i giardini"),
        ("di la", "di là dal fiume"),
        ("***", "qualunque cosa"),
        ("' OR 1=1 --", "qualunque cosa"),
    ],
)
def test_is_not_found(asked: str, text: str) -> None:
    assert not is_found(asked, text)


def test_long_questions_are_cut() -> None:
    assert len(terms(" ".join(f"parola{letter}" for letter in "abcdefghijklmnopq"))) == 10
