"""The whole state of a sandbox as one versioned JSON document, out and in.

Never pickle: a document is checked record by record when it is read, so that one from a newer
version, or one that was damaged, is refused before anything has changed. Nothing in it moves while
the sandbox does not: the clock is written as its offset, not as the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from pydantic import ValidationError

from .clock import Clock
from .domain.record import Record
from .errors import BadRequest
from .settings import Settings
from .state import Ids, State

VERSION = 1


class Document(msgspec.Struct, forbid_unknown_fields=True):
    """What a state document holds. ``ids`` is how many ids the generator has given; the records
    of ``tables`` are read when it is known what they must be."""

    version: int
    seed: int
    ids: int
    clock: Clock
    settings: dict[str, Any]
    tables: dict[str, msgspec.Raw]


class Whole(msgspec.Struct):
    """A sandbox's state with the clock and settings that belong to it."""

    state: State
    clock: Clock
    settings: Settings


def written(whole: Whole) -> dict[str, Any]:
    """The document of a sandbox's state, ready to be encoded."""
    state = whole.state
    return {
        "version": VERSION,
        "seed": state.ids.seed,
        "ids": state.ids.count,
        "clock": whole.clock,
        "settings": whole.settings.model_dump(by_alias=True),
        "tables": {name: list(table) for name, table in state.tables().items()},
    }


class _Head(msgspec.Struct):
    version: int


def read(raw: bytes) -> Whole:
    """The state that a document holds, checked from end to end.

    Raises ``BadRequest`` for a newer version, an unknown table or field, a value of the wrong type,
    an id twice, or a record that points at one that is not there.
    """
    try:
        version = msgspec.json.decode(raw, type=_Head).version
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadRequest(f"this is no state document: {_line(error)}.") from None
    if version > VERSION:
        raise BadRequest(
            f"version: {version} is newer than {VERSION}, the newest this mockfindity reads; "
            "upgrade it, or export the state again."
        )
    if version < 1:
        raise BadRequest(f"version: {version} never was one.")
    try:
        return assembled(msgspec.json.decode(raw, type=Document))
    except (msgspec.MsgspecError, ValidationError, ValueError, RecursionError) as error:
        raise BadRequest(f"the state document is damaged: {_line(error)}.") from None


def assembled(document: Document) -> Whole:
    """What a document stands for. Raises ``ValueError`` and msgspec's errors for a damaged one."""
    settings = Settings.model_validate(document.settings)
    state = _state(document)
    problem = next(dangling(state), None)
    if problem is not None:
        raise ValueError(problem)
    return Whole(state, document.clock, settings)


def _line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")


def _state(document: Document) -> State:
    state = State()
    state.ids = Ids(document.seed, document.ids)
    kinds = state.kinds()
    for name in document.tables:
        if name not in kinds:
            raise ValueError(f"there is no table {name!r}")
    missing = sorted(set(kinds) - set(document.tables))
    if missing:
        raise ValueError(f"the table {missing[0]!r} is missing")
    for name, kind in kinds.items():
        table = state.tables()[name]
        found: list[Record] = msgspec.json.decode(document.tables[name], type=list[kind])  # type: ignore[valid-type]
        for record in found:
            if table.get(record.id) is not None:
                raise ValueError(f"{name}: the id {record.id!r} stands in it twice")
            table.put(record)
    return state


# Which field of which table names a record of which other one; a name that ends in "s" is a list.
# What may outlive what it names (a category's account, an approver's user) is not here.
REFERENCES: dict[str, dict[str, str]] = {
    "users": {"organization_id": "organizations"},
    "invitations": {"organization_id": "organizations", "user_id": "users"},
    "dimensions": {"organization_id": "organizations"},
    "values": {"organization_id": "organizations", "dimension_id": "dimensions"},
    "accounts": {"organization_id": "organizations"},
    "salary_codes": {"organization_id": "organizations"},
    "categories": {"organization_id": "organizations"},
    "payment_types": {"organization_id": "organizations"},
    "recipients": {"organization_id": "organizations"},
    "reports": {
        "organization_id": "organizations",
        "owner_id": "users",
        "approvers": "users",
        "export_id": "exports",
    },
    "exports": {
        "organization_id": "organizations",
        "report_ids": "reports",
    },
    "vouchers": {
        "organization_id": "organizations",
        "export_id": "exports",
        "owner_id": "users",
        "report_ids": "reports",
    },
    "legs": {
        "organization_id": "organizations",
        "export_id": "exports",
        "report_id": "reports",
    },
    "bookings": {"organization_id": "organizations"},
    "contents": {"organization_id": "organizations", "id": "exports"},
    "tokens": {"key_id": "keys"},
}


def dangling(state: State) -> Iterator[str]:
    """What is wrong with how the records of a state point at one another."""
    tables = state.tables()
    for name, fields in REFERENCES.items():
        for record in tables[name]:
            for field, target in fields.items():
                for found in _named(record, field):
                    if tables[target].get(found) is None:
                        yield f"{name} {record.id!r}: {field} names {found!r}, which is not there"
    yield from _incomplete_exports(state)


def _named(record: Record, field: str) -> tuple[str, ...]:
    value = getattr(record, field)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _incomplete_exports(state: State) -> Iterator[str]:
    """Exports that can still be acknowledged must have their vouchers and legs."""
    for export in state.exports:
        for voucher_id in export.voucher_ids:
            if state.vouchers.get(voucher_id) is None:
                yield f"exports {export.id!r}: its voucher {voucher_id!r} is not there"
        for report_id in export.report_ids:
            if state.legs.get(f"{export.id}/{report_id}") is None:
                yield f"exports {export.id!r}: its leg of report {report_id!r} is not there"
