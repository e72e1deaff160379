"""The state of one sandbox: tables of frozen records, and nothing else.

Every write goes through ``State.put`` and ``State.remove``. Because records are frozen, a copy of
the state shares its dictionaries until they are written, and a reset is the old state put back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any, Generic, TypeVar

from .domain.accounts import Account, SalaryCode
from .domain.categories import Category, PaymentType
from .domain.dimensions import Dimension, DimensionValue
from .domain.exports import Booking, ContentBytes, Export, Leg
from .domain.keys import ApiKey, Token
from .domain.organizations import Organization, Partner
from .domain.recipients import Recipient
from .domain.record import Change, Record
from .domain.reports import Report
from .domain.users import Invitation, User
from .domain.vouchers import Chart, Voucher

R = TypeVar("R", bound=Record)
K = TypeVar("K")
V = TypeVar("V")
Key = Callable[[Any], Hashable]


class Ids:
    """32 lower-case hex digits, one after the other: the same seed gives the same ids.

    ``stream`` names a sequence of its own: what it gives out moves no other one on.
    """

    def __init__(self, seed: int, count: int = 0, stream: str = "") -> None:
        self.seed, self.count, self.stream = seed, count, stream

    def __call__(self) -> str:
        self.count += 1
        text = f"{self.stream}{self.seed}:{self.count}"
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Owned(dict[K, V]):
    """A dictionary that knows who may write it; whoever else wants to, copies it first."""

    __slots__ = ("owner",)

    def __init__(self, owner: object, found: Mapping[K, V] | None = None) -> None:
        super().__init__(found or ())
        self.owner = owner


class Table(Generic[R]):
    """Records by id, in the order they came, with look-ups that never scan.

    ``groups`` are look-ups that find many records, ``uniques`` those that find one; a record whose
    key is ``None`` is in no group.

    A copy shares every dictionary with its twin, so it costs the same whatever is in them. After
    it neither owns any: each copies a dictionary when it first writes to it.

    ``stamp`` is another object after every write: what is made of a table is good as long as the
    table has the same one, in whatever copy.
    """

    def __init__(self, groups: dict[str, Key] | None = None, **uniques: Key) -> None:
        self._group_keys, self._unique_keys = groups or {}, uniques
        self._by_group, self._by_unique = (*self._group_keys.items(),), (*uniques.items(),)
        self._me = object()
        self.stamp = object()
        self.rows: Owned[str, R] = Owned(self._me)
        self._groups: dict[str, dict[Hashable, dict[str, None]]] = {
            name: Owned(self._me) for name in self._group_keys
        }
        self._uniques: dict[str, dict[Hashable, str]] = {name: Owned(self._me) for name in uniques}

    def get(self, record_id: str) -> R | None:
        return self.rows.get(record_id)

    def many(self, group: str, key: Hashable) -> list[R]:
        """The records of a group, oldest first; none of a table that has no such group."""
        return [self.rows[i] for i in self._groups.get(group, {}).get(key, ())]

    def count(self, group: str, key: Hashable) -> int:
        """How many records a group has."""
        return len(self._groups[group].get(key, ()))

    def one(self, unique: str, key: Hashable) -> R | None:
        record_id = self._uniques[unique].get(key)
        return None if record_id is None else self.rows[record_id]

    def put(self, record: R) -> None:
        record_id, rows = record.id, self.rows
        if rows.owner is not self._me:
            rows = self.rows = Owned(self._me, rows)
        before = rows.get(record_id)
        rows[record_id] = record
        self.stamp = object()
        for name, key in self._by_group:
            if before is None or key(before) != key(record):
                self._move(name, before, record)
        for name, key in self._by_unique:
            new = key(record)
            there = new is None or self._uniques[name].get(new) == record_id
            if not there or (before is not None and key(before) != new):
                self._rename(name, before, record)

    def remove(self, record: R) -> None:
        before = self.rows.get(record.id)
        if before is not None:
            self.stamp = object()
            self.rows = self._mine(self.rows)
            del self.rows[record.id]
            for name in self._group_keys:
                self._move(name, before, None)
            for name in self._unique_keys:
                self._rename(name, before, None)

    def _mine(self, found: dict[K, V]) -> Owned[K, V]:
        """``found`` if it is this table's own, or else a copy that is."""
        if isinstance(found, Owned) and found.owner is self._me:
            return found
        return Owned(self._me, found)

    def _move(self, group: str, before: R | None, after: R | None) -> None:
        """Let a group look-up find what a record has become."""
        key = self._group_keys[group]
        if before is not None:
            self._leave(group, key(before), before.id)
        if after is not None:
            self._join(group, key(after), after.id)

    def _rename(self, unique: str, before: R | None, after: R | None) -> None:
        """Let a look-up of one find what a record has become."""
        key, ids = self._unique_keys[unique], self._mine(self._uniques[unique])
        self._uniques[unique] = ids
        if before is not None and ids.get(key(before)) == before.id:
            del ids[key(before)]
        if after is not None and (new := key(after)) is not None:
            ids[new] = after.id

    def _join(self, group: str, key: Hashable, record_id: str) -> None:
        if key is not None:
            buckets = self._groups[group] = self._mine(self._groups[group])
            buckets[key] = bucket = self._mine(buckets.get(key, {}))
            bucket[record_id] = None

    def _leave(self, group: str, key: Hashable, record_id: str) -> None:
        if key is not None:
            buckets = self._groups[group] = self._mine(self._groups[group])
            buckets[key] = bucket = self._mine(buckets[key])
            del bucket[record_id]
            if not bucket:
                del buckets[key]

    def copy(self) -> Table[R]:
        twin: Table[R] = object.__new__(Table)
        twin.__dict__ |= self.__dict__
        twin._groups, twin._uniques = self._groups.copy(), self._uniques.copy()
        self._me, twin._me = object(), object()
        return twin

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows.values())

    def __len__(self) -> int:
        return len(self.rows)


def of_organization(table: Table[R], organization_id: str, status: str | None) -> list[R]:
    """An organization's records of a table that knows their status, oldest first: those of one
    status, or all."""
    if status is None:
        return table.many("organization", organization_id)
    return table.many("status", (organization_id, status))


_of: Key = attrgetter("organization_id")


def _live(record: User, key: str | None) -> Hashable:
    return None if record.is_deleted or key is None else (record.organization_id, key)


class State:
    """One whole Findity's records. ``ids`` gives the next id and belongs to the state, so that
    going back in time also gives the same ids again."""

    def __init__(self, seed: int = 0) -> None:
        self.ids = Ids(seed)
        self.partners: Table[Partner] = Table(code=attrgetter("code"))
        self.keys: Table[ApiKey] = Table({"organization": _of})
        self.tokens: Table[Token] = Table(
            {"family": attrgetter("family"), "key": attrgetter("key_id")}
        )
        self.organizations: Table[Organization] = Table(
            {
                "application": attrgetter("client_application_id"),
                "external id": attrgetter("external_source_id"),
            },
            external=attrgetter("client_application_id", "external_source_id"),
            vat=attrgetter("vat"),
        )
        self.users: Table[User] = Table(
            {
                "organization": _of,
                "live": lambda r: None if r.is_deleted else r.organization_id,
            },
            external=lambda r: _live(r, r.external_source_id),
            person=lambda r: _live(r, r.person_external_source_id),
        )
        self.invitations: Table[Invitation] = Table({"organization": _of})
        self.dimensions: Table[Dimension] = Table({"organization": _of})
        self.values: Table[DimensionValue] = Table(
            {"organization": _of, "dimension": attrgetter("dimension_id")}
        )
        self.accounts: Table[Account] = Table(
            {"organization": _of}, number=attrgetter("organization_id", "number")
        )
        self.salary_codes: Table[SalaryCode] = Table(
            {"organization": _of}, number=attrgetter("organization_id", "number")
        )
        self.categories: Table[Category] = Table({"organization": _of})
        self.payment_types: Table[PaymentType] = Table({"organization": _of})
        self.recipients: Table[Recipient] = Table({"organization": _of})
        self.reports: Table[Report] = Table(
            {"organization": _of, "status": attrgetter("organization_id", "status")}
        )
        self.exports: Table[Export] = Table(
            {"organization": _of, "status": attrgetter("organization_id", "status")}
        )
        self.vouchers: Table[Voucher] = Table({"organization": _of}, basis=attrgetter("basis_id"))
        self.legs: Table[Leg] = Table({"organization": _of})
        self.bookings: Table[Booking] = Table({"organization": _of})
        self.contents: Table[ContentBytes] = Table({"organization": _of})
        self._shared: frozenset[str] = frozenset()
        self.touched: dict[tuple[str, str], bool] | None = None

    def put(self, *records: Record) -> None:
        for kind, some in groupby(records, type):
            table = self._mine(kind)
            for record in some:
                if self.touched is not None:
                    self._note(record, moves=record.id not in table.rows)
                table.put(record)

    def remove(self, *records: Record) -> None:
        for record in records:
            self._note(record, moves=True)
            self._mine(type(record)).remove(record)

    def _mine(self, kind: type[Record]) -> Table[Any]:
        """The table of a kind, to write to; a copy, made now, of one that a twin has too."""
        name = NAMES[kind]
        if name in self._shared:
            self._shared -= {name}
            setattr(self, name, getattr(self, name).copy())
        table: Table[Any] = getattr(self, name)
        return table

    def _note(self, record: Record, *, moves: bool) -> None:
        """Remember what is written, in the order of the tables, where somebody keeps it elsewhere
        too; a record ``moves`` when it is added to the end of its table or taken out of it."""
        if self.touched is not None:
            key = (NAMES[type(record)], record.id)
            moved = self.touched.pop(key, False) if moves else self.touched.get(key, False)
            self.touched[key] = moves or moved

    def apply(self, change: Change) -> None:
        """Write what a rule decided. Its events are the sandbox's to announce."""
        self.put(*change.put)
        self.remove(*change.remove)

    def remove_organization(self, organization: Organization) -> None:
        """Remove the organization and all that belongs to it."""
        for key in self.keys.many("organization", organization.id):
            self.remove(*self.tokens.many("key", key.id))
        for table in self.tables().values():
            self.remove(*table.many("organization", organization.id))
        self.remove(organization)

    def chart(self) -> Chart:
        """Where voucher rows find what they are booked on."""
        return Chart(
            accounts=self.accounts.rows,
            salary_codes=self.salary_codes.rows,
            categories=self.categories.rows,
            payment_types=self.payment_types.rows,
            users=self.users.rows,
        )

    def copy(self) -> State:
        """The same records in a twin; later writes to one do not show in the other.

        They share their tables until one of them writes, so it costs the same whatever is in them.
        """
        twin = object.__new__(State)
        twin.__dict__ |= self.__dict__
        twin.ids = Ids(self.ids.seed, self.ids.count)
        self._shared = twin._shared = EVERY_NAME
        twin.touched = None
        return twin

    def tables(self) -> dict[str, Table[Any]]:
        """Every table by name, in the order of the class, to read."""
        return {name: getattr(self, name) for name in KINDS}


KINDS: dict[str, type[Record]] = {
    "partners": Partner,
    "keys": ApiKey,
    "tokens": Token,
    "organizations": Organization,
    "users": User,
    "invitations": Invitation,
    "dimensions": Dimension,
    "values": DimensionValue,
    "accounts": Account,
    "salary_codes": SalaryCode,
    "categories": Category,
    "payment_types": PaymentType,
    "recipients": Recipient,
    "reports": Report,
    "exports": Export,
    "vouchers": Voucher,
    "legs": Leg,
    "bookings": Booking,
    "contents": ContentBytes,
}
"""What each table holds, by its name, in the order of the class."""

NAMES = {kind: name for name, kind in KINDS.items()}
EVERY_NAME = frozenset(KINDS)
