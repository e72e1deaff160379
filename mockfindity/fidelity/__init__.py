"""How far mockfindity can be trusted: what it does, where that is known from, what proves it.

``RULES`` are the decisions a client could trip over, ``NOT_EMULATED`` is what is missing. Both are
data and import nothing but each other; what a line is made of is told in ``rule.py``.

documented   Findity's documentation says so
observed     was seen at the real service by somebody who wrote it down
inferred     follows from what is documented
chosen       mockfindity's decision, where the documentation is silent or contradicts itself
"""

from __future__ import annotations

from .admin import RULES_OF_ADMIN
from .connect import RULES_OF_CONNECT, RULES_OF_REPORTS, RULES_OF_VOUCHERS
from .gaps import NOT_EMULATED
from .rule import AREAS, SOURCES, Gap, Rule
from .wire import WIRE

RULES: tuple[Rule, ...] = (
    *WIRE,
    *RULES_OF_ADMIN,
    *RULES_OF_REPORTS,
    *RULES_OF_VOUCHERS,
    *RULES_OF_CONNECT,
)

__all__ = ["AREAS", "NOT_EMULATED", "RULES", "SOURCES", "Gap", "Rule"]
