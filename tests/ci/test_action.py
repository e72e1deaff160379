"""action.yml: the shell of its steps is run, as GitHub would with these inputs."""

from __future__ import annotations

import re
import socket
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from github import ACTION, EXPRESSION, FILE, STEPS, Job
from shells import needs_bash, needs_shellcheck, shellcheck
from yamls import complaints

from mockfindity.testing import Findity

CHECKOUT = Path(__file__).parents[2]
CLIENTS = CHECKOUT / "contracts" / "clients"
REFERENCE = f"{sys.executable} {CLIENTS / 'reference.py'}"
BROKEN = f"{sys.executable} {CLIENTS / 'breaking.py'} EXP-2"


@pytest.fixture
def job(tmp_path: Path) -> Iterator[Job]:
    job = Job(tmp_path)
    yield job
    job.end()


def test_github_would_take_the_file() -> None:
    assert complaints("github-actions", FILE) == ""


def test_what_an_expression_names_is_there() -> None:
    named = set(EXPRESSION.findall(FILE.read_text()))

    inputs = {f"inputs.{name}" for name in ACTION["inputs"]}
    echoed = re.findall(r'echo "([a-z-]+)=', "".join(step["run"] for step in STEPS.values()))
    outputs = {f"steps.{step}.outputs.{name}" for step in ("start", "check") for name in echoed}
    assert inputs <= named <= inputs | outputs
    assert {one["value"][4:-3].split(".")[-1] for one in ACTION["outputs"].values()} == set(echoed)


def test_no_input_is_part_of_a_script() -> None:
    assert [name for name, step in STEPS.items() if "${{" in step["run"]] == []


@needs_shellcheck
@pytest.mark.parametrize("step", STEPS)
def test_shellcheck_has_nothing_to_say(step: str) -> None:
    assert shellcheck(STEPS[step]["run"]) == ""


@needs_bash
def test_a_server_is_there_for_the_steps_that_follow(job: Job) -> None:
    code = job.uses(port="0")

    assert code == 0, job.log.read_text()
    assert httpx2.get(f"{job.outputs['url']}/_mockfindity/readyz").json() == {"status": "ok"}
    assert job.left("env") == {
        "MOCKFINDITY_URL": job.outputs["url"],
        "FINDITY_BASE_URL": job.outputs["url"],
        "FINDITY_TOKEN_URL": job.outputs["token-url"],
        "FINDITY_CLIENT_ID": "mockfindity-client",
        "FINDITY_CLIENT_SECRET": "mockfindity-secret",
    }
    assert (job.outputs["client-id"], job.outputs["organization-id"]) == ("mockfindity-client", "")


@needs_bash
def test_a_client_of_the_job_books_what_the_loaded_company_sends(job: Job) -> None:
    (job.folder / "acme.py").write_text(
        "from mockfindity.stories import told\n\n"
        "def play(findity, tell):\n"
        "    findity.organization('ACME & export AB').report().submit()\n"
        "    return told(findity.here, [])\n"
    )
    job.uses(port="0", load=str(job.folder / "acme.py"), **{"control-token": "a secret"})
    job.run(f"mockfindity bulk-send 'ACME & export AB'\n{REFERENCE}")

    findity = Findity.at(job.outputs["url"], control_token="a secret")
    statuses = [export.status for export in findity.here.exports()]
    findity.close()
    assert statuses == ["SENT"]
    assert job.environment["FINDITY_EXTERNAL_ORGANIZATION_ID"] == "ACME & export AB"
    assert job.outputs["organization-id"] == job.environment["FINDITY_ORGANIZATION_ID"]
    assert "::add-mask::a secret\n" in job.log.read_text()


@needs_bash
def test_a_server_that_does_not_start_fails_the_step_and_says_why(job: Job) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code = job.uses(port=port)

    assert code == 1
    assert f"Error: port {port} of 127.0.0.1 is taken." in job.log.read_text()
    assert job.left("env") == job.outputs == {}


@needs_bash
def test_a_good_client_passes_and_the_summary_says_so(job: Job) -> None:
    code = job.uses(check=REFERENCE, **{"check-options": "--only=EXP-2\n--only=AUTH-1\n"})

    assert (code, job.outputs) == (0, {"exit-code": "0"}), job.log.read_text()
    assert "| EXP-2 |" in job.summary.read_text()
    assert 'tests="2"' in (job.folder / "mockfindity-check.xml").read_text()


@needs_bash
def test_a_broken_client_fails_the_step_with_the_check_s_exit_code(job: Job) -> None:
    options = {"check-options": "--only=EXP-2", "working-directory": "app", "junit": "../told.xml"}
    (job.folder / "app").mkdir()
    code = job.uses(check=BROKEN, **options)

    assert (code, job.outputs) == (2, {"exit-code": "2"}), job.log.read_text()
    assert "its 3 vouchers it reported 2" in job.summary.read_text()
    assert 'failures="1"' in (job.folder / "told.xml").read_text()


@needs_bash
def test_a_file_says_what_is_judged_where_the_input_says_so(job: Job) -> None:
    (job.folder / "mockfindity.toml").write_text(f'[check]\ncommand = "{REFERENCE}"\n')

    code = job.uses(check="configured", **{"check-options": "--only=EXP-11"})

    assert code == 0, job.log.read_text()


@needs_bash
def test_an_option_with_shell_in_it_is_a_word(job: Job) -> None:
    code = job.uses(check="configured", **{"check-options": '--only=$(touch ours); "`touch it`"'})

    assert code == 1
    assert "there is no rule $(TOUCH OURS); " in job.log.read_text()
    assert not {"ours", "it"} & {path.name for path in job.folder.iterdir()}


@needs_bash
def test_it_installs_itself_where_the_job_has_none(job: Job) -> None:
    # What it needs, and what builds it, is lent to it: tests/packaging installs it whole.
    lent = {"PYTHONPATH": sysconfig.get_path("purelib"), "PIP_NO_DEPS": "1"}
    job.environment |= lent | {"PIP_NO_BUILD_ISOLATION": "0"}
    path = [one for one in job.environment["PATH"].split(":") if not is_there(one)]
    job.environment["PATH"] = ":".join(path)

    code = job.uses(python=sys.executable, check=REFERENCE, **{"check-options": "--only=EXP-11"})

    assert code == 0, job.log.read_text()
    (link,) = (job.folder / "mockfindity" / "bin").iterdir()
    assert link.resolve() == job.folder / "mockfindity" / "venv" / "bin" / "mockfindity"


def is_there(folder: str) -> bool:
    return (Path(folder) / "mockfindity").exists()


@needs_bash
def test_a_version_is_asked_of_the_package_index(job: Job) -> None:
    job.environment["PIP_NO_INDEX"] = "1"

    code = job.uses(python=sys.executable, version="0.0.1")

    assert code == 1
    assert "No matching distribution found for mockfindity[check]==0.0.1" in job.log.read_text()
