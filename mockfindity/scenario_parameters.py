"""The parameters of a scenario: read from the signature of its ``play``, checked before it begins.

A parameter is a keyword-only argument of a plain type. ``Annotated`` adds what it means, and where
it needs one the range of numbers it may be:

    employees: Annotated[int, "How many employees.", range(1, 1001)] = 20
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any, get_args, get_origin, get_type_hints

REQUIRED = inspect.Parameter.empty
WORDS: dict[Any, tuple[str, str]] = {
    int: ("integer", "a whole number"),
    float: ("number", "a number"),
    bool: ("boolean", "true or false"),
    str: ("string", "a text"),
    Path: ("path", "a path"),
}
"""What each type is called in JSON, and in a message."""

TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
SEEDS = range(2**63)
SEED = "Another seed gives other ids, names and amounts."


class ParameterError(ValueError):
    """A parameter that the scenario does not have, or a value that it cannot be."""


@dataclass(frozen=True)
class Parameter:
    """One parameter: ``default`` is ``REQUIRED`` where there is none, ``allowed`` a range of
    numbers. One whose ``kind`` is ``Path`` is for whoever plays a scenario on a machine of their
    own, and for nobody over HTTP."""

    name: str
    kind: type
    default: Any
    description: str
    allowed: range | None = None

    @property
    def type(self) -> str:
        """What its type is called in JSON."""
        return WORDS[self.kind][0]

    @property
    def expected(self) -> str:
        """What it may be, in words."""
        words = WORDS[self.kind][1]
        if self.allowed is None:
            return words
        return f"{words} from {self.allowed[0]} to {self.allowed[-1]}"

    def checked(self, value: Any) -> Any:
        """The value, if it can be this parameter's. Raises ``ParameterError``."""
        if self.kind is float and type(value) is int:
            value = float(value)
        fits = isinstance(value, self.kind) and (self.kind is bool or not isinstance(value, bool))
        if not fits or (self.allowed is not None and value not in self.allowed):
            raise self._unlike(value)
        return value

    def read(self, text: str) -> Any:
        """The value that a text stands for, as on a command line. Raises ``ParameterError``."""
        kind: Callable[[str], Any] = self.kind
        try:
            value = TRUTHS[text.lower()] if self.kind is bool else kind(text)
        except (ValueError, KeyError):
            raise self._unlike(text) from None
        return self.checked(value)

    def _unlike(self, value: Any) -> ParameterError:
        return ParameterError(f"{self.name}: {self.expected} was expected, got {value!r}")


def parameters_of(play: Callable[..., Any], names: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """What ``play`` takes by keyword; ``names`` are those that its annotations use.

    Raises ``TypeError`` for a parameter of another type than the plain ones.
    """
    taken = [p for p in inspect.signature(play).parameters.values() if p.kind is p.KEYWORD_ONLY]
    said = SimpleNamespace(__annotations__={p.name: p.annotation for p in taken})
    hints = get_type_hints(said, dict(names), include_extras=True)
    return tuple(_parameter(p.name, hints[p.name], p.default) for p in taken)


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    kind, *more = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    kind = Path if kind == Path | None else kind
    if kind not in WORDS:
        known = ", ".join(one.__name__ for one in WORDS if one is not Path)
        raise TypeError(f"its parameter {name} must be one of {known}")
    is_seed = name == "seed"
    description = next((one for one in more if isinstance(one, str)), SEED if is_seed else "")
    allowed = next((one for one in more if isinstance(one, range)), SEEDS if is_seed else None)
    return Parameter(name, kind, default, description, allowed)


def checked(
    parameters: tuple[Parameter, ...], given: Mapping[str, Any], *, over_http: bool = False
) -> dict[str, Any]:
    """What was given, checked against what there is.

    Raises ``ParameterError`` for a name that is not there, a value that does not fit, a parameter
    that has no default and was not given, and over HTTP for a path.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            raise ParameterError(f"there is no parameter {name!r}; there is {listed(parameters)}")
        if over_http and known[name].kind is Path:
            raise ParameterError(f"{name}: a path is not taken from elsewhere")
    for parameter in parameters:
        if parameter.default is REQUIRED and parameter.name not in given:
            raise ParameterError(f"{parameter.name}: {parameter.expected} has to be given")
    return {name: known[name].checked(value) for name, value in given.items()}


def listed(parameters: tuple[Parameter, ...]) -> str:
    """Every parameter with its default, in one line."""
    return ", ".join(
        p.name if p.default in (REQUIRED, None) else f"{p.name} ({p.default!r})" for p in parameters
    )
