"""Salary codes, in the shape of the guides' accounting numbers."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from .base import Id, about


class SalaryCodeOut(TypedDict):
    """What payroll books a category on."""

    id: Annotated[Id, about("The salary code's id.")]
    number: Annotated[str, about("Its number in payroll; unique.", "811")]
    name: Annotated[str, about("What it is called.", "Travel allowance")]
    text: Annotated[str, about("The same, under the guides' name for it.", "Travel allowance")]
    visible: Annotated[bool, about("Constant here.", False)]
    type: Annotated[Literal["SALARY_CODE"], about("That it is no account.")]
