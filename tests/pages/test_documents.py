"""The OpenAPI documents as they are served."""

from __future__ import annotations

import subprocess
import sys

import httpx2
import pytest

NAMES = ["oauth.json", "admin.json", "connect.json", "control.json"]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_for_the_server_that_is_asked(server: str, name: str) -> None:
    answer = httpx2.get(f"{server}/openapi/{name}", verify=False)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    document = answer.json()
    assert document["openapi"].startswith("3.1.")
    assert document["servers"] == [{"url": "/"}]
    assert document["paths"]


@pytest.mark.parametrize("name", NAMES)
def test_pages_of_any_origin_may_read_a_document(server: str, name: str) -> None:
    origin = {"origin": "https://editor.example"}

    answer = httpx2.get(f"{server}/openapi/{name}", headers=origin, verify=False)
    control = httpx2.get(f"{server}/_mockfindity/clock", headers=origin, verify=False)

    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in control.headers


@pytest.mark.parametrize("name", ["expense.json", "admin", "admin.yaml", "..%2fadmin.json"])
def test_a_document_there_is_not_is_answered_with_those_there_are(server: str, name: str) -> None:
    answer = httpx2.get(f"{server}/openapi/{name}", verify=False)

    assert answer.status_code == 404
    assert answer.json()["code"] == "NOT_FOUND"
    assert (
        "there are oauth.json, admin.json, connect.json, control.json."
        in (answer.json()["description"])
    )


def test_nothing_of_the_pages_is_read_before_it_is_asked_for() -> None:
    code = """
import sys
opened = []
sys.addaudithook(lambda event, found: opened.append(str(found[0])) if event == "open" else None)
from mockfindity.app import create_app
create_app()
print([name for name in opened if "openapi" in name and name.endswith(".json") or "/docs/" in name])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
