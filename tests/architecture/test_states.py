"""Every table of moves reaches every state, and ends only where it says so."""

from __future__ import annotations

import ast
import importlib

import pytest

from tests.architecture.house import SourceFile, program_files
from vicinia.foundation.kernel.moves import Moves

# A letter does not wait in the queue: it starts among those to print.
FURTHER_STARTS = {"message": {"to_print"}}


def all_moves() -> list[Moves]:
    """Every table of moves of the program."""
    modules = [importlib.import_module(file.module) for file in program_files() if file.room == "states"]
    return [value for module in modules for value in vars(module).values() if isinstance(value, Moves)]


def unreached(moves: Moves) -> set[str]:
    """States that no path from where rows start comes to."""
    border = [moves.states.values[0], *FURTHER_STARTS.get(moves.name, ())]
    reached = set(border)
    while border:
        following = moves.table[border.pop()] - reached
        reached |= following
        border += following
    return set(moves.states.values) - reached


def forgotten(file: SourceFile) -> list[str]:
    """States that a table leaves out: one that ends is written with an empty set, so that it is meant."""
    enums = {node.name: _members(node) for node in file.tree.body if isinstance(node, ast.ClassDef)}
    found = []
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Moves":
            enum, table = node.args[1], node.args[2]
            assert isinstance(enum, ast.Name) and isinstance(table, ast.Dict)
            written = {key.attr for key in table.keys if isinstance(key, ast.Attribute)}
            found += [f"{enum.id}.{member}" for member in sorted(enums[enum.id] - written)]
    return found


def _members(node: ast.ClassDef) -> set[str]:
    targets = [item.targets[0] for item in node.body if isinstance(item, ast.Assign)]
    return {target.id for target in targets if isinstance(target, ast.Name) and target.id.isupper()}


def test_there_are_tables() -> None:
    assert len(all_moves()) >= 4


@pytest.mark.parametrize("moves", all_moves(), ids=lambda moves: moves.name)
def test_every_state_can_be_reached(moves: Moves) -> None:
    assert not unreached(moves), f"{moves.name}: nothing leads to {unreached(moves)}"


@pytest.mark.parametrize("moves", all_moves(), ids=lambda moves: moves.name)
def test_every_move_goes_to_a_known_state(moves: Moves) -> None:
    known = set(moves.states.values)
    assert set().union(*moves.table.values()) <= known


def test_no_state_is_forgotten_by_its_table() -> None:
    found = [line for file in program_files() if file.room == "states" for line in forgotten(file)]
    assert not found, f"no row in the table of moves: {found}"


def test_planted_holes_are_caught() -> None:
    from django.db.models import TextChoices

    class Light(TextChoices):
        RED = "red", "rosso"
        GREEN = "green", "verde"
        BROKEN = "broken", "rotto"

    assert unreached(Moves("Light", Light, {"red": {"green"}, "green": {"red"}, "broken": {"red"}})) == {
        "broken"
    }
    text = 'class Light:\n    RED = "red"\n    OFF = "off"\nMOVES = Moves("Light", Light, {Light.RED: {Light.OFF}})\n'
    assert forgotten(SourceFile("vicinia/domain/lamps/states.py", text)) == ["Light.OFF"]
