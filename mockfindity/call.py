"""What an operation is given, and what it may give back besides plain JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from .domain.accounts import Account, SalaryCode
from .domain.categories import Category, PaymentType
from .domain.keys import ApiKey
from .domain.organizations import Organization
from .domain.recipients import Recipient
from .errors import Forbidden, NotFound, OrganizationNotFound
from .route import Router
from .sandbox import Sandbox
from .sandboxes import Sandboxes
from .state import State, Table

T = TypeVar("T")
Owned = TypeVar("Owned", Account, Category, PaymentType, Recipient, SalaryCode)
"""What belongs to an organization and is addressed by its own id."""


class Bytes(NamedTuple):
    """An answer that is made already, such as a file."""

    data: bytes
    media_type: str
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


class Kept(NamedTuple, Generic[T]):
    """An answer that stays the same as long as a table does. ``key`` tells it from others that are
    made of that table; ``make`` makes it where its bytes are not kept yet."""

    table: Table[Any]
    key: tuple[Hashable, ...]
    make: Callable[[], T]


class Same:
    """A thing as a key: it is that thing, not one that looks the same."""

    __slots__ = ("thing",)

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)


class Large(NamedTuple, Generic[T]):
    """An answer that may be large. ``make`` makes it whole, ``pieces`` the same as JSON, a piece
    at a time; ``key`` tells what it is made of, and never changes."""

    key: tuple[Hashable, ...]
    make: Callable[[], T]
    pieces: Callable[[], Iterator[bytes]]


class Stream(NamedTuple):
    """An answer that goes on until its reader leaves."""

    chunks: AsyncIterator[bytes]
    media_type: str


@dataclass(slots=True)
class Call:
    """One request on its way through an operation.

    ``path`` and ``query`` are decoded, the query also read as the route says; ``body`` is checked.
    ``key`` is whose token it carries, ``None`` where no token is asked for. ``own_url`` is where
    the server can be reached from this machine, ``None`` when it is called in process.
    """

    sandboxes: Sandboxes
    router: Router
    sandbox: Sandbox
    key: ApiKey | None
    path: Mapping[str, str]
    query: Mapping[str, Any]
    headers: Mapping[str, str]
    raw: bytes = b""
    body: Any = None
    internal: bool = field(default=False)
    own_url: str | None = None

    @property
    def state(self) -> State:
        """The state of the request's sandbox."""
        return self.sandbox.state

    @property
    def now(self) -> str:
        """What time it is in the sandbox, as Findity writes it."""
        return self.sandbox.clock.stamp()

    def find_organization(self) -> Organization | None:
        """The organization of the path in the key's client application, if it is there."""
        state = self.state
        if self.key is None:
            return _by_any_id(state, self.path["organizationId"])
        application = self.key.client_application_id
        if "externalId" in self.path:
            return state.organizations.one("external", (application, self.path["externalId"]))
        found = state.organizations.get(self.path["organizationId"])
        return found if found and found.client_application_id == application else None

    def organization(self) -> Organization:
        """The organization of the path.

        Raises ``OrganizationNotFound``, or ``Forbidden`` where the key does not reach.
        """
        found = self.find_organization()
        if found is None:
            given = self.path.get("externalId") or self.path["organizationId"]
            raise OrganizationNotFound(
                f"there is no organization {given!r}: GET /api/admin/organizations/ lists them, "
                "POST …/organizations/externalid/{externalId}/ makes one."
            )
        self.check_reach(found)
        return found

    def find(self, table: Table[Owned], parameter: str, refusal: type[NotFound]) -> Owned:
        """The record of the organization that ``parameter`` of the path names.

        Raises ``refusal`` where the organization has none such, and what ``organization`` raises.
        """
        organization, given = self.organization(), self.path[parameter]
        record = table.get(given)
        if record is None or record.organization_id != organization.id:
            raise refusal(
                f"there is no {parameter.removesuffix('Id')} {given!r} in organization "
                f"{organization.external_source_id!r} ({organization.id}): "
                "list them to see their ids."
            )
        return record

    def check_reach(self, organization: Organization) -> None:
        """Raise ``Forbidden`` for an organization outside the key's scope."""
        if self.key is not None and not self.key.reaches(organization):
            raise Forbidden(
                f"the API key {self.key.id!r} has the scope {self.key.scope}, which does not "
                f"reach organization {organization.external_source_id!r}."
            )


def _by_any_id(state: State, given: str) -> Organization | None:
    """The control API takes an organization's id, or its external id where only one has it."""
    found = state.organizations.get(given)
    if found is not None:
        return found
    named = state.organizations.many("external id", given)
    if len(named) > 1:
        raise OrganizationNotFound(
            f"{given!r} is the external id of {len(named)} organizations, of different client "
            f"applications: use the id, {' or '.join(o.id for o in named)}."
        )
    return named[0] if named else None
