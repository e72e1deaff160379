"""Bodies: JSON whatever ``Content-Type`` says, for the guides themselves send ``text/plain``."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, cast

import msgspec

from .errors import BadRequest, InvalidId, InvalidJson, NoKnownProperties
from .later import found
from .unknown_fields import refuse_unknown

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter, ValidationError

    from .wire import Wire

DEEPEST = 64
GZIP = b"\x1f\x8b"
UnknownFields = Literal["documented", "reject", "ignore", "refuse"]

M = TypeVar("M")


class Body(Generic[M]):
    """The body an operation takes: a model, or a list of one (``many``).

    ``closed`` refuses every unknown field, as the accounts guide does; ``needed`` refuses ``{}``;
    ``id_in`` names the path parameter that the body's ``id`` must repeat. ``documented`` is a
    model that says in the documents what the fields may be, where ``model`` does not. ``creates``
    are the fields without which the operation makes nothing.
    """

    def __init__(
        self,
        model: type[Wire],
        *,
        many: bool = False,
        closed: bool = False,
        needed: bool = False,
        id_in: str | None = None,
        documented: type[BaseModel] | None = None,
        creates: tuple[str, ...] = (),
    ) -> None:
        self.model, self.many, self.closed, self.needed = model, many, closed, needed
        self.id_in = id_in
        self.documented = documented
        self.creates = creates
        self._adapter: TypeAdapter[Any] | None = None

    def load(self) -> None:
        """Import the models that are only named yet."""
        self.model, self.documented = found(self.model), found(self.documented)

    @cached_property
    def known(self) -> frozenset[str]:
        """The names of the fields."""
        fields = self.model.model_fields.items()
        return frozenset(field.alias or name for name, field in fields)

    def parse(self, raw: bytes, policy: UnknownFields, path: Mapping[str, str]) -> Any:
        """The checked body.

        Raises ``InvalidJson``, ``NoKnownProperties``, ``InvalidId``, ``BadRequest``.
        """
        data = decode(raw) if raw.strip() else ([] if self.many else {})
        if self.many and not raw.strip():
            raise BadRequest("the body: a JSON array was expected, got nothing.")
        wanted = list if self.many else dict
        if not isinstance(data, wanted):
            name = "array" if self.many else "object"
            raise BadRequest(f"the body: a JSON {name} was expected, got {shown(data)}.")
        for item in data if self.many else [data]:
            if isinstance(item, dict):
                self._check_names(item, policy)
        if self.id_in and isinstance(data, dict) and data.get("id") != path[self.id_in]:
            raise InvalidId(
                f"id {shown(data.get('id'))} is not the {path[self.id_in]!r} of the URL: "
                "send the same one."
            )
        parsed = self._validate(data)
        if policy in ("reject", "refuse"):
            refuse_unknown(parsed, NoKnownProperties if policy == "reject" else BadRequest)
        return parsed

    def _check_names(self, data: dict[str, Any], policy: UnknownFields) -> None:
        unknown = [name for name in data if name not in self.known]
        nothing = len(unknown) == len(data) and (data or self.needed)
        closed = unknown and (self.closed or policy == "reject")
        if policy in ("documented", "reject") and (nothing or closed):
            what = f"does not take {', '.join(unknown)}" if unknown else "is empty"
            raise NoKnownProperties(f"the body {what}; known: {', '.join(sorted(self.known))}.")

    def _validate(self, data: Any) -> Any:
        if self._adapter is None:
            from pydantic import TypeAdapter

            kind: Any = list[self.model] if self.many else self.model  # type: ignore[name-defined]
            self._adapter = TypeAdapter(kind)
        try:
            return self._adapter.validator.validate_python(data)
        except ValueError as error:  # pydantic's ValidationError, which nobody has imported yet
            from .wire import described

            raise BadRequest(described(cast("ValidationError", error))) from None


def decode(raw: bytes) -> Any:
    """``raw`` as JSON; a byte order mark before it is passed over.

    Raises ``InvalidJson``; ``BadRequest`` when it nests deeper than 64.
    """
    if raw.startswith(GZIP):
        raise InvalidJson("the body is compressed with gzip: send it as it is.")
    try:
        data = msgspec.json.decode(raw.removeprefix(codecs.BOM_UTF8))
    except RecursionError:
        raise BadRequest(f"the body nests deeper than {DEEPEST}.") from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise InvalidJson(f"the body is not JSON: {error}.") from None
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _depth(data) > DEEPEST:
        raise BadRequest(f"the body nests deeper than {DEEPEST}.")
    return data


def _depth(data: Any) -> int:
    """How deep ``data`` nests, without recursion of our own."""
    deepest, level = 0, [data]
    while level:
        deepest += 1
        inner: list[Any] = []
        for item in level:
            inner.extend(item.values() if isinstance(item, dict) else item)
        level = [item for item in inner if isinstance(item, dict | list)]
    return deepest


def shown(value: Any) -> str:
    """A value as it is quoted in a message: never long."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = msgspec.json.encode(value, enc_hook=str).decode()
    return text if len(text) <= 60 else f"{text[:57]}..."
