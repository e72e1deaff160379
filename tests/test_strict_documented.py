"""``--strict-documented``: what of Findity's API is only mockfindity's choice is refused."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from support import Findity

from mockfindity.app import create_app
from mockfindity.server import address, in_thread, listen


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server that refuses what is only chosen."""
    listener = listen(port=0)
    with in_thread(create_app(base_url=address(listener), strict_documented=True), listener):
        yield address(listener)


@pytest.fixture
def strict(url: str) -> Iterator[Findity]:
    made = httpx2.post(f"{url}/_mockfindity/sandboxes", json={}, verify=False).json()
    findity = Findity(url, made)
    findity.organization("ACME")
    yield findity
    findity.close()


def refusal(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_an_operation_that_is_only_chosen_is_refused_by_name(strict: Findity) -> None:
    answer = strict.api.get(f"/api/v1/admin/organizations/{strict.org}/categories")

    assert refusal(answer) == (501, "NOT_DOCUMENTED")
    assert answer.json()["description"] == (
        "listCategories is mockfindity's own: no guide of Findity's has it, and this server was "
        "started with --strict-documented."
    )


def test_a_parameter_that_is_only_chosen_is_refused_by_name(strict: Findity) -> None:
    answer = strict.api.get(f"{strict.exports}?status=ALL")

    assert refusal(answer) == (501, "NOT_DOCUMENTED")
    assert answer.json()["description"].startswith("status: a parameter of mockfindity's own")


def test_a_refused_change_changes_nothing(strict: Findity) -> None:
    before = strict.control("GET", "/state").json()
    category = strict.control("GET", f"/organizations/{strict.org}/categories").json()["data"][0]
    path = f"/api/v1/admin/organizations/{strict.org}/categories/{category['id']}"

    answer = strict.api.put(path, json={"accountNumber": None})

    assert refusal(answer) == (501, "NOT_DOCUMENTED")
    assert strict.control("GET", "/state").json() == before


def test_who_shows_no_token_is_told_that_first(strict: Findity) -> None:
    answer = strict.http.get(f"/api/v1/admin/organizations/{strict.org}/categories")

    assert refusal(answer) == (401, "UNAUTHORIZED")


def test_what_is_documented_or_inferred_is_served(strict: Findity) -> None:
    assert strict.api.get(strict.accounts).status_code == 200
    assert strict.api.get(f"{strict.exports}?max=1").status_code == 200
    assert strict.api.get(f"/api/admin/organizations/{strict.org}/").status_code == 200


def test_the_control_api_is_served(strict: Findity) -> None:
    assert strict.control("GET", "/clock").status_code == 200


def test_without_it_everything_is_served(acme: Findity) -> None:
    path = f"/api/v1/admin/organizations/{acme.org}/categories"

    assert acme.api.get(path).status_code == 200
