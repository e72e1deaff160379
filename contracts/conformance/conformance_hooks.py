"""What schemathesis is told beside its configuration; it imports this file itself.

``before_call`` puts the sandbox back to what it was, if another test's request has changed it: so
every test finds the company whole, whatever was deleted before, and a run can be repeated.
``map_case`` lets most requests be about what is there. ``after_call`` counts. ``filter_failure``
lets those refusals of valid data pass that ``exceptions.toml`` names. Two checks hold answers
closer than schemathesis's own do.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase
from schemathesis.openapi.checks import EnsureResourceAvailability, RejectedPositiveData
from tracking import Run

RUN = Run(Path(os.environ["CONFORMANCE"]))


FIXED = (TestPhase.EXAMPLES, TestPhase.COVERAGE)
"""What these phases try has not been through ``map_case``."""


def _id(case: Any) -> str:
    return str(case.operation.definition.raw["operationId"])


def _kept(value: object, of: int = 12) -> bool:
    """Whether a value stays made up, as one in so many does. It follows from the value, so that it
    is the same each time."""
    return zlib.crc32(repr(value).encode()) % of == 0


def _with(values: dict[str, str], body: Any, path: dict[str, Any]) -> Any:
    """``body`` with what is there in place of most of what was made up."""
    if isinstance(body, list):
        return _once([_with(values, item, path) for item in body])
    if not isinstance(body, dict):
        return body
    return {name: _value(values, name, item, path) for name, item in body.items()}


def _once(items: list[Any]) -> list[Any]:
    """``items`` without those that have the id of an earlier one: what is there is there once."""
    named = [item.get("id") if isinstance(item, dict) else None for item in items]
    return [
        item
        for number, item in enumerate(items)
        if not isinstance(named[number], str) or named[number] not in named[:number]
    ]


def _value(values: dict[str, str], name: str, item: Any, path: dict[str, Any]) -> Any:
    real = values.get(name)
    if real is None or _kept(item):
        return _with(values, item, path)
    if real.startswith("path."):
        real = str(path[real.removeprefix("path.")])
    if isinstance(item, list) and all(isinstance(one, str) for one in item):
        return [real] if item else item
    return real if isinstance(item, str) else _with(values, item, path)


@schemathesis.hook
def map_case(context: Any, case: Any) -> Any:
    """Put in what there is, unless what was made up is there to be refused."""
    return _real(case)


def _real(case: Any) -> Any:
    values = RUN.values(_id(case))
    if not case.meta.is_negative_at(ParameterLocation.PATH):
        for name, value in case.path_parameters.items():
            if name in values["path"] and not _kept(value):
                case.path_parameters[name] = values["path"][name]
    is_json = isinstance(case.body, dict | list)
    if is_json and not case.meta.is_negative_at(ParameterLocation.BODY):
        known = RUN.bodies.get(_id(case))
        if known is not None and not _kept(case.body, of=6):
            case.body = known
            return case
        case.body = _with(values["body"], case.body, case.path_parameters)
        if isinstance(case.body, dict):
            same = {name: real for name, real in values["body"].items() if real.startswith("path.")}
            case.body = _with(same, dict.fromkeys(same, ""), case.path_parameters) | case.body
    return case


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Begin with the sandbox as it was built; put in the id that an API key has now."""
    RUN.begin()
    if case.meta is not None and case.meta.phase.name in FIXED:
        _real(case)
    if (case.path_parameters or {}).get("clientId") == RUN.key:
        case.path_parameters = {**case.path_parameters, "clientId": RUN.known["KEY_ID"]}


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Count the request."""
    RUN.count(_id(case), case.method, response.status_code)


@schemathesis.hook
def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Whether a failure is one: not where the table says that the refusal is right, and not where
    what was made has gone with the organization that it was of."""
    if isinstance(failure, EnsureResourceAvailability):
        gone = response.json()["code"] == "ORGANIZATION_NOT_FOUND"
        return not gone or _id(case).startswith("getOrganization")
    if not isinstance(failure, RejectedPositiveData):
        return True
    return not RUN.excepted(_id(case), response.json())


@schemathesis.check
def nothing_undocumented(context: Any, response: Any, case: Any) -> None:
    """An answer has no field that the document does not have."""
    kind = response.headers.get("content-type", [""])[0]
    if kind == "application/json" and case.method == case.operation.method.upper():
        wrong = RUN.undocumented(case.operation, response.status_code, response.json())
        assert not wrong, "; ".join(wrong[:3])


@schemathesis.check
def one_request_id(context: Any, response: Any, case: Any) -> None:
    """Every answer has an X-Request-Id, and an error the same as its requestId."""
    (sent,) = response.headers["x-request-id"]
    if response.status_code >= 400 and "json" in response.headers["content-type"][0]:
        assert response.json().get("requestId", sent) == sent, "requestId is not X-Request-Id"
