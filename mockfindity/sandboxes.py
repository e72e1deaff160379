"""The registry of sandboxes: which one a request belongs to.

The API key decides: keys and tokens begin with the name of their sandbox, so that finding it costs
one dictionary look-up and a balancer in front can route by it too. Only the sandbox ``default``
has a key that is written down in every example.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .errors import BadRequest, Conflict, SandboxNotFound
from .journal import Room
from .sandbox import DEFAULT, DEFAULT_KEY, Sandbox, fork, new_key

if TYPE_CHECKING:
    from .store import Store

NAME = re.compile(r"[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?")


class Sandboxes:
    """Every sandbox of a server, by name; ``default`` is always there.

    ``base_url`` is what URLs that the server writes begin with; ``allow_public_webhooks`` lets
    webhooks go to addresses that are neither loopback nor private. ``store`` keeps the sandboxes
    over restarts; without one they live as long as the process.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:4655",
        *,
        seed: int = 0,
        allow_public_webhooks: bool = False,
        store: Store | None = None,
    ) -> None:
        self.base_url = base_url
        self.allow_public_webhooks = allow_public_webhooks
        self.store = store
        self._by_name: dict[str, Sandbox] = {}
        self._room = Room()
        for sandbox in store.load() if store else ():
            self._take_in(sandbox)
        if DEFAULT not in self._by_name:
            self._take_in(Sandbox(DEFAULT, seed, DEFAULT_KEY))
            self.keep(self.default)

    def __iter__(self) -> Iterator[Sandbox]:
        return iter(list(self._by_name.values()))

    def __len__(self) -> int:
        return len(self._by_name)

    def __getitem__(self, name: str) -> Sandbox:
        sandbox = self._by_name.get(name)
        if sandbox is None:
            raise SandboxNotFound(
                f"there is no sandbox {name!r}: POST /_mockfindity/sandboxes makes one."
            )
        return sandbox

    @property
    def default(self) -> Sandbox:
        return self._by_name[DEFAULT]

    def owner_of(self, key_or_token: str) -> Sandbox | None:
        """The sandbox that a client id or token belongs to, by what it begins with."""
        if key_or_token == DEFAULT_KEY[0]:
            return self.default
        return self._by_name.get(key_or_token.partition(".")[0])

    def create(self, name: str | None, seed: int | None, source: str | None) -> Sandbox:
        """A new sandbox with a key of its own: empty, or what ``source`` is, which names a
        sandbox or ``sandbox/snapshot``.

        Raises ``BadRequest`` for a name that cannot begin a key, ``Conflict`` for one in use,
        ``SandboxNotFound`` and ``SnapshotNotFound`` for a source that is not there.
        """
        name = name or self._free_name()
        if not NAME.fullmatch(name):
            raise BadRequest(
                f"name {name!r}: up to 64 lower-case letters, digits, - and _ were expected."
            )
        if name in self._by_name:
            raise Conflict(f"there is a sandbox {name!r} already: delete it, or choose another.")
        key = new_key(name)
        if source is None:
            sandbox = Sandbox(name, seed or 0, key)
        else:
            origin, slash, snapshot = source.partition("/")
            whole = self[origin].find_snapshot(snapshot) if slash else self[origin].whole()
            sandbox = fork(name, key, whole, seed)
        self._take_in(sandbox)
        return sandbox

    def _take_in(self, sandbox: Sandbox) -> None:
        self._by_name[sandbox.name] = sandbox
        sandbox.journal.share(self._room)

    def _free_name(self) -> str:
        while (name := f"sandbox-{secrets.token_hex(4)}") in self._by_name:
            pass
        return name

    def drop(self, sandbox: Sandbox) -> None:
        """Forget a sandbox; its keys and tokens are those of nobody afterwards."""
        if sandbox.name == DEFAULT:
            raise BadRequest("the sandbox 'default' always exists: reset it instead.")
        sandbox.deliveries.clear()
        del self._by_name[sandbox.name]
        sandbox.journal.leave()
        if self.store is not None:
            self.store.forget(sandbox)

    def forget(self, name: str) -> bool:
        """Drop a sandbox of a server without a store, from any thread: whether it could be done.

        Not where webhooks were sent or are waited for, which the server's thread has to end.
        """
        sandbox = self._by_name.get(name)
        if sandbox is None or name == DEFAULT or not sandbox.deliveries.is_untouched:
            return False
        if self._by_name.pop(name, None) is None:
            return False
        sandbox.journal.leave()
        return True

    def begin_here(self, sandbox: Sandbox) -> None:
        """Let what a sandbox is now be how it was made, here and in the store."""
        sandbox.begin_here()
        if self.store is not None:
            self.store.forget(sandbox)
        self.keep(sandbox)

    def close(self) -> None:
        """Write what is not written yet, and let the store go."""
        if self.store is not None:
            for sandbox in self:
                self.store.save(sandbox)
            self.store.close()
            self.store = None

    def keep(self, sandbox: Sandbox) -> None:
        """Write what has changed in a sandbox to the store, if there is one."""
        if self.store is not None and self._by_name.get(sandbox.name) is sandbox:
            self.store.save(sandbox)
