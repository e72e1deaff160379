"""Accounts, as the charts-of-accounts guide shows them."""

from __future__ import annotations

from typing import Annotated, TypedDict

from .base import Id, Unknown, about


class AccountMeta(TypedDict, total=False):
    """Nothing is known of it but its keys: none in a list, two on a single account."""

    abbreviation: Annotated[Unknown, about("Null here.")]
    capabilities: Annotated[Unknown, about("Null here.")]


class AccountOut(TypedDict):
    """An account of an organization's chart of accounts."""

    id: Annotated[Id, about("The account's id.")]
    meta: Annotated[AccountMeta | None, about("Null on an account that was just written.")]
    name: Annotated[str, about("Its display name.", "Travel expenses")]
    number: Annotated[str, about("Its number in the customer's ledger; unique.", "5010")]
