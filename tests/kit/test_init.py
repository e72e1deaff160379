from __future__ import annotations

import os
import pty
import subprocess
from typing import Any


def test_a_configuration_is_written_from_options(check: Any) -> None:
    done = check(
        *("--init", "--command", "python sync.py", "--areas", "exports,archive"),
        *("--bookings", "--env", "API={base_url}/api"),
    )

    assert (check.folder / "mockfindity.toml").read_text() == (
        "[check]\n"
        'command = "python sync.py"\n'
        'areas = ["exports", "archive"]\n'
        "bookings = true\n"
        '# formats = ["REPORT_PER_EXPENSE", "REPORT_PER_ACCOUNT", "USER_PER_EXPENSE", '
        '"USER_PER_ACCOUNT", "EXPENSE", "REPORT_PER_REPORT_PAID", "USER_PER_REPORT_PAID", '
        '"REPORT_PER_EXPENSE_PAID"]\n'
        "\n"
        "[env]\n"
        '"API" = "{base_url}/api"\n'
    )
    assert done.stdout.startswith("Wrote mockfindity.toml. Next:\n\n    mockfindity check\n")


def test_what_was_written_is_what_is_judged(check: Any) -> None:
    check("--init", "--client", "nowhere:sync")

    assert "'nowhere:sync' cannot be loaded" in check(code=1).stderr


def test_nothing_is_written_over_without_being_told(check: Any) -> None:
    file = check.folder / "mockfindity.toml"
    file.write_text('port = 5000\n\n[check]\nclient = "old:sync"\n\n[env]\nA = "{ledger}"\n')

    refused = check("--init", "--client", "new:sync", code=1)
    assert "mockfindity.toml says already what is judged; --force writes over it." in refused.stderr
    assert "old:sync" in file.read_text()

    check("--init", "--force", "--client", "new:sync")
    assert file.read_text().startswith('port = 5000\n\n[check]\nclient = "new:sync"\n')
    assert "old:sync" not in file.read_text()
    assert "[env]" not in file.read_text()


def test_a_project_that_has_our_table_keeps_all_in_one_file(check: Any) -> None:
    file = check.folder / "pyproject.toml"
    file.write_text("[tool.mockfindity]\nport = 5000\n")

    check("--init", "--client", "new:sync")

    assert file.read_text().startswith(
        '[tool.mockfindity]\nport = 5000\n\n[tool.mockfindity.check]\nclient = "new:sync"\n'
    )
    assert not (check.folder / "mockfindity.toml").exists()


def test_what_cannot_be_is_not_written(check: Any) -> None:
    done = check("--init", "--client", "a:b", "--areas", "webhook", code=1)

    assert "Error: areas: webhook is for a service; this is none." in done.stderr
    assert not (check.folder / "mockfindity.toml").exists()


def test_nobody_is_asked_where_there_is_no_terminal(check: Any) -> None:
    done = check("--init", code=1)

    assert "Error: there is nobody to ask: say what is judged, as in" in done.stderr


def test_it_asks_at_a_terminal(check: Any) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        check.command("--init"),
        cwd=check.folder,
        env=check.environment(),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        os.close(theirs)
        os.write(ours, b"service\nnode app.js\n\n\n")
        told = process.communicate(timeout=60)[0]
    os.close(ours)

    assert process.returncode == 0, told
    assert "What is your client?" in told
    assert (
        (check.folder / "mockfindity.toml")
        .read_text()
        .startswith(
            '[check]\nservice = "node app.js"\n'
            'webhook-url = "http://127.0.0.1:{port}/findity"\n'
            'areas = ["exports", "webhook"]\n'
        )
    )


def test_an_exemplary_client_is_put_where_it_is_wanted(check: Any) -> None:
    done = check("--example", "mine")
    again = check("--example", "mine", code=1)

    assert done.stdout == (
        "Wrote reference.py, alignment.py, reference.mjs. Next:\n\n"
        "    mockfindity check -- python mine/reference.py\n\n"
        "That asks it what every client is asked. These two ask it all of the rules:\n\n"
        "    mockfindity check --areas exports,archive,admin-sync --bookings --refuses 6072 \\\n"
        "      -- python mine/reference.py\n"
        "    mockfindity check --area webhook --service 'python mine/reference.py serve' \\\n"
        "      --webhook-url 'http://127.0.0.1:{port}/findity'\n"
    )
    assert "mine/reference.py is there already; --force writes over it." in again.stderr
    check("--client", "mine/reference.py:sync", "--only", "EXP-1")
