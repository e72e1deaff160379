from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import mockfindity

CLIENTS = Path(__file__).parents[2] / "contracts" / "clients"
REFERENCE = f"{CLIENTS / 'reference.py'}:sync"
FORGETS = f"{CLIENTS / 'breaking.py'}:EXP_2"


def test_a_client_that_keeps_the_rules_is_told_so_in_a_line_each(check: Any) -> None:
    done = check("--client", REFERENCE, "--only", "EXP-1", "--only", "auth-1")

    lines = done.stdout.splitlines()
    assert lines[0].startswith(
        "✓ AUTH-1  MUST    It asks for a token form-encoded, with `client_credentials`  "
    )
    assert lines[1].startswith(
        "✓ EXP-1   MUST    It finds and downloads every unprocessed export  "
    )
    assert lines[-1] == "2 rules: 2 kept, 0 MUST violated, 0 SHOULD violated, 0 not applicable."
    assert done.stderr == ""


def test_a_violation_is_told_as_a_story(check: Any) -> None:
    text = check("--client", FORGETS, "--only", "EXP-2", code=2).stdout

    assert "✗ EXP-2 MUST It acknowledges every voucher it downloaded, with the" in text
    assert "  Findity's rule   Each voucher of a package is reported by its id, as SUCC" in text
    assert "of its 3 vouchers it reported 2, 2 of them SUCCESS\n" in text
    assert '{"voucherUpdates":[{"id":"' in text
    assert "  What to do       Report every voucher that the package had, with the pack" in text
    proofs = [line.split()[3:5] for line in text.splitlines() if line.lstrip(" ").startswith(">")]
    assert [method for method, _ in proofs] == ["GET", "PUT"]
    assert text.endswith("1 rule: 0 kept, 1 MUST violated, 0 SHOULD violated, 0 not applicable.\n")


def test_a_command_is_run_where_it_is_told_with_the_variables_it_wants(check: Any) -> None:
    client = check.folder / "elsewhere"
    client.mkdir()
    (client / "sync.py").write_text(
        "import os, sys\n"
        f"sys.path.insert(0, {str(CLIENTS)!r})\n"
        "os.environ['FINDITY_BASE_URL'] = os.environ['API'].removesuffix('/api')\n"
        "import reference\n"
        "reference.once(reference.Integration(reference.from_environment()))\n"
    )

    check(
        *("--folder", "elsewhere", "--env", "API={base_url}/api", "--only", "EXP-1"),
        *("--", sys.executable, "sync.py"),
    )


def test_a_service_is_sent_webhooks(check: Any) -> None:
    done = check(
        *("--service", f"{sys.executable} {CLIENTS / 'reference.py'} serve", "--only", "HOOK-1"),
        *("--webhook-url", "http://127.0.0.1:{port}/findity"),
    )

    assert done.stdout.startswith("✓ HOOK-1  MUST    It answers 200 to a good webhook  ")


def test_what_does_not_apply_is_said_with_the_reason_and_never_as_passed(check: Any) -> None:
    done = check("--client", REFERENCE, "--only", "EXP-1", "--only", "HOOK-1")

    assert "– HOOK-1  MUST    It answers 200 to a good webhook\n" in done.stdout
    assert (
        "  Not applicable   HOOK-1: the client does not declare the area webhook (declare it: "
        "--service COMMAND --webhook-url URL)\n" in done.stdout
    )
    assert "1 kept, 0 MUST violated, 0 SHOULD violated, 1 not applicable.\n" in done.stdout


def test_nothing_judged_is_no_success(check: Any) -> None:
    done = check("--client", REFERENCE, "--only", "HOOK-1", code=1)

    assert done.stderr == "Error: nothing was judged: no rule that was chosen applies.\n"


def test_a_should_counts_where_that_is_wanted(check: Any) -> None:
    asks_often = f"{CLIENTS / 'breaking.py'}:AUTH_2"

    check("--client", asks_often, "--only", "AUTH-2")
    check("--client", asks_often, "--only", "AUTH-2", "--strict", code=2)


def test_several_judge_at_once_and_it_stops_at_the_first_violation(check: Any) -> None:
    two = check("--client", REFERENCE, "-k", "AUTH-2 or EXP-2", "-n", "2")
    first = check("--client", FORGETS, "-x", "--only", "EXP-2", "--only", "EXP-3", code=2)

    assert "2 rules: 2 kept" in two.stdout
    assert "1 rule: 0 kept, 1 MUST violated" in first.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Error: what is judged? A command: mockfindity check -- python sync.py."),
        (("--client", "nowhere:sync"), "Error: the client 'nowhere:sync' cannot be loaded: No mod"),
        (("--client", "a.py:b"), "Error: the client 'a.py:b' cannot be loaded: "),
        (("--", "no-such-program"), "Error: 'no-such-program' cannot be started: No such file"),
        (("--client", "a:b", "--areas", "exprots"), "Error: areas: 'exprots' is none of exports,"),
        (("--client", "a:b", "--only", "EXP-99"), "Error: there is no rule EXP-99; `mockfindity"),
        (("--client", "a:b", "-n", "many"), "Error: --workers: 'many' is neither a number nor"),
        (("--client", "a:b", "-k", "("), "Error: the rules cannot be read: "),
        (
            ("--client", "a:b", "--env", "X"),
            "Error: Invalid value for '--env' (env var: 'MO",
        ),
        (("--client", "a:b", "--env", "X={y}"), "Error: env.X: there is no {y}; there are base_"),
        (("--service", "a"), "Error: webhook_url: where the service takes webhooks, such as"),
        (("--webhook-probe", "http://127.0.0.1:9/x"), "Error: nobody takes webhooks at http://12"),
    ],
)
def test_what_cannot_be_judged_is_one_clear_message(
    check: Any, arguments: tuple[str, ...], message: str
) -> None:
    done = check(*arguments, code=1)

    assert message in done.stderr
    assert len(done.stderr.splitlines()) <= 8
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_program_that_fails_before_it_asks_anything_is_shown_with_what_it_printed(
    check: Any,
) -> None:
    done = check("--", sys.executable, "missing.py", code=1)

    assert (
        "Error: the client ended with exit code 2 before it asked Findity anything" in done.stderr
    )
    assert "can't open file" in done.stderr


def test_a_service_that_binds_no_port_is_one_message_with_what_it_printed(check: Any) -> None:
    check.client("print('no port for me', flush=True)\nimport time\ntime.sleep(60)\n")

    done = check(
        *("--service", f"{sys.executable} client.py", "--time-limit", "1"),
        *("--webhook-url", "http://127.0.0.1:{port}/x"),
        code=1,
    )

    assert "Error: the service did not listen at http://127.0.0.1:" in done.stderr
    assert "  no port for me\n" in done.stderr


def test_options_beat_the_environment_which_beats_the_file(check: Any) -> None:
    (check.folder / "mockfindity.toml").write_text(
        f'[check]\nclient = {json.dumps(FORGETS)}\nareas = ["exports"]\n'
        '[env]\nAPI = "{base_url}"\n'
    )
    only = ("--only", "EXP-2")

    check(*only, code=2)
    check(*only, code=0, MOCKFINDITY_CLIENT=REFERENCE)
    check(*only, "--client", FORGETS, code=2, MOCKFINDITY_CLIENT=REFERENCE)
    check(*only, "--areas", "archive", code=1)


def test_pyproject_has_the_tables_too_and_other_commands_take_them(check: Any) -> None:
    (check.folder / "pyproject.toml").write_text(
        f"[tool.mockfindity.check]\nclient = {json.dumps(REFERENCE)}\n"
        '[tool.mockfindity.env]\nAPI = "{base_url}"\n'
    )

    check("--only", "EXP-1")
    version = subprocess.run(
        [sys.executable, "-m", "mockfindity", "version"],
        cwd=check.folder,
        env=check.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert version.stdout == f"mockfindity {mockfindity.__version__}\n"


def test_a_misspelt_key_of_the_file_is_said(check: Any) -> None:
    (check.folder / "mockfindity.toml").write_text("[check]\nclinet = 'a:b'\n")

    done = check("--client", "a:b", code=1)

    assert "Error: clinet: no such key; there are areas, bookings, clears_values," in done.stderr


def test_the_projects_own_pytest_has_no_say(check: Any) -> None:
    (check.folder / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    (check.folder / "conftest.py").write_text("raise RuntimeError('not yours')\n")

    check("--client", REFERENCE, "--only", "EXP-1", PYTEST_ADDOPTS="--more-nonsense")


def test_the_rules_are_listed(check: Any) -> None:
    table = check("--list", "--area", "archive").stdout.splitlines()
    found = json.loads(check("--list", "--only", "AUTH-2", "--json").stdout)

    assert table[0].split() == ["ID", "LEVEL", "AREAS", "RULE", "SOURCE"]
    assert table[1].startswith("EXP-15  SHOULD  archive  It archives a PDF per voucher with")
    assert len(table) == 2
    assert found["version"] == 1
    (rule,) = found["rules"]
    assert (rule["id"], rule["level"], rule["areas"]) == ("AUTH-2", "SHOULD", ["exports"])
    assert rule["title"] == "It reuses a token while it lives, instead of asking per request"
    assert rule["source"] == "authentication page"


HANGS = """
import os, signal, subprocess, sys, time, urllib.request
if not os.path.exists(os.environ['NAMED'] + '.once'):  # the run that only shows that it starts
    open(os.environ['NAMED'] + '.once', 'w').close()
    sys.exit()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = "import time\\nprint('I AM {}')\\ntime.sleep(100)".format(os.environ['NAMED'])
subprocess.Popen([sys.executable, "-c", child], start_new_session=True)
try:
    urllib.request.urlopen(os.environ['FINDITY_BASE_URL'] + '/api/admin/organizations/')
except Exception:
    pass
open(os.environ['NAMED'], 'w').close()
time.sleep(100)
"""


def left_of(name: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"NAMED={name}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text())
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="/proc is needed")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_just_stops_and_leaves_nothing_running(
    check: Any, number: signal.Signals, workers: str
) -> None:
    check.client(HANGS)
    begun = check.folder / "begun"
    rules = ("--only", "EXP-1", "--only", "EXP-2")
    with subprocess.Popen(
        check.command("-n", workers, *rules, "--", sys.executable, "client.py"),
        cwd=check.folder,
        env=check.environment() | {"NAMED": str(begun)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            wait_for(begun)
            os.killpg(process.pid, number) if number == signal.SIGINT else process.terminate()
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()

    assert (process.returncode, err) == (130, "Stopped.\n"), out + err
    assert left_of(str(begun)) == []


def wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} did not come")
