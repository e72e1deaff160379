"""The whole state of a sandbox as one versioned JSON document, out and in.

Never pickle: a document is checked record by record when it is read, so that one from a newer
version, or one that was damaged, is refused before anything has changed. Nothing in it moves while
the sandbox does not: the clock is written as its offset, not as the time.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, get_args

import msgspec

from .clock import Clock
from .domain.dimensions import Approver, value_key
from .domain.exports import booking_key, leg_key
from .domain.record import Record
from .domain.reports import amounts_agree
from .errors import BadRequest
from .settings import Settings
from .state import KINDS, Ids, State, Table

VERSION = 1
DEEPEST = 64
"""How deep what is only stored and given back may nest, as in a request."""

LARGEST = 10**20
"""More than any sum of money that can come about; beyond it the arithmetic would give out."""

Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class KeptClock(msgspec.Struct, forbid_unknown_fields=True):
    """A clock as it is written: whole, since one that lost a part would tell another time."""

    frozen: float | None
    offset: float


class Document(msgspec.Struct, forbid_unknown_fields=True):
    """What a state document holds. ``ids`` is how many ids the generator has given; the records
    of ``tables`` are read when it is known what they must be."""

    version: int
    seed: Count
    ids: Count
    clock: KeptClock
    settings: dict[str, Any]
    tables: dict[str, msgspec.Raw]


class Whole(msgspec.Struct):
    """A sandbox's state with the clock and settings that belong to it."""

    state: State
    clock: Clock
    settings: Settings


def written(whole: Whole) -> dict[str, Any]:
    """The document of a sandbox's state, ready to be encoded."""
    return head(whole) | {"tables": {n: list(table) for n, table in whole.state.tables().items()}}


def head(whole: Whole) -> dict[str, Any]:
    """The document without its records, whatever their number."""
    return {
        "version": VERSION,
        "seed": whole.state.ids.seed,
        "ids": whole.state.ids.count,
        "clock": whole.clock,
        "settings": msgspec.to_builtins(whole.settings),
        "tables": {},
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
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadRequest(f"the state document is damaged: {_line(error)}.") from None


def assembled(document: Document) -> Whole:
    """What a document stands for. Raises ``ValueError`` and msgspec's errors for a damaged one."""
    settings = _settings(document)
    state = _state(document)
    problem = next(itertools.chain(_wrong_head(document, state), dangling(state)), None)
    if problem is not None:
        raise ValueError(problem)
    return Whole(state, _clock(document), settings)


def _settings(document: Document) -> Settings:
    """The settings. Raises ``ValueError``, in one line, for wrong ones."""
    from pydantic import ValidationError

    from .checked_settings import checked

    try:
        return checked(document.settings)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(["settings", *map(str, first["loc"])])
        raise ValueError(f"{where}: {first['msg']}") from None


def _clock(document: Document) -> Clock:
    return Clock(document.clock.frozen, document.clock.offset)


def _line(error: Exception) -> str:
    """What is wrong, in one line."""
    return str(error).partition("\n")[0].rstrip(".")


def _state(document: Document) -> State:
    state = State()
    state.ids = Ids(document.seed, document.ids)
    for name in document.tables:
        if name not in KINDS:
            raise ValueError(f"there is no table {name!r}")
    missing = sorted(set(KINDS) - set(document.tables))
    if missing:
        raise ValueError(f"the table {missing[0]!r} is missing")
    for name, kind in KINDS.items():
        table: Table[Any] = getattr(state, name)
        found: list[Record] = msgspec.json.decode(document.tables[name], type=list[kind])  # type: ignore[valid-type]
        for record in found:
            if table.get(record.id) is not None:
                raise ValueError(f"{name}: the id {record.id!r} stands in it twice")
            state.put(record)
    return state


def _wrong_head(document: Document, state: State) -> Iterator[str]:
    """A clock that cannot be read, and ids that would be given a second time."""
    clock = _clock(document)
    if clock.offset < 0 or (clock.frozen or 0) < 0 or not _is_moment(clock.now()):
        yield "clock: it stands before 1970 or after the year 9998"
    used = {record.id for table in state.tables().values() for record in table}
    ids = Ids(document.seed, document.ids)
    if any(ids() in used for _ in range(len(used))):
        yield f"ids: more than {document.ids} were given, as its records show"


def _is_moment(seconds: float) -> bool:
    try:
        return _is_stamp(datetime.fromtimestamp(seconds, UTC).isoformat())
    except (ValueError, OverflowError, OSError):
        return False


def _is_stamp(text: str) -> bool:
    """Whether a time can be read, and those somewhat later too: some objects show such."""
    try:
        return bool(datetime.fromisoformat(text) + timedelta(days=31))
    except (ValueError, OverflowError):
        return False


# Which field of which table names a record of which other one, in the same organization; a tuple
# names several. What may outlive what it names (a category's account, a token's key) is not here.
REFERENCES: dict[str, dict[str, str]] = {
    "invitations": {"user_id": "users"},
    "values": {"dimension_id": "dimensions", "approvers": "users"},
    "reports": {"owner_id": "users", "approvers": "users", "export_id": "exports"},
    "exports": {"report_ids": "reports", "voucher_ids": "vouchers"},
    "vouchers": {"export_id": "exports", "owner_id": "users", "report_ids": "reports"},
    "legs": {"export_id": "exports", "report_id": "reports"},
    "contents": {"id": "exports"},
}

# Records whose id is made of what they name.
MADE_IDS: dict[str, Callable[[Any], str]] = {
    "values": lambda value: value_key(value.dimension_id, value.value_id),
    "legs": lambda leg: leg_key(leg.export_id, leg.report_id),
    "bookings": lambda booking: booking_key(booking.recipient_id, booking.expense_id),
}


def dangling(state: State) -> Iterator[str]:
    """What is wrong with the records of a state and how they point at one another."""
    for name, table in state.tables().items():
        for record in table:
            problem = next(_wrong(state, name, record), None)
            if problem is not None:
                yield f"{name} {record.id!r}: {problem}"


def _wrong(state: State, name: str, record: Record) -> Iterator[str]:
    yield from _unfounded(state, record)
    if name in REFERENCES:
        yield from _unnamed(state, REFERENCES[name], record)
    if name in MADE_IDS and MADE_IDS[name](record) != record.id:
        yield f"its id should be {MADE_IDS[name](record)!r}"
    for field in ("date_created", "last_updated"):
        if not _is_stamp(getattr(record, field, "2026-01-01T00:00:00Z")):
            yield f"{field} is no time"
    unsound = [f for f in _loose_fields(type(record)) if not _is_sound(getattr(record, f))]
    if unsound:
        yield f"{unsound[0]} holds a number that is too large, or nests too deeply"
    elif name in SENSE:
        yield from SENSE[name](state, record)


def _unfounded(state: State, record: Record) -> Iterator[str]:
    """A record of an organization that is not there; only a key may be of none."""
    organization_id = getattr(record, "organization_id", None)
    if organization_id is not None and state.organizations.get(organization_id) is None:
        yield f"there is no organization {organization_id!r}"


def _unnamed(state: State, fields: dict[str, str], record: Any) -> Iterator[str]:
    """References to what is not there, or is another organization's."""
    for field, target in fields.items():
        for named in _named(record, field):
            found = getattr(state, target).get(named)
            if found is None or found.organization_id != record.organization_id:
                yield f"{field} names {named!r}, which is not there"


def _named(record: Record, field: str) -> tuple[str, ...]:
    value = getattr(record, field)
    if value is None:
        return ()
    several = value if isinstance(value, tuple) else (value,)
    return tuple(one.user_id if isinstance(one, Approver) else one for one in several)


@cache
def _loose_fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields whose type lets too much through: money, and whatever is only given back."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if _is_loose(field.type))


def _is_loose(kind: Any) -> bool:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return bool(_loose_fields(kind))
    return kind is Any or kind is Decimal or any(_is_loose(part) for part in get_args(kind))


def _is_sound(value: Any, depth: int = 0) -> bool:
    """Whether money in a value can be reckoned with, and nothing lies too deep in it."""
    if value is None or isinstance(value, str | bytes | int | float):
        return True
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) < LARGEST
    if isinstance(value, msgspec.Struct):
        return all(_is_sound(getattr(value, field)) for field in _loose_fields(type(value)))
    inner = value.values() if isinstance(value, dict) else value
    return depth < DEEPEST and all(_is_sound(item, depth + 1) for item in inner)


def _wrong_dimension(state: State, dimension: Any) -> Iterator[str]:
    for name in ("externalSourceId", "description"):
        if not isinstance(dimension.fields.get(name), str | None):
            yield f"{name} is no text"


def _wrong_report(state: State, report: Any) -> Iterator[str]:
    for expense in report.expenses:
        problem = amounts_agree(expense.amount, expense.tax_amount, expense.exchange_rate)
        if problem is not None:
            yield f"expense {expense.id!r}: {problem}"
        if not _is_day(expense.date):
            yield f"expense {expense.id!r}: {expense.date!r} is no date"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wrong_export(state: State, export: Any) -> Iterator[str]:
    """What can still be acknowledged must have its legs; what was attached goes into a header."""
    for report_id in export.report_ids:
        if state.legs.get(leg_key(export.id, report_id)) is None:
            yield f"its leg of report {report_id!r} is not there"
    if export.content is not None and not _fits_a_header(export.content.content_type):
        yield f"the type of its content, {export.content.content_type!r}, is none"


def _fits_a_header(text: str) -> bool:
    return all(c == "\t" or " " <= c <= "~" or "\xa0" <= c <= "\xff" for c in text)


def _wrong_voucher(state: State, voucher: Any) -> Iterator[str]:
    if not voucher.report_ids:
        yield "it is of no report"
    for report_id in voucher.report_ids:
        if state.legs.get(leg_key(voucher.export_id, report_id)) is None:
            yield f"its export does not carry report {report_id!r}"


SENSE: dict[str, Callable[[State, Any], Iterator[str]]] = {
    "dimensions": _wrong_dimension,
    "reports": _wrong_report,
    "exports": _wrong_export,
    "vouchers": _wrong_voucher,
}
"""What else the records of a table must be, so that no rule stumbles over them."""
