"""The contracts, as they are checked in: OpenAPI documents, and the guides' examples as data."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .schema import closed, validator_of

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator as Validator

DOCUMENTS = ("oauth", "admin", "connect")
LEGACY = "/api/admin"
"""Under it are the paths that Findity serves from another host, with a slash at their end."""

BY_INTERNAL_ID = "ByInternalId"
JSON = "application/json"
_PARAMETER = re.compile(r"\{\w+\}")
_VERSION = re.compile(r"^(/api)?(/v1)?(?=/)")


class Refusal(NamedTuple):
    """A refusal of an operation: its status, and its code as far as that is known."""

    status: int
    code: str
    provenance: str


class Example(NamedTuple):
    """A request of a guide, with its answer."""

    source: str
    body: Any
    answer: Any


class Operation:
    """One operation of a document, with what the guides show of it."""

    def __init__(self, name: str, document: dict[str, Any], method: str, path: str) -> None:
        found = document["paths"][path][method]
        self.id: str = found["operationId"]
        self.method = method.upper()
        self.is_legacy = path.startswith(f"{LEGACY}/")
        self.path = f"{path}/" if self.is_legacy else path
        self.provenance: str = found["x-provenance"]
        self.source = self.provenance if self.provenance == "chosen" else found["x-source"]
        self.document = f"{name}.json"
        self.examples: list[Example] = []
        self._responses: dict[str, Any] = found["responses"]
        self._components: dict[str, Any] = document["components"]
        self._validators: dict[str, Validator] = {}

    @property
    def name(self) -> str:
        """The id of the operation, whichever way it names organizations and users."""
        return self.id.removesuffix(BY_INTERNAL_ID)

    @property
    def status(self) -> int:
        """The status of success."""
        return min(int(status) for status in self._responses)

    @property
    def is_json(self) -> bool:
        return JSON in self._responses[str(self.status)].get("content", {})

    @property
    def has_body(self) -> bool:
        return "content" in self._responses[str(self.status)]

    def validator(self) -> Validator:
        """What the body of a success is held against."""
        return self._validator_of(self._responses[str(self.status)]["content"][JSON]["schema"])

    def envelope(self) -> Validator:
        """What the body of any refusal is held against; the code is compared on its own."""
        one = deepcopy(self._components["schemas"]["InternalError"])
        del one["properties"]["code"]["const"]
        return self._validator_of(one)

    def refusal(self, name: str) -> Refusal:
        """A refusal by the name of its schema. Raises ``KeyError`` where it is not documented."""
        for status, response in self._responses.items():
            if name in json.dumps(response.get("content", {})):
                schema = self._components["schemas"][name]
                code = schema["properties"].get("code") or schema["properties"]["error"]
                return Refusal(int(status), code.get("const", ""), schema["x-provenance"])
        raise KeyError(f"{self.document}: {self.id} has no {name}")

    def _validator_of(self, schema: dict[str, Any]) -> Validator:
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            self._validators[key] = validator_of(schema, self._components)
        return self._validators[key]


class Contract:
    """Every operation of Findity's by its id. ``folder`` holds ``openapi`` and ``examples``."""

    def __init__(self, folder: Path) -> None:
        self.operations: dict[str, Operation] = {}
        for name in DOCUMENTS:
            document = _read(folder / "openapi" / f"{name}.json")
            closed(document["components"]["schemas"])
            for path, methods in document["paths"].items():
                for method in methods:
                    one = Operation(name, document, method, path)
                    self.operations[one.id] = one
        self._take_examples(folder / "examples")

    def __getitem__(self, operation: str) -> Operation:
        return self.operations[operation]

    def _take_examples(self, folder: Path) -> None:
        by_path = {(o.method, _plain(o.path)): o for o in self.operations.values()}
        for file in sorted(folder.glob("*.json")):
            for given in _read(file):
                operation = by_path.get((given["method"], _plain(given["path"])))
                if operation is not None and given["status"] == operation.status:
                    source = f"{given['guide']} guide: {given['section']}"
                    operation.examples.append(Example(source, given["body"], given["answer"]))
        for operation in self.operations.values():
            if operation.id != operation.name:
                operation.examples = self.operations[operation.name].examples


def _plain(path: str) -> str:
    """A path without its version and the names of its parameters: guides write it in many ways."""
    return _VERSION.sub("", _PARAMETER.sub("{}", path)).rstrip("/")


def _read(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))
