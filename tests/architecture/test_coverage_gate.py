"""The coverage gate sees what it should and nothing else."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType

import pytest

from tests.architecture.house import ROOT


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    loader = SourceFileLoader("coverage_gate", str(ROOT / "tools" / "coverage_gate"))
    spec = spec_from_loader("coverage_gate", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_it_names_the_missing_lines_and_branches(gate: ModuleType) -> None:
    files = {
        "src/vicinia/domain/casework/rules.py": {
            "missing_lines": [3, 4, 5, 9],
            "missing_branches": [[7, -1]],
        },
        "src/vicinia/domain/casework/actions/closing.py": {"missing_lines": [], "missing_branches": []},
        "src/vicinia/domain/casework/views.py": {"missing_lines": [1], "missing_branches": []},
    }
    assert gate.gaps(files) == ["src/vicinia/domain/casework/rules.py: lines 3-5, 9; branches 7→-1"]


@pytest.mark.parametrize(
    "path",
    [
        "src/vicinia/foundation/kernel/moves.py",
        "src/vicinia/foundation/journal/actions.py",
        "src/vicinia/domain/listening/states.py",
        "src/vicinia/domain/listening/actions/triage.py",
        "src/vicinia_analytics/geometry.py",
    ],
)
def test_it_gates_what_decides_writes_and_computes(gate: ModuleType, path: str) -> None:
    assert gate.GATED.match(path)


@pytest.mark.parametrize(
    "path", ["src/vicinia/domain/listening/queries.py", "src/vicinia/interfaces/desk/views.py"]
)
def test_it_leaves_the_rest_alone(gate: ModuleType, path: str) -> None:
    assert not gate.GATED.match(path)
