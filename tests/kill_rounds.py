"""Kill a server with SIGKILL while it writes, start it again, and look for what it had promised.

    python tests/kill_rounds.py --rounds 50

Several writers note what was answered with success, and nothing else. After every restart each
note must hold: a record is there, one that was deleted is not, a counter is no lower. All rounds
share one data directory, so that the notes of the first hold in the last. Exit code 1 if any is
lost.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
from support import Findity

WRITERS = 4


class Note(NamedTuple):
    """What was acknowledged: that a table of a sandbox has (``there``) or has not some value."""

    sandbox: str
    table: str
    field: str
    value: str
    there: bool = True


class Notes:
    """Everything that was acknowledged, by whichever writer."""

    def __init__(self) -> None:
        self.all: dict[Note, None] = {}
        self.counters: dict[str, int] = {}
        self.refused: list[str] = []

    def note(self, note: Note) -> None:
        self.all[note] = None

    def forget(self, note: Note) -> None:
        del self.all[note]


@contextmanager
def server(directory: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a data directory, in a process of its own; killed at the end."""
    command = ["serve", "--port", "0", "--data-dir", str(directory)]
    with subprocess.Popen(
        [sys.executable, "-m", "mockfindity", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            ready = process.stdout.readline()
            assert ready.startswith("Ready. "), process.stderr.read()
            yield process, ready.removeprefix("Ready. ").strip()
        finally:
            process.kill()


class Writer:
    """One client that writes until the server is gone, in an organization of its own."""

    def __init__(self, url: str, made: dict[str, Any], name: str, notes: Notes) -> None:
        self.findity, self.name, self.notes = Findity(url, made), name, notes
        self.number = 0
        self.wrote("tokens", "id", self.findity.api.headers["authorization"].split()[1])
        self.wrote("organizations", "id", self.findity.organization(name)["id"])

    def wrote(self, table: str, field: str, value: str, *, there: bool = True) -> None:
        self.notes.note(Note(self.findity.name, table, field, value, there))

    def run(self, steps: random.Random) -> None:
        """Write in any order; ends when the connection breaks."""
        todo: list[Callable[[], None]] = [
            *(self.user, self.report, self.send),
            *(self.account, self.setting, self.snapshot),
        ]
        try:
            self.user()
            while True:
                self.number += 1
                steps.choice(todo)()
        except httpx2.TransportError:
            pass
        except AssertionError as error:
            self.notes.refused.append(str(error))
        finally:
            self.findity.http.close()
            self.findity.api.close()

    def user(self) -> None:
        name = f"{self.name}-{self.number}"
        self.findity.users(name)
        self.wrote("users", "externalSourceId", name)

    def report(self) -> None:
        self.wrote("reports", "id", self.findity.report(owner=f"{self.name}-0"))

    def send(self) -> None:
        """A report all the way: written, sent, booked."""
        self.wrote("reports", "id", self.findity.ready(owner=f"{self.name}-0"))
        export = self.findity.bulk_send()["exportId"]
        self.wrote("exports", "id", export)
        self.findity.book(export)
        for voucher in self.findity.vouchers(export):
            self.wrote("vouchers", "id", voucher["id"])

    def account(self) -> None:
        body = {"number": f"{self.number}-{self.name}", "name": "x"}
        made = self.findity.api.post(self.findity.accounts, json=body)
        assert made.status_code == 201, made.text
        self.wrote("accounts", "id", made.json()["id"])
        if self.number % 2:
            # From the request to its answer nobody knows whether the account is there.
            self.notes.forget(Note(self.findity.name, "accounts", "id", made.json()["id"]))
            gone = self.findity.api.delete(f"{self.findity.accounts}/{made.json()['id']}")
            assert gone.status_code == 204, gone.text
            self.wrote("accounts", "id", made.json()["id"], there=False)

    def setting(self) -> None:
        lifetime = self.notes.counters.get(self.findity.name, 3600) + 1
        if self.name.endswith("0"):  # one writer a sandbox counts
            self.findity.changed("/settings", {"tokenLifetime": lifetime})
            self.notes.counters[self.findity.name] = lifetime

    def snapshot(self) -> None:
        if self.number % 5 == 0:
            name = f"snapshot {self.name[-1]}"
            self.findity.changed(f"/snapshots/{name}", None)
            self.wrote("snapshots", "name", name)


def load(url: str, round_: int, notes: Notes, chance: random.Random) -> list[threading.Thread]:
    """Let writers begin: two in the sandbox ``default``, the others in a new one."""
    with httpx2.Client(base_url=f"{url}/_mockfindity", verify=False) as http:
        new = http.post("/sandboxes", json={"name": f"round-{round_}"}).json()
        default = http.get("/sandboxes/default").json()
    threads = []
    for number in range(WRITERS):
        made = (default, new)[number // 2]
        writer = Writer(url, made, f"W{round_}-{number % 2}", notes)
        steps = random.Random(chance.random())
        threads.append(threading.Thread(target=writer.run, args=(steps,)))
    for thread in threads:
        thread.start()
    return threads


def lost(url: str, notes: Notes) -> list[str]:
    """The notes that do not hold any more, and what cannot be read or taken over."""
    found: list[str] = []
    known: dict[str, dict[str, Any]] = {}
    with httpx2.Client(base_url=f"{url}/_mockfindity/sandboxes", timeout=60, verify=False) as http:
        for name in dict.fromkeys(note.sandbox for note in notes.all):
            state = http.get(f"/{name}/state")
            if state.status_code != 200:
                found.append(f"the state of {name}: {state.text}")
                continue
            known[name] = json.loads(state.content)
            tables = known[name]["tables"]
            tables["snapshots"] = http.get(f"/{name}/snapshots").json()["data"]
            if http.put(f"/{name}/state", content=state.content).status_code != 200:
                found.append(f"the state of {name} is refused")
    found += _broken(notes, known)
    for name, counter in notes.counters.items():
        if known[name]["settings"]["tokenLifetime"] < counter:
            found.append(f"{name}: the setting {counter}")
    return found


def _broken(notes: Notes, known: dict[str, dict[str, Any]]) -> Iterator[str]:
    values: dict[tuple[str, str, str], set[str]] = {}
    for note in notes.all:
        key = (note.sandbox, note.table, note.field)
        if key not in values:
            records = known[note.sandbox]["tables"][note.table]
            values[key] = {str(record.get(note.field)) for record in records}
        if (note.value in values[key]) is not note.there:
            yield str(note)


class Outcome(NamedTuple):
    """Rounds played, what was acknowledged in them, and which of it is lost."""

    rounds: int
    acknowledged: int
    lost: list[str]
    slowest_start: float


def play(rounds: int, directory: Path, seed: int) -> Outcome:
    """Write, kill, start again and compare, so many times; ends early when something is lost."""
    notes, chance, gone, slowest = Notes(), random.Random(seed), list[str](), 0.0
    for round_ in range(rounds + 1):
        began = time.perf_counter()
        with server(directory) as (process, url):
            slowest = max(slowest, time.perf_counter() - began)
            gone = notes.refused + lost(url, notes)
            if gone or round_ == rounds:
                return Outcome(round_, len(notes.all), gone, slowest)
            threads = load(url, round_, notes, chance)
            time.sleep(chance.uniform(0.02, 0.5))
            process.send_signal(signal.SIGKILL)
            for thread in threads:
                thread.join(20)
    raise AssertionError("unreachable")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        outcome = play(given.rounds, Path(directory), given.seed)
    summary = (
        f"{outcome.rounds} rounds, {outcome.acknowledged} acknowledged writes, "
        f"{len(outcome.lost)} lost; slowest start {outcome.slowest_start:.2f} s"
    )
    sys.stdout.write("\n  ".join([summary, *outcome.lost[:20]]) + "\n")
    return 1 if outcome.lost else 0


if __name__ == "__main__":
    sys.exit(main())
