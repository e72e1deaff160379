"""What a line of ``routes.py`` is made of, and how a path is found among them.

Routes are looked up segment by segment in nested dictionaries. A list of patterns, tried one after
the other, costs more with every route: behind two hundred of them it took four fifths of the time
of a small request.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote

from .body import Body
from .errors import MethodNotAllowed, NotFound, Provenance, Refusal
from .later import Named, found
from .query import Param
from .recent import Recent

MIB = 1024 * 1024

KNOWN, LONG = 4096, 200
"""How many matches are kept, and how long a path of one may be."""

Auth = Literal["bearer", "token", "open", "control", "page", "dashboard"]
Operation = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Family:
    """A group of paths with one base: Findity's admin, connect, oauth, our control API, our pages.

    ``auth`` is who may call: ``bearer`` needs a token, ``token`` is the token endpoint itself,
    ``open`` needs none, ``control`` names its sandbox in the path, ``dashboard`` is a page that
    shows what the control API tells, and ``page`` is for anybody.

    ``is_findity`` says whether Findity has it: what is our own is kept from the journal, faults and
    limits. ``is_guarded`` tells and does what ``--control-token`` keeps to those who know it.
    """

    name: str
    prefixes: tuple[str, ...]
    auth: Auth
    is_findity: bool = field(init=False)
    is_guarded: bool = field(init=False)

    def __post_init__(self) -> None:
        ours = self.auth in ("control", "page", "dashboard")
        object.__setattr__(self, "is_findity", not ours)
        object.__setattr__(self, "is_guarded", self.auth in ("control", "dashboard"))


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the API under all its paths.

    ``status`` is that of success, ``codes`` the refusals that are its own, ``source`` the guide
    that describes it, or ``chosen``. ``operation``, ``query`` and what ``body`` is made of may be
    only named (``later.Named``) until the route is loaded.
    """

    method: str
    path: str
    operation: Operation
    family: Family
    provenance: Provenance
    source: str
    status: int = 200
    body: Body[Any] | None = None
    query: tuple[Param, ...] = ()
    codes: tuple[type[Refusal], ...] = ()
    limit: int = 10 * MIB
    legacy: bool = False
    id: str = field(default="")

    def __post_init__(self) -> None:
        first, *rest = self.operation.__name__.split("_")
        name = first + "".join(map(str.capitalize, rest))
        object.__setattr__(self, "id", name + ("ByInternalId" if self.legacy else ""))

    @property
    def is_loaded(self) -> bool:
        return not isinstance(self.operation, Named)

    def load(self) -> Route:
        """This route, with all that it is made of imported."""
        if not self.is_loaded:
            object.__setattr__(self, "query", found(self.query))
            if self.body is not None:
                self.body.load()
            object.__setattr__(self, "operation", found(self.operation))
        return self

    @property
    def summary(self) -> str:
        """The first line of what the operation says of itself."""
        return (self.operation.__doc__ or "").strip().partition("\n")[0]

    @property
    def paths(self) -> list[str]:
        return [prefix + self.path for prefix in self.family.prefixes]


class _Node:
    __slots__ = ("literals", "parameter", "routes")

    def __init__(self) -> None:
        self.literals: dict[str, _Node] = {}
        self.parameter: _Node | None = None
        self.routes: dict[str, tuple[Route, tuple[str, ...], str]] = {}


class Match(NamedTuple):
    """The route of a request, and the parameters in its path. ``raw_path`` is that path, the same
    object for all who ask for it."""

    route: Route
    path: dict[str, str]
    template: str
    raw_path: str


class Router:
    """Every route by its path. A literal segment wins over a parameter."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = tuple(routes)
        self._root = _Node()
        self._nearest: Recent[str, str | None] = Recent(1000)
        self._known: Recent[tuple[str, str], Match] = Recent(KNOWN)
        findity = [route for route in self.routes if route.family.is_findity]
        self._operations = {route.id for route in findity}
        self._templates = [path for route in findity for path in route.paths]
        self._own = {
            path.split("/")[1]
            for route in self.routes
            for path in route.paths
            if not route.family.is_findity and path != "/"
        }
        for route in self.routes:
            for path in route.paths:
                self._add(path, route)

    def _add(self, path: str, route: Route) -> None:
        node, names = self._root, []
        for segment in _segments(path):
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.parameter = node = node.parameter or _Node()
            else:
                node = node.literals.setdefault(segment, _Node())
        if route.method in node.routes:
            raise ValueError(f"{route.method} {path} stands twice in the table of routes")
        node.routes[route.method] = (route, tuple(names), path)

    def match(self, method: str, raw_path: str) -> Match:
        """The route for a percent-encoded path; a trailing slash makes no difference.

        What was found is kept for a while, for clients ask for the same again and again. Raises
        ``NotFound`` and ``MethodNotAllowed``. ``HEAD`` is answered as ``GET``.
        """
        known = self._known.get((method, raw_path))
        if known is None:
            known = self._found(method, raw_path)
            if len(raw_path) < LONG:
                self._known.keep((method, raw_path), known)
        return known

    def _found(self, method: str, raw_path: str) -> Match:
        segments = [unquote(s) if "%" in s else s for s in _segments(raw_path)]
        wanted = "GET" if method == "HEAD" else method
        ends = list(_ends(self._root, segments, 0, []))
        for node, values in ends:
            if wanted in node.routes:
                route, names, template = node.routes[wanted]
                parameters = dict(zip(names, values, strict=True))
                return Match(route.load(), parameters, template, raw_path)
        if not ends:
            nearest = self.nearest(raw_path)
            hint = f"; did you mean {nearest}?" if nearest else "."
            raise NotFound(f"nothing is served at {unquote(raw_path)!r}{hint}")
        # What is called `wait` or `lookup` is nobody's id, whatever else that path could mean.
        allowed = sorted(ends[0][0].routes)
        if "GET" in allowed:
            allowed.insert(allowed.index("GET") + 1, "HEAD")
        raise MethodNotAllowed(
            f"{unquote(raw_path)!r} does not take {method}, but {', '.join(allowed)}.",
            ", ".join(allowed),
        )

    def nearest(self, path: str) -> str | None:
        """The template that a path nobody serves is most like, for whoever mistyped one."""
        if path not in self._nearest:
            close = difflib.get_close_matches(path[:200], self._templates, 1, 0.5)
            self._nearest.keep(path, close[0] if close else None)
        return self._nearest[path]

    def has(self, operation: str) -> bool:
        """Whether Findity has an operation of this id."""
        return operation in self._operations

    def serves(self, path: str) -> bool:
        """Whether a concrete path or a template is one of Findity's."""
        ends = _ends(self._root, _segments(path), 0, [])
        served = [route for node, _ in ends for route, *_ in node.routes.values()]
        return any(route.family.is_findity for route in served)

    def is_own(self, raw_path: str) -> bool:
        """Whether a percent-encoded path, served or not, lies where nothing is Findity's."""
        # What begins as most of Findity's paths do needs no closer look.
        if raw_path.startswith("/api/"):
            return False
        path = unquote(raw_path)
        return path == "/" or not self._own.isdisjoint(path.split("/")[1:2])


def _segments(path: str) -> list[str]:
    segments = path.split("/")[1:]
    return segments[:-1] if segments and segments[-1] == "" else segments


def _ends(
    node: _Node, segments: list[str], at: int, values: list[str]
) -> Iterable[tuple[_Node, list[str]]]:
    """Every node that the segments lead to, literal ones first."""
    if at == len(segments):
        if node.routes:
            yield node, values
        return
    segment = segments[at]
    if literal := node.literals.get(segment):
        yield from _ends(literal, segments, at + 1, values)
    if node.parameter and segment:
        yield from _ends(node.parameter, segments, at + 1, [*values, segment])
