"""Scenarios: stories that are played in a sandbox, each a script that is found by its path.

What a script has to be, so that it can be played from the command line, over the control API, in a
test, and by name or by its path:

- It is a file ``<name>.py``, with dashes in its name, in the folder ``scenarios``; or any file of
  one's own. It is never imported by name. Files that begin with ``_`` are none.
- The first line of its docstring is the title, the rest is the story.
- It has a function

      def play(
          findity: Findity,
          tell: Tell,
          *,
          seed: int = 0,
          employees: Annotated[int, "How many employees.", range(1, 1001)] = 20,
      ) -> dict[str, Any]:

  ``findity`` is a ``mockfindity.Findity``: a sandbox that exists, to act in over HTTP and in no
  other way. ``tell(done, total, what)`` says how far it is: ``tell(3, 20, "reports of March")``.
  Parameters are keyword-only and of plain types, int, float, str or bool (and ``Path | None``,
  which is not taken over HTTP); ``Annotated`` says what they mean, and which numbers they may be.
  They are checked before anything is done.
- What ``play`` gives is a dictionary for JSON with at least ``organizationId``,
  ``externalOrganizationId`` and ``exports`` (ids, oldest first), and whatever figures the story
  has. Under ``problems`` it may list what does not add up.
- The same seed, in a fresh sandbox with that seed, at the same base URL, gives the same bytes. So a
  scenario freezes the sandbox's clock before anything else, and draws whatever is left to chance
  from ``random.Random(f"{seed} {name}")``.
- A story that cannot go on raises ``StoryError``, or lets ``mockfindity.FindityError`` through. It
  begins with ``not_here(findity, external_id)``: who plays it twice in one sandbox is told.

What stories are made of is in ``mockfindity.stories``, these names included.

In a checkout the folder stands at its top, where people look for it; in the wheel it lies inside
the package, where it collides with nobody's modules.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from .scenario_parameters import REQUIRED, Parameter, checked, parameters_of
from .shipped import shipped

GIVEN = ("organizationId", "externalOrganizationId", "exports")
"""What every story gives at least."""

Tell = Callable[[int, int, str], None]
"""Told how far a story is: how many steps are done or being done, of how many, and what it is."""


class StoryError(Exception):
    """The story cannot go on, or a script is no scenario."""


class PlayedBefore(StoryError):
    """The story was played in this sandbox before."""


def not_here(findity: Any, external_id: str) -> None:
    """Raise ``PlayedBefore`` if the sandbox has an organization of this external id already."""
    found = findity.control("GET", "/organizations")["data"]
    if any(one["externalSourceId"] == external_id for one in found):
        raise PlayedBefore(
            f"the sandbox {findity.name!r} has an organization {external_id!r} already: reset it "
            "first, or play in another sandbox"
        )


@dataclass(frozen=True)
class Scenario:
    """A script that can be played."""

    name: str
    title: str
    story: str
    parameters: tuple[Parameter, ...]
    module: ModuleType

    def checked(self, given: Mapping[str, Any], *, over_http: bool = False) -> dict[str, Any]:
        """What was given as parameters. Raises ``ParameterError`` for what does not fit."""
        return checked(self.parameters, given, over_http=over_http)

    def play(self, findity: Any, tell: Tell, given: Mapping[str, Any]) -> dict[str, Any]:
        """Play it in a sandbox, a ``mockfindity.Findity``; gives what it made.

        Raises ``ParameterError`` before anything is done, ``StoryError`` and ``FindityError`` where
        the story cannot go on.
        """
        made = self.module.play(findity, tell, **self.checked(given))
        if not isinstance(made, dict):
            raise StoryError(f"play of {self.name} gave {type(made).__name__}, not a dictionary")
        missing = [name for name in GIVEN if name not in made]
        if missing:
            raise StoryError(f"what play of {self.name} gave has no {', '.join(missing)}")
        return made

    def shown(self) -> dict[str, Any]:
        """What there is to know of it, for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "story": self.story,
            "parameters": [
                {
                    "name": one.name,
                    "type": one.type,
                    "default": None if one.default is REQUIRED else one.default,
                    "description": one.description,
                }
                for one in self.parameters
                if one.kind is not Path
            ],
        }


def folder() -> Path:
    """The folder of scenarios. Raises ``FileNotFoundError`` where there is none."""
    return shipped("scenarios/demo.py").parent


def names() -> list[str]:
    """The scenarios there are."""
    return sorted(path.stem for path in folder().glob("[!_]*.py"))


def load(name: str) -> ModuleType:
    """A scenario as a module, with what it defines. Raises ``FileNotFoundError``."""
    return find(name).module


def find(name: str) -> Scenario:
    """The scenario of a name. Raises ``FileNotFoundError`` naming those there are."""
    if name not in names():
        raise FileNotFoundError(f"there is no scenario {name!r}; there is {', '.join(names())}")
    return at(folder() / f"{name}.py")


def at(path: Path) -> Scenario:
    """The scenario in a file. Raises ``FileNotFoundError``, and ``StoryError`` where the script
    is no scenario; what goes wrong in the script itself is raised as it is."""
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    module = _loaded(path)
    play = getattr(module, "play", None)
    if not inspect.isfunction(play):
        raise StoryError(f"{path} is no scenario: it has no function play")
    title, _, story = inspect.cleandoc(module.__doc__ or "").partition("\n")
    try:
        parameters = parameters_of(play, vars(module))
    except (TypeError, NameError) as error:
        raise StoryError(f"{path} is no scenario: {error}") from None
    return Scenario(path.stem, title, story.strip(), parameters, module)


def _loaded(path: Path) -> ModuleType:
    known_as = f"mockfindity scenario {path.stem}"
    spec = spec_from_file_location(known_as, path)
    if spec is None or spec.loader is None:
        raise StoryError(f"{path} is no scenario: a Python file, .py, was expected")
    module = module_from_spec(spec)
    sys.modules[known_as] = module
    spec.loader.exec_module(module)
    return module
