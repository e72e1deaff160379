"""Addresses and countries of an organization, as the admin guide shows them."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from .base import Country, Id, Time, Unknown, about


class OrganizationAddressOut(TypedDict):
    """An organization's postal address."""

    street1: Annotated[str | None, about("The street and number.", "Kungsgatan 12")]
    street2: Annotated[str | None, about("A second line.", "2nd floor")]
    street3: Annotated[str | None, about("A third line.", "c/o Ek")]
    city: Annotated[str | None, about("The town.", "Stockholm")]
    postalCode: Annotated[str | None, about("The postal code.", "111 35")]
    country: Annotated[
        str, about("The country in English; its code, if mockfindity does not know it.", "Sweden")
    ]
    countryId: Annotated[Id, about("The country's id; the same for the same country.")]
    countryCode: Annotated[Country, about("The country, ISO 3166-1 alpha-2.")]


class CountryOut(TypedDict):
    """A country."""

    id: Annotated[Id, about("The country's id; the same for the same country.")]
    iso2: Annotated[Country, about("ISO 3166-1 alpha-2.")]
    iso3: Annotated[
        str | None, about("ISO 3166-1 alpha-3; null if mockfindity does not know it.", "SWE")
    ]
    name: Annotated[
        str, about("The country in English; its code, if mockfindity does not know it.", "Sweden")
    ]
    lastUpdated: Annotated[Time, about("Constant here.")]
    distanceUnit: Annotated[Literal["KM", "MI"], about("What distances are measured in there.")]


class InvoiceAddressOut(TypedDict):
    """Where the organization is billed. Only its country is known here: that of the address."""

    id: Annotated[Id, about("The invoice address's id.")]
    street1: Annotated[Unknown, about("Null: not known here.")]
    postalCode: Annotated[Unknown, about("Null: not known here.")]
    city: Annotated[Unknown, about("Null: not known here.")]
    country: Annotated[CountryOut, about("The country of the organization's address.")]
    countryCode: Annotated[Country, about("Its code, ISO 3166-1 alpha-2.")]
