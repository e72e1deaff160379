"""The shape of the code: which way imports run, and how long things may get."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mockfindity
from mockfindity.errors import Refusal
from mockfindity.routes import loaded

PACKAGE = Path(mockfindity.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# From the wire inwards: a storey imports its own and those below it, never one above.
STOREYS = (
    {"cli", "__main__", "pytest_plugin", "__init__"},
    {"kit", "testcontainers"},
    {"stories"},
    {"testing"},
    {"server"},
    {"app", "openapi", "fidelity", "verify"},
    {"routes", "endpoint"},
    {"passage", "kept"},
    {"dashboard"},
    {"control", "pages"},
    {"webhooks"},
    {"api", "extra_fields", "gate", "spoiling"},
    {
        "call",
        "auth",
        "route",
        "documents",
        "targets",
        "protocol",
        "answer",
        "headers",
        "together",
        "whole",
    },
    {"sandboxes"},
    {"store"},
    {"sandbox"},
    {
        *("deliveries", "faults", "journal", "conduct", "rate_limit", "state_document", "stream"),
        "shapes",
    },
    {"clock", "settings", "checked_settings", "wire", "body", "query", "work"},
    {"state"},
    {"domain"},
    {"scenario_files"},
    {
        *(
            "events",
            "errors",
            "jsons",
            "bell",
            "scenario_parameters",
            "shipped",
            "environment",
            "recent",
            "later",
        ),
        *("fault_words", "unknown_fields"),
    },
)
LEVEL = {name: level for level, names in enumerate(STOREYS) for name in names}


def storey(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The storeys that a file imports from, its own functions' imports included."""
    found: set[str] = set()
    here = path.relative_to(PACKAGE).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*here][: len(here) - node.level + 1]
            target = [*base, *(node.module or "").split(".")] if node.module else base
            names = [target[0]] if target else [alias.name for alias in node.names]
            found |= {name for name in names if name in LEVEL}
    return found - {storey(path)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_from_the_wire_inwards(path: Path) -> None:
    above = {name for name in imports(path) if LEVEL[name] < LEVEL[storey(path)]}

    assert above == set()


def test_the_rules_know_no_http_and_no_pydantic_and_do_not_wait() -> None:
    used = {
        name
        for path in (PACKAGE / "domain").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in _absolute(node)
    }

    assert used <= {
        *("__future__", "collections", "dataclasses", "decimal", "msgspec", "typing"),
    }


def _absolute(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [(node.module or "").partition(".")[0]]
    return ["await"] if isinstance(node, ast.Await | ast.AsyncFunctionDef) else []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_is_longer_than_400_lines_and_no_function_than_50(path: Path) -> None:
    text = path.read_text()
    functions = [
        (node.name, (node.end_lineno or 0) - node.lineno + 1)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert len(text.splitlines()) <= 400
    assert [name for name, length in functions if length > 50] == []


def test_every_operation_says_what_it_does_and_where_that_is_known_from() -> None:
    assert [r.id for r in loaded() if not (r.summary.endswith((".", ":")) and r.source)] == []


def test_every_operation_has_an_id_of_its_own() -> None:
    ids = [route.id for route in loaded()]

    assert sorted(set(ids)) == sorted(ids)


def test_every_refusal_is_drawn_in_the_tree() -> None:
    def below(kind: type[Refusal]) -> list[type[Refusal]]:
        return [kind, *(k for child in kind.__subclasses__() for k in below(child))]

    tree = (PACKAGE / "errors.py").read_text().split('"""')[1]
    missing = [
        k.__name__ for k in below(Refusal) if k.__name__.removesuffix("NotFound") not in tree
    ]
    assert missing == []


def test_the_public_names_are_these() -> None:
    assert mockfindity.__all__ == [
        "Findity",
        "FindityError",
        "__version__",
        "create_app",
        "guard",
        "running",
    ]


def test_importing_the_package_imports_no_dependency() -> None:
    code = (
        "import sys, mockfindity; "
        "print([m for m in ('starlette', 'pydantic', 'uvicorn', 'msgspec') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
