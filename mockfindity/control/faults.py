"""Fault rules over HTTP: write one, or a named set; list them with how often they struck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from ..api.page import listed, page
from ..call import Call
from ..errors import BadRequest, FaultNotFound, MethodNotAllowed
from ..faults import SAID, SETS, Body, Connection, Faults, Phase, Rule, Set
from ..query import Param, one_of
from ..wire import HEADER_NAME, HEADER_VALUE, Amount, Text, Whole, Wire

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.faults import NamedFaultSetOut

FRAMING = {"content-length", "transfer-encoding"}

WHICH = (Param("set", one_of(*SETS), "Only the rules of this named set."),)


class FaultIn(Wire):
    """A rule, or the name of a set. It meets an operation, a method and path, or every request."""

    set: Set | None = Field(None, description="The rules of this set, instead of one of your own.")
    operation: Text | None = Field(None, description="An operationId of Findity's.")
    method: str | None = Field(None, pattern="^(GET|POST|PUT|DELETE)$")
    path: Text | None = Field(None, description="A concrete path, or a template of Findity's.")
    times: Whole | None = Field(None, ge=1, le=10**9, description="How often; always, if not sent.")
    skip: Whole = Field(0, ge=0, le=10**9, description="How many requests it lets by first.")
    probability: Amount | None = Field(None, ge=0, le=1, description="How likely, 0 to 1; seeded.")
    phase: Phase = Field("before", description="`after`: the change is made, the answer is lost.")
    status: Whole | None = Field(None, ge=400, le=599)
    code: Text | None = Field(None, description="The envelope's code; one that fits the status.")
    headers: dict[str, str] = Field(
        default_factory=dict, description="Of the answer, such as `Retry-After`."
    )
    delay_ms: Whole = Field(
        0, ge=0, le=600_000, description="Milliseconds to wait first, by the wall."
    )
    connection: Connection | None = None
    body: Body | None = None


def list_faults(call: Call) -> Page[Rule]:
    """List the fault rules, each with how many requests it has seen and struck."""
    return page(list(call.sandbox.faults.rules.values()), call, lambda rule: rule)


def list_fault_sets(call: Call) -> Page[NamedFaultSetOut]:
    """List the named sets of fault rules, and what each does."""
    return page(list(SETS.items()), call, lambda named: _set_object(*named))


def _set_object(name: Set, rules: tuple[dict[str, object], ...]) -> NamedFaultSetOut:
    fresh = Faults(seed=0)
    made = [fresh.add(**rule, set=name) for rule in rules]
    return {"name": name, "description": SAID[name], "rules": made}


def create_fault(call: Call) -> Rule | Page[Rule]:
    """Write a fault rule, or the rules of a named set."""
    body: FaultIn = call.body
    faults = call.sandbox.faults
    if body.set is not None:
        if body.model_fields_set != {"set"}:
            raise BadRequest("set: a named set takes no other fields.")
        made = [faults.add(**rule, set=body.set) for rule in SETS[body.set]]
        return listed(made, lambda rule: rule)
    _check(call, body)
    fields = body.model_dump(exclude_unset=True, exclude={"set"})
    if fields.get("probability") is not None:
        fields["probability"] = float(fields["probability"])
    return faults.add(**fields)


def _check(call: Call, body: FaultIn) -> None:
    """Refuse a rule that could never strike, or would do nothing."""
    if body.operation is not None:
        _check_operation(call, body)
    if body.path is not None:
        _check_path(call, body.method, body.path)
    if body.code is not None and body.status is None:
        raise BadRequest("code: it goes with a status.")
    if not (body.status or body.delay_ms or body.connection or body.body):
        raise BadRequest("the rule does nothing: status, delayMs, connection or body is needed.")
    for name, value in body.headers.items():
        if not (HEADER_NAME.fullmatch(name) and HEADER_VALUE.fullmatch(value)):
            raise BadRequest(f"headers: {name!r} cannot be sent as an HTTP header.")
        if name.lower() in FRAMING:
            raise BadRequest(f"headers: {name} is the server's own; connection: truncate cuts.")


def _check_operation(call: Call, body: FaultIn) -> None:
    if not call.router.has(body.operation or ""):
        raise BadRequest(
            f"operation: there is no {body.operation!r}; `mockfindity routes` lists them."
        )
    if body.method or body.path:
        raise BadRequest("operation: it says the method and path already; leave those out.")


def _check_path(call: Call, method: str | None, path: str) -> None:
    if "?" in path or not call.router.serves(path):
        raise BadRequest(f"path: nothing of Findity's is served at {path!r}.")
    if method is not None:
        try:
            call.router.match(method, path)
        except MethodNotAllowed as refusal:
            raise BadRequest(f"method: {refusal.description}") from None


def _found(call: Call) -> Rule:
    rule = call.sandbox.faults.rules.get(call.path["faultId"])
    if rule is None:
        raise FaultNotFound(f"there is no fault rule {call.path['faultId']!r} in this sandbox.")
    return rule


def delete_fault(call: Call) -> None:
    """Take a fault rule away."""
    call.sandbox.faults.remove([_found(call)])


def delete_faults(call: Call) -> None:
    """Take every fault rule away, or those of a set with ``?set=``."""
    wanted = call.query["set"]
    rules = call.sandbox.faults.rules.values()
    call.sandbox.faults.remove(r for r in rules if wanted is None or r.set == wanted)
