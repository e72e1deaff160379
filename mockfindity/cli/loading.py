"""What a server begins with: state documents and scenarios, loaded before it serves.

They are loaded into a Findity aside, at a free port, and what came of it is put into the sandbox
``default`` in one step. So one that is wrong leaves nothing behind, in a data directory neither,
and nobody meets a Findity that is half set up.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import Problem
from .output import printable
from .serve import Told

if TYPE_CHECKING:
    from ..sandboxes import Sandboxes
    from ..state_document import Whole
    from .control import Control


def load(places: Sequence[Path], sandboxes: Sandboxes) -> None:
    """Load files, and those of folders in the order of their names, into the sandbox ``default``;
    a reset then goes back to what it is.

    Not where it has an organization already: what a data directory kept is left alone. Tells on
    stderr what was loaded. Raises ``Problem``, naming the file, for one that cannot be.
    """
    files = [file for place in places for file in _files(place)]
    if not files:
        return
    default = sandboxes.default
    if len(default.state.organizations):
        click.echo("Nothing was loaded: the sandbox default has organizations already.", err=True)
        return
    with redirect_stdout(sys.stderr):  # stdout has one line, and scripts may print what they like
        whole = _loaded(files, sandboxes)
    default.take_over(whole)
    sandboxes.begin_here(default)


def _files(place: Path) -> list[Path]:
    """A file, or those of a folder: of the kinds there are, and not hidden nor begun with ``_``."""
    if place.is_file():
        return [place]
    try:
        found = sorted(place.iterdir())
    except OSError as error:
        raise Problem(f"{place} cannot be loaded: {error.strerror}.") from None
    return [
        file
        for file in found
        if file.suffix in LOADERS and not file.name.startswith((".", "_")) and file.is_file()
    ]


def _loaded(files: Sequence[Path], sandboxes: Sandboxes) -> Whole:
    """What a sandbox of the same seed is, once the files are loaded into it one by one."""
    from ..app import App
    from ..sandboxes import Sandboxes
    from ..server import address, in_thread, listen
    from .control import Control

    seed = sandboxes.default.state.ids.seed
    listener = listen(port=0)
    aside = Sandboxes(
        address(listener), seed=seed, allow_public_webhooks=sandboxes.allow_public_webhooks
    )
    with in_thread(App(aside), listener), Control(aside.base_url) as control:
        for file in files:
            with _blamed(file):
                LOADERS.get(file.suffix, _unknown)(control, file, seed)
            click.echo(f"Loaded {file}", err=True)
    return aside.default.whole()


def _document(control: Control, file: Path, seed: int) -> None:
    """As ``mockfindity state import`` does: the sandbox becomes what the document says."""
    control.send("PUT", f"{control.sandbox}/state", content=file.read_bytes(), timeout=None)


def _script(control: Control, file: Path, seed: int) -> None:
    """As ``mockfindity scenario run`` does, with the seed of the server."""
    from ..scenario_files import at
    from ..testing.findity import Findity

    story = at(file)
    takes_seed = any(parameter.name == "seed" for parameter in story.parameters)
    findity = Findity.at(control.url)
    try:
        given = {"seed": seed} if takes_seed else {}
        made = story.play(findity, lambda done, total, what: None, given)
    finally:
        findity.close()
    if made.get("problems"):
        raise Problem(f"it does not add up: {made['problems'][0]}")


def _unknown(control: Control, file: Path, seed: int) -> None:
    raise Problem("a state document, .json, or a scenario, .py, was expected")


LOADERS: dict[str, Callable[[Control, Path, int], None]] = {".json": _document, ".py": _script}
"""What is done with a file, by how its name ends."""


@contextmanager
def _blamed(file: Path) -> Iterator[None]:
    """Raise ``Problem``, in one line with the file's name, for whatever goes wrong with it."""
    try:
        yield
    except Told:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever a script of the user's raises)
        raise Problem(printable(_why(error, file)).rstrip(".") + ".") from None


def _why(error: BaseException, file: Path) -> str:
    """What went wrong, and in which line of a script."""
    from .. import FindityError
    from ..scenario_files import StoryError
    from ..scenario_parameters import ParameterError

    if isinstance(error, SyntaxError):
        return f"{file}, line {error.lineno}: {error.msg}"
    if isinstance(error, Problem):
        return f"{file}: {error.message}"
    text = str(error).partition("\n")[0]
    if not isinstance(error, StoryError | ParameterError | FindityError):
        text = f"{type(error).__name__}: {text}" if text else type(error).__name__
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(file)
    ]
    if lines:
        return f"{file}, line {lines[-1]}: {text}"
    return text if text.startswith(str(file)) else f"{file}: {text}"
