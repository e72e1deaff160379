"""``/openapi/…``: the OpenAPI documents, for the page ``/docs`` and for other tools.

They are the checked-in ones of ``contracts/openapi``, which lies at the top of a checkout and
inside the installed package.
"""

from __future__ import annotations

from functools import cache

import msgspec

from ..call import Bytes, Call
from ..errors import NotFound
from ..jsons import encode
from ..shipped import shipped
from .served import served

NAMES = ("oauth.json", "admin.json", "connect.json", "control.json")


def get_openapi_document(call: Call) -> Bytes:
    """Get the OpenAPI document of one API, for this server.

    Pages of any origin may read it: nothing in it is secret, and tools that show OpenAPI documents
    run in browsers. Raises ``NotFound`` for a document there is not.
    """
    name = call.path["document"]
    if name not in NAMES:
        raise NotFound(f"there is no document {name!r}; there are {', '.join(NAMES)}.")
    anyone = (("access-control-allow-origin", "*"),)
    return served(call, _document(name), "application/json", anyone)


@cache
def _document(name: str) -> bytes:
    """A document whose server is the one that is asked, by whatever name it was reached."""
    document = msgspec.json.decode((shipped("contracts/openapi") / name).read_bytes())
    return encode(document | {"servers": [{"url": "/"}]})
