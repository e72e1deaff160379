"""A mockfindity in a container, for as long as a test or a session takes: for testcontainers.

    with MockfindityContainer(load="tests/findity") as container:
        my_integration.run(container.client_env())

Needs the extra ``testcontainers``, an engine, and the image: ``docker build -t mockfindity .``
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

try:
    from testcontainers.core.container import DockerContainer
    from testcontainers.core.wait_strategies import HttpWaitStrategy, LogMessageWaitStrategy
    from testcontainers.core.waiting_utils import WaitStrategy, WaitStrategyTarget
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"{error}; mockfindity.testcontainers needs: pip install 'mockfindity[testcontainers]'",
        name=error.name,
    ) from None

from .environment import variables
from .testing import Findity

IMAGE = "mockfindity"
PORT = 4655
LOAD = "/etc/mockfindity"
TOLD = "/tmp/mockfindity.address"
COMMAND = (
    f"until [ -s {TOLD} ]; do sleep 0.05; done; read -r url host < {TOLD}; "
    'exec mockfindity serve --base-url "$url" --allowed-host "$host"'
)
"""The engine says which port it gave only when the container runs, and what mockfindity answers has
URLs with that port in it: so the container waits to be told."""


class MockfindityContainer(DockerContainer):
    """A container with a mockfindity that is ready when ``start``, or the ``with`` block, is.

    ``load`` is a folder of states and scenarios, or one such file, that it begins with, as `serve
    --load` has it; they are copied, so the engine may run on another machine. ``control_token`` is
    what the control API asks for. ``base_url`` is what URLs in answers begin with, where the client
    is not on this machine: ``http://findity:4655`` for one in the same ``network``, with
    ``network_aliases=["findity"]``. ``more`` is what testcontainers takes for any container; every
    other setting is a ``with_env("MOCKFINDITY_…", …)``.

    Raises ``FileNotFoundError`` where there is nothing to load. ``start`` raises ``RuntimeError``
    where the container ends, and ``TimeoutError`` where it is not ready after ``patience`` seconds,
    both with its log.
    """

    def __init__(
        self,
        image: str = IMAGE,
        *,
        load: str | Path | None = None,
        control_token: str | None = None,
        base_url: str | None = None,
        patience: int = 30,
        **more: Any,
    ) -> None:
        super().__init__(image, **more)
        self.control_token, self.base_url = control_token, base_url
        self._open = ExitStack()
        self.with_exposed_ports(PORT)
        self.waiting_for(_Told().with_startup_timeout(patience).with_poll_interval(0.1))
        if control_token is not None:
            self.with_env("MOCKFINDITY_CONTROL_TOKEN", control_token)
        for file in [] if load is None else _files(Path(load)):
            self.with_copy_into_container(file, f"{LOAD}/{file.name}")

    @property
    def url(self) -> str:
        """Where this machine reaches it. Raises ``ContainerStartException`` before the start."""
        return f"http://{self.get_container_host_ip()}:{self.get_exposed_port(PORT)}"

    def findity(self, sandbox: str = "default") -> Findity:
        """One of its sandboxes, to act in. Raises ``FindityError`` for a name that there is not."""
        found = Findity.at(self.url, sandbox, control_token=self.control_token)
        self._open.callback(found.close)
        return found

    def client_env(self, sandbox: str = "default") -> dict[str, str]:
        """The variables that lead a client to a sandbox, as ``mockfindity env`` prints them; the
        organization's two, where the sandbox has exactly one."""
        findity = self.findity(sandbox)
        organizations = findity.control("GET", "/organizations")["data"]
        key = {"clientId": findity.client_id, "clientSecret": findity.client_secret}
        only = organizations[0] if len(organizations) == 1 else None
        return variables(findity.url, key, only)

    def tell(self) -> None:
        """Let it begin, under the address that it turned out to have."""
        words = f"{self.base_url or self.url} {self.get_container_host_ip()}\n"
        self.copy_into_container(words.encode(), TOLD)

    def _configure(self) -> None:
        """Called at the start, when whatever else was said of the container has been."""
        self._kwargs = {**self._kwargs, "entrypoint": ["/bin/sh", "-c", COMMAND]}

    def stop(self, force: bool = True, delete_volume: bool = True) -> None:
        """Remove the container; what ``findity`` gave is of no more use."""
        self._open.close()
        super().stop(force, delete_volume)


class _Told(WaitStrategy):
    """Tells a container its address, and waits until it answers there."""

    def wait_until_ready(self, container: WaitStrategyTarget) -> None:
        cast(MockfindityContainer, container).tell()
        for strategy in (
            LogMessageWaitStrategy(r"^Ready\. "),  # which sees a container that has ended
            HttpWaitStrategy(PORT, "/_mockfindity/readyz"),
        ):
            strategy.with_startup_timeout(int(self._startup_timeout))
            strategy.with_poll_interval(self._poll_interval)
            self._wait(strategy, container)

    def _wait(self, strategy: WaitStrategy, container: WaitStrategyTarget) -> None:
        try:
            strategy.wait_until_ready(container)
        except RuntimeError as error:
            error.add_note(b"".join(container.get_logs()).decode(errors="replace"))
            raise


def _files(load: Path) -> list[Path]:
    """The files of a folder, or the file itself."""
    if not load.exists():
        raise FileNotFoundError(f"there is nothing to load at {load}")
    return [p for p in load.iterdir() if p.is_file()] if load.is_dir() else [load]
