"""The container image on trial: ``make image``. It is built, run as an engine does, and used.

Not among the tests that always run: it needs root, buildah and debootstrap, and a while.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from containers import Image, base, build, buildah, missing

import mockfindity
from mockfindity.kit.service import free_port
from mockfindity.scenario_files import folder

NAME = "localhost/mockfindity-on-trial"
Shows = Callable[[str], None]


@pytest.fixture(scope="session")
def image() -> Iterator[Image]:
    if reason := missing():
        pytest.exit(f"The image cannot be built here: {reason}.", returncode=1)
    build(NAME)
    image = Image(NAME)
    yield image
    image.remove()


@pytest.fixture
def port() -> str:
    return str(free_port())


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder that anybody may read, with a scenario in it."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    shutil.copy(folder() / "report-per-expense.py", seeds / "20-books.py")
    return seeds


@pytest.fixture
def shows(record_property: Callable[[str, object], None]) -> Shows:
    return lambda text: record_property("shows", text)


def test_it_adds_little_to_its_base(image: Image, shows: Shows) -> None:
    whole, below = megabytes(image.name), megabytes(base())

    shows(f"The image is {whole - below:.0f} MB over its base of {below:.0f} MB.")
    assert whole - below < 150


def megabytes(name: str) -> float:
    number, unit = buildah("images", "--format", "{{.Size}}", name).split()
    assert unit == "MB"
    return float(number)


def test_it_is_ready_soon_without_any_network_and_ends_at_once(image: Image, shows: Shows) -> None:
    began = time.monotonic()
    with image.running(namespaces=["--net"]) as container:
        assert container.ready() == "http://127.0.0.1:4655"
        started = time.monotonic() - began
        stopped = container.stop()

    shows(f"It is ready after {started:.2f} s, and ends {stopped:.2f} s after SIGTERM.")
    assert container.process.returncode == 0
    assert stopped < 1


def test_a_client_books_an_export_of_a_seed(image: Image, port: str, seeds: Path) -> None:
    with image.running(mounts={seeds: "/etc/mockfindity"}, PORT=port) as container:
        url = container.ready()
        assert url == f"http://127.0.0.1:{port}"
        assert container.check().stdout == f"Ready. {url}\n"
        assert booked(url) == "SENT"


def booked(url: str) -> str:
    """Fetch the one export there is, its PDF too, and acknowledge it; what it is then."""
    key = {"client_id": "mockfindity-client", "client_secret": "mockfindity-secret"}
    form = key | {"grant_type": "client_credentials"}
    token = httpx2.post(f"{url}/oauth/token", data=form).json()["access_token"]
    (company,) = httpx2.get(f"{url}/_mockfindity/organizations").json()["data"]
    exports = f"{url}/api/v1/connect/organizations/{company['id']}/exports"
    with httpx2.Client(headers={"authorization": f"Bearer {token}"}) as client:
        (export,) = client.get(exports).json()["data"]
        vouchers = client.get(f"{exports}/{export['id']}/export").json()["vouchers"]
        basis = client.get(vouchers[0]["basisUrl"], params={"format": "pdf"})
        assert basis.content.startswith(b"%PDF-")
        updates = [{"id": one["id"], "status": "SUCCESS"} for one in vouchers]
        done = client.put(
            f"{exports}/{export['id']}/updatestatus", json={"voucherUpdates": updates}
        )
        return str(done.json()["status"])


def test_it_is_not_root_and_can_write_nowhere(image: Image, port: str) -> None:
    with image.running(PORT=port) as container:
        container.ready()
        status = Path(f"/proc/{container.pid}/status").read_text()
        tried = container.run("sh", "-c", "touch /x /tmp/x /data/x /etc/mockfindity/x")

    assert "\nUid:\t10001\t10001\t10001\t10001\n" in status
    assert "\nCapEff:\t0000000000000000\n" in status
    assert tried.stderr.count("Read-only file system") == 4


@pytest.mark.parametrize("given", ["PORT", "MOCKFINDITY_PORT", "--port"])
def test_the_health_check_finds_the_port_however_it_was_given(
    image: Image, port: str, given: str
) -> None:
    arguments = ["serve", given, port] if given == "--port" else []
    environment: dict[str, Any] = {given: port} if given != "--port" else {}
    with image.running(*arguments, **environment) as container:
        url = container.ready()
        assert container.check().stdout == f"Ready. {url}\n"
        assert url.endswith(f":{port}")


def test_the_health_check_fails_where_nothing_serves(image: Image, port: str) -> None:
    with image.running("healthy", PORT=port) as container:
        said, errors = container.process.communicate(timeout=30)

    assert (container.process.returncode, said) == (1, "")
    assert errors == f"Error: no mockfindity is ready at http://127.0.0.1:{port}.\n"


def test_a_seed_that_is_wrong_is_said_and_nothing_is_served(image: Image, seeds: Path) -> None:
    (seeds / "10-wrong.json").write_text('{"version": 99}')
    with image.running(mounts={seeds: "/etc/mockfindity"}) as container:
        said, errors = container.process.communicate(timeout=30)

    assert (container.process.returncode, said) == (1, "")
    assert "Error: /etc/mockfindity/10-wrong.json: version: 99 is newer than 1, " in errors


def test_a_state_document_is_a_seed_too(
    image: Image, port: str, seeds: Path, tmp_path: Path
) -> None:
    with image.running(mounts={seeds: "/etc/mockfindity"}, PORT=port) as container:
        state = httpx2.get(f"{container.ready()}/_mockfindity/state").content
        container.stop()
    (tmp_path / "state").mkdir()
    (tmp_path / "state/books.json").write_bytes(state)
    with image.running(mounts={tmp_path / "state": "/etc/mockfindity"}, PORT=port) as container:
        assert booked(container.ready()) == "SENT"


def test_a_data_directory_outlives_the_container(
    image: Image, port: str, seeds: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shutil.chown(data, 10001, 10001)
    mounts = {seeds: "/etc/mockfindity", data: "/data"}
    kept: dict[str, Any] = {"PORT": port, "MOCKFINDITY_DATA_DIR": "/data"}
    with image.running(mounts=mounts, **kept) as container:
        assert booked(container.ready()) == "SENT"
        container.stop()
    with image.running(mounts=mounts, **kept) as container:
        counted = httpx2.get(f"{container.ready()}/_mockfindity/sandboxes/default/organizations")

    assert [one["externalSourceId"] for one in counted.json()["data"]] == ["nordljus"]


def test_buildah_runs_it_as_well(image: Image) -> None:
    said = buildah("run", "--isolation=chroot", image.container, "--", "mockfindity", "version")

    assert said == f"mockfindity {mockfindity.__version__}"


def test_all_its_bytecode_is_there(image: Image) -> None:
    root = Path(image.root)
    package = next((root / "opt/mockfindity/lib").glob("python3*/site-packages/mockfindity"))
    modules = {path.with_suffix("") for path in package.rglob("*.py")}
    compiled = {path.parents[1] / path.name.partition(".")[0] for path in package.rglob("*.pyc")}

    assert package / "app" in compiled
    assert compiled == modules


def test_nothing_of_the_build_stays_in_it(image: Image) -> None:
    root = Path(image.root)

    assert [path for path in ("src", "opt/pip", "etc/pip.conf") if (root / path).exists()] == []
    assert list((root / "run/secrets").glob("*")) == []
