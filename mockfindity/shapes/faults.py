"""Fault rules: the records themselves."""

from __future__ import annotations

from ..faults import Rule

__all__ = ["Rule"]
