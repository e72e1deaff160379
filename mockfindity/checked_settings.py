"""What checks the settings of a sandbox, made of ``settings``.

It is a model of pydantic's, which a server need not import to begin with: the defaults need no
check.
"""

from __future__ import annotations

from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel

from .settings import Settings
from .wire import Whole


class _Frozen(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, alias_generator=to_camel, populate_by_name=True
    )


def checked(data: dict[str, Any]) -> Settings:
    """Settings as JSON has them. Raises pydantic's ``ValidationError``."""
    found: BaseModel = CheckedSettings.model_validate(data)
    return msgspec.convert(found.model_dump(by_alias=True), Settings)


@cache
def _model(kind: type[msgspec.Struct]) -> type[BaseModel]:
    """The model of a struct, field by field."""
    hints = get_type_hints(kind, include_extras=True)
    fields: dict[str, Any] = {
        one.name: _field(one, hints[one.name]) for one in msgspec.structs.fields(kind)
    }
    return create_model(kind.__name__, __base__=_Frozen, __doc__=kind.__doc__, **fields)


def _field(field: Any, hint: Any) -> tuple[Any, Any]:
    kind, *metas = get_args(hint)
    inner = [part for part in get_args(kind) if part is not NoneType]
    if len(inner) == 1:  # what there may be, beside null, may have bounds of its own
        metas += get_args(inner[0])[1:]
    said = {
        name: value
        for meta in metas
        for name in ("ge", "gt", "le", "description")
        if (value := getattr(meta, name)) is not None
    }
    default = ... if field.default is msgspec.NODEFAULT else _plain(field.default)
    return _kind(kind), Field(default, **said)


def _kind(kind: Any) -> Any:
    """The type that pydantic checks for a type of a struct."""
    if get_origin(kind) is Annotated:
        return _kind(get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _model(kind)
    if NoneType in get_args(kind):
        return _kind(next(part for part in get_args(kind) if part is not NoneType)) | None
    return Whole if kind is int else kind


def _plain(default: Any) -> Any:
    """A default as pydantic has it."""
    return _model(type(default))() if isinstance(default, msgspec.Struct) else default


CheckedSettings = _model(Settings)
"""``Settings`` as a model; its name is the same."""
