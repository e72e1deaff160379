"""The reference clients in a container: they take webhooks at the address that they are told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from node import node

from .conftest import CLIENTS


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8")
@pytest.mark.parametrize(
    "client",
    [f"{sys.executable} {CLIENTS / 'reference.py'}", f"node {CLIENTS / 'reference.mjs'}"],
    ids=["python", "node"],
)
def test_it_listens_where_it_is_told(tmp_path: Path, client: str) -> None:
    there = ("--webhook-url", "http://127.0.0.2:{port}/findity", "--env", "BIND_ADDRESS=127.0.0.2")
    rule = ("--areas", "exports,webhook", "--only", "HOOK-1")
    check = (sys.executable, "-m", "mockfindity", "check", "--service", f"{client} serve")

    done = node(*check, *there, *rule, cwd=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
