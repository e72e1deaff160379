"""What the APIs answer, asked in process: for pages, which only read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import quote

import msgspec

from ..call import Call, Kept, Large
from ..query import parse_query


def ask(call: Call, path: str, /, **query: object) -> Any:
    """What ``GET path`` answers, its JSON as plain Python data, with amounts as ``Decimal``.

    ``path`` is percent-encoded; a file or a PDF comes as ``Bytes`` or as what is to be awaited.
    Of Findity's own operations no token is asked, and nobody is shut out by a key's scope.
    Raises the ``Refusal`` that a client would be answered.
    """
    match = call.router.match("GET", path)
    given = {name: str(value) for name, value in query.items() if value is not None}
    asked = Call(
        sandboxes=call.sandboxes,
        router=call.router,
        sandbox=call.sandboxes[match.path["sandbox"]] if "sandbox" in match.path else call.sandbox,
        key=None,
        path=match.path,
        query=parse_query(match.route.query, given),
        headers={},
        own_url=call.own_url,
    )
    answer = match.route.operation(asked)
    if isinstance(answer, Kept | Large):
        answer = answer.make()
    if isinstance(answer, dict | list):
        return msgspec.to_builtins(answer, builtin_types=(Decimal,))
    return answer


def path_of(*segments: str) -> str:
    """Segments as a path, each percent-encoded."""
    return "/" + "/".join(quote(segment, safe="") for segment in segments)
