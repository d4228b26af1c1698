"""Every public action names who acts, is one transaction, and leaves its line in the journal."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from tests.architecture.house import SourceFile, planted, program_files

JOURNAL = {f"vicinia.foundation.journal.actions.{name}" for name in ("record", "record_many", "seen")}
# Acts that leave no line of their own, each with the reason.
WITHOUT_A_LINE = {
    "vicinia.domain.foresight.actions.runs.note_progress": "nothing happens: a run says how far it is",
    "vicinia.domain.mobility.actions.computing.beat": "nothing happens: a plan says how far it is",
    "vicinia.domain.risk.actions.ask_again": "the report or episode that came in has left its line",
    "vicinia.domain.agreements.actions.keeping.remind": "the message in the outbox is the line, and says nothing",
    "vicinia.domain.mediation.actions.keeping.remind": "the message in the outbox is the line, and says nothing",
    "vicinia.domain.problems.actions.look_again": "nothing happens: the case is told again what its sheet lacks",
    "vicinia.domain.listening.actions.dialogue.mark_read": "the message itself keeps when it was read",
    "vicinia.domain.listening.actions.drafts.rate_form": "a rating is anonymous: a line beside it would say whose it is",
    "vicinia.domain.listening.actions.words.count_words": "sums over all reports: nothing is done to any of them",
    "vicinia.domain.listening.actions.triage.follow_with_case": "taking the case in charge leaves the line",
    "vicinia.domain.listening.actions.triage.note_first_contact": "the contact that calls it leaves the line",
}
# What actions share with actions of higher subjects: it runs inside the caller's transaction, and the caller records.
PARTS_OF_ACTS = {
    "vicinia.domain.casework.actions.matters.raise_matter",
    "vicinia.domain.casework.actions.matters.settle_matter",
    "vicinia.domain.listening.actions.tell.follow_token",
    "vicinia.domain.listening.actions.tell.follow_url",
    "vicinia.domain.listening.actions.tell.tell_reporter",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Actions:
    """The actions of some files: which are public, and what each of them calls, also across subjects."""

    def __init__(self, files: Iterable[SourceFile]) -> None:
        self.files = {file.module: file for file in files}
        self.functions: dict[str, Function] = {}
        self.names: dict[str, dict[str, str]] = {}
        for module, file in self.files.items():
            self.names[module] = _imported(file.tree)
            for node in file.tree.body:
                if isinstance(node, Function):
                    self.functions[f"{module}.{node.name}"] = node

    def public(self) -> list[str]:
        """Functions of an actions.py without underscore; in a folder, those that its __init__ shows to others."""
        folders = {module for module, file in self.files.items() if file.path.endswith("/__init__.py")}
        shown = {self._resolve(folder, name) for folder in folders for name in self.names[folder]}
        names = []
        for name in self.functions:
            module, _, function = name.rpartition(".")
            in_folder = module in folders or module.rpartition(".")[0] in folders
            if name in shown or (not in_folder and not function.startswith("_")):
                names.append(name)
        return names

    def _resolve(self, module: str, called: str) -> str:
        """Follow a name through imports to where the function is written."""
        head, _, rest = called.partition(".")
        target = self.names.get(module, {}).get(head)
        full = f"{module}.{called}" if target is None else target + (f".{rest}" if rest else "")
        if full in self.functions or full in JOURNAL or target is None:
            return full
        owner, _, name = full.rpartition(".")
        return self._resolve(owner, name) if name in self.names.get(owner, {}) else full

    def records(self, name: str, seen: frozenset[str] = frozenset()) -> bool:
        """Whether an action writes to the journal, itself or through what it calls."""
        if name in JOURNAL:
            return True
        function = self.functions.get(name)
        if function is None or name in seen:
            return False
        module = name.rpartition(".")[0]
        calls = (_dotted(node.func) for node in ast.walk(function) if isinstance(node, ast.Call))
        return any(self.records(self._resolve(module, call), seen | {name}) for call in calls if call)

    def faults(self, name: str) -> list[str]:
        """What an action lacks."""
        function = self.functions[name]
        arguments = function.args
        positional = arguments.posonlyargs or arguments.args or arguments.vararg
        first = arguments.kwonlyargs[0].arg if arguments.kwonlyargs else ""
        decorators = {
            _dotted(node.func if isinstance(node, ast.Call) else node) for node in function.decorator_list
        }
        checks = {
            "takes positional arguments": bool(positional),
            "does not name `by` first": first != "by",
            "is not atomic": "transaction.atomic" not in decorators,
            "has no line in the journal": name not in WITHOUT_A_LINE and not self.records(name),
            "does not say its purpose": not ast.get_docstring(function),
        }
        return [f"{name} {fault}" for fault, is_so in checks.items() if is_so]


def _imported(tree: ast.Module) -> dict[str, str]:
    names = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}" if _dotted(node.value) else ""
    return node.id if isinstance(node, ast.Name) else ""


def _action_files() -> list[SourceFile]:
    return [file for file in program_files() if file.room == "actions"]


def test_every_action_of_the_domain_checks_changes_records_and_tells() -> None:
    actions = Actions(_action_files())
    public = [
        name for name in actions.public() if name.startswith("vicinia.domain.") and name not in PARTS_OF_ACTS
    ]
    assert len(public) > 30, "the actions were not found"
    faults = [fault for name in public for fault in actions.faults(name)]
    assert not faults, "\n".join(faults)


def test_no_act_is_excused_for_longer_than_it_needs() -> None:
    actions = Actions(_action_files())
    assert set(actions.public()) >= PARTS_OF_ACTS | set(WITHOUT_A_LINE)
    assert not any(actions.records(name) for name in WITHOUT_A_LINE)


def test_a_planted_action_with_every_fault_is_caught() -> None:
    text = "def close(case, by):\n    case.enter('closed')\n"
    actions = Actions([planted("vicinia/domain/casework/actions.py", text)])
    assert len(actions.faults("vicinia.domain.casework.actions.close")) == 5


def test_an_action_may_record_through_another_one() -> None:
    lower = "from vicinia.foundation.journal import actions as journal\ndef end(*, by):\n    journal.record(1, by=by)\n"
    upper = "from vicinia.domain.listening import actions as listening\ndef close(*, by):\n    listening.end(by=by)\n"
    folder = "from vicinia.domain.listening.actions.triage import end\n"
    actions = Actions(
        [
            planted("vicinia/domain/listening/actions/triage.py", lower),
            planted("vicinia/domain/listening/actions/__init__.py", folder),
            planted("vicinia/domain/casework/actions.py", upper),
        ]
    )
    assert actions.records("vicinia.domain.casework.actions.close")
    assert "vicinia.domain.listening.actions.triage.end" in actions.public()
