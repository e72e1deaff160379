"""JSON out: records as they are, money as numbers with at most two decimals."""

from __future__ import annotations

import msgspec

encode = msgspec.json.Encoder(decimal_format="number").encode
