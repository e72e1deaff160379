"""One run of schemathesis: the sandbox it is made against, the table of exceptions, the figures."""

from __future__ import annotations

import atexit
import json
from collections import Counter
from pathlib import Path
from typing import Any

from excused import excepted
from hypothesis.control import current_build_context, currently_in_test_context
from jsonschema import Draft202012Validator
from preparation import Caller, fork, renew

from mockfindity.openapi.schemas import closed


class Run:
    """One document against one sandbox. ``told`` is what ``conform.py`` has written for it; the
    figures go to a file beside it."""

    def __init__(self, told: Path) -> None:
        data = json.loads(told.read_text("utf-8"))
        self.figures = told.with_name("figures.json")
        self.known, self.origin, self.key = data["known"], data["origin"], data["key"]
        self._values, self.bodies = data["values"], data["bodies"]
        self.caller = Caller(data["url"], self.known["SANDBOX"], data["token"])
        document = json.loads(Path(data["document"]).read_text("utf-8"))
        self.components = {"schemas": closed(document["components"]["schemas"])}
        self.validators: dict[tuple[str, str], Draft202012Validator] = {}
        self.changed = bool(self.origin)
        self.test: Any = None
        self.requests: Counter[str] = Counter()
        self.accepted: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.refused: Counter[str] = Counter()
        self.used: Counter[int] = Counter()
        atexit.register(self.write)

    def values(self, operation: str) -> dict[str, dict[str, str]]:
        """What there is, by its name in paths and in bodies of an operation."""
        own = self._values.get(operation, {})
        return {where: self._values[where] | own.get(where, {}) for where in ("path", "body")}

    def begin(self) -> None:
        """Put the sandbox back, unless this request belongs to the test that changed it."""
        test = current_build_context() if currently_in_test_context() else None
        if self.changed and (test is None or test is not self.test):
            if self.origin:
                self.known |= fork(self.caller, self.origin, self.known)
            else:
                renew(self.caller)
            self.changed = False
        self.test = test

    def count(self, operation: str, method: str, status: int) -> None:
        """Note a request, and whether it may have changed something."""
        self.requests[operation] += 1
        self.statuses[status] += 1
        self.accepted[operation] += 200 <= status < 300
        self.changed |= method != "GET" and 200 <= status < 300

    def excepted(self, operation: str, answer: dict[str, str]) -> bool:
        """Whether the table has this refusal."""
        said = answer.get("description") or answer.get("error_description", "")
        lines = excepted(operation, said)
        self.used.update(lines)
        if lines:
            return True
        self.refused[f"{operation}: {said}"] += 1
        return False

    def undocumented(self, operation: Any, status: int, answer: Any) -> list[str]:
        """What an answer has that its schema, closed, does not."""
        key = (operation.label, str(status))
        if key not in self.validators:
            documented = operation.definition.raw["responses"].get(key[1], {})
            content = documented.get("content", {}).get("application/json", {})
            schema = content.get("schema", {}) | {"components": self.components}
            self.validators[key] = Draft202012Validator(schema)
        errors = self.validators[key].iter_errors(answer)
        return [f"{error.json_path}: {error.message[:200]}" for error in errors]

    def write(self) -> None:
        """Write the figures of the run."""
        figures = {
            "requests": dict(sorted(self.requests.items())),
            "accepted": {name: n for name, n in sorted(self.accepted.items()) if n},
            "statuses": dict(sorted(self.statuses.items())),
            "exceptions": sorted(self.used),
            "refused": self.refused,
        }
        self.figures.write_text(json.dumps(figures, indent=2), "utf-8")
