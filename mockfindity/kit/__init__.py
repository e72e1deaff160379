"""The contract kit: plays Findity to a client, and says which of Findity's rules it kept.

The rules themselves are a pytest suite in ``contracts/rules``; here is what they are written with,
and what drives the client they judge. Rules of one's own are written with the same names.
"""

from .client import Client, Run
from .company import Company
from .connection import Connection
from .rule import MUST, SHOULD, Rule, rule
from .violation import Violation, violated

__all__ = [
    "MUST",
    "SHOULD",
    "Client",
    "Company",
    "Connection",
    "Rule",
    "Run",
    "Violation",
    "rule",
    "violated",
]
