"""A sandbox is one whole Findity: state, clock, settings, faults, journal, webhooks, events.

What it *is* (``Whole``: state, clock, settings) can be copied, put back and written out; what
*happened* in it (journal, faults, deliveries, events) cannot, and a reset ends it. Because records
are frozen, a copy of the state shares them, and costs next to nothing.
"""

from __future__ import annotations

import re
import secrets
from collections import deque
from functools import lru_cache
from typing import Any

from .clock import Clock
from .deliveries import Deliveries
from .domain.keys import ApiKey, Token
from .domain.organizations import Partner
from .domain.record import Change
from .domain.templates import BUILT_IN_PARTNERS
from .errors import BadRequest, SnapshotNotFound
from .events import Event
from .faults import Faults
from .journal import Journal
from .rate_limit import Window
from .settings import Settings
from .state import Ids, State
from .state_document import Whole
from .stream import Events
from .work import Work

DEFAULT = "default"
DEFAULT_KEY = ("mockfindity-client", "mockfindity-secret")
CLIENT_APPLICATION = "16200214"
"""The client application of a sandbox's own key; the number is the guides'."""

AS_DOCUMENTED = Settings()
"""The settings that a sandbox begins with; frozen, so one will do."""

SNAPSHOT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,99}")


def random_text(sandbox: str, length: int = 32) -> str:
    """A key or token: the sandbox's name, a dot, and ``length`` random characters."""
    return f"{sandbox}.{secrets.token_urlsafe(length)[:length]}"


def new_key(sandbox: str) -> tuple[str, str]:
    """The id and the secret of a key, of one draw: asking the machine twice takes twice as long."""
    drawn = secrets.token_urlsafe(64)
    return f"{sandbox}.{drawn[:32]}", f"{sandbox}.{drawn[32:64]}"


@lru_cache(maxsize=64)
def _furnished(seed: int) -> State:
    """What every Findity of a seed begins with: its tables, and two partners. Not to be written:
    sandboxes share what they do not change of it, which makes a new one cheap."""
    state = State(seed)
    partners = BUILT_IN_PARTNERS.items()
    state.put(*(Partner(id=state.ids(), code=code, name=name) for code, name in partners))
    return state


class Sandbox:
    """One whole Findity. ``made`` is what it was when it was created; a reset goes back to it.
    ``playing`` names the scenario that is being played in it, if one is."""

    def __init__(self, name: str, seed: int, key: tuple[str, str]) -> None:
        self.name = name
        self.client_id = key[0]
        self.clock = Clock()
        self.settings = AS_DOCUMENTED
        self.state = _furnished(seed).copy()
        self.outbox: deque[Event] = deque()
        self.deliveries = Deliveries(seed)
        self.journal = Journal()
        self.faults = Faults(seed)
        self.window = Window()
        self.events = Events()
        self.snapshots: dict[str, Whole] = {}
        self.playing: str | None = None
        self._work: Work[Any] | None = None
        self.state.put(self._own_key(key[1]))
        self.made = self.whole()

    def _own_key(self, secret: str) -> ApiKey:
        return ApiKey(
            id=self.client_id,
            secret=secret,
            scope="application",
            client_application_id=CLIENT_APPLICATION,
            date_created=self.clock.stamp(),
        )

    @property
    def client_secret(self) -> str:
        """The secret of the sandbox's own key, as it is now."""
        return self.state.keys.rows[self.client_id].secret

    def begin(self, work: Work[Any]) -> None:
        """Have work done in slices, which nobody else's writing comes between."""
        self.settle()
        self._work = work

    def settle(self) -> None:
        """Do to its end what was begun, before anybody writes or takes a copy."""
        work, self._work = self._work, None
        if work is not None:
            work.finish()

    def apply(self, change: Change) -> None:
        """Write what a rule decided and leave its events for whoever drains the outbox."""
        self.state.apply(change)
        self.outbox.extend(change.events)

    def whole(self) -> Whole:
        """A copy of what the sandbox is."""
        self.settle()
        return Whole(self.state.copy(), self.clock, self.settings)

    def put_back(self, whole: Whole) -> None:
        """Be what was kept of this sandbox, keys and tokens included."""
        self.settle()
        self.state = whole.state.copy()
        self.clock, self.settings = whole.clock, whole.settings
        self.outbox.clear()

    def reset(self) -> None:
        """Back to how the sandbox was made; what was pending never happens."""
        self.put_back(self.made)
        self.deliveries.clear()
        self.journal.clear()
        self.faults.clear()
        self.window = Window()

    def begin_here(self) -> None:
        """Let what the sandbox is now be how it was made, as if nothing had happened in it."""
        self.state.remove(*self.state.tokens)
        self.made = self.whole()
        self.deliveries.clear()
        self.journal.clear()

    def snapshot(self, name: str) -> Whole:
        """Keep what the sandbox is under a name; one of that name is replaced.

        Raises ``BadRequest`` for a name that could not stand in a path.
        """
        if not SNAPSHOT_NAME.fullmatch(name):
            raise BadRequest(
                f"name {name!r}: up to 100 letters, digits, spaces, '.', '_' and '-' expected."
            )
        self.snapshots.pop(name, None)
        self.snapshots[name] = self.whole()
        return self.snapshots[name]

    def find_snapshot(self, name: str) -> Whole:
        whole = self.snapshots.get(name)
        if whole is None:
            raise SnapshotNotFound(
                f"sandbox {self.name!r} has no snapshot {name!r}: PUT …/snapshots/{name} makes it."
            )
        return whole

    def restore(self, whole: Whole) -> None:
        """Go back to a snapshot. No token whose key is in it ends."""
        tokens = list(self.state.tokens)
        self.put_back(whole)
        self._keep(tokens)
        self.deliveries.drop_pending()

    def take_over(self, whole: Whole) -> None:
        """Be what another sandbox, or a document, is: with this sandbox's keys and no others."""
        state = self.state
        self.put_back(whole)
        self.state.remove(*(t for t in self.state.tokens if not self._is_own(t.key_id)))
        self.state.remove(*(key for key in self.state.keys if not self._is_own(key.id)))
        here = {None, *self.state.organizations.rows}
        self.state.put(*(key for key in state.keys if key.organization_id in here))
        self._keep(list(state.tokens))
        self.deliveries.drop_pending()

    def _is_own(self, key_id: str) -> bool:
        """Whether a key was given by this sandbox, which its own name begins."""
        return key_id == self.client_id or key_id.startswith(f"{self.name}.")

    def _keep(self, tokens: list[Token]) -> None:
        """Lay the tokens there were over those there are, but let none of these end by it."""
        keys, there = self.state.keys.rows, self.state.tokens.rows
        here = [token for token in tokens if token.key_id in keys]
        self.state.put(*(t for t in here if t.ended is None or t.id not in there))


def fork(name: str, key: tuple[str, str], whole: Whole, seed: int | None) -> Sandbox:
    """A new sandbox that is what ``whole`` is, with a key of its own; ``seed`` for new ids.

    They are counted on from there: so no id is given twice, whatever seeds there were before.
    """
    ids = whole.state.ids
    seed = ids.seed if seed is None else seed
    sandbox = Sandbox(name, seed, key)
    sandbox.take_over(whole)
    sandbox.state.ids = Ids(seed, ids.count)
    sandbox.made = sandbox.whole()
    return sandbox
