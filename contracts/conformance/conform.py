"""Hold a server against the OpenAPI documents with schemathesis: valid and invalid requests of
every operation, alone and in a row, each answer checked against the document.

It starts a mockfindity of its own, or tries the one at ``--url``. In it it makes sandboxes whose
names begin with ``conformance-``, and drops every sandbox that came while it ran. Without
``--seconds`` the run is short and the same every time; with it, it goes on that long for each
document, from a seed that it prints.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import tomllib
from contextlib import nullcontext
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from preparation import Caller, Json, build, fork

HERE = Path(__file__).parent
DOCUMENTS: dict[str, str | None] = {
    "oauth": None,
    "admin": "bearer.toml",
    "connect": "bearer.toml",
    "control": "control.toml",
}
"""The documents, each with the file that configures it further."""

KEY = "the-key-made-last"
"""Stands for the id of an API key in requests: keys are random, and made anew each time."""

SELDOM_RIGHT = ("createFault", "putState")
"""Most of their bodies are the example: of what is made up, next to nothing belongs together."""

IN_A_FORK: Json = {"DELIVERY_ID": "", "FAULT_ID": ""}
"""What only the control API knows."""


class Given(NamedTuple):
    """What is asked for: where, how long, from which seed, how many examples of an operation."""

    url: str
    token: str | None
    seconds: int | None
    seed: int
    examples: int


def tried(document: str, given: Given, folder: Path) -> Json:
    """The figures of one document, tried in a sandbox of its own."""
    began = time.monotonic()
    caller = Caller(given.url, f"conformance-{document}", given.token)
    there = {sandbox["name"] for sandbox in caller.sandboxes()}
    try:
        environment = _prepared(document, caller, given, folder)
        command = _command(document, given, folder)
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    finally:
        for sandbox in caller.sandboxes():
            if sandbox["name"] not in there:
                caller.http.delete(f"/_mockfindity/sandboxes/{sandbox['name']}")
        caller.http.close()
    if not (folder / "report.json").exists():
        raise RuntimeError(done.stdout + done.stderr)
    figures = _figures(document, folder)
    figures["seconds"] = round(time.monotonic() - began, 1)
    figures["exit"] = done.returncode
    figures["said"] = done.stdout
    return figures


def _prepared(document: str, caller: Caller, given: Given, folder: Path) -> dict[str, str]:
    """Build the sandbox, write what the hooks are told, and give the environment of the run."""
    known = build(caller)
    origin = caller.name if document == "control" else None
    if origin:
        known["SANDBOX"] = f"{origin}-tried"
        tried_one = Caller(given.url, known["SANDBOX"], given.token)
        known |= fork(tried_one, origin, known)
        tried_one.http.close()
    values = _values(IN_A_FORK | known | {"KEY_ID": KEY})
    state = caller.control("GET", "/state")
    state["tables"] |= {"keys": [], "tokens": []}  # they are random, and dropped anyway
    values["example"]["putState"] = state
    whole = json.loads((HERE.parent / "openapi" / f"{document}.json").read_text("utf-8"))
    path = folder / f"{document}.json"
    path.write_text(json.dumps(_with_examples(whole, values)), "utf-8")
    told = {
        "url": given.url,
        "token": given.token,
        "document": str(path),
        "known": known,
        "origin": origin,
        "key": KEY,
        "values": values,
        "bodies": {name: values["example"][name] for name in SELDOM_RIGHT},
    }
    (folder / "told.json").write_text(json.dumps(told), "utf-8")
    more = {
        "BASE_URL": given.url,
        "CONFORMANCE": str(folder / "told.json"),
        "PYTHONPATH": str(HERE),
    }
    own = {"CLIENT_ID": known["CLIENT_ID"], "CLIENT_SECRET": known["CLIENT_SECRET"]}
    return {**os.environ, **more, **own}


def _values(known: Json) -> Json:
    """``values.toml`` with the ids of this sandbox in it."""
    text = (HERE / "values.toml").read_text("utf-8")
    return tomllib.loads(Template(text).substitute(known))


def _with_examples(whole: Json, values: Json) -> Json:
    """The document with what is in the sandbox as the examples of its paths."""
    for item in whole["paths"].values():
        for operation in item.values():
            own = values.get(operation["operationId"], {}).get("path", {})
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    parameter["example"] = (values["path"] | own)[parameter["name"]]
            _add_example(operation, values["example"])
    return whole


def _add_example(operation: Json, bodies: Json) -> None:
    """Give an operation the body that is known to succeed in the sandbox."""
    if operation["operationId"] in bodies:
        content = operation["requestBody"]["content"]["application/json"]
        example = {"value": bodies[operation["operationId"]]}
        content["examples"] = content.get("examples", {}) | {"conformance": example}


def _command(document: str, given: Given, folder: Path) -> list[str]:
    st = Path(sys.executable).with_name("st")
    how = ["--generation-deterministic", "--max-examples", str(given.examples)]
    if given.seconds:
        how = ["--seed", str(given.seed), "--max-time", str(given.seconds)]
    report = ["--report", "json", "--report-json-path", str(folder / "report.json")]
    files = [name for name in ("schemathesis.toml", DOCUMENTS[document]) if name]
    config = folder / "schemathesis.toml"
    config.write_text("".join((HERE / name).read_text("utf-8") for name in files), "utf-8")
    return [
        str(st),
        "--config-file",
        str(config),
        "run",
        str(folder / f"{document}.json"),
        "--no-color",
        *report,
        *how,
    ]


def _figures(document: str, folder: Path) -> Json:
    """What came of it, from schemathesis's report and from the hooks' own counts."""
    report = json.loads((folder / "report.json").read_text("utf-8"))
    counts = json.loads((folder / "figures.json").read_text("utf-8"))
    selected = report["operations"]["selected"]
    return {
        "document": document,
        "operations": selected,
        "succeeded": len(counts["accepted"]),
        "never": sorted(set(counts["requests"]) - set(counts["accepted"])),
        "requests": sum(counts["requests"].values()),
        "statuses": counts["statuses"],
        "failures": report["test_cases"]["unique_failures"],
        "errors": len(report["errors"]),
        "warnings": sum(len(found) for found in report["warnings"].values()),
        "phases": {name: phase["status"] for name, phase in report["phases"].items()},
        "exceptions": counts["exceptions"],
        "refused": counts["refused"],
    }


def line(figures: Json) -> str:
    """The figures of a document, as they are printed."""
    return (
        f"{figures['document']:8} {figures['operations']:3} operations, "
        f"{figures['succeeded']:3} of them successful, {figures['requests']:6} requests, "
        f"{figures['failures']} failures, {figures['errors']} errors, "
        f"{figures['warnings']} warnings, {figures['seconds']} s"
    )


def is_well(figures: Json) -> bool:
    """Whether nothing was found, and every operation has succeeded at least once."""
    found = figures["failures"] + figures["errors"] + figures["warnings"]
    return not (found or figures["never"] or figures["exit"])


def main() -> int:
    """Try the documents named, print the figures, and write them where ``--output`` says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("documents", nargs="*", help=", ".join(DOCUMENTS))
    parser.add_argument("--url", help="the server; one of its own, if not said")
    parser.add_argument("--control-token", help="what that server was started with")
    parser.add_argument("--seconds", type=int, help="a random run of this long for each document")
    parser.add_argument("--seed", type=int, help="repeat the run of this seed")
    parser.add_argument("--examples", type=int, default=10, help="of an operation in a short run")
    parser.add_argument("--output", type=Path, help="a file for the figures, as JSON")
    asked = parser.parse_args()
    seed = secrets.randbits(32) if asked.seed is None else asked.seed
    if asked.seconds:
        print(f"seed {seed}", flush=True)
    every = []
    with nullcontext(asked.url) if asked.url else own_server() as url:
        given = Given(url, asked.control_token, asked.seconds, seed, asked.examples)
        for document in asked.documents or DOCUMENTS:
            with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
                figures = tried(document, given, Path(folder))
            every.append(figures)
            if not is_well(figures):
                print(figures["said"], f"never successful: {figures['never']}", sep="\n")
            print(line(figures), flush=True)
    if asked.output:
        asked.output.write_text(json.dumps(every, indent=2), "utf-8")
    return 0 if all(map(is_well, every)) else 1


def own_server() -> Any:
    """A mockfindity on a free port; the URLs it writes are the same every time."""
    from mockfindity.server import serving

    return serving(base_url="http://127.0.0.1:4655")


if __name__ == "__main__":
    sys.exit(main())
