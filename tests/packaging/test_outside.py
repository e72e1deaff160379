"""A project that is not this one: its tests use a Findity from the installed wheel."""

from __future__ import annotations

import venv
from pathlib import Path

import pytest
from bare import run

# One worker builds and installs for all of these tests.
pytestmark = pytest.mark.xdist_group("wheel")

PLAIN = """
import httpx2, pytest

@pytest.mark.mockfindity(scenario="demo", seed=7)
@pytest.mark.parametrize("company", range(4))
def test_everything_that_was_sent_is_booked(mockfindity, company):
    mockfindity.report().submit(), mockfindity.bulk_send()
    connect = f"{mockfindity.url}/api/v1/connect/organizations/{mockfindity.here.id}/exports"
    key = {"client_id": mockfindity.client_id, "client_secret": mockfindity.client_secret}
    form = key | {"grant_type": "client_credentials"}
    token = httpx2.post(mockfindity.token_url, data=form).json()["access_token"]
    with httpx2.Client(headers={"authorization": f"Bearer {token}"}) as client:
        for export in client.get(connect, params={"status": "TRANSFER"}).json()["data"]:
            vouchers = client.get(f"{connect}/{export['id']}/export").json()["vouchers"]
            updates = [{"id": one["id"], "status": "SUCCESS"} for one in vouchers]
            client.put(f"{connect}/{export['id']}/updatestatus", json={"voucherUpdates": updates})
    assert mockfindity.here.exports("TRANSFER") == []
    assert mockfindity.requests.count(operation="updateExportStatus", status=200) >= 1
"""

ASYNC = """
import httpx2, pytest

@pytest.fixture
def anyio_backend():
    return "asyncio"

@pytest.mark.anyio
async def test_what_was_sent_is_booked(mockfindity):
    mockfindity.report().submit()
    export = mockfindity.bulk_send(format="EXPENSE")
    key = {"client_id": mockfindity.client_id, "client_secret": mockfindity.client_secret}
    form = key | {"grant_type": "client_credentials"}
    async with httpx2.AsyncClient(base_url=mockfindity.url) as client:
        token = (await client.post("/oauth/token", data=form)).json()["access_token"]
        client.headers["authorization"] = f"Bearer {token}"
        vouchers = (await client.get(f"{export.path}/export")).json()["vouchers"]
        updates = [{"id": one["id"], "status": "SUCCESS"} for one in vouchers]
        await client.put(f"{export.path}/updatestatus", json={"voucherUpdates": updates})
    assert export.status == "SENT"
"""


@pytest.fixture(scope="session")
def with_pytest(bin_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that has pytest and xdist, and sees what the bare one has."""
    folder = tmp_path_factory.mktemp("with-pytest")
    venv.create(folder, with_pip=True)
    bare, mine = (
        next(Path(base).glob("lib/python3*/site-packages")) for base in (bin_folder.parent, folder)
    )
    (mine / "bare.pth").write_text(f"{bare}\n")
    command = (folder / "bin/python", "-m", "pip", "install", "--quiet", "pytest", "pytest-xdist")
    run(*command, cwd=folder)
    return folder / "bin"


@pytest.mark.parametrize("args", [(), ("-n", "4")], ids=["plain", "xdist"])
def test_a_project_of_somebody_else_s_passes(
    with_pytest: Path, tmp_path: Path, args: tuple[str, ...]
) -> None:
    (tmp_path / "test_booking.py").write_text(PLAIN)
    (tmp_path / "test_async.py").write_text(ASYNC)

    said = run(with_pytest / "python", "-m", "pytest", "-q", "-W", "error", *args, cwd=tmp_path)

    assert "5 passed" in said
