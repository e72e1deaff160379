"""How sure it is: whether an answer that differs contradicts Findity, or a guess of mockfindity's.

An operation's provenance is that of its URL. Of its answer less may be known: a field is documented
where an example of the guides shows it, and the lines below say what no guide shows though the
operation is documented.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .contract import Contract, Operation
from .finding import Kind, Where, kind_of, shown
from .schema import MISSING, UNKNOWN, Problem

CHOSEN_BODIES = frozenset(
    {
        *("listDimensions", "listDimensionValues", "listApprovers"),  # only their paths are known
        "deleteUser",
        *("updateExportStatus", "putExportContent"),
        "getResource",  # all that is known is that it is a PDF with ?format=pdf
    }
)
"""Operations of whose answers the guides show nothing."""

CHOSEN_FIELDS: dict[str, frozenset[tuple[Where, str]]] = {
    # The two pages on signing in do not agree.
    "issueToken": frozenset({(("refresh_token",), "required")}),
    # The connect guide says "an array", the conventions say an object.
    "listExports": frozenset({((), "type"), (("data",), "required")}),
    "getExport": frozenset({(("status",), "enum")}),
    # Given as examples, or not at all.
    "getExportVouchers": frozenset(
        {
            (("vouchers", "*", "date"), "format"),
            (("vouchers", "*", "bookingDate"), "format"),
            (("vouchers", "*", "vatType"), "enum"),
            (("vouchers", "*", "voucherRows", "*", "unit"), "enum"),
            (("vouchers", "*", "voucherRows", "*", "group"), "enum"),
            (("vouchers", "*", "voucherRows", "*", "accountingNumber", "type"), "enum"),
        }
    ),
}
"""By operation: where in an answer, and which of JSON Schema's keywords, is not documented."""


AS_SENT: dict[str, frozenset[Where]] = {
    "getOrganization": frozenset({("settings", "errorMailRecipient")}),
}
"""By operation: what is only in an answer where a client sent it before."""


class Evidence:
    """What the guides show of each operation's answer."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    def kind(self, operation: Operation, problem: Problem) -> Kind | None:
        """What a problem in the body of a success is; ``None`` where it is none after all."""
        shapes = list(self._shapes(operation))
        if problem.keyword == UNKNOWN:
            return None if any(_shows(shape, problem.where) for shape in shapes) else "extra"
        if operation.provenance == "chosen" or operation.name in CHOSEN_BODIES:
            return "guess"
        where = tuple("*" if isinstance(part, int) else part for part in problem.where)
        if (where, problem.keyword) in CHOSEN_FIELDS.get(operation.name, ()):
            return "guess"
        key_only = problem.keyword == "required"
        known = not shapes or any(_shows(s, problem.where, key_only) for s in shapes)
        return "difference" if known else "guess"

    def by_guides(self, operation: Operation, data: Any) -> Iterator[tuple[str, Problem]]:
        """What the guides show and the answer lacks, each with the guide."""
        if operation.name in CHOSEN_BODIES:
            return
        examples = list(operation.examples)
        if operation.name == "getOrganization":
            examples += self._contract["upsertOrganization"].examples
        sent = AS_SENT.get(operation.name, frozenset())
        for example in examples:
            if _is_alike(example.answer, data):
                for problem in _lacking(example.answer, data, ()):
                    if problem.keyword != "required" or problem.where not in sent:
                        yield example.source, problem

    def _shapes(self, operation: Operation) -> Iterator[Any]:
        """Answers as the guides show them; a user's is only shown as it is sent."""
        yield from (e.answer for e in operation.examples if e.answer is not None)
        if operation.name == "getOrganization":
            yield from (e.answer for e in self._contract["upsertOrganization"].examples)
        for example in self._contract["putUsers"].examples:
            users = [{"id": "{id}", **user} for user in example.body]
            if operation.name == "getUser":
                yield users[0]
            if operation.name == "listUsers":
                yield from (users, {"userList": users})


def _is_alike(example: Any, data: Any) -> bool:
    """Whether an answer is of an example's kind: what was not found has less in it."""
    if isinstance(example, dict) and isinstance(data, dict):
        return bool(example.get("result") == data.get("result"))
    return example is not None


def _shows(shape: Any, where: Where, key_only: bool = True) -> bool:
    """Whether an example has this field, and unless ``key_only`` a value of it too."""
    for part in where:
        if isinstance(part, int):
            if not isinstance(shape, list) or not shape:
                return False
            shape = shape[0]
        else:
            if not isinstance(shape, dict) or part not in shape:
                return False
            shape = shape[part]
    return key_only or shape is not None


def _lacking(wanted: Any, found: Any, where: Where) -> Iterator[Problem]:
    """Keys, at any depth, that are missing or of another JSON type; null is any type."""
    if wanted is None or found is None:
        return
    if kind_of(wanted) != kind_of(found):
        yield Problem(where, "type", kind_of(wanted), shown(found))
    elif isinstance(wanted, dict):
        for key, value in wanted.items():
            if key in found:
                yield from _lacking(value, found[key], (*where, key))
            else:
                yield Problem((*where, key), "required", kind_of(value), MISSING)
    elif isinstance(wanted, list) and wanted:
        for index, item in enumerate(found):
            yield from _lacking(wanted[0], item, (*where, index))
