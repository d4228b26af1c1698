"""The house as its tests see it: source files with their rooms, parsed once."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
FLOORS = ("foundation", "domain", "interfaces")


@dataclass(frozen=True)
class SourceFile:
    """One Python file. `floor` is foundation, domain or interfaces; `room` is the file or folder name inside its app."""

    path: str
    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.removesuffix(".py").split("/"))

    @property
    def module(self) -> str:
        return ".".join(part for part in self.parts if part != "__init__")

    @property
    def floor(self) -> str:
        return self.parts[1] if len(self.parts) > 1 else ""

    @property
    def app(self) -> str:
        return self.parts[2] if self.floor in FLOORS and len(self.parts) > 3 else self.floor

    @property
    def room(self) -> str:
        place = 3 if self.floor in FLOORS else 2
        return self.parts[place] if len(self.parts) > place else ""

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts

    @property
    def tree(self) -> ast.Module:
        return _parse(self.text)


@lru_cache(maxsize=2000)
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


def planted(path: str, text: str) -> SourceFile:
    """A file that exists only in a test of a test."""
    return SourceFile(path, text)


@lru_cache(maxsize=1)
def source_files() -> tuple[SourceFile, ...]:
    """Every Python file of the program, without migrations."""
    paths = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    return tuple(SourceFile(str(path.relative_to(SOURCE)), path.read_text()) for path in paths)


def program_files() -> list[SourceFile]:
    """Every Python file but tests."""
    return [file for file in source_files() if not file.is_test]


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def own_templates() -> list[Path]:
    """Every template file of the program."""
    return sorted(
        path
        for path in (SOURCE / "vicinia").rglob("*")
        if path.is_file() and "templates" in path.parts and "tests" not in path.parts
    )


def template_name(path: Path) -> str:
    """How Django calls a template: its path inside its `templates` folder."""
    parts = path.parts
    return "/".join(parts[len(parts) - parts[::-1].index("templates") :])
