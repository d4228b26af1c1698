"""The project's own documents: publiccode.yml as its standard wants it, and no link to a page that is not there."""

from __future__ import annotations

import copy
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.house import ROOT

REQUIRED = [
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
]
REQUIRED += ["legal", "maintenance", "localisation"]
DEVELOPMENT = {"concept", "development", "beta", "stable", "obsolete"}
SCOPES = {"local-authorities", "society", "welfare", "security"}
CATEGORIES = {
    "data-collection",
    "geographic-information-systems",
    "workflow-management",
    "digital-citizenship",
    "event-management",
}
DEPRECATED = {"it", "repoOwner", "authorsFile", "genericName"}
_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def publiccode_faults(document: dict[str, Any]) -> list[str]:
    """What the standard (0.7) would refuse."""
    missing = [f"{name} is missing" for name in REQUIRED if not document.get(name)]
    if missing:
        return missing
    checks = {
        "the version is not 0.7": document["publiccodeYmlVersion"] != "0.7",
        "the address is not https": not str(document["url"]).startswith("https://"),
        "the status is unknown": document["developmentStatus"] not in DEVELOPMENT,
        "the type is not standalone/web": document["softwareType"] != "standalone/web",
        "a category is unknown": not set(document.get("categories", [])) <= CATEGORIES,
        "a scope is unknown": not set(document.get("intendedAudience", {}).get("scope", [])) <= SCOPES,
        "the licence is not the project's": document["legal"].get("license") != "AGPL-3.0-or-later",
        "nobody is named as contact": not document["maintenance"].get("contacts"),
        "no language is named": not document["localisation"].get("availableLanguages"),
        "localisationReady is not said": not isinstance(
            document["localisation"].get("localisationReady"), bool
        ),
        "a deprecated field is used": bool(DEPRECATED & set(document)),
    }
    faults = [fault for fault, is_so in checks.items() if is_so]
    for language, words in document["description"].items():
        faults += [f"{language}: {fault}" for fault in _description_faults(words)]
    return faults


def _description_faults(words: dict[str, Any]) -> list[str]:
    checks = {
        "shortDescription is longer than 150": not 0 < len(words.get("shortDescription", "")) <= 150,
        "longDescription is not between 150 and 10,000": not 150
        <= len(words.get("longDescription", ""))
        <= 10_000,
        "features are missing": not words.get("features"),
    }
    return [fault for fault, is_so in checks.items() if is_so]


def broken_links(page: Path) -> list[str]:
    """Links of a page to files that are not there."""
    links = (link for link in _LINK.findall(page.read_text()) if not re.match(r"[a-z]+:", link))
    return [f"{page.name}: {link}" for link in links if not (page.parent / link).exists()]


def read_publiccode() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    return document


def test_publiccode_is_what_its_standard_wants() -> None:
    assert publiccode_faults(read_publiccode()) == []


def test_publiccode_says_the_version_and_licence_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    document = read_publiccode()
    assert document["softwareVersion"] == project["version"]
    assert document["legal"]["license"] == project["license"]


@pytest.mark.parametrize("fault", ["legal", "developmentStatus", "shortDescription", "it"])
def test_a_planted_fault_in_publiccode_is_caught(fault: str) -> None:
    document = copy.deepcopy(read_publiccode())
    if fault == "shortDescription":
        document["description"]["en"]["shortDescription"] = "x" * 151
    elif fault == "it":
        document["it"] = {"riuso": {"codiceIPA": "c_x000"}}
    else:
        document[fault] = {} if fault == "legal" else "finished"
    assert publiccode_faults(document)


def test_no_document_links_to_what_is_not_there(tmp_path: Path) -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(pages) >= 8
    assert [link for page in pages for link in broken_links(page)] == []
    planted = tmp_path / "page.md"
    planted.write_text("[here](nowhere.md), [there](https://example.org)")
    assert broken_links(planted) == ["page.md: nowhere.md"]


def test_every_decision_has_its_three_parts() -> None:
    for page in sorted((ROOT / "docs" / "adr").glob("*.md")):
        headings = re.findall(r"^## (\w+)", page.read_text(), re.M)
        assert headings == ["Context", "Decision", "Consequences"], page.name
