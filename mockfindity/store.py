"""Keeping sandboxes over restarts: an embedded database beside the tables in memory.

Reading never touches it. After an operation, what it wrote is written here too, in one transaction,
before the client is answered: whatever was acknowledged is there after a ``kill -9`` (SQLite in WAL
mode; a power cut may cost the last moments). Journal, faults, deliveries and events are not kept.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from .clock import Clock
from .errors import Refusal
from .jsons import encode
from .sandbox import Sandbox
from .settings import Settings
from .state import KINDS, State
from .state_document import Document, Whole, assembled, head, read, written

FILE = "mockfindity.sqlite"
SCHEMA = 1

TABLES = (
    """CREATE TABLE sandboxes (
        position INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
        client_id TEXT NOT NULL, seed INTEGER NOT NULL, head BLOB NOT NULL, made BLOB NOT NULL
    )""",
    """CREATE TABLE records (
        position INTEGER PRIMARY KEY AUTOINCREMENT, sandbox TEXT NOT NULL, kind TEXT NOT NULL,
        id TEXT NOT NULL, data BLOB NOT NULL, UNIQUE (sandbox, kind, id)
    )""",
    """CREATE TABLE snapshots (
        position INTEGER PRIMARY KEY AUTOINCREMENT, sandbox TEXT NOT NULL, name TEXT NOT NULL,
        data BLOB NOT NULL, UNIQUE (sandbox, name)
    )""",
)


class StoreError(Exception):
    """The data directory cannot be used; the text says why and what to do."""


class _Saved(NamedTuple):
    """What a sandbox was when it was last written; its records are compared by ``touched``."""

    state: State
    ids: int
    clock: Clock
    settings: Settings
    snapshots: dict[str, Whole]


class Store:
    """The database of one data directory; only one server at a time may have it."""

    def __init__(self, directory: Path) -> None:
        """Open or make ``directory/mockfindity.sqlite``. Raises ``StoreError``."""
        self.file = directory / FILE
        self._saved: dict[str, _Saved] = {}
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                self.file, timeout=0.5, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{self.file} cannot be opened: {error}.") from None
        with self._closed_if_unusable():
            self._open()

    @contextlib.contextmanager
    def _closed_if_unusable(self) -> Iterator[None]:
        """Say in a sentence what is wrong with the database, and let it go."""
        try:
            yield
        except sqlite3.Error as error:
            self.close()
            raise StoreError(f"{self.file}: {_reason(error)}") from None
        except StoreError:
            self.close()
            raise

    def _open(self) -> None:
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        (schema,) = self._db.execute("PRAGMA user_version").fetchone()
        if schema > SCHEMA:
            raise StoreError(
                f"{self.file} was written by a newer mockfindity (schema {schema}, this one reads "
                f"{SCHEMA}): upgrade, or use another --data-dir."
            )
        (problem,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        if problem != "ok":
            raise sqlite3.DatabaseError(problem.replace("\n", " "))
        with _Transaction(self._db):
            if schema == 0:
                for statement in TABLES:
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {SCHEMA}")

    def close(self) -> None:
        self._db.close()

    def load(self) -> list[Sandbox]:
        """The sandboxes that were kept. Raises ``StoreError`` for what cannot be read."""
        with self._closed_if_unusable():
            rows = self._db.execute(
                "SELECT name, client_id, seed, head, made FROM sandboxes ORDER BY position"
            )
            return [self._loaded(*row) for row in rows.fetchall()]

    def _loaded(self, name: str, client_id: str, seed: int, head_: bytes, made: bytes) -> Sandbox:
        sandbox = Sandbox(name, seed, (client_id, ""))
        try:
            document = msgspec.json.decode(head_, type=Document)
            document.tables = self._tables(name)
            sandbox.put_back(assembled(document))
            sandbox.made = read(made)
            for snapshot, data in self._snapshots(name):
                sandbox.snapshots[snapshot] = read(data)
            _check_own_key(sandbox)
        except (msgspec.MsgspecError, Refusal, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{self.file}: sandbox {name!r} cannot be read: {error}. "
                "Go back to a copy of it, or use another --data-dir."
            ) from None
        sandbox.state.touched = {}
        self._saved[name] = _now(sandbox)
        return sandbox

    def _tables(self, name: str) -> dict[str, msgspec.Raw]:
        tables: dict[str, list[bytes]] = {table: [] for table in KINDS}
        rows = self._db.execute(
            "SELECT kind, data FROM records WHERE sandbox = ? ORDER BY position", (name,)
        )
        for kind, data in rows:
            tables[kind].append(data)
        return {kind: msgspec.Raw(b"[" + b",".join(found) + b"]") for kind, found in tables.items()}

    def _snapshots(self, name: str) -> list[tuple[str, bytes]]:
        return self._db.execute(
            "SELECT name, data FROM snapshots WHERE sandbox = ? ORDER BY position", (name,)
        ).fetchall()

    def save(self, sandbox: Sandbox) -> None:
        """Write what has changed since the last time, in one transaction."""
        before, now = self._saved.get(sandbox.name), _now(sandbox)
        if before == now and not now.state.touched:
            return
        with _Transaction(self._db):
            if before is None:
                self._write_made(sandbox)
            if before is None or before.state is not now.state:
                self._write_whole(sandbox)
            else:
                self._write_touched(sandbox)
            self._db.execute(
                "UPDATE sandboxes SET head = ? WHERE name = ?",
                (encode(head(_whole(sandbox))), sandbox.name),
            )
            self._write_snapshots(sandbox, before.snapshots if before else {})
        now.state.touched = {}
        self._saved[sandbox.name] = now

    def _write_made(self, sandbox: Sandbox) -> None:
        """What never changes of a sandbox; its head follows."""
        made = sandbox.made
        self._db.execute(
            "INSERT INTO sandboxes (name, client_id, seed, head, made) VALUES (?, ?, ?, '', ?)",
            (sandbox.name, sandbox.client_id, made.state.ids.seed, encode(written(made))),
        )

    def _write_whole(self, sandbox: Sandbox) -> None:
        self._db.execute("DELETE FROM records WHERE sandbox = ?", (sandbox.name,))
        self._db.executemany(
            "INSERT INTO records (sandbox, kind, id, data) VALUES (?, ?, ?, ?)",
            (
                (sandbox.name, kind, record.id, encode(record))
                for kind, table in sandbox.state.tables().items()
                for record in table
            ),
        )

    def _write_touched(self, sandbox: Sandbox) -> None:
        """A record that was added or moved is written anew, behind those of its table."""
        tables = sandbox.state.tables()
        for (kind, record_id), moved in (sandbox.state.touched or {}).items():
            key, record = (sandbox.name, kind, record_id), tables[kind].get(record_id)
            if moved:
                self._db.execute(
                    "DELETE FROM records WHERE sandbox = ? AND kind = ? AND id = ?", key
                )
            if record is not None:
                self._db.execute(
                    "INSERT INTO records (sandbox, kind, id, data) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (sandbox, kind, id) DO UPDATE SET data = excluded.data",
                    (*key, encode(record)),
                )

    def _write_snapshots(self, sandbox: Sandbox, before: dict[str, Whole]) -> None:
        for name in before.keys() - sandbox.snapshots.keys():
            self._db.execute(
                "DELETE FROM snapshots WHERE sandbox = ? AND name = ?", (sandbox.name, name)
            )
        for name, whole in sandbox.snapshots.items():
            if before.get(name) is not whole:
                self._db.execute(
                    "INSERT OR REPLACE INTO snapshots (sandbox, name, data) VALUES (?, ?, ?)",
                    (sandbox.name, name, encode(written(whole))),
                )

    def forget(self, sandbox: Sandbox) -> None:
        """Remove all of a sandbox that was dropped."""
        with _Transaction(self._db):
            self._db.execute("DELETE FROM records WHERE sandbox = ?", (sandbox.name,))
            self._db.execute("DELETE FROM snapshots WHERE sandbox = ?", (sandbox.name,))
            self._db.execute("DELETE FROM sandboxes WHERE name = ?", (sandbox.name,))
        self._saved.pop(sandbox.name, None)


class _Transaction:
    """``BEGIN IMMEDIATE`` … ``COMMIT``, or ``ROLLBACK`` when something goes wrong."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            if kind is None:
                self._db.execute("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")


def _whole(sandbox: Sandbox) -> Whole:
    return Whole(sandbox.state, sandbox.clock, sandbox.settings)


def _now(sandbox: Sandbox) -> _Saved:
    state = sandbox.state
    snapshots = dict(sandbox.snapshots)
    return _Saved(state, state.ids.count, sandbox.clock, sandbox.settings, snapshots)


def _check_own_key(sandbox: Sandbox) -> None:
    """Raise ``ValueError`` where the key that leads to a sandbox is in some version of it not."""
    for whole in (_whole(sandbox), sandbox.made, *sandbox.snapshots.values()):
        if whole.state.keys.get(sandbox.client_id) is None:
            raise ValueError(f"its key {sandbox.client_id!r} is missing")


def _reason(error: sqlite3.Error) -> str:
    """What an error of the database means for whoever chose the directory."""
    code = getattr(error, "sqlite_errorcode", None)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another server uses it; stop that one, or use another --data-dir."
    if isinstance(error, sqlite3.OperationalError):
        return f"{error}."
    return f"it is damaged, or no database ({error}): use a copy of it, or another --data-dir."
