"""Container images without an engine: built by buildah, run in namespaces of their own.

Everything is kept in the user's cache, outside the checkout: the base, a Debian with Python by
debootstrap, is made once.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bare import CHECKOUT

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mockfindity/containers"
STORE = ("--root", str(CACHE / "store"), "--runroot", str(CACHE / "run"), "--storage-driver=vfs")
PROGRAMS = {
    "buildah": "buildah",
    "debootstrap": "debootstrap",
    "nsenter": "util-linux",
    "unshare": "util-linux",
}
"""What is needed, and the Debian package that has it."""
DEBIAN = "http://deb.debian.org/debian"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

# A root that cannot be written, processes of its own, and nothing of /dev but what every program
# expects. What is mounted there is given as pairs: a folder, and its place in the image.
INSIDE = """
root=$1 places=$2 user=$3
shift 3
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o size=64k none "$root/dev"
for name in null random urandom zero; do
  : > "$root/dev/$name" && mount --bind "/dev/$name" "$root/dev/$name"
done
mount -o remount,ro "$root/dev"
for place in $places; do
  mount --bind "${place%%:*}" "$root${place#*:}"
done
mount -o remount,bind,ro "$root"
exec chroot --userspec="$user" "$root" env -i "$@"
"""


def missing() -> str:
    """What keeps images from being built here, and what to do; empty, if nothing does."""
    packages = {package for name, package in PROGRAMS.items() if shutil.which(name) is None}
    if packages:
        return f"apt-get install --no-install-recommends {' '.join(sorted(packages))} first"
    return "" if os.geteuid() == 0 else "debootstrap and unshare need root: sudo make image"


def buildah(*command: str) -> str:
    """What buildah printed; an AssertionError with all it said where it failed."""
    done = subprocess.run(
        ["buildah", *STORE, *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"buildah {' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


def base() -> str:
    """The name of an image with Debian and Python, made if it is not there."""
    release = _release()
    name = f"localhost/mockfindity-base:{release}"
    if name in buildah("images", "--format", "{{.Name}}:{{.Tag}}").splitlines():
        return name
    with TemporaryDirectory() as folder:
        include = "--include=ca-certificates,python3,python3-venv"
        command = ["debootstrap", "--variant=minbase", include, release, folder, _mirror(release)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr
        container = buildah("from", "scratch")
        buildah("add", "--quiet", container, folder, "/")
        buildah("commit", "--quiet", "--rm", container, name)
    return name


def _release() -> str:
    """This Debian's name, such as bookworm."""
    lines = Path("/etc/os-release").read_text().splitlines()
    return next(line.partition("=")[2] for line in lines if line.startswith("VERSION_CODENAME="))


def _mirror(release: str) -> str:
    """Where this machine gets its packages from."""
    if shutil.which("apt-get") is None:
        return DEBIAN
    asked = ["apt-get", "indextargets", "--format=$(RELEASE) $(REPO_URI)", "Identifier: Packages"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    known = (line.partition(" ")[2] for line in told if line.startswith(f"{release} "))
    return next(known, DEBIAN)


def build(name: str, *options: str) -> None:
    """Build the image of the checkout upon the base. pip asks where it does on this machine."""
    with TemporaryDirectory() as folder:
        configuration = Path(folder) / "pip.conf"
        configuration.write_text("\n".join(["[global]", *_pip()]) + "\n")
        given = [f"--secret=id=pip,src={configuration}"]
        if CERTIFICATES.exists():
            given.append(f"--secret=id=certificates,src={CERTIFICATES}")
        # OCI's own format has no HEALTHCHECK.
        how = ("--isolation=chroot", "--format=docker", "--pull=never")
        given.append(f"--build-arg=BASE={base()}")
        buildah("build", *how, *options, *given, "--tag", name, str(CHECKOUT))


def _pip() -> Iterator[str]:
    """Where pip gets packages on this machine, without folders, which the build cannot see."""
    if CERTIFICATES.exists():
        yield "cert = /run/secrets/certificates"
    for key in ("index-url", "extra-index-url", "proxy", "trusted-host"):
        command = [sys.executable, "-m", "pip", "config", "get", f"global.{key}"]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
        value = " ".join(word for word in told if not word.startswith("file:"))
        value = os.environ.get(f"PIP_{key.replace('-', '_').upper()}", value)
        if value:
            yield f"{key} = {value}"


class Image:
    """An image that was built, unpacked to be run."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.container = buildah("from", name)
        self.root = buildah("mount", self.container)
        told = json.loads(buildah("inspect", "--type=image", name))["Docker"]
        self.config: dict[str, Any] = told["config"]

    def remove(self) -> None:
        """Forget the image and what was unpacked."""
        buildah("rm", self.container)
        buildah("rmi", "--force", self.name)

    @contextmanager
    def running(
        self,
        *arguments: str,
        mounts: Mapping[Path, str] | None = None,
        namespaces: Sequence[str] = (),
        **environment: str,
    ) -> Iterator[Container]:
        """Its entrypoint, with ``arguments`` in place of its own; killed at the end."""
        given = {**self.environment, **environment}
        words = [*self.config["Entrypoint"], *(arguments or self.config["Cmd"])]
        places = " ".join(f"{folder}:{place}" for folder, place in (mounts or {}).items())
        inside = ["sh", "-euc", INSIDE, "sh", self.root, places, self.config["User"]]
        with subprocess.Popen(
            [
                *("unshare", "--mount", "--pid", "--fork", "--kill-child", *namespaces, *inside),
                *("-C", self.config["WorkingDir"]),
                *(f"{name}={value}" for name, value in given.items()),
                *words,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield Container(process, given, self.config)
            finally:
                process.kill()

    @property
    def environment(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for pair in self.config["Env"])


class Container:
    """A container that runs."""

    def __init__(
        self,
        process: subprocess.Popen[str],
        environment: Mapping[str, str],
        config: Mapping[str, Any],
    ) -> None:
        self.process, self.environment, self.config = process, environment, config

    def ready(self) -> str:
        """The address that it says it serves at."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("Ready. "), line + self.process.communicate()[1]
        return line.removeprefix("Ready. ").strip()

    @property
    def pid(self) -> int:
        """Its first process, as this machine counts."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int(path.read_text())

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command beside its first process, as that user, to its end."""
        user, _, group = self.config["User"].partition(":")
        given = [f"{name}={value}" for name, value in self.environment.items()]
        where = ("--mount", "--pid", "--root", "--setuid", user, "--setgid", group)
        return subprocess.run(
            [
                *("nsenter", "--target", str(self.pid), *where),
                *("env", "-i", "-C", self.config["WorkingDir"], *given, *command),
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def check(self) -> subprocess.CompletedProcess[str]:
        """The image's own HEALTHCHECK."""
        kind, *command = self.config["Healthcheck"]["Test"]
        assert kind == "CMD"
        return self.run(*command)

    def stop(self) -> float:
        """End it as engines do; the seconds that took."""
        began = time.monotonic()
        os.kill(self.pid, signal.SIGTERM)
        self.process.wait(timeout=10)
        return time.monotonic() - began
