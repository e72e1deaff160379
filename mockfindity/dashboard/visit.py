"""One look at a page: the sandbox and the organization it is about, and the links that lead on."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from ..call import Bytes, Call
from ..fault_words import is_spent
from ..query import Param, text, whole
from .asking import ask, path_of
from .paging import newest
from .rendering import rendered

ORGANIZATION = Param("organization", text("an organization's id"), "The organization to show.")
OFFSET = Param("offset", whole(), "How many entries to pass over.", 0)
PAGED_PAGES = (ORGANIZATION, OFFSET)

Json = dict[str, Any]
MENU = 30
"""How many sandboxes or organizations a menu offers; the page of sandboxes lists them all."""


class Visit:
    """What a page knows. Templates have it as ``visit``."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.sandbox = call.sandbox.name
        self.query = call.query

    # ---- asking ------------------------------------------------------------------------------

    def control(self, *segments: str, **query: object) -> Any:
        """What the control API of this sandbox answers at a path."""
        return ask(self.call, self.control_path(*segments), **query)

    def server(self, *segments: str, **query: object) -> Any:
        """What the control API of the server answers at a path."""
        return ask(self.call, path_of("_mockfindity", *segments), **query)

    def findity(self, *segments: str, **query: object) -> Any:
        """What Findity answers at a path below ``/api/v1``."""
        return ask(self.call, path_of("api", "v1", *segments), **query)

    def set_up(self, *segments: str, **query: object) -> Any:
        """What the control API answers of the organization that is shown."""
        return self.control("organizations", self.organization_id, *segments, **query)

    def admin(self, *segments: str, **query: object) -> Any:
        """What Findity's Admin API answers of the organization that is shown."""
        return self.findity("admin", "organizations", self.organization_id, *segments, **query)

    def dimension(self, dimension: Json, *segments: str) -> Any:
        """What Findity's Admin API answers of a dimension of that organization."""
        return self.admin("customdimensions", name_of(dimension), "list", *segments)

    def newest(self, *segments: str, **query: object) -> Json:
        """A page of a list of the control API, the newest entry first, whereas the API gives the
        oldest first. The ``offset`` of this visit is how many of the newest are passed over."""
        return newest(lambda **page: self.control(*segments, **page, **query), self.query["offset"])

    # ---- where it is ---------------------------------------------------------------------------

    @cached_property
    def organizations(self) -> list[Json]:
        """The organizations of the sandbox."""
        found: list[Json] = self.control("organizations")["data"]
        return found

    @cached_property
    def organization(self) -> Json | None:
        """The organization that is named, or else the first; ``None`` where there is none."""
        wanted = self.query.get("organization")
        named = (o for o in self.organizations if wanted in (o["id"], o["externalSourceId"]))
        return next(named, self.organizations[0] if self.organizations else None)

    @property
    def organization_id(self) -> str:
        """The id of that organization; one that nothing has, where there is none."""
        return str(self.organization["id"]) if self.organization else "-"

    def turn_to(self, organization_id: str) -> None:
        """Be about the organization of what is shown, whichever one the query names."""
        if self.organization_id != organization_id:
            self.query = {**self.query, "organization": organization_id}
            self.__dict__.pop("organization", None)

    @cached_property
    def sandboxes(self) -> list[str]:
        """The names that the menu of sandboxes offers."""
        return [one["name"] for one in self.server("sandboxes", max=MENU)["data"]]

    @cached_property
    def clock(self) -> Json:
        """What time it is in the sandbox."""
        found: Json = self.control("clock")
        return found

    @cached_property
    def faults(self) -> list[Json]:
        """The fault rules that are written."""
        found: list[Json] = self.control("faults")["data"]
        return found

    @property
    def active_faults(self) -> list[Json]:
        """The fault rules that have not struck as often as they were to."""
        return [rule for rule in self.faults if not is_spent(rule)]

    @cached_property
    def failed_webhooks(self) -> int:
        """How many webhooks have failed."""
        return int(self.control("webhooks", status="FAILED", max=0)["meta"]["total"])

    @cached_property
    def settings(self) -> Json:
        """The switches of the sandbox."""
        found: Json = self.control("settings")
        return found

    # ---- links ---------------------------------------------------------------------------------

    def at(self, *segments: str, **query: object) -> str:
        """The address of a page of this sandbox, for the organization that is shown."""
        chosen = self.query.get("organization")
        given = {"organization": chosen, **query} if chosen else query
        told = {name: value for name, value in given.items() if value not in (None, "")}
        path = path_of("dashboard", self.sandbox, *segments)
        return f"{path}?{urlencode(told)}" if told else path

    def file(self, *segments: str) -> str:
        """The address of a file of this sandbox, to be shown or saved."""
        return path_of("dashboard-files", self.sandbox, *segments)

    def control_path(self, *segments: str) -> str:
        """The path at which a page changes something of this sandbox."""
        return path_of("_mockfindity", "sandboxes", self.sandbox, *segments)

    def organization_path(self, *segments: str) -> str:
        """The path at which a page changes something of the organization."""
        return self.control_path("organizations", self.organization_id, *segments)


def name_of(dimension: Json) -> str:
    """What a dimension is addressed by: its external id, or Findity's where it has none."""
    return str(dimension["externalSourceId"] or dimension["id"])


def shown(call: Call, template: str, found: Callable[[Visit], Json]) -> Bytes:
    """A page: what ``found`` finds on a visit, shown by a template."""
    visit = Visit(call)
    return rendered(template, {"visit": visit, **found(visit)})


def shown_of_organization(call: Call, template: str, found: Callable[[Visit], Json]) -> Bytes:
    """A page about an organization; where there is none, the template tells how to begin."""

    def told(visit: Visit) -> Json:
        if visit.organization is None:
            return {"scenarios": visit.control("scenarios")}
        return found(visit)

    return shown(call, template, told)
