"""The switches of a sandbox, and what an administrator has set up of an organization."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from ..checked_settings import CheckedSettings
from .base import Currency, Id, about

SettingsOut = Annotated[dict[str, Any], CheckedSettings]


class OrganizationSetUp(TypedDict):
    """What an administrator has set up of an organization."""

    approvalActive: Annotated[bool, about("Whether reports need approval.")]
    baseCurrency: Annotated[Currency, about("What it books in, ISO 4217.")]
    vatAccountId: Annotated[Id | None, about("The account that VAT is booked on.")]
