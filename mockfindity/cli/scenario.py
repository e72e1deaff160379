"""``mockfindity scenario``: which stories there are, and playing one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ..scenario_files import PlayedBefore, Scenario, StoryError, at, find, names
from ..scenario_parameters import REQUIRED, ParameterError, listed
from .control import Control, Silent
from .options import (
    DEFAULT_URL,
    Group,
    Problem,
    json_option,
    option,
    sandbox_option,
    token_option,
    url_option,
)
from .output import print_json, print_table
from .progress import progress

if TYPE_CHECKING:
    from ..testing.findity import Findity

TOLD = ("url", "sandbox", "organizationId", "externalOrganizationId")
ELSEWHERE = ("url", "sandbox", "control_token")
HOW = "--reset does that, and `mockfindity sandbox create NAME` makes another."
"""What to do in a sandbox in which a story was played before."""

Json = dict[str, Any]


@click.group(cls=Group, default="list")
def scenario() -> None:
    """Stories that fill a sandbox: see which there are, play one (list, if not said)."""


@scenario.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the scenarios, with their titles and parameters."""
    found = [find(name) for name in names()]
    if as_json:
        print_json([one.shown() for one in found])
        return
    rows = [(one.name, one.title, listed(one.parameters)) for one in found]
    print_table(("name", "title", "parameters"), rows)


@scenario.command()
@click.argument("name", metavar="NAME|PATH")
def show(name: str) -> None:
    """Tell the story of the scenario NAME, or of the script at PATH, and its parameters."""
    story = _found(name)
    click.echo(f"{story.title}\n\n{story.story}\n")
    rows = [
        (
            one.name,
            one.expected,
            "" if one.default in (REQUIRED, None) else one.default,
            one.description,
        )
        for one in story.parameters
    ]
    print_table(("parameter", "what it may be", "default", "meaning"), rows)


@scenario.command()
@click.argument("name", metavar="NAME|PATH")
@click.argument("parameters", nargs=-1, metavar="[PARAMETER=VALUE]...")
@option("--seed", type=click.IntRange(0, 2**63 - 1), help="Another seed, another set of data.")
@option("--reset", is_flag=True, help="Put the sandbox back to how it was made first.")
@option(
    "--dump",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what it made to this zip file: state, packages, PDFs.",
)
@option("--standalone", is_flag=True, help="On a server of its own, which ends afterwards.")
@url_option
@sandbox_option
@token_option
@json_option
@click.pass_context
def run(
    ctx: click.Context,
    /,
    name: str,
    parameters: tuple[str, ...],
    seed: int | None,
    reset: bool,
    dump: Path | None,
    standalone: bool,
    as_json: bool,
    **where: Any,
) -> None:
    """Play the scenario NAME, or the script at PATH, in a sandbox.

    PATH is what ends in .py. `mockfindity scenario list` names the scenarios
    and their PARAMETERs. Most can be played once in a sandbox: --reset empties
    it first. With --standalone no server is needed, and with --dump too the
    data is all that stays.
    """
    from .dump import new_file, write

    story = _found(name)
    given = _given(story, parameters, seed)
    with ExitStack() as stack:
        file = stack.enter_context(new_file(dump)) if dump else None
        place = _own_server(ctx, seed) if standalone else _somewhere(reset=reset, **where)
        findity = stack.enter_context(place)
        try:
            with progress() as tell:
                made = _played(story, lambda: story.play(findity, tell, given))
                if file is not None:
                    _played(story, lambda: write(findity, made, file, tell))
        except KeyboardInterrupt:
            click.echo("Stopped; the sandbox is as far as the story came.", err=True)
            ctx.exit(130)
    _print(story, findity, made, as_json, dump)


def _found(name: str) -> Scenario:
    """The scenario of a name or at a path. Raises ``Problem``."""
    try:
        return at(Path(name)) if name.endswith(".py") else find(name)
    except FileNotFoundError as error:
        raise Problem(f"{error}.") from None
    except StoryError as error:
        raise Problem(f"{error}.") from None


def _given(story: Scenario, parameters: tuple[str, ...], seed: int | None) -> Json:
    """The parameters, read and checked. Raises ``Problem`` with what there is."""
    known = {one.name: one for one in story.parameters}
    given: Json = {} if seed is None else {"seed": seed}
    try:
        for text in parameters:
            name, equals, value = text.partition("=")
            if not equals:
                raise ParameterError(f"{text!r} is no PARAMETER=VALUE; there is {_known(story)}")
            given[name] = known[name].read(value) if name in known else value
        return story.checked(given)
    except ParameterError as error:
        raise Problem(f"{story.name}: {error}.") from None


def _known(story: Scenario) -> str:
    return listed(story.parameters) or "none"


@contextmanager
def _somewhere(
    url: str, sandbox: str, control_token: str | None, *, reset: bool
) -> Iterator[Findity]:
    """A sandbox of a server that runs, ``reset`` as soon as something is done in it. Raises
    ``Problem`` where there is none."""
    from ..testing.findity import Findity
    from ..testing.line import Line
    from .fresh_line import FreshLine

    with Control(url, sandbox, control_token) as control:
        try:
            made = control("GET", "")
        except Silent as silent:
            raise Problem(f"{silent.message} With --standalone none is needed.") from None
    line = FreshLine(url, sandbox, control_token) if reset else Line(url, control_token)
    findity = Findity(line, made)
    try:
        yield findity
    finally:
        findity.close()


@contextmanager
def _standing_alone(seed: int) -> Iterator[Findity]:
    """A sandbox of a new server at a free port. It writes the same URLs whatever that is."""
    from ..testing.running import serving

    with serving(base_url=DEFAULT_URL, seed=seed) as server:
        yield server.default()


def _own_server(ctx: click.Context, seed: int | None) -> AbstractContextManager[Findity]:
    for name in ELSEWHERE:
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            shown = name.replace("_", "-")
            raise Problem(f"--{shown} says where a server is, and --standalone that none is used.")
    return _standing_alone(seed or 0)


def _played(story: Scenario, act: Callable[[], Any]) -> Any:
    """What ``act`` gives. Raises ``Problem`` where the story gets stuck."""
    from httpx2 import HTTPError

    from .. import FindityError

    try:
        return act()
    except PlayedBefore as error:
        raise Problem(f"the scenario {story.name!r} could not be played: {error}; {HOW}") from None
    except (StoryError, FindityError, HTTPError, OSError, ParameterError) as error:
        said = (str(error) or type(error).__name__).rstrip(".")
        raise Problem(f"the scenario {story.name!r} could not be played: {said}.") from None


def _print(story: Scenario, findity: Findity, made: Json, as_json: bool, dump: Path | None) -> None:
    """What it made: all of it as JSON, or where it is and the figures. Raises ``Problem`` where
    the story says that something does not add up."""
    if as_json:
        print_json(made)
    else:
        click.echo(f"Played {story.name}: {story.title}\n")
        print_table(("what", "value"), list(_figures(findity, made)))
        if dump is not None:
            click.echo(f"\nWritten to {dump}.")
    if made.get("problems"):
        raise Problem("it does not add up.\n" + "\n".join(made["problems"]))


def _figures(findity: Findity, made: Json) -> Iterator[tuple[str, object]]:
    """Where it is, and every figure that is a single one."""
    yield "sandbox", findity.name
    yield "organization", f"{made['externalOrganizationId']} ({made['organizationId']})"
    for number, export in enumerate(made["exports"], 1):
        yield f"export {number}", export
    for key, value in made.items():
        if key not in TOLD and isinstance(value, int | float | str):
            yield key, f"{value:.2f}" if isinstance(value, float) else value
