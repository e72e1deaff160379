"""The OpenAPI documents: up to date, valid, whole, and saying what the server does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import node
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from placeholders import PLACEHOLDER
from refusals import FINDITY

from mockfindity.openapi import DOCUMENTS, written
from mockfindity.openapi.choices import CHOICES
from mockfindity.openapi.examples import contracts, filled, guide_examples
from mockfindity.openapi.links import LINKS
from mockfindity.openapi.parameters import PATH
from mockfindity.route import Router
from mockfindity.routes import loaded

FOLDER = contracts() / "openapi"
DOCS: dict[str, dict[str, Any]] = {
    name: json.loads((FOLDER / f"{name}.json").read_text("utf-8")) for name in DOCUMENTS
}
METHODS = ("get", "post", "put", "delete")
OPERATIONS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    operation["operationId"]: (name, method, path, operation)
    for name, doc in DOCS.items()
    for path, item in doc["paths"].items()
    for method, operation in item.items()
}
EVERY = pytest.mark.parametrize("name", DOCUMENTS)
EACH = pytest.mark.parametrize("operation_id", OPERATIONS)
SPECTRAL = 'extends: ["spectral:oas"]\n'


@EVERY
def test_the_checked_in_document_is_what_the_code_makes(name: str) -> None:
    assert (FOLDER / f"{name}.json").read_text("utf-8") == written(name), "run: make openapi"


@EVERY
def test_a_document_is_valid_openapi(name: str) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(DOCS[name]).iter_errors()] == []


@pytest.mark.xdist_group("node")
def test_the_documents_pass_a_strict_linter(tmp_path: Path) -> None:
    node.install()
    ruleset = tmp_path / "ruleset.yaml"
    ruleset.write_text(SPECTRAL)

    done = node.node("spectral", "lint", "-F", "hint", "-r", ruleset, *FOLDER.glob("*.json"))

    assert (done.returncode, done.stdout.strip()) == (
        0,
        "No results with a severity of 'hint' or higher found!",
    )


@pytest.mark.xdist_group("node")
def test_the_linter_finds_what_is_wrong(tmp_path: Path) -> None:
    node.install()
    (tmp_path / "ruleset.yaml").write_text(SPECTRAL)
    wrong = DOCS["oauth"] | {"tags": []}
    (tmp_path / "oauth.json").write_text(json.dumps(wrong))

    done = node.node(
        "spectral", "lint", "-F", "hint", "-r", tmp_path / "ruleset.yaml", tmp_path / "oauth.json"
    )

    assert done.returncode == 1
    assert "operation-tag-defined" in done.stdout


def test_every_operation_is_in_one_document() -> None:
    shown = ("page", "dashboard")
    routes = sorted(route.id for route in loaded() if route.family.auth not in shown)

    assert sorted(OPERATIONS) == routes
    assert len(OPERATIONS) == sum(len(item) for d in DOCS.values() for item in d["paths"].values())


def test_a_document_has_so_many_operations() -> None:
    counts = {name: sum(entry[0] == name for entry in OPERATIONS.values()) for name in DOCUMENTS}

    assert counts == {"oauth": 2, "admin": 38, "connect": 7, "control": 86}


@EACH
def test_an_operation_says_what_it_is_and_how_far_that_is_known(operation_id: str) -> None:
    operation = OPERATIONS[operation_id][3]

    assert [key for key in ("summary", "description", "tags") if not operation[key]] == []
    assert operation["x-provenance"] in ("documented", "observed", "inferred", "chosen")
    assert operation["x-source"]
    assert "security" in operation


@EACH
def test_a_parameter_is_described_and_has_a_schema(operation_id: str) -> None:
    _, _, path, operation = OPERATIONS[operation_id]
    parameters = operation.get("parameters", [])

    assert [p["name"] for p in parameters if not (p["description"] and p["schema"])] == []
    assert [p["name"] for p in parameters if p["in"] == "path"] == re.findall(r"\{(\w+)\}", path)


def test_every_parameter_of_a_path_is_one_that_occurs() -> None:
    named = {name for _, _, path, _ in OPERATIONS.values() for name in re.findall(r"{(\w+)}", path)}

    assert named == set(PATH)


def refs(node: Any) -> Iterator[str]:
    """The schemas that a schema refers to."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from refs(value)
    elif isinstance(node, list):
        for value in node:
            yield from refs(value)


def undescribed(doc: dict[str, Any]) -> list[str]:
    """The properties that no word is said about, neither there nor at what they refer to."""
    schemas = doc["components"]["schemas"]
    return [
        f"{name}.{key}"
        for name, schema in schemas.items()
        for key, field in schema.get("properties", {}).items()
        if "description" not in field
        and not any(schemas[target].get("description") for target in refs(field))
    ]


@EVERY
def test_every_property_is_described(name: str) -> None:
    assert undescribed(DOCS[name]) == []


@EVERY
def test_every_schema_is_used(name: str) -> None:
    doc = DOCS[name]
    used = set(refs(doc))

    assert [schema for schema in doc["components"]["schemas"] if schema not in used] == []


@EACH
def test_success_has_a_schema_unless_there_is_nothing_to_give(operation_id: str) -> None:
    operation = OPERATIONS[operation_id][3]
    (status,) = (status for status in operation["responses"] if status.startswith("2"))
    answer = operation["responses"][status]

    assert (status == "204") == ("content" not in answer)
    for media_type, content in answer.get("content", {}).items():
        assert content["schema"] != {}, media_type
        assert content["schema"] != {"type": "object"}, media_type


# ---- sets of words --------------------------------------------------------------------------


def test_every_set_of_words_that_has_a_name_is_used() -> None:
    named = {name for doc in DOCS.values() for name in doc["components"]["schemas"]}

    assert set(CHOICES) - named == set()


@EVERY
def test_no_set_of_words_stands_in_a_document_twice(name: str) -> None:
    stands = [frozenset(words) for words in enums(DOCS[name]["components"]["schemas"])]

    assert sorted(map(sorted, set(stands))) == sorted(map(sorted, stands))


def enums(node: Any) -> Iterator[list[Any]]:
    """The sets of words, of more than one word, in a schema."""
    if isinstance(node, dict):
        words = node.get("enum", [])
        if isinstance(words, list) and len(words) > 1:
            yield words
        for value in node.values():
            yield from enums(value)
    elif isinstance(node, list):
        for value in node:
            yield from enums(value)


# ---- refusals -------------------------------------------------------------------------------


def codes(operation_id: str) -> set[tuple[int, str]]:
    """The status and code of every refusal that the document names for an operation."""
    name, _, _, operation = OPERATIONS[operation_id]
    schemas = DOCS[name]["components"]["schemas"]
    return {
        (int(status), schemas[target]["properties"]["code"]["const"])
        for status, answer in operation["responses"].items()
        if not status.startswith("2")
        for target in refs(answer["content"]["application/json"]["schema"])
        if "code" in schemas[target]["properties"]
    }


def test_every_refusal_that_is_tried_is_in_the_documents() -> None:
    router = Router(loaded())
    missing = []
    for refused in FINDITY:
        if refused.code == "NOT_FOUND":
            continue
        path = PLACEHOLDER.sub("id", refused.path).partition("?")[0]
        operation_id = router.match(refused.method, path).route.id
        if (refused.status, refused.code) not in codes(operation_id):
            missing.append(f"{operation_id}: {refused.code} ({refused.what})")

    assert missing == []


def test_an_operation_names_its_refusals_by_code() -> None:
    assert codes("getAccount") == {
        (401, "UNAUTHORIZED"),
        (403, "FORBIDDEN"),
        (404, "ACCOUNT_NOT_FOUND"),
        (404, "ORGANIZATION_NOT_FOUND"),
        (429, "RATE_LIMIT_EXCEEDED"),
        (500, "INTERNAL_ERROR"),
    }


# ---- links ----------------------------------------------------------------------------------


@pytest.mark.parametrize("link", LINKS, ids=lambda link: f"{link.source}-{link.target}")
def test_a_link_gives_what_its_target_takes(link: Any) -> None:
    document, _, _, _ = OPERATIONS[link.source]
    found, _, path, operation = OPERATIONS[link.target]
    given = {p["name"]: p for p in operation.get("parameters", [])}

    assert found == document
    assert set(link.parameters) <= set(given)
    assert set(link.parameters) == set(re.findall(r"\{(\w+)\}", path))


def test_no_link_stands_twice() -> None:
    ways = [(link.source, link.target) for link in LINKS]

    assert sorted(set(ways)) == sorted(ways)


# ---- the guides -----------------------------------------------------------------------------


def resolved(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return schema | {"components": DOCS[name]["components"]}


@EACH
def test_what_the_guides_send_is_what_the_document_asks_for(operation_id: str) -> None:
    name, _, _, operation = OPERATIONS[operation_id]
    sent = [e["body"] for e in guide_examples(operation_id) if isinstance(e["body"], dict | list)]
    for body in sent:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        errors = Draft202012Validator(resolved(name, schema)).iter_errors(filled(body))
        assert [error.message for error in errors] == []


def lenient(schema: Any) -> Any:
    """``schema`` without what must be there: the guides shorten their answers."""
    if isinstance(schema, dict):
        return {key: lenient(value) for key, value in schema.items() if key != "required"}
    return [lenient(item) for item in schema] if isinstance(schema, list) else schema


@EACH
def test_what_the_guides_are_answered_is_what_the_document_promises(operation_id: str) -> None:
    name, _, _, operation = OPERATIONS[operation_id]
    for example in guide_examples(operation_id):
        if isinstance(example["answer"], dict | list):
            answer = operation["responses"][str(example["status"])]
            schema = lenient(resolved(name, answer["content"]["application/json"]["schema"]))
            errors = Draft202012Validator(schema).iter_errors(filled(example["answer"]))
            assert [f"{error.json_path}: {error.message}" for error in errors] == []


@EACH
def test_an_answer_is_called_shortened_where_it_lacks_something(operation_id: str) -> None:
    name, _, _, operation = OPERATIONS[operation_id]
    for example in guide_examples(operation_id):
        if isinstance(example["answer"], dict | list):
            answer = operation["responses"][str(example["status"])]
            schema = resolved(name, answer["content"]["application/json"]["schema"])
            is_whole = Draft202012Validator(schema).is_valid(filled(example["answer"]))
            assert is_whole is not example.get("shortened", False)


def test_every_example_of_the_guides_but_the_pdf_is_of_an_operation() -> None:
    assert sum(len(guide_examples(operation_id)) for operation_id in OPERATIONS) == 27


def test_the_connect_document_has_the_webhook() -> None:
    hook = DOCS["connect"]["webhooks"]["exportMade"]["post"]
    sent = set(refs(hook["requestBody"]))

    assert sent == {"Metadata", "Package"}
