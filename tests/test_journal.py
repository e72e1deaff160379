"""The journal: what it keeps of a request, what it never shows, and how to wait for one."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from entries import journal, last
from support import CLASS, Findity
from tokens import ask, basic

LIST = "/api/admin/organizations/"
LOOKUP = "/api/admin/organizations/externalid/lookup"


@pytest.fixture
def quiet(findity: Findity) -> Findity:
    """A sandbox whose journal is empty."""
    findity.control("DELETE", "/requests")
    return findity


def count(findity: Findity, query: str = "") -> int:
    return int(findity.control("GET", f"/requests/count{query}").json()["count"])


def varied(findity: Findity) -> None:
    """Five requests: a list, one that is not there, a new organization, its accounts, a token."""
    findity.api.get(LIST)
    findity.api.get(f"{LIST}externalid/B")
    findity.organization("A")
    findity.api.get(f"/v1/admin/organizations/{findity.org}/accounts?max=1")
    findity.token()


def test_an_entry_says_what_was_asked_and_answered(quiet: Findity) -> None:
    answer = quiet.api.get(f"{LOOKUP}?vat=SE1", headers={"X-Own": "7"})

    entry = last(quiet)
    moving = ("headers", "answerHeaders", "durationMs", "time", "begun")
    assert entry | dict.fromkeys(moving) == {
        "id": entry["id"],
        "time": None,
        "method": "GET",
        "path": LOOKUP,
        "target": f"{LOOKUP}?vat=SE1",
        "query": {"vat": "SE1"},
        "operationId": "lookupOrganization",
        "route": LOOKUP,
        "nearest": None,
        "clientId": quiet.client_id,
        "unclaimed": False,
        "headers": None,
        "body": "",
        "bodySize": 0,
        "unknownFields": [],
        "status": 200,
        "answerHeaders": None,
        "answer": '{"result":"NOT_FOUND"}',
        "answerSize": 22,
        "durationMs": None,
        "begun": None,
        "requestId": answer.headers["x-request-id"],
        "fault": None,
    }
    assert (entry["headers"]["x-own"], entry["durationMs"] > 0) == ("7", True)
    assert entry["answerHeaders"]["content-type"] == "application/json"


def test_a_path_has_no_query_and_is_decoded(quiet: Findity) -> None:
    quiet.api.get(f"{LIST}externalid/%C3%85re%20AB?a=1&b=")

    assert (last(quiet)["path"], last(quiet)["query"]) == (
        f"{LIST}externalid/Åre AB",
        {"a": "1", "b": ""},
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 5),
        ("?method=GET", 3),
        ("?method=post", 2),
        ("?path=/api/admin/organizations", 1),
        ("?path=/api/admin/organizations/externalid/A/", 1),
        ("?path=/api/admin/organizations/externalid/{externalId}", 2),
        ("?path=/api/admin/organizations/externalid/{any}", 2),
        ("?path=/api/admin/*", 3),
        ("?path=*/organizations*", 4),
        ("?path=*/organizations/*", 3),
        ("?path=/a.i/admin/organizations", 0),
        ("?operation=listOrganizations", 1),
        ("?operation=issueToken", 1),
        ("?status=404", 1),
        ("?method=GET&status=200", 2),
        ("?since=0", 5),
        ("?since=2026-01-01T00:00:00Z", 5),
        ("?since=2999-01-01T00:00:00Z", 0),
    ],
)
def test_entries_are_found_by(quiet: Findity, query: str, found: int) -> None:
    varied(quiet)

    assert (len(journal(quiet, query)), count(quiet, query)) == (found, found)


def test_a_path_pattern_that_is_hard_to_match_is_quick(quiet: Findity) -> None:
    quiet.api.get("/" + "a" * 5000)
    started = time.perf_counter()

    assert count(quiet, f"?path=/{'*a' * 12}*b") == 0

    assert time.perf_counter() - started < 2


def test_since_an_id_is_what_came_after_it(quiet: Findity) -> None:
    varied(quiet)
    third = journal(quiet)[2]["id"]

    assert [e["operationId"] for e in journal(quiet, f"?since={third}")] == [
        "listAccounts",
        "issueToken",
    ]


@pytest.mark.parametrize(
    ("since", "found"),
    [("2026-03-02T08:00:00Z", 1), ("2026-03-02T09:00:00%2B01:00", 1), ("2026-03-02T08:00:01", 0)],
)
def test_since_a_time_goes_by_the_sandbox_s_clock(quiet: Findity, since: str, found: int) -> None:
    quiet.changed("/clock", {"now": "2026-03-02T07:59:59Z"})
    quiet.token()
    quiet.changed("/clock", {"now": "2026-03-02T08:00:00Z"})
    quiet.token()

    assert count(quiet, f"?since={since}") == found


@pytest.mark.parametrize("query", ["since=yesterday", "status=7", "status=ok", "max=-1"])
def test_a_filter_that_means_nothing_is_refused(quiet: Findity, query: str) -> None:
    answer = quiet.control("GET", f"/requests?{query}")

    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.json()["description"]


def test_the_list_comes_in_pages_oldest_first(quiet: Findity) -> None:
    varied(quiet)

    page = quiet.control("GET", "/requests?max=2&offset=1").json()

    assert page["meta"] == {"count": 2, "total": 5}
    assert [e["operationId"] for e in page["data"]] == ["getOrganization", "upsertOrganization"]


def test_a_wait_for_what_was_there_answers_at_once(quiet: Findity) -> None:
    varied(quiet)

    answer = quiet.control("GET", "/requests/wait?count=2&method=POST&timeout=0")

    assert (answer.status_code, answer.json()["meta"]) == (200, {"count": 2, "total": 2})


def test_a_wait_that_ends_too_soon_says_what_there_was(quiet: Findity) -> None:
    quiet.api.get(LIST)
    started = time.perf_counter()

    answer = quiet.control("GET", "/requests/wait?count=2&timeout=1")

    assert (answer.status_code, answer.json()["code"]) == (408, "WAIT_TIMEOUT")
    assert [e["path"] for e in answer.json()["data"]] == [LIST]
    assert time.perf_counter() - started >= 1


def test_a_wait_is_woken_by_the_request_it_waits_for(quiet: Findity) -> None:
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(
            httpx2.get,
            f"{quiet.url}/_mockfindity/sandboxes/{quiet.name}/requests/wait"
            "?operation=listOrganizations&timeout=20",
            timeout=30,
            verify=False,
        )
        time.sleep(0.15)
        quiet.token()
        quiet.api.get(LIST)
        asked = time.perf_counter()
        answer = waiting.result()

    assert [e["operationId"] for e in answer.json()["data"]] == ["listOrganizations"]
    assert time.perf_counter() - asked < 2


def test_a_wait_is_at_most_a_minute(quiet: Findity) -> None:
    assert quiet.control("GET", "/requests/wait?timeout=61").status_code == 400


def test_clearing_forgets_and_ids_go_on(quiet: Findity) -> None:
    quiet.api.get(LIST)
    before = last(quiet)["id"]

    quiet.control("DELETE", "/requests")

    assert count(quiet) == 0
    quiet.api.get(LIST)
    assert last(quiet)["id"] == before + 1


def test_a_reset_clears_the_journal(quiet: Findity) -> None:
    quiet.api.get(LIST)

    quiet.control("POST", "/reset")

    assert count(quiet) == 0


def test_control_calls_are_not_in_it(quiet: Findity) -> None:
    for path in ("/clock", "/nowhere", "/requests"):
        quiet.control("GET", path)
    quiet.http.get("/%5Fmockfindity/health")

    assert count(quiet) == 0
    assert not [e for e in unclaimed(quiet) if "mockfindity" in e["path"]]


def unclaimed(findity: Findity) -> list[dict[str, Any]]:
    """What stands in the sandbox ``default``."""
    return list(findity.http.get("/_mockfindity/requests?max=9999").json()["data"])


@pytest.mark.parametrize("authorization", [None, "Bearer nobody.knows", "Basic eDp5", "junk"])
def test_what_belongs_to_no_sandbox_is_in_default_marked(
    quiet: Findity, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"authorization": authorization}

    answer = quiet.http.get(LIST, headers=headers)

    entry = next(e for e in unclaimed(quiet) if e["requestId"] == answer.headers["x-request-id"])
    assert (answer.status_code, entry["unclaimed"], entry["clientId"]) == (401, True, None)
    assert count(quiet) == 0


def test_a_token_request_of_an_unknown_client_is_unclaimed(quiet: Findity) -> None:
    answer = ask(quiet, client_id="nobody")

    entry = next(e for e in unclaimed(quiet) if e["requestId"] == answer.headers["x-request-id"])
    assert (entry["unclaimed"], entry["status"]) == (True, 401)


def test_what_the_default_client_does_is_claimed(quiet: Findity) -> None:
    key = {"client_id": "mockfindity-client", "client_secret": "mockfindity-secret"}
    token = quiet.token(**key)["access_token"]
    headers = {"authorization": f"Bearer {token}"}
    sent = [
        quiet.http.post("/oauth/token", data=key | {"grant_type": "client_credentials"}),
        quiet.http.post("/oauth/token", data={"grant_type": "x"}, headers=basic(*key.values())),
        quiet.http.get(LIST, headers=headers),
        quiet.http.get("/api/nowhere", headers=headers),
        quiet.http.get("/api/resources/x", headers=headers),
        quiet.http.post(f"{LIST}externalid/A", headers=headers, content=b"{"),
    ]

    ids = {answer.headers["x-request-id"] for answer in sent}
    mine = [e for e in unclaimed(quiet) if e["requestId"] in ids]
    assert [e["status"] for e in mine] == [200, 400, 200, 404, 404, 400]
    assert {(e["clientId"], e["unclaimed"]) for e in mine} == {("mockfindity-client", False)}


def test_an_ended_token_still_says_whose_it_was(quiet: Findity) -> None:
    quiet.made("/tokens/expire")

    assert quiet.api.get(LIST).status_code == 401

    assert (last(quiet)["status"], last(quiet)["clientId"]) == (401, quiet.client_id)


def test_a_struck_request_says_whose_it_was(quiet: Findity) -> None:
    quiet.made("/faults", {"status": 500})

    quiet.api.get(LIST)
    ask(quiet)

    assert [e["clientId"] for e in journal(quiet)] == [quiet.client_id, quiet.client_id]


def test_a_path_nobody_serves_is_there_with_the_nearest_route(quiet: Findity) -> None:
    quiet.api.post("/api/v1/connect/organizations/x/export", json={"lost": 1})

    entry = last(quiet)
    assert (entry["status"], entry["operationId"], entry["route"]) == (404, None, None)
    assert entry["nearest"] == "/api/v1/connect/organizations/{organizationId}/exports"
    assert entry["body"] == '{"lost":1}'


def test_a_wrong_method_is_there_too(quiet: Findity) -> None:
    quiet.api.patch(LIST)

    assert (last(quiet)["method"], last(quiet)["status"]) == ("PATCH", 405)


def test_the_fault_that_struck_is_named(quiet: Findity) -> None:
    made = quiet.made("/faults", {"status": 503, "times": 1})
    quiet.api.get(LIST)
    quiet.api.get(LIST)

    assert [(e["fault"], e["status"]) for e in journal(quiet)] == [
        (made["id"], 503),
        (None, 200),
    ]


def test_an_answer_that_was_lost_has_no_status(quiet: Findity) -> None:
    quiet.made("/faults", {"connection": "reset", "phase": "after"})

    with pytest.raises(httpx2.ReadError):
        quiet.api.get(LIST)

    assert (last(quiet)["operationId"], last(quiet)["status"]) == ("listOrganizations", None)


def test_unknown_fields_are_noted(quiet: Findity) -> None:
    body = {
        "externalSourceId": "A",
        "className": CLASS,
        "colour": "red",
        "shape": {"size": 3},
        "settings": {"templateOrganizationId": "tmpl-se-001"},
    }

    assert quiet.api.post(f"{LIST}externalid/A/", json=body).status_code == 200

    assert last(quiet)["unknownFields"] == ["colour", "shape"]


def test_a_body_too_large_to_be_taken_is_told_by_its_size(quiet: Findity) -> None:
    answer = quiet.api.post(f"{LIST}externalid/A/", content=b"x" * (11 * 1024 * 1024))

    assert answer.status_code == 413
    assert (last(quiet)["bodySize"], last(quiet)["body"]) == (11534336, "")


def test_64_kib_of_a_body_are_kept(quiet: Findity) -> None:
    content = b'{"a":"' + b"\xc3\xa5" * 40_000 + b'"}'

    quiet.api.post(f"{LIST}externalid/A/", content=content)

    assert (last(quiet)["bodySize"], last(quiet)["body"]) == (80_008, '{"a":"' + "å" * 32_765)


def test_bytes_that_are_no_text_are_told_by_their_number(quiet: Findity) -> None:
    quiet.api.post(f"{LIST}externalid/A/", content=b"\xff\x00\xfe")

    assert last(quiet)["body"] == "[3 bytes that are no text]"


def test_requests_at_the_same_time_are_all_there(quiet: Findity) -> None:
    threads = [threading.Thread(target=quiet.token) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ids = [entry["id"] for entry in journal(quiet)]
    assert (len(ids), ids) == (20, sorted(set(ids)))
