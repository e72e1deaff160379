"""The switch ``extraFields``: answers as a later Findity might give them.

A client must live with fields it has never seen and with new words in open enums. Both are mixed
in the same way every time, so that a failing client fails again.
"""

from __future__ import annotations

from typing import Any

import msgspec

EXTRA = {"futureField": {"note": "a field that no guide names"}}
OPEN_ENUMS = {"group": "FUTURE_GROUP", "unit": "FUTURE_UNIT"}
"""Fields whose values the voucher-structure guide gives only as examples."""


def with_extra_fields(answer: Any) -> Any:
    """``answer`` with an unknown field in every object and an unknown word in open enums."""
    if isinstance(answer, msgspec.Struct):
        answer = {
            name: getattr(answer, field)
            for name, field in zip(
                answer.__struct_encode_fields__, answer.__struct_fields__, strict=True
            )
        }
    if isinstance(answer, dict):
        mixed = {key: with_extra_fields(value) for key, value in answer.items()}
        return mixed | {k: v for k, v in OPEN_ENUMS.items() if k in mixed} | EXTRA
    if isinstance(answer, list | tuple):
        return [with_extra_fields(item) for item in answer]
    return answer
