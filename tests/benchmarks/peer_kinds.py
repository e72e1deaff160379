"""The peers: how each is started, and what it is asked.

Each serves a list of a hundred objects, one of them, and takes a new one; those that make things up
from a file have the bodies that mockfindity gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx2

from .load import Asked
from .peer_homes import from_npm, from_pypi, needed

MANY = 100
BODY = json.dumps({"name": "Freight %d", "number": "N%d"})
NEW = Asked("POST", "/accounts", "-", BODY)


@dataclass(frozen=True)
class Bodies:
    """What mockfindity answers to the three requests, for those that are told what to say."""

    one: str
    many: str
    new: str


@dataclass(frozen=True)
class Peer:
    """``command`` makes the command line from a folder of its own and a port, and writes what it
    needs into the folder; ``fill`` makes what is asked for, where that has to be done over HTTP,
    and gives the path of one. ``path`` is that of the list. ``warm`` is how many seconds it is
    asked before anything is measured. One that ``keeps_nothing`` may be faster with POST."""

    name: str
    command: Callable[[Path, int, Bodies], list[str]]
    path: str = "/accounts"
    fill: Callable[[str], str] = lambda url: "/accounts/1"
    new: Asked = NEW
    token: str = "-"
    warm: int = 2
    keeps_nothing: bool = False
    in_process: str = ""
    """A program that prints how many milliseconds a start takes once all is imported, of what is
    not started as a process but in a test."""


def wiremock(folder: Path, port: int, bodies: Bodies) -> list[str]:
    """WireMock, without its journal, with a file for each answer."""
    java = needed("java", "default-jre-headless")
    jar = from_npm("wiremock", "wiremock/build/*.jar")
    mappings = folder / "mappings"
    mappings.mkdir(exist_ok=True)
    answers = {
        ("GET", "/accounts/1", 200): bodies.one,
        ("GET", "/accounts", 200): bodies.many,
        ("POST", "/accounts", 201): bodies.new,
    }
    for (method, path, status), body in answers.items():
        response = {"status": status, "body": body, "headers": {"Content-Type": "application/json"}}
        mapping = {"request": {"method": method, "urlPath": path}, "response": response}
        (mappings / f"{method}{len(path)}.json").write_text(json.dumps(mapping))
    quiet = ("--no-request-journal", "--disable-banner")
    return [java, "-jar", jar, "--port", str(port), "--root-dir", str(folder), *quiet]


def prism(folder: Path, port: int, bodies: Bodies) -> list[str]:
    """Prism, with an OpenAPI document that has the answers as examples."""
    program = from_npm("@stoplight/prism-cli", ".bin/prism")
    file = folder / "openapi.json"
    file.write_text(json.dumps(openapi(bodies)))
    return [program, "mock", "--port", str(port), "--verboseLevel", "silent", str(file)]


def mockoon(folder: Path, port: int, bodies: Bodies) -> list[str]:
    """Mockoon, with the same document."""
    program = from_npm("@mockoon/cli", ".bin/mockoon-cli")
    file = folder / "openapi.json"
    file.write_text(json.dumps(openapi(bodies)))
    quiet = ("--disable-log-to-file", "--disable-admin-api")
    return [program, "start", "--data", str(file), "--port", str(port), *quiet]


def json_server(folder: Path, port: int, bodies: Bodies) -> list[str]:
    """json-server, with a hundred accounts in its file."""
    program = from_npm("json-server", ".bin/json-server")
    file = folder / "db.json"
    one = json.loads(bodies.one)
    file.write_text(json.dumps({"accounts": [one | {"id": n + 1} for n in range(MANY)]}))
    return [program, "--host", "127.0.0.1", "--port", str(port), "--quiet", str(file)]


def localstripe(folder: Path, port: int, bodies: Bodies) -> list[str]:
    """localstripe, which keeps customers."""
    python = from_pypi("localstripe", "localstripe")
    return [python, "-m", "localstripe", "--port", str(port), "--from-scratch"]


def moto(folder: Path, port: int, bodies: Bodies) -> list[str]:
    """moto's server, which keeps the objects of a bucket."""
    return [from_pypi("moto[server]", "moto"), "-m", "moto.server", "--port", str(port)]


HTTPSERVER = """
import json, sys, threading
from pytest_httpserver import HTTPServer
one, many, new = (open(f"{sys.argv[1]}/{name}").read() for name in ("one", "many", "new"))
with HTTPServer(host="127.0.0.1", port=int(sys.argv[2])) as server:
    kind = "application/json"
    for method, path, status, body in (
        ("GET", "/accounts/1", 200, one), ("GET", "/accounts", 200, many),
        ("POST", "/accounts", 201, new),
    ):
        asked = server.expect_request(path, method=method)
        asked.respond_with_data(body, status=status, content_type=kind)
    threading.Event().wait()
"""


IN_PROCESS = """
import statistics, time
from pytest_httpserver import HTTPServer
starts = []
for _ in range(12):
    began = time.perf_counter()
    with HTTPServer():
        starts.append((time.perf_counter() - began) * 1000)
print(statistics.median(starts[2:]))
"""


def httpserver(folder: Path, port: int, bodies: Bodies) -> list[str]:
    """pytest-httpserver, with three expectations."""
    python = from_pypi("pytest-httpserver", "pytest_httpserver")
    for name in ("one", "many", "new"):
        (folder / name).write_text(getattr(bodies, name))
    return [python, "-c", HTTPSERVER, str(folder), str(port)]


def openapi(bodies: Bodies) -> dict[str, object]:
    """A document of the three requests, with the answers as examples."""

    def answers(status: str, body: str) -> dict[str, object]:
        content = {"application/json": {"example": json.loads(body)}}
        return {"responses": {status: {"description": "OK", "content": content}}}

    taken = {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}
    identified = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Accounts", "version": "1"},
        "paths": {
            "/accounts": {
                "get": answers("200", bodies.many),
                "post": answers("201", bodies.new) | taken,
            },
            "/accounts/{id}": {"get": answers("200", bodies.one), "parameters": [identified]},
        },
    }


STRIPE = "sk_test_12345"


def customers(url: str) -> str:
    """A hundred customers of localstripe; the path of the last."""
    headers = {"authorization": f"Bearer {STRIPE}"}
    with httpx2.Client(base_url=url, headers=headers, verify=False) as http:
        for number in range(MANY):
            made = http.post("/v1/customers", json={"name": f"Freight {number}"})
    return f"/v1/customers/{made.raise_for_status().json()['id']}"


def objects(url: str) -> str:
    """A hundred objects in a bucket of moto's S3; the path of one."""
    with httpx2.Client(base_url=url, verify=False) as http:
        http.put("/accounts").raise_for_status()
        for number in range(MANY):
            http.put(f"/accounts/{number}", content=b"{}").raise_for_status()
    return "/accounts/1"


PEERS = (
    Peer("WireMock, without journal, warm", wiremock, warm=20, keeps_nothing=True),
    Peer("Prism", prism),
    Peer("Mockoon", mockoon),
    Peer("json-server", json_server),
    Peer(
        "localstripe",
        localstripe,
        path="/v1/customers?limit=100",
        fill=customers,
        new=Asked("POST", "/v1/customers", STRIPE, json.dumps({"name": "Freight %d"})),
        token=STRIPE,
    ),
    Peer("moto", moto, fill=objects, new=Asked("PUT", "/accounts/new", "-", BODY)),
    Peer("pytest-httpserver", httpserver, in_process=IN_PROCESS),
)
