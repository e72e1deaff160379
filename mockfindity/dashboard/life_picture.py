"""The report's life as a picture: the table of ``GET /_mockfindity/report-life``, laid out.

The statuses stand in a row, in the order in which Findity lists them. Below it stand ``REJECTED``,
which leads back, and ``NEW``, from which no step leads. A step to the next status is a straight
arrow, a longer one an arc, high above its neighbours; a step back is an arc below. A new line of
the table is drawn by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

WIDTH, HEIGHT, GAP = 132, 64, 88
PITCH = WIDTH + GAP
ROW, BELOW = 128, 276
"""The upper edges of the two rows."""

BELOW_AT = {"NEW": 0.0, "REJECTED": 1.5}
"""The statuses of the second row, and how many places from the left they stand."""


class Node(NamedTuple):
    """A status, and its box's upper left corner."""

    status: str
    x: int
    y: int

    @property
    def middle(self) -> float:
        return self.x + WIDTH / 2

    @property
    def centre(self) -> float:
        return self.y + HEIGHT / 2


class Arrow(NamedTuple):
    """Steps from one status to another: how they are drawn, and where the lowest line of their
    names stands. ``follows``: nobody takes them, they follow from what an integration says."""

    start: str
    end: str
    lines: list[str]
    path: str
    x: float
    y: float
    follows: bool


class Picture(NamedTuple):
    """A whole picture, in units of its own."""

    nodes: list[Node]
    arrows: list[Arrow]
    width: int
    height: int


def picture(life: dict[str, Any]) -> Picture:
    """The picture of a life, such as the control API gives it."""
    steps = life["steps"]
    entered = {s for step in steps for s in (step["from"], *step["to"])} | {"NEW"}
    statuses = [status for status in life["statuses"] if status in entered]
    nodes = {node.status: node for node in _placed(statuses)}
    arrows = [_arrow(nodes, *pair) for pair in _joined(steps)]
    width = max(node.x for node in nodes.values()) + WIDTH + 2
    return Picture(list(nodes.values()), arrows, width, BELOW + HEIGHT + 2)


def _placed(statuses: list[str]) -> Iterable[Node]:
    row = [status for status in statuses if status not in BELOW_AT]
    for place, status in enumerate(row):
        yield Node(status, 2 + place * PITCH, ROW)
    for status, at in BELOW_AT.items():
        if status in statuses:
            yield Node(status, 2 + int(at * PITCH), BELOW)


def _joined(steps: list[dict[str, Any]]) -> Iterable[tuple[str, str, list[str], bool]]:
    """From, to, the steps that lead there, and whether nobody takes any of them."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for step in steps:
        for end in step["to"]:
            found.setdefault((step["from"], end), []).append(step)
    for (start, end), same in found.items():
        yield start, end, [s["step"] for s in same], all(s["follows"] for s in same)


def _arrow(nodes: dict[str, Node], start: str, end: str, names: list[str], follows: bool) -> Arrow:
    path, x, y = _drawn(nodes[start], nodes[end])
    # Between two boxes there is more room above the arrow than along it.
    lines = names if " H" in path else [", ".join(names)]
    return Arrow(start, end, lines, path, x, y, follows)


def _drawn(start: Node, end: Node) -> tuple[str, float, float]:
    """The path of an arrow, and the middle of its name."""
    if start is end:
        return _loop(start)
    if start.y != end.y:
        return _between_rows(start, end)
    places = (end.x - start.x) // PITCH
    if places == 1:
        x1, x2 = start.x + WIDTH, end.x - 4
        return f"M{x1} {start.centre} H{x2}", (x1 + x2) / 2, start.centre - 8
    return _arc(start, end, places)


def _loop(node: Node) -> tuple[str, float, float]:
    x, y = node.middle, node.y
    return f"M{x + 18} {y} C{x + 40} {y - 44} {x - 40} {y - 44} {x - 18} {y - 4}", x, y - 40


def _arc(start: Node, end: Node, places: int) -> tuple[str, float, float]:
    """Above the row where it leads on, below it where it leads back."""
    above = places > 0
    lift = 52 + 26 * abs(places) if above else 22 + 20 * abs(places)
    edge = start.y if above else start.y + HEIGHT
    tip = edge - 4 if above else edge + 4
    bend = edge - lift if above else edge + lift
    x1, x2 = (start.middle + 44, end.middle - 44) if above else (start.middle - 30, end.middle + 30)
    label = edge - lift * 0.75 - 6 if above else edge + lift * 0.75 + 16
    # Below, the steps to the second row begin on the left.
    name = (x1 + x2) / 2 if above else (x1 + x2) / 2 + 44
    return f"M{x1} {edge} C{x1} {bend} {x2} {bend} {x2} {tip}", name, label


def _between_rows(start: Node, end: Node) -> tuple[str, float, float]:
    """From one row to the other; the ways between the same boxes do not lie on each other."""
    down = start.y < end.y
    side = -1 if (start.x < end.x) == down else 1
    if down:
        x1, x2 = start.middle + side * 16, end.middle + side * 48
        y1, y2 = start.y + HEIGHT, end.y - 4
    else:
        x1, x2 = start.middle + side * 16, end.middle - side * 16
        y1, y2 = start.y, end.y + HEIGHT + 4
    middle = (y1 + y2) / 2
    path = f"M{x1} {y1} C{x1} {middle} {x2} {middle} {x2} {y2}"
    # What leads down has its name outside; what leads up on the arrow, away from its neighbour.
    return path, (x1 + x2) / 2 + (side * 28 if down else -side * 4), middle + (16 if down else -8)
