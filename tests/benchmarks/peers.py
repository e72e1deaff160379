"""mockfindity beside other servers that tests are given, each asked in turns with it.

    make bench-peers [ARGS='--only moto --json FILE']

The peers are installed into ``.venv-peers`` where they are not there yet: from PyPI, or from npm,
which needs Node; WireMock needs Java. What cannot be had is said.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from mockfindity import Findity

from . import machine
from .company import Company
from .docs import write
from .load import Asked, Effort, LoadError, in_turns, load, median
from .peer_homes import NotToBeHad, search_path
from .peer_kinds import PEERS, Bodies, Peer
from .program import ended, say, with_files
from .rows import Row, at_least, markdown, shown
from .servers import CLIENT_CORE, PROGRAM, SERVER_CORE, running
from .starts import SERVING, said

EFFORT = Effort(seconds=1, rounds=5)
KINDS = ("GET one", "GET a list of 100", "POST")
PATIENCE = 60
"""Seconds that a peer has to give its first answer."""


class Standing(NamedTuple):
    """A peer that runs: its URL, and the milliseconds from its start to its first answer."""

    url: str
    took: float


def main() -> int:
    options = parser().parse_args()
    if shutil.which("wrk") is None:
        say("wrk is needed; on Debian and Ubuntu: apt install wrk")
        return 2
    os.environ.pop("PYTHONPATH", None)
    os.environ |= {"PATH": search_path(), "NO_UPDATE_NOTIFIER": "1"}
    os.sched_setaffinity(0, {CLIENT_CORE})
    found: dict[str, list[Row]] = {}
    missing: list[str] = []
    for peer in PEERS:
        if options.only is None or any(name in peer.name for name in options.only):
            say(peer.name)
            try:
                found[peer.name] = list(told(beside(peer)))
            except (NotToBeHad, LoadError) as error:
                missing.append(f"{peer.name} was not measured: {error}.")
                say(missing[-1])
    table = "\n".join([pivot(found), *(f"\n{line}" for line in missing)])
    sys.stdout.write(f"{machine.today()}, {machine.machine()}\n\n{table}\n")
    if options.json:
        options.json.write_text(json.dumps(document(found, missing), indent=2) + "\n")
    if options.docs:
        write(options.docs, "bench-peers", table)
    return 0 if all(row.is_met for rows in found.values() for row in rows) else 1


def pivot(found: Mapping[str, Sequence[Row]]) -> str:
    """A line for each peer: how many times faster mockfindity is."""
    lines = [[name, *map(_cell, rows)] for name, rows in found.items()]
    return markdown(("beside", *KINDS, "start"), lines)


def _cell(row: Row) -> str:
    text = f"{shown(row.value)} {row.unit}"
    return text if row.is_met else f"**{text}**"


def document(found: Mapping[str, Sequence[Row]], missing: Sequence[str]) -> dict[str, object]:
    """All that is known about a run, for JSON."""
    peers = {name: [row.as_data() for row in rows] for name, rows in found.items()}
    where = {"machine": machine.machine(), "versions": machine.versions()}
    return {"date": machine.today(), **where, "peers": peers, "missing": missing}


def told(rows: Iterator[Row]) -> Iterator[Row]:
    """Say each as it comes."""
    for row in rows:
        met = "ahead " if row.is_met else "BEHIND"
        say(f"  {met} {row.what}: {shown(row.value)} {row.unit}  {row.told}")
        yield row


def beside(peer: Peer) -> Iterator[Row]:
    """mockfindity ÷ this peer: the rates of GET one, of a list and of POST, and the start."""
    with tempfile.TemporaryDirectory() as folder, running() as server:
        company = Company(Findity.at(server.url))
        first = company.with_accounts(100)[0]
        ours = [company.get_one(first), company.get_list(), company.post_one()]
        bodies = Bodies(*(company.http.get(one.path).text for one in (*ours[:2], ours[0])))
        port = free_port()
        with standing(peer.command(Path(folder), port, bodies), port, folder) as there:
            one = Asked("GET", peer.fill(there.url), peer.token)
            theirs = [one, Asked("GET", peer.path, peer.token), peer.new]
            for asked in theirs:
                load(there.url, [asked], -(-peer.warm // len(theirs)))
            yield from _rates(peer, (server.url, ours), (there.url, theirs))
        yield _start(peer, folder, bodies)


def _rates(
    peer: Peer, here: tuple[str, list[Asked]], there: tuple[str, list[Asked]]
) -> Iterator[Row]:
    for name, ours, theirs in zip(KINDS, here[1], there[1], strict=True):
        ratio, told = in_turns(
            partial(load, here[0], [ours], EFFORT.seconds),
            partial(load, there[0], [theirs], EFFORT.seconds),
            EFFORT.rounds,
        )
        bound = 1.0
        if peer.keeps_nothing and name == "POST":
            bound, told = 0.0, f"{told}; it keeps nothing"
        yield at_least(name, ratio, bound, "×", told)


def _start(peer: Peer, folder: str, bodies: Bodies) -> Row:
    """The start, in turns; the folder has what the peer wrote when it was there before."""
    ours, theirs = [], []
    if peer.in_process:
        return _start_in_process(peer, peer.command(Path(folder), 0, bodies)[0])
    for _ in range(EFFORT.rounds):
        port = free_port()
        with standing([PROGRAM, "serve", "--port", str(port)], port, folder) as here:
            ours.append(here.took)
        port = free_port()
        with standing(peer.command(Path(folder), port, bodies), port, folder) as there:
            theirs.append(there.took)
    told = f"{median(ours):.0f} of {median(theirs):.0f} ms"
    return at_least("start", median(theirs) / median(ours), 1, "×", told)


def _start_in_process(peer: Peer, python: str) -> Row:
    """The start as a test has it: everything is imported by then."""
    ours, theirs = [], []
    for _ in range(EFFORT.rounds):
        ours.append(float(said(sys.executable, "-c", SERVING).split()[0]))
        theirs.append(float(said(python, "-c", peer.in_process)))
    told = f"{median(ours):.2f} of {median(theirs):.2f} ms, in process"
    return at_least("start", median(theirs) / median(ours), 1, "×", told)


@contextmanager
def standing(command: list[str], port: int, home: str) -> Iterator[Standing]:
    """A server on the first core, at home in a folder of its own, while the block runs. Raises
    ``NotToBeHad``, with the last that it wrote, if it ends before it answers, or does not in
    time."""
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile("w+") as written:
        began = time.monotonic()
        pinned = ["taskset", "-c", str(SERVER_CORE), *command]
        there = os.environ | {"HOME": home}
        with subprocess.Popen(
            pinned, stdout=written, stderr=written, cwd=home, env=there
        ) as process:
            try:
                while not answers(url):
                    if process.poll() is not None or time.monotonic() > began + PATIENCE:
                        written.seek(0)
                        raise NotToBeHad(f"it does not start: {written.read()[-300:].strip()}")
                    time.sleep(0.002)
                yield Standing(url, (time.monotonic() - began) * 1000)
            finally:
                process.terminate()


def answers(url: str) -> bool:
    """Whether somebody answers there, whatever it is."""
    try:
        urllib.request.urlopen(f"{url}/accounts", timeout=20).read()
    except urllib.error.HTTPError:
        return True
    except (OSError, urllib.error.URLError):
        return False
    return True


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    names = ", ".join(peer.name for peer in PEERS)
    parser.add_argument("--only", action="append", metavar="NAME", help=f"part of: {names}")
    return with_files(parser)


if __name__ == "__main__":
    sys.exit(ended(main))
