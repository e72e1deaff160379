"""Why a rule asks nothing of a client: what that does not declare, and how it is declared."""

from __future__ import annotations

from .configuration import Configuration
from .rule import Rule

HOW = {"refuses": "--refuses ACCOUNT, such as 6072", "bookings": "--bookings"}
"""The option that declares a need, as people type it."""


def does_not_apply(rule: Rule, configuration: Configuration) -> str | None:
    """Why a rule asks nothing of this client, if it does not."""
    if configuration.webhook_probe and rule.areas != ("webhook",):
        return "a receiver that runs already may ask another Findity than the one played here"
    missing = [area for area in rule.areas if area not in configuration.areas]
    if missing:
        how = _how_to_declare(missing[0], configuration)
        return f"the client does not declare the area {missing[0]} (declare it: {how})"
    for need in rule.needs:
        if not configuration.tells(need):
            key, _, words = need.partition(" ")
            how = HOW.get(key) or f"--{key} {words.partition(' ')[0]}"
            return f"the client does not declare {need} (declare it: {how})"
    return None


def _how_to_declare(area: str, configuration: Configuration) -> str:
    """The options with which an area is declared beside those that are."""
    if area == "webhook" and not configuration.service:
        return "--service COMMAND --webhook-url URL"
    return f"--areas {','.join((*configuration.areas, area))}"
