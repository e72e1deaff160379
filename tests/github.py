"""GitHub's part in a job: the steps of action.yml, run as its runner would."""

from __future__ import annotations

import os
import re
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from shells import bash, clean_environment
from yamls import parsed

CHECKOUT = Path(__file__).parents[1]
FILE = CHECKOUT / "action.yml"
ACTION = parsed(FILE)
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"]}
EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+) \}\}")


class Job:
    """A job in which the action is used: what it finds in its environment, and what it is left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = clean_environment()
        self.outputs: dict[str, str] = {}
        self.log, self.summary = folder / "job.log", folder / "summary.md"
        for name in ("env", "path", "output", "step_summary"):
            (folder / name).touch()

    def uses(self, **inputs: str) -> int:
        """Do the steps, each if its condition holds; the exit code of the last."""
        unknown = inputs.keys() - ACTION["inputs"].keys()
        assert unknown == set()
        given = {name: one["default"] for name, one in ACTION["inputs"].items()} | inputs
        known = {f"inputs.{name}": text for name, text in given.items()}
        for step in STEPS.values():
            if self.holds(step.get("if"), known) and (code := self.does(step, known)):
                return code
        return 0

    def holds(self, condition: str | None, known: dict[str, str]) -> bool:
        if condition is None:
            return True
        name, sign, literal = condition.split(" ")
        return (known[name] == literal.strip("'")) is (sign == "==")

    def does(self, step: dict[str, Any], known: dict[str, str]) -> int:
        """Run a step, and take what it leaves for those after it."""

        def filled(text: str) -> str:
            return EXPRESSION.sub(lambda found: known[found[1]], text)

        files = {f"GITHUB_{name.upper()}": name for name in ("env", "path", "output")}
        own = {name: filled(text) for name, text in step.get("env", {}).items()}
        provided = {name: str(self.folder / file) for name, file in files.items()} | {
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_ACTION_PATH": str(CHECKOUT),
            "RUNNER_TEMP": str(self.folder),
        }
        folder = self.folder / filled(step.get("working-directory", "."))
        done = bash(step["run"], folder, self.environment | provided | own, self.log)
        self.environment |= self.left("env")
        self.outputs |= self.left("output")
        first = [*reversed((self.folder / "path").read_text().split()), self.environment["PATH"]]
        self.environment["PATH"] = ":".join(first)
        return done.returncode

    def left(self, name: str) -> dict[str, str]:
        lines = (self.folder / name).read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)

    def run(self, script: str) -> str:
        """A step of the job's own, after the action; what it said."""
        before = len(self.log.read_text())
        done = bash(script, self.folder, self.environment, self.log)
        assert done.returncode == 0, self.log.read_text()
        return self.log.read_text()[before:]

    def end(self) -> None:
        """What GitHub does at the end of a job: stop what is left."""
        if "pid" in self.outputs:
            with suppress(ProcessLookupError):
                os.kill(int(self.outputs["pid"]), signal.SIGKILL)
