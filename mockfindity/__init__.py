"""A local, stateful Findity, and a kit that judges the clients that talk to it.

    import mockfindity

    app = mockfindity.create_app()      # a whole Findity as an ASGI application

Where to look, from the wire inwards:

    routes.py       every URL, in one table
    endpoint.py     the road: what happens to every request, once
    api/            Findity's own operations, one noun a file      control/  our control API
    domain/         the rules, pure: reports, vouchers, exports, money …
    state.py        tables of frozen records                       sandbox.py  one whole Findity
    webhooks.py     drains the outbox into real HTTP               documents/  PDFs
    app.py          puts it together         server.py  runs it    cli/  the command line
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import create_app

__version__ = "0.1.0"
__all__ = ["__version__", "create_app"]


def __getattr__(name: str) -> object:
    """Import what is behind a public name when it is first used; ``--help`` needs none of it."""
    if name == "create_app":
        from .app import create_app

        return create_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
