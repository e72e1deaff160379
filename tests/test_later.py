"""What a server imports, and when."""

from __future__ import annotations

import asyncio
import subprocess
import sys

from mockfindity.later import Later, found
from mockfindity.routes import ROUTES, loaded
from mockfindity.server import warm_up

HEAVY = {"pydantic", "httpx2", "reportlab", "PIL", "jinja2", "rich", "faker", "jsonschema"}


def imported(code: str) -> set[str]:
    """Which of the heavy libraries a program has imported at its end."""
    program = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return HEAVY & set(done.stdout.split())


def test_a_server_starts_without_what_only_its_requests_need() -> None:
    assert imported("import mockfindity.cli.serve, mockfindity.server, mockfindity.app") == set()


def test_an_application_is_made_without_it_too() -> None:
    assert imported("import mockfindity; mockfindity.create_app()") == set()


def test_something_is_found_where_it_is_named() -> None:
    accounts = Later("domain.accounts")

    assert found(accounts.Account).__name__ == "Account"
    assert found("a thing itself") == "a thing itself"


def test_every_route_has_what_it_is_made_of() -> None:
    routes = loaded()

    assert [route.id for route in routes if not route.summary] == []
    assert routes == ROUTES


def test_a_server_that_is_there_imports_the_rest() -> None:
    asyncio.run(warm_up())

    assert [route.id for route in ROUTES if not route.is_loaded] == []
