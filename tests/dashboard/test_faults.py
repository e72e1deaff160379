"""The pages of what is bent: fault rules, clock and settings; and the banner that tells of them."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
from support import Findity

Read = Callable[..., httpx2.Response]


def test_the_named_sets_are_shown_with_what_each_does(findity: Findity, read: Read) -> None:
    findity.made("/faults", {"set": "slow"})

    page = read("/faults").text
    assert "Every answer comes two seconds late." in page
    assert "/faults?set=slow" in page
    assert "/faults?set=flaky" not in page


def test_a_rule_is_shown_in_words_with_its_hits(findity: Findity, read: Read) -> None:
    rule = {"operation": "listOrganizations", "status": 503, "headers": {"Retry-After": "2"}}
    findity.made("/faults", {**rule, "skip": 1})
    for _ in range(3):
        findity.api.get("/api/admin/organizations/")

    page = read("/faults").text
    assert '<td class="wide">listOrganizations</td>' in page
    assert '<td class="wide">503, Retry-After: 2</td>' in page
    assert "<td>after 1</td>" in page
    assert 'id="hits-fault-1">2</td>' in page
    assert '<td class="amount">3</td>' in page


def test_every_operation_of_findity_is_offered(read: Read) -> None:
    page = read("/faults").text

    assert '<option value="issueToken">POST /oauth/token</option>' in page
    assert '<option value="updateExportStatus">PUT ' in page
    assert '<option value="bulkSend">' not in page


def test_the_fields_of_a_rule_say_what_the_documents_say(read: Read) -> None:
    page = read("/faults").text

    assert "<code>after</code>: the change is made, the answer is lost." in page
    assert '<option value="truncate">' in page


def test_nothing_is_said_where_nothing_is_bent(acme: Findity, read: Read) -> None:
    assert 'id="banner"' not in read().text


def test_the_banner_tells_of_faults_a_limit_and_a_clock_that_stands(
    findity: Findity, read: Read
) -> None:
    findity.made("/faults", {"set": "flaky"})
    findity.changed("/settings", {"rateLimit": {"requests": 50, "perSeconds": 2.5}})
    findity.changed("/clock", {"now": "2026-03-31T08:00:00Z"})

    page = read().text
    assert "<strong>3 fault rules active:</strong>" in page
    assert "50 requests in 2.5 s." in page
    assert "<strong>The clock stands still</strong> at 31 Mar 2026 08:00:00." in page
    for name in ("End the faults", "Lift the limit", "Let it go again"):
        assert f">{name}</button>" in page


def test_the_banner_is_silent_about_a_rule_that_is_spent(findity: Findity, read: Read) -> None:
    findity.made("/faults", {"operation": "listOrganizations", "status": 503, "times": 1})
    findity.api.get("/api/admin/organizations/")

    assert 'id="banner"' not in read().text
    assert ">spent</span>" in read("/faults").text


def test_every_setting_is_offered_with_what_it_decides(findity: Findity, read: Read) -> None:
    settings = findity.changed("/settings", {"webhookMode": "collect", "tokenLifetime": 61})

    page = read("/faults/settings").text
    whole = [name for name, value in settings.items() if not isinstance(value, dict)]
    for name in {*whole, "webhookChaos.delay"} - {"rateLimit"}:
        assert f'name="{name}"' in page
    assert '<option value="collect" selected>' in page
    assert "<code>collect</code> sends nothing and counts as delivered." in page
    assert 'value="61"' in page


def test_the_rate_limit_is_offered_apart(findity: Findity, read: Read) -> None:
    findity.changed("/settings", {"rateLimit": {"requests": 7}})

    page = read("/faults/settings").text
    assert 'name="rateLimit.requests"' in page
    assert "On: 7 in 1 s." in page
