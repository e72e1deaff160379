"""Clients that cannot be started: one message, with what is to be mended."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from mockfindity.kit.configuration import Configuration
from mockfindity.kit.starting import ensure_it_starts

LATE = """
import os, socket, time
time.sleep(1)
with socket.create_server(("127.0.0.1", int(os.environ["PORT"]))) as listener:
    while True:
        listener.accept()[0].close()
"""


@pytest.mark.parametrize(
    ("source", "function", "why"),
    [
        ("\n\nprint(1\n", "sync", "client.py, line 3: SyntaxError: '(' was never closed\n"),
        ("import os\nos.nothing\n", "sync", "client.py, line 2: AttributeError: module 'os' has"),
        ("import helper\n", "sync", "helper.py, line 2: KeyError: 'x'\n"),
        ("raise SystemExit('no')\n", "sync", "client.py, line 1: SystemExit: no\n"),
        (
            "def sync(given): ...\ndef other(): ...\n",
            "snyc",
            "client.py has no snyc; did you mean sync? Its functions: sync, other.\n",
        ),
        ("x = 3\n", "sync", "client.py has no sync. It has no functions of its own.\n"),
        ("x = 3\n", "x", "x is no function\n"),
        ("x = 3\n", "", "file.py:function or package.module:function was expected\n"),
    ],
)
def test_a_function_that_cannot_be_loaded_is_told_with_the_file_and_the_line(
    check: Any, source: str, function: str, why: str
) -> None:
    check.client(source)
    check.client("\n{}['x']\n", "helper.py")
    name = f"client.py:{function}"

    done = check("--client", name, code=1)

    assert done.stderr.startswith(f"Error: the client '{name}' cannot be loaded: {why}")
    assert len(done.stderr.splitlines()) == 1


def test_a_module_that_a_function_lacks_is_told_with_the_python_that_lacks_it(check: Any) -> None:
    check.client("import no_such_module\n")

    done = check("--client", "client.py:sync", code=1)

    assert done.stderr == (
        "Error: the client 'client.py:sync' cannot be loaded: client.py, line 1: "
        "ModuleNotFoundError: No module named 'no_such_module'\n"
        f"It is called in mockfindity's own Python, {sys.executable}, which has no module "
        "'no_such_module'.\n"
    )


def test_a_module_that_a_command_lacks_is_told_with_the_python_that_ran_it(check: Any) -> None:
    check.client("import no_such_module\n")

    done = check("--", sys.executable, "client.py", code=1)

    assert done.stderr.endswith(
        "  ModuleNotFoundError: No module named 'no_such_module'\n"
        f"The client was run by {sys.executable}, which has no module 'no_such_module'.\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs a script with a #! line")
def test_a_script_whose_python_lacks_what_ours_has_is_told_where_it_is(check: Any) -> None:
    script = check.client(f"#!{sys.executable} -IS\nimport httpx2\n", "client")
    script.chmod(0o755)

    done = check("--", str(script), code=1)

    assert done.stderr.endswith(
        f"The client was run by {script}, and by a Python that has no module 'httpx2'; "
        f"{sys.executable}, which runs mockfindity, has it.\n"
    )


def test_a_service_has_its_time_limit_to_start_however_short_its_first_run(tmp_path: Path) -> None:
    service = Configuration(
        service=(sys.executable, "-c", LATE),
        webhook_url="http://127.0.0.1:{port}/findity",
        folder=str(tmp_path),
        time_limit=20,
    )

    ensure_it_starts(service, patience=0.2)
