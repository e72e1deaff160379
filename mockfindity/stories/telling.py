"""What a story says while it is played, and how it stops when something is not as it says."""

from __future__ import annotations

from collections.abc import Callable

from mockfindity import FindityError

from ..scenario_files import StoryError


def expect(good: bool, otherwise: str) -> None:
    """Go on if it is as the story says; else raise ``StoryError`` with this sentence."""
    if not good:
        raise StoryError(otherwise)


def expect_status(what: str, status: str, wanted: str) -> None:
    """Raise ``StoryError`` unless ``what`` (a report, an export) has the status it should."""
    expect(status == wanted, f"{what} is {status}; the story has it {wanted}.")


def refused(code: str, step: Callable[[], object]) -> FindityError:
    """Take a step that must be refused with this code; gives the refusal, for what it says."""
    try:
        step()
    except FindityError as refusal:
        expect(refusal.code == code, f"expected the refusal {code}, and got: {refusal}")
        return refusal
    raise StoryError(f"a step went well that should have been refused with {code}.")
