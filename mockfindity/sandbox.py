"""A sandbox is one whole Findity; the registry knows which one a request belongs to.

The API key decides: keys and tokens begin with the name of their sandbox, so that finding it costs
one dictionary look-up and a balancer in front can route by it too. Only the sandbox ``default``
has a key that is written down in every example.
"""

from __future__ import annotations

import re
import secrets
from collections import deque
from collections.abc import Iterator

from .clock import Clock
from .deliveries import Deliveries
from .domain.keys import ApiKey
from .domain.organizations import Partner
from .domain.record import Change
from .domain.templates import BUILT_IN_PARTNERS
from .errors import BadRequest, Conflict, SandboxNotFound
from .events import Event
from .settings import Settings
from .state import State

DEFAULT = "default"
DEFAULT_KEY = ("mockfindity-client", "mockfindity-secret")
CLIENT_APPLICATION = "16200214"
"""The client application of a sandbox's own key; the number is the guides'."""

NAME = re.compile(r"[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?")


def random_text(sandbox: str, length: int = 32) -> str:
    """A key or token: the sandbox's name, a dot, and ``length`` random characters."""
    return f"{sandbox}.{secrets.token_urlsafe(length)[:length]}"


class Sandbox:
    """One whole Findity: its state, clock, settings, and what waits to be announced.

    ``made`` is the state as it was when the sandbox was created; a reset goes back to it.
    """

    def __init__(self, name: str, seed: int, key: tuple[str, str]) -> None:
        self.name = name
        self.seed = seed
        self.client_id = key[0]
        self.clock = Clock()
        self.settings = Settings()
        self.state = State(seed)
        self.outbox: deque[Event] = deque()
        self.deliveries = Deliveries(seed)
        self._furnish(key[1])
        self.made = self.state.copy()

    def _furnish(self, secret: str) -> None:
        """What every Findity begins with: a key and two partners."""
        self.state.put(
            ApiKey(
                id=self.client_id,
                secret=secret,
                scope="application",
                client_application_id=CLIENT_APPLICATION,
                date_created=self.clock.stamp(),
            ),
            *(
                Partner(id=self.state.ids(), code=code, name=name)
                for code, name in BUILT_IN_PARTNERS.items()
            ),
        )

    @property
    def client_secret(self) -> str:
        """The secret of the sandbox's own key, as it is now."""
        return self.state.keys.rows[self.client_id].secret

    def apply(self, change: Change) -> None:
        """Write what a rule decided and leave its events for whoever drains the outbox."""
        self.state.apply(change)
        self.outbox.extend(change.events)

    def reset(self) -> None:
        """Back to how the sandbox was made; what was pending never happens."""
        self.state = self.made.copy()
        self.clock = Clock()
        self.settings = Settings()
        self.outbox.clear()
        self.deliveries.clear()


class Sandboxes:
    """Every sandbox of a server, by name; ``default`` is always there.

    ``base_url`` is what URLs that the server writes begin with; ``allow_public_webhooks`` lets
    webhooks go to addresses that are neither loopback nor private.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:4655",
        *,
        seed: int = 0,
        allow_public_webhooks: bool = False,
    ) -> None:
        self.base_url = base_url
        self.allow_public_webhooks = allow_public_webhooks
        self._by_name = {DEFAULT: Sandbox(DEFAULT, seed, DEFAULT_KEY)}

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

    def create(self, name: str | None, seed: int) -> Sandbox:
        """A new, empty sandbox with a key of its own.

        Raises ``BadRequest`` for a name that cannot begin a key, ``Conflict`` for one in use.
        """
        name = name or self._free_name()
        if not NAME.fullmatch(name):
            raise BadRequest(
                f"name {name!r}: up to 64 lower-case letters, digits, - and _ were expected."
            )
        if name in self._by_name:
            raise Conflict(f"there is a sandbox {name!r} already: delete it, or choose another.")
        sandbox = Sandbox(name, seed, (random_text(name), random_text(name)))
        self._by_name[name] = sandbox
        return sandbox

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
