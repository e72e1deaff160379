"""Keeping sandboxes over restarts: an embedded database beside the tables in memory.

Reading never touches it. After an operation, what it wrote is written here too, in one transaction,
before the client is answered: whatever was acknowledged is there after a ``kill -9`` (SQLite in WAL
mode; a power cut may cost the last moments). Journal, faults, deliveries and events are not kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from .errors import Refusal
from .jsons import encode
from .sandbox import Sandbox
from .state import State
from .state_document import Document, Whole, assembled, read, written

FILE = "mockfindity.sqlite"
SCHEMA = 1

TABLES = """
CREATE TABLE sandboxes (
    name TEXT PRIMARY KEY, client_id TEXT NOT NULL, seed INTEGER NOT NULL, meta BLOB NOT NULL,
    made BLOB NOT NULL
);
CREATE TABLE records (
    position INTEGER PRIMARY KEY AUTOINCREMENT, sandbox TEXT NOT NULL, kind TEXT NOT NULL,
    id TEXT NOT NULL, data BLOB NOT NULL, UNIQUE (sandbox, kind, id)
);
CREATE TABLE snapshots (
    sandbox TEXT NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (sandbox, name)
);
"""


class StoreError(Exception):
    """The data directory cannot be used; the text says why and what to do."""


class Store:
    """The database of one data directory; only one server at a time may have it."""

    def __init__(self, directory: Path) -> None:
        """Open or make ``directory/mockfindity.sqlite``. Raises ``StoreError``."""
        self.file = directory / FILE
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                self.file, timeout=0.5, isolation_level=None, check_same_thread=False
            )
            self._open()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{self.file}: {error}. Does another server use it, or is it no database of ours?"
            ) from None
        self._saved: dict[str, tuple[State, bytes, dict[str, Whole]]] = {}

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
        with self._transaction():
            if schema == 0:
                for statement in TABLES.split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {SCHEMA}")

    def close(self) -> None:
        self._db.close()

    def _transaction(self) -> _Transaction:
        return _Transaction(self._db)

    def load(self) -> Iterator[Sandbox]:
        """The sandboxes that were kept. Raises ``StoreError`` for what cannot be read."""
        rows = self._db.execute("SELECT name, client_id, seed, meta, made FROM sandboxes")
        for name, client_id, seed, meta, made in rows.fetchall():
            try:
                yield self._loaded(name, client_id, seed, meta, made)
            except (msgspec.MsgspecError, Refusal, ValueError, KeyError) as error:
                raise StoreError(f"{self.file}: sandbox {name!r} cannot be read: {error}") from None

    def _loaded(self, name: str, client_id: str, seed: int, meta: bytes, made: bytes) -> Sandbox:
        sandbox = Sandbox(name, seed, (client_id, ""))
        document = msgspec.json.decode(meta, type=Document)
        document.tables = self._tables(name)
        sandbox.put_back(assembled(document))
        sandbox.made = read(made)
        found = self._db.execute("SELECT name, data FROM snapshots WHERE sandbox = ?", (name,))
        for snapshot, data in found.fetchall():
            sandbox.snapshots[snapshot] = read(data)
        sandbox.state.touched = {}
        self._saved[name] = (sandbox.state, meta, dict(sandbox.snapshots))
        return sandbox

    def _tables(self, name: str) -> dict[str, msgspec.Raw]:
        tables: dict[str, list[bytes]] = {table: [] for table in State().kinds()}
        rows = self._db.execute(
            "SELECT kind, data FROM records WHERE sandbox = ? ORDER BY position", (name,)
        )
        for kind, data in rows:
            tables[kind].append(data)
        return {kind: msgspec.Raw(b"[" + b",".join(found) + b"]") for kind, found in tables.items()}

    def save(self, sandbox: Sandbox) -> None:
        """Write what has changed since the last time, in one transaction."""
        state, meta = sandbox.state, _meta(sandbox)
        saved = self._saved.get(sandbox.name)
        if (state, meta, sandbox.snapshots) == saved and not state.touched:
            return
        with self._transaction():
            if saved is None or saved[0] is not state:
                self._write_whole(sandbox)
            else:
                self._write_touched(sandbox)
            self._write_meta(sandbox, meta, new=saved is None)
            self._write_snapshots(sandbox, saved[2] if saved else {})
        state.touched = {}
        self._saved[sandbox.name] = (state, meta, dict(sandbox.snapshots))

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
        tables = sandbox.state.tables()
        for kind, record_id in sandbox.state.touched or ():
            record = tables[kind].get(record_id)
            if record is None:
                self._db.execute(
                    "DELETE FROM records WHERE sandbox = ? AND kind = ? AND id = ?",
                    (sandbox.name, kind, record_id),
                )
            else:
                self._db.execute(
                    "INSERT INTO records (sandbox, kind, id, data) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (sandbox, kind, id) DO UPDATE SET data = excluded.data",
                    (sandbox.name, kind, record_id, encode(record)),
                )

    def _write_meta(self, sandbox: Sandbox, meta: bytes, *, new: bool) -> None:
        if new:
            made = sandbox.made
            self._db.execute(
                "INSERT OR REPLACE INTO sandboxes VALUES (?, ?, ?, ?, ?)",
                (
                    sandbox.name,
                    sandbox.client_id,
                    made.state.ids.seed,
                    meta,
                    encode(written(made)),
                ),
            )
        else:
            self._db.execute("UPDATE sandboxes SET meta = ? WHERE name = ?", (meta, sandbox.name))

    def _write_snapshots(self, sandbox: Sandbox, before: dict[str, Whole]) -> None:
        for name in before.keys() - sandbox.snapshots.keys():
            self._db.execute(
                "DELETE FROM snapshots WHERE sandbox = ? AND name = ?", (sandbox.name, name)
            )
        for name, whole in sandbox.snapshots.items():
            if before.get(name) is not whole:
                self._db.execute(
                    "INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)",
                    (sandbox.name, name, encode(written(whole))),
                )

    def forget(self, sandbox: Sandbox) -> None:
        """Remove all of a sandbox that was dropped."""
        with self._transaction():
            for table, column in (
                ("records", "sandbox"),
                ("snapshots", "sandbox"),
                ("sandboxes", "name"),
            ):
                self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (sandbox.name,))
        self._saved.pop(sandbox.name, None)


class _Transaction:
    """``BEGIN IMMEDIATE`` … ``COMMIT``, or ``ROLLBACK`` when something goes wrong."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


def _meta(sandbox: Sandbox) -> bytes:
    """What of a sandbox is no record: its clock, its settings, how many ids it has given."""
    whole = Whole(sandbox.state, sandbox.clock, sandbox.settings)
    return encode(written(whole) | {"tables": {}})
