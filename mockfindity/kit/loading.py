"""A Python client: the function that ``--client`` names, or why there is none."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import inspect
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .violation import Violation

if TYPE_CHECKING:
    from .connection import Connection

PACKAGE = Path(__file__).parents[1]


def load(name: str, folder: Path) -> Callable[[Connection], Any]:
    """The function that ``package.module:function`` or ``file.py:function`` names.

    Raises ``Violation`` where there is none: says the file, the line and the error.
    """
    module_name, _, function_name = name.rpartition(":")
    try:
        if not module_name or not function_name:
            raise ValueError("file.py:function or package.module:function was expected")
        module = _module(module_name, folder)
        function = getattr(module, function_name, None)
        if function is None:
            raise ValueError(_without(module, module_name, function_name))
        if not callable(function):
            raise ValueError(f"{function_name} is no function")
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever a module of the user's raises)
        why = _told(error, _homes(module_name, folder))
        raise Violation(f"the client {name!r} cannot be loaded: {why}") from None
    loaded: Callable[[Connection], Any] = function
    return loaded


def _module(name: str, folder: Path) -> ModuleType:
    if name.endswith(".py"):
        return _from_file(folder / name)
    _put_on_path(folder)
    return importlib.import_module(name)


def _from_file(path: Path) -> ModuleType:
    """A file as a module. Its folder is on the path, as when Python runs it as a script."""
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    _put_on_path(path.parent)
    known_as = f"mockfindity client {path.resolve()}"
    if known_as not in sys.modules:
        spec = importlib.util.spec_from_file_location(known_as, path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path} is no Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules[known_as] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[known_as]
            raise
    return sys.modules[known_as]


def _put_on_path(folder: Path) -> None:
    if str(folder.resolve()) not in sys.path:
        sys.path.insert(0, str(folder.resolve()))


def _without(module: ModuleType, module_name: str, function_name: str) -> str:
    """That a module has no such function, and which ones it has."""
    own = [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]
    near = difflib.get_close_matches(function_name, own, 1)
    meant = f"; did you mean {near[0]}?" if near else "."
    there = f" Its functions: {', '.join(own)}." if own else " It has no functions of its own."
    return f"{module_name} has no {function_name}{meant}{there}"


def _homes(module_name: str, folder: Path) -> list[Path]:
    """The folders where the client's own files are."""
    is_file = module_name.endswith(".py")
    return [folder.resolve(), *([(folder / module_name).parent.resolve()] if is_file else ())]


def _told(error: BaseException, homes: Sequence[Path]) -> str:
    """An error of the client's with the file and the line where it came up; of ours, the text."""
    if isinstance(error, SyntaxError) and error.filename:
        place: tuple[str, int | None] | None = (error.filename, error.lineno)
        text = error.msg
    else:
        place, text = _place(error, homes), str(error)
    if place is None:
        return text or type(error).__name__
    kind = f"{type(error).__name__}: {text}" if text else type(error).__name__
    told = f"{_shown(place[0], homes[0])}, line {place[1]}: {kind}"
    if isinstance(error, ModuleNotFoundError) and error.name:
        told += (
            f"\nIt is called in mockfindity's own Python, {sys.executable}, which has no module "
            f"{error.name!r}."
        )
    return told


def _place(error: BaseException, homes: Sequence[Path]) -> tuple[str, int | None] | None:
    """The last file and line of the client's own; else the last that is not ours or Python's."""
    frames = [
        (frame.filename, frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith("<frozen") and frame.filename != importlib.__file__
    ]
    own = [
        frame
        for frame in frames
        if "site-packages" not in frame[0]
        and not Path(frame[0]).is_relative_to(PACKAGE)
        and any(Path(frame[0]).resolve().is_relative_to(home) for home in homes)
    ]
    found = own or [frame for frame in frames if frame[0] != __file__]
    return found[-1] if found else None


def _shown(file: str, folder: Path) -> str:
    path = Path(file).resolve()
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else file
