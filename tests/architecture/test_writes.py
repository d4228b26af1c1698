"""Only actions write, and what comes from outside never reaches for a table by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.house import SourceFile, planted, program_files

ALWAYS_A_WRITE = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "executemany"}
# A model's `save` and `delete` and a QuerySet's `update` take no positional arguments; a dict's, a picture's and a cache's do.
WRITE_WITHOUT_POSITIONALS = {"save", "delete", "create", "update", "enter"}
SQL_WRITES = ("INSERT ", "UPDATE ", "DELETE ")
ADAPTERS = {"views", "api", "bulk", "jobs", "forms", "admin", "management", "urls"}
READING_ROOMS = {"queries"}
# Base classes and managers through which actions write. Each says why it stands outside the actions.
WRITES_OF_TABLES = {
    "vicinia/domain/territory/models/places.py": "writing a drawn row renews the edition that every process compares",
    "vicinia/foundation/accounts/models.py": "Django and allauth make users through the manager's create_user",
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def may_write(file: SourceFile) -> bool:
    """Actions, and the kernel's base classes, through which actions write."""
    return file.room == "actions" or file.module.startswith("vicinia.foundation.kernel.")


def writes(file: SourceFile) -> Iterator[str]:
    """Every call that changes a row, as "path:line call"."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node, node.func):
            yield f"{file.path}:{node.lineno} .{node.func.attr}()"
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.startswith(SQL_WRITES)
        ):
            yield f"{file.path}:{node.lineno} {node.value[:20]}"


def _is_write(call: ast.Call, called: ast.Attribute) -> bool:
    if called.attr in ALWAYS_A_WRITE:
        return True
    if called.attr not in WRITE_WITHOUT_POSITIONALS or _is_super(called.value):
        return called.attr == "enter" and any(keyword.arg == "by" for keyword in call.keywords)
    if called.attr == "enter":
        return any(keyword.arg == "by" for keyword in call.keywords)
    if called.attr == "update":
        return bool(call.keywords) and not call.args
    return not call.args


def _is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def is_adapter(file: SourceFile) -> bool:
    """Pages, endpoints, imports, jobs, forms, and everything of the interfaces that is not a room of reads."""
    if file.room in ADAPTERS:
        return True
    return file.floor == "interfaces" and file.room not in READING_ROOMS


def tables_reached(file: SourceFile) -> Iterator[str]:
    """Every use of a model's manager, as "path:line"."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield f"{file.path}:{node.lineno} .{node.attr}"


def test_only_actions_write() -> None:
    found = [
        line
        for file in program_files()
        if not may_write(file) and file.path not in WRITES_OF_TABLES
        for line in writes(file)
    ]
    assert not found, "these write outside actions:\n" + "\n".join(found)


def test_no_table_is_excused_for_longer_than_it_needs() -> None:
    still_write = {file.path for file in program_files() if any(writes(file))}
    assert set(WRITES_OF_TABLES) <= still_write


def test_adapters_never_reach_for_a_table() -> None:
    found = [line for file in program_files() if is_adapter(file) for line in tables_reached(file)]
    assert not found, "these read past the queries:\n" + "\n".join(found)


def test_planted_writes_are_caught() -> None:
    text = """
def page(request):
    case.save(update_fields=["title"])
    Case.objects.filter(pk=1).update(title="x")
    Case.objects.create(title="x")
    Case.objects.bulk_create(rows)
    case.delete()
    case.enter("closed", by=by)
    cursor.execute("UPDATE cases SET title = ''")
"""
    file = planted("vicinia/domain/casework/views.py", text)
    assert not may_write(file)
    assert len(list(writes(file))) == 7


def test_what_only_looks_like_a_write_is_left_alone() -> None:
    text = "picture.save(stream, 'JPEG')\nwords.update(other)\ncache.delete('key')\nsuper().save()\n"
    assert list(writes(planted("vicinia/foundation/attachments/pictures.py", text))) == []


def test_a_planted_manager_in_a_page_is_caught() -> None:
    page = planted(
        "vicinia/domain/casework/views/case.py", "def page(request):\n    return Case.objects.all()\n"
    )
    desk = planted("vicinia/interfaces/desk/day.py", "rows = Case._default_manager.all()\n")
    reads = planted("vicinia/interfaces/statistics/queries.py", "rows = Report.objects.all()\n")
    assert is_adapter(page) and list(tables_reached(page))
    assert is_adapter(desk) and list(tables_reached(desk))
    assert not is_adapter(reads)
