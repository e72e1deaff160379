"""A local, stateful Findity, and a kit that judges the clients that talk to it.

    import mockfindity

    with mockfindity.running() as findity:      # a server in a thread, and a sandbox
        findity.report().submit()
        export = findity.bulk_send(format="EXPENSE")

    app = mockfindity.create_app()              # or a whole Findity as an ASGI application

Where to look, from the wire inwards:

    routes.py       every URL, in one table
    endpoint.py     the road: what happens to every request, once
    api/            Findity's own operations, one noun a file      control/  our control API
    domain/         the rules, pure: reports, vouchers, exports, money …
    state.py        tables of frozen records                       sandbox.py  one whole Findity
    webhooks.py     drains the outbox into real HTTP               documents/  PDFs
    dashboard/      what a person sees of a Findity in a browser, and does in it
    pages/          what people read in a browser: /docs, and the OpenAPI documents behind it
    fidelity/       what is documented, inferred, chosen, with the tests that prove it
    stories/        what scenarios are made of: merchants, people, expenses
    testing/        a Findity in a test: running(), the fixture's object, the guard
    verify/         holds another server, such as Findity's stage, against the contracts
    app.py          puts it together         server.py  runs it    cli/  the command line
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import create_app
    from .testing.findity import Findity
    from .testing.guard import guard
    from .testing.line import FindityError
    from .testing.running import running

__version__ = "0.1.0"
__all__ = ["Findity", "FindityError", "__version__", "create_app", "guard", "running"]

_HOMES = {
    "Findity": "testing.findity",
    "FindityError": "testing.line",
    "create_app": "app",
    "guard": "testing.guard",
    "running": "testing.running",
}


def __getattr__(name: str) -> object:
    """Import what is behind a public name when it is first used; ``--help`` needs none of it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
