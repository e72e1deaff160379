"""The page "In your CI": its YAML is held against the schemas, and whatever it shows is run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dockerfile
import pytest
from engine import engine
from github import ACTION, Job
from shells import bash, clean_environment, needs_bash
from suites import run
from yamls import complaints, parsed

from mockfindity.kit.service import free_port

CHECKOUT = Path(__file__).parents[2]
PAGE = CHECKOUT / "docs" / "ci.md"
EXAMPLE = CHECKOUT / "docs" / "example"
CLIENTS = CHECKOUT / "contracts" / "clients"
FLAGS = re.MULTILINE | re.DOTALL
YAML = dict(re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", PAGE.read_text(), FLAGS))
WORKFLOW = parsed(YAML[".github/workflows/findity.yml"])
PIPELINE = parsed(YAML[".gitlab-ci.yml"])
PYTHON = dict(re.findall(r"^```python\n# (\S+)\n(.*?)^```", PAGE.read_text(), FLAGS))
BRIEFLY = {"MOCKFINDITY_ONLY": "EXP-2"}
"""Asks a check for one rule; all of them are asked of this client elsewhere."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the client and the scenario that the page speaks of."""
    for file in (CLIENTS / "reference.py", CLIENTS / "alignment.py", EXAMPLE / "load" / "acme.py"):
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.fixture
def job(project: Path) -> Iterator[Job]:
    job = Job(project)
    yield job
    job.end()


def led() -> dict[str, str]:
    """What keeps a server that is started without a port from those of others."""
    port = str(free_port())
    return {"MOCKFINDITY_PORT": port, "MOCKFINDITY_URL": f"http://127.0.0.1:{port}"}


@pytest.mark.parametrize("name", YAML)
def test_the_ci_would_take_the_yaml(name: str, tmp_path: Path) -> None:
    (tmp_path / "file.yml").write_text(YAML[name])
    schema = "gitlab-ci" if "gitlab" in name else "github-workflows"

    assert complaints(schema, tmp_path / "file.yml") == ""


LENT = "pip install httpx2"
"""What a job installs for its client the environment of these tests has."""


@needs_bash
@pytest.mark.parametrize("name", WORKFLOW["jobs"])
def test_the_jobs_for_github_pass(job: Job, name: str) -> None:
    job.environment |= BRIEFLY | led()
    for step in WORKFLOW["jobs"][name]["steps"]:
        if step.get("uses") == "OWNER/mockfindity@main":
            port = {"port": job.environment["MOCKFINDITY_PORT"]}
            assert job.uses(**port, **step["with"]) == 0, job.log.read_text()
        elif "run" in step and step["run"] != LENT:
            job.run(step["run"])

    if name == "rules":
        (upload,) = (
            s["with"] for s in WORKFLOW["jobs"][name]["steps"] if "upload" in s.get("uses", "")
        )
        assert (job.folder / upload["path"]).exists()
    else:
        assert "updatestatus" in job.run("mockfindity requests --operation updateExportStatus")


@needs_bash
@pytest.mark.parametrize("name", [name for name in PIPELINE if name != "include"])
def test_the_jobs_for_gitlab_pass(project: Path, name: str) -> None:
    assert PIPELINE["include"] == {"local": "ci/mockfindity.yml"}
    own: dict[str, Any] = PIPELINE[name]
    base = parsed(EXAMPLE / "gitlab-ci.yml")[own["extends"]]
    lines = [*base["before_script"], *(own.get("script") or base["script"]), "kill %1 || true"]
    environment = clean_environment() | BRIEFLY | led() | own["variables"]

    done = bash("\n".join(lines), project, environment, project / "job.log")

    assert done.returncode == 0, (project / "job.log").read_text()


@needs_bash
def test_three_lines_are_enough_for_any_ci(project: Path) -> None:
    lines, _ = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(), FLAGS)
    script = f'{lines}mockfindity wait --url "$FINDITY_BASE_URL" --timeout 0\nkill %1'

    done = bash(script, project, clean_environment() | led(), project / "job.log")

    assert done.returncode == 0, (project / "job.log").read_text()


def test_what_the_page_says_to_compose_is_what_is_run_of_it() -> None:
    told = re.findall(r"^\$ (docker compose .*)$", PAGE.read_text(), re.MULTILINE)

    head = (CHECKOUT / "compose.yaml").read_text().partition("\nname:")[0]
    assert told == re.findall(r"^#   (docker compose .*)$", head, re.MULTILINE)


def test_the_page_names_every_input_and_output() -> None:
    cells = [line.split("|")[1] for line in PAGE.read_text().splitlines() if line.startswith("| `")]

    named = re.findall(r"`([a-z-]+)`", " ".join(cells))
    assert sorted(named) == sorted([*ACTION["inputs"], *ACTION["outputs"]])


def test_the_examples_for_testcontainers_pass(
    pytester: pytest.Pytester, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in PYTHON.items():
        (pytester.path / name).write_text(text)
    for file in project.glob("*.py"):
        shutil.copy(file, pytester.path)
    with engine(project, dockerfile.environment()) as docker:
        monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{docker.server_port}")
        monkeypatch.setenv("TESTCONTAINERS_RYUK_DISABLED", "true")
        monkeypatch.setenv("TESTCONTAINERS_CONNECTION_MODE", "docker_host")

        run(pytester).assert_outcomes(passed=2)
