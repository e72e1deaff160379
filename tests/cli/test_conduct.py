from __future__ import annotations

from typing import Any

import pytest
from support import Findity

NOBODY = "/api/v1/connect/organizations/nobody/exports"


@pytest.fixture
def stubborn(findity: Findity) -> Findity:
    """A client that repeats what was refused."""
    for _ in range(7):
        findity.api.get(NOBODY)
    return findity


def test_nothing_to_complain_of(shell: Any) -> None:
    done = shell("conduct", "--exit-code")

    assert done.stdout == "Nothing to complain of in 1 request.\n"


def test_a_finding_is_told_with_its_requests_and_what_to_do(shell: Any, stubborn: Findity) -> None:
    lines = shell("conduct").stdout.splitlines()

    assert lines[0].startswith("RES-2 MUST: a client does not repeat a request that was refused (")
    assert lines[1] == f"  GET {NOBODY} was answered 404 7 times"
    assert lines[2].endswith(f"Z  GET {NOBODY}  404")
    assert lines[7] == "    and 2 more"
    assert lines[8].startswith("  What to do: ")
    assert lines[-1] == "1 finding: 1 against a MUST, 0 against a SHOULD."


def test_a_must_that_was_not_kept_is_an_exit_code_if_wanted(shell: Any, stubborn: Findity) -> None:
    (finding,) = shell.json("conduct", "--exit-code", code=2)

    assert (finding["rule"], len(finding["requests"])) == ("RES-2", 7)


def test_what_env_asks_for_is_no_finding_against_the_client(shell: Any, findity: Findity) -> None:
    shell("env")

    assert shell.json("conduct") == []
