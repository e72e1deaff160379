"""The pages of sandboxes: the key that leads to one, other keys, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
from support import Findity

Read = Callable[..., httpx2.Response]


def test_the_key_of_a_sandbox_is_shown_as_the_shell_reads_it(acme: Findity, read: Read) -> None:
    page = read("/sandboxes").text

    assert f"<code>{acme.client_secret}</code>" in page
    for line in (
        f"export FINDITY_BASE_URL={acme.url}",
        f"export FINDITY_TOKEN_URL={acme.url}/oauth/token",
        f"export FINDITY_CLIENT_ID={acme.client_id}",
        f"export FINDITY_CLIENT_SECRET={acme.client_secret}",
        f"export FINDITY_ORGANIZATION_ID={acme.org}",
        "export FINDITY_EXTERNAL_ORGANIZATION_ID=ACME",
    ):
        assert line in page


def test_the_variables_are_those_of_the_organization_that_is_shown(
    acme: Findity, read: Read
) -> None:
    acme.organization("BETA")

    page = read("/sandboxes", organization="BETA").text
    assert "export FINDITY_EXTERNAL_ORGANIZATION_ID=BETA" in page


def test_an_id_that_a_shell_would_run_is_quoted(findity: Findity, read: Read) -> None:
    findity.organization("A'; echo")

    page = read("/sandboxes").text
    assert "EXTERNAL_ORGANIZATION_ID=&#39;A&#39;&#34;&#39;&#34;&#39;; echo&#39;" in page


def test_the_sandbox_default_shows_the_key_of_the_examples(server: str) -> None:
    page = httpx2.get(f"{server}/dashboard/default/sandboxes", verify=False).text

    assert "export FINDITY_CLIENT_ID=mockfindity-client" in page
    assert "/_mockfindity/sandboxes/default/reset" in page
    assert "Drop the sandbox default" not in page


def test_sandboxes_are_listed_with_what_is_in_them(
    acme: Findity, make_findity: Callable[..., Findity], read: Read
) -> None:
    other = make_findity()
    other.made("/faults", {"set": "flaky"})

    page = read("/sandboxes").text
    row = page[page.index(f'<tr id="sandbox-{other.name}">') :].partition("</tr>")[0]
    assert '<td class="amount">0</td>' in row
    assert '<td class="amount">3</td>' in row
    assert f"/dashboard/{other.name}" in row
    assert page.index(f'id="sandbox-{other.name}"') < page.index(f'id="sandbox-{acme.name}"')


def test_scenarios_and_snapshots_are_offered_to_begin_from(findity: Findity, read: Read) -> None:
    findity.control("PUT", "/snapshots/before pay")

    page = read("/sandboxes").text
    assert '<option value="demo">demo: ' in page
    assert f'<option value="{findity.name}/before pay">' in page


def test_keys_are_listed_without_their_secrets(acme: Findity, read: Read) -> None:
    made = acme.made("/clients", {"organizationId": acme.org})

    page = read("/sandboxes/keys").text
    assert made["clientId"] in page
    assert made["clientSecret"] not in page
    assert acme.client_secret not in page


def test_the_key_of_the_sandbox_itself_is_not_to_be_deleted(acme: Findity, read: Read) -> None:
    page = read("/sandboxes/keys").text

    assert f"Rotate {acme.client_id}" in page
    assert f"Delete the key {acme.client_id}" not in page


def test_snapshots_are_listed_the_newest_first(findity: Findity, read: Read) -> None:
    findity.control("PUT", "/snapshots/first")
    findity.control("PUT", "/snapshots/second")

    page = read("/sandboxes/snapshots").text
    assert page.index("<td>second</td>") < page.index("<td>first</td>")
    assert f"/sandboxes/{findity.name}/snapshots/first/restore" in page


def test_a_sandbox_without_a_snapshot_says_what_one_is_for(read: Read) -> None:
    assert "Take one before you try something" in read("/sandboxes/snapshots").text
