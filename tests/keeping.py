"""Servers on a data directory, for tests of what is there after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx2
from inspection import memories
from support import Findity

from mockfindity.app import App
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import address, in_thread, listen
from mockfindity.store import Store

NEVER_KEPT = ("delivery ids", "deliveries", "faults")


class Kept:
    """A server on a data directory, its sandboxes to look into, and one that is signed in to."""

    def __init__(self, sandboxes: Sandboxes) -> None:
        self.sandboxes, self.url = sandboxes, sandboxes.base_url
        self.made: list[Findity] = []
        # Nothing here is TLS, and loading certificates would take most of a test's time.
        self.http = httpx2.Client(base_url=f"{self.url}/_mockfindity/sandboxes", verify=False)
        self.findity = self.signed_in(self.http.get("/default"))

    def signed_in(self, made: httpx2.Response) -> Findity:
        self.made.append(Findity(self.url, made.json()))
        return self.made[-1]

    def close(self) -> None:
        self.http.close()
        for findity in self.made:
            findity.http.close()
            findity.api.close()

    def new(self, **options: Any) -> Findity:
        return self.signed_in(self.http.post("", json=options))

    def memories(self) -> dict[str, dict[str, Any]]:
        """What it remembers and keeps; the records of snapshots are looked at one by one."""
        found = memories(self.sandboxes)
        for name, memory in found.items():
            for never in NEVER_KEPT:
                del memory[never]
            sandbox = self.sandboxes[name]
            wholes = {**sandbox.snapshots, "as made": sandbox.made}
            memory["snapshots"] = [
                (
                    snapshot,
                    [(table, list(t.rows.items())) for table, t in whole.state.tables().items()],
                    (whole.state.ids.seed, whole.state.ids.count, whole.clock, whole.settings),
                )
                for snapshot, whole in wholes.items()
            ]
        return found


@contextmanager
def kept(directory: Path) -> Iterator[Kept]:
    """A server on a real socket that keeps its sandboxes in a directory; stopped at the end."""
    listener = listen(port=0)
    sandboxes = Sandboxes(address(listener), store=Store(directory))
    with in_thread(App(sandboxes), listener), closing(Kept(sandboxes)) as server:
        yield server


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def furnish(findity: Findity) -> None:
    """Something of everything."""
    findity.organization("ACME")
    findity.users("ANNA", "BO")
    findity.changed("/settings", {"webhookMode": "collect", "tokenLifetime": 5000})
    findity.changed("/clock", {"now": "2026-03-31T08:00:00Z"})
    findity.recipient(webhookUrl="http://127.0.0.1:9/")
    findity.made("/clients", {"scope": "organization", "organizationId": findity.org})
    findity.ready()
    export = findity.bulk_send()["exportId"]
    findity.book(export)
    findity.api.put(f"{findity.exports}/{export}/content", content=b"\x00\xff")
    values = [{"id": "A", "value": "a"}, {"id": "B", "value": "b"}]
    path = f"{findity.admin}/customdimensions/project/list/"
    assert findity.api.put(path, json={"values": values}).is_success
    findity.changed("/snapshots/one", None)
    findity.changed("/snapshots/two", None)
    findity.changed("/snapshots/one", None)
    findity.ready()
