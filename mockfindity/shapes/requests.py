"""The journal: what clients asked, and what they were answered."""

from __future__ import annotations

from typing import Annotated, TypedDict

from .base import Time, about


class RequestOut(TypedDict):
    """A request and its answer. Secrets are blotted out."""

    id: Annotated[int, about("Its number; they count up from 1.", 1)]
    time: Annotated[Time, about("When it was answered, by the sandbox's clock.")]
    method: Annotated[str, about("The HTTP method.", "GET")]
    path: Annotated[str, about("The path, decoded, without a query.", "/api/admin/organizations/")]
    target: Annotated[
        str, about("Path and query as they came, percent-encoded.", "/api/admin/organizations/")
    ]
    query: Annotated[dict[str, str], about("The query; of a name sent twice, the last value.")]
    operationId: Annotated[
        str | None, about("The operation; null of a path nobody serves.", "listOrganizations")
    ]
    route: Annotated[
        str | None,
        about("The path's template; null where nobody serves it.", "/api/admin/organizations"),
    ]
    nearest: Annotated[
        str | None, about("The template that a path nobody serves is most like, if one is.")
    ]
    clientId: Annotated[
        str | None, about("Whose token or key it came with; null if nobody's.", "default.8Qv3")
    ]
    unclaimed: Annotated[bool, about("Whether it came with no token or key of any sandbox.")]
    headers: Annotated[dict[str, str], about("The headers, names in lower case.")]
    body: Annotated[
        str, about("The body, up to 64 KiB, as text; its size, if it is none. Empty without one.")
    ]
    bodySize: Annotated[int, about("The size of the body in bytes.", 0)]
    unknownFields: Annotated[
        list[str], about("The fields of the body that Findity does not know.", ["colour"])
    ]
    status: Annotated[
        int | None, about("The HTTP status; null where a fault kept the answer back.", 200)
    ]
    answerHeaders: Annotated[dict[str, str], about("The answer's headers, names in lower case.")]
    answer: Annotated[str, about("The answer's body, as `body` is given.")]
    answerSize: Annotated[int, about("The size of the answer's body in bytes.", 512)]
    durationMs: Annotated[float, about("How long it took, in milliseconds.", 1.25)]
    begun: Annotated[
        float,
        about("When it came, in seconds by a clock of the machine's that only goes forward.", 12.5),
    ]
    requestId: Annotated[
        str,
        about("As in the header `X-Request-Id`.", "0f0ba53f-3f0c-4c3c-9a49-6f1b6f3d3c55"),
    ]
    fault: Annotated[str | None, about("The fault rule that struck; null if none did.", "fault-1")]


class CountOut(TypedDict):
    """How many there are."""

    count: Annotated[int, about("How many there are.", 1)]
