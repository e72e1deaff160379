"""The organization that a run looks at."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .session import Session, said


class Unknown(Exception):
    """The key's Findity has no such organization."""


class Place(NamedTuple):
    """The organization, by both its ids; ``whole`` is its object as GET gives it."""

    organization_id: str
    external_id: str
    whole: dict[str, Any]

    def internal(self, **more: str) -> dict[str, str]:
        """Path parameters that name it by Findity's id."""
        return {"organizationId": self.organization_id, **more}

    def external(self, **more: str) -> dict[str, str]:
        """Path parameters that name it by the client's id."""
        return {"externalId": self.external_id, **more}


def find(session: Session, given: str) -> Place:
    """The organization whose external id, or id, was given. Raises ``Unknown``."""
    session.tell("Finding the organization")
    listed = session.ask("listOrganizations")
    answer = session.last("listOrganizations").answer
    briefs = elements(listed, "organizations")
    for brief in briefs:
        if given in (brief.get("externalSourceId"), brief.get("id")):
            return _opened(session, brief, given)
    for operation, name in (
        ("getOrganization", "externalId"),
        ("getOrganizationByInternalId", "organizationId"),
    ):
        asked = session.send(operation, path={name: given})
        if asked.answer.is_success and isinstance(asked.data, dict):
            session.differs(asked, "body", "an organization of the list", "one that is not in it")
            return _opened(session, asked.data, given)
    names = ", ".join(sorted(str(brief.get("externalSourceId")) for brief in briefs)[:5])
    there = f"there are {names}" if names else "there is none"
    if not answer.is_success:
        there = f"the list of them was answered with {session.without_secrets(said(answer))}"
    raise Unknown(f"the key has no organization {given!r}; {there}.")


def _opened(session: Session, brief: dict[str, Any], given: str) -> Place:
    """The organization with all it says of itself, the same in the list, by either id."""
    external = str(brief.get("externalSourceId") or given)
    whole = session.ask("getOrganization", path={"externalId": external})
    whole = whole if isinstance(whole, dict) else {}
    internal = str(brief.get("id") or whole.get("id") or given)
    same = session.ask("getOrganizationByInternalId", path={"organizationId": internal})
    place = Place(internal, external, whole)
    for name in ("id", "externalSourceId", "name", "vat", "status") if whole else ():
        wanted = whole.get(name)
        session.agree("listOrganizations", f"body.organizations[*].{name}", wanted, brief.get(name))
        if isinstance(same, dict):
            session.agree("getOrganizationByInternalId", f"body.{name}", wanted, same.get(name))
    return place


_KEY = re.compile(r"(?!\.+$)[\w.~-]+")


def is_key(value: Any) -> bool:
    """Whether an id that a server gave can be asked for: ``..`` would lead elsewhere."""
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


def elements(data: Any, *names: str) -> list[dict[str, Any]]:
    """The objects of a list, wherever it is: in one of these fields, or the answer itself."""
    if isinstance(data, dict):
        data = next((data[name] for name in names if isinstance(data.get(name), list)), [])
    return [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []
