"""One Findity of a test's own: a sandbox, and what people and machines do in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..environment import variables
from ..scenario_files import at as script
from .clock import Clock
from .export import Export
from .faults import Faults
from .line import ASIDE, FindityError, Line, camel, is_refusal, segment
from .organization import Expense, Organization
from .report import Report
from .requests import Requests
from .snapshot import Snapshot
from .webhooks import Webhooks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..shapes.conduct import ConductFindingOut
    from ..shapes.sandboxes import SandboxOut
    from ..shapes.users import UserOut

__tracebackhide__ = is_refusal

TEMPLATE = "tmpl-se-001"
"""The built-in Swedish template: chart of accounts, categories, payment types, an API recipient."""


class Findity:
    """A sandbox: ``url`` is the server's, without a path; ``client_id`` and ``client_secret`` are
    the key that leads to this sandbox and no other, ``env`` what a client's environment needs.

    ``users``, ``report`` and ``bulk_send`` act in the organization that was made last; the first
    of them makes one, ``ACME`` from the Swedish template, if there is none. Every method talks
    HTTP and raises ``FindityError`` where the server refuses. What is called here stays out of
    ``requests`` and ``conduct``, and meets no ``faults``: those are for the code under test.
    """

    def __init__(self, line: Line, made: SandboxOut) -> None:
        self.line = line
        self.name = made["name"]
        self.url = made["baseUrl"]
        self.token_url = made["tokenUrl"]
        self.client_id, self.client_secret = made["clientId"], made["clientSecret"]
        self.clock = Clock(self)
        self.faults = Faults(self)
        self.requests = Requests(self)
        self.webhooks = Webhooks(self)
        self._organization: Organization | None = None
        self._token: str | None = None

    @classmethod
    def at(cls, url: str, sandbox: str = "default", *, control_token: str | None = None) -> Findity:
        """A sandbox that exists, on a server that runs. ``findity.close()`` lets the line go."""
        line = Line(url, control_token)
        try:
            return cls(line, line.control("GET", f"/sandboxes/{segment(sandbox)}"))
        except BaseException:
            line.close()
            raise

    def close(self) -> None:
        """Let the line to the server go, which other sandboxes of the same server may share."""
        self.line.close()

    def __repr__(self) -> str:
        return f"<Findity {self.name} at {self.url}>"

    # ---- how a client gets in -----------------------------------------------------------------

    @property
    def env(self) -> dict[str, str]:
        """The environment variables of ``mockfindity env``; the organization's, once there is
        one."""
        key = {"clientId": self.client_id, "clientSecret": self.client_secret}
        here = self._organization
        named = None if here is None else {"id": here.id, "externalSourceId": here.external_id}
        return variables(self.url, key, named)

    def token(self) -> str:
        """A new access token of the sandbox's key."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }
        answer = self.line.send("POST", "/oauth/token", data=form, headers=ASIDE).json()
        self._token = answer["access_token"]
        return self._token

    def api(self, method: str, path: str, json: Any = None, **more: Any) -> Any:
        """What Findity's API answers at ``path``, with a token; bytes, where it is no JSON."""
        for is_last in (False, True):
            token = self.token() if self._token is None or is_last else self._token
            headers = ASIDE | {"authorization": f"Bearer {token}", "x-findity-apiversion": "3"}
            try:
                answer = self.line.send(method, path, json=json, headers=headers, **more)
            except FindityError as error:
                if error.status != 401 or is_last:
                    raise
            else:
                break
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        return answer.json() if is_json else answer.content

    def control(self, method: str, path: str, json: Any = None, /, **query: Any) -> Any:
        """What the sandbox's control API answers at ``path``, such as ``/settings``."""
        return self.line.control(method, f"/sandboxes/{segment(self.name)}{path}", json, query)

    # ---- what people do -----------------------------------------------------------------------

    def organization(
        self,
        external_id: str = "ACME",
        *,
        template: str | None = TEMPLATE,
        name: str | None = None,
        **fields: Any,
    ) -> Organization:
        """Make an organization, or change one; the methods below act in it from now on.

        ``template`` is a template's id, or an organization's; ``None`` makes a bare one, which
        needs ``name`` and ``partner_code``. ``fields`` are those of the organizations guide, as
        ``vat="556123-4567"``.
        """
        settings: dict[str, Any] = dict(fields.pop("settings", {}))
        if template is not None:
            settings.setdefault("templateOrganizationId", template)
        body = {camel(key): value for key, value in fields.items()}
        body |= {"externalSourceId": external_id, "className": "com.findity.consumer.Company"}
        body |= {"settings": settings} if settings else {}
        body |= {} if name is None else {"name": name}
        path = f"/api/admin/organizations/externalid/{segment(external_id)}/"
        made = self.api("POST", path, body)
        self._organization = Organization(self, made["id"], external_id)
        return self._organization

    @property
    def here(self) -> Organization:
        """The organization that was made last, made now if there is none."""
        if self._organization is None:
            found = self.control("GET", "/organizations")["data"]
            if found:
                last = found[-1]
                self._organization = Organization(self, last["id"], last["externalSourceId"])
        return self._organization or self.organization()

    def users(self, *users: str | dict[str, Any]) -> list[UserOut]:
        """Make users: ``"ANNA"`` is one whose names and mail address follow from the external
        id; a dictionary is sent as it is. Gives every user of the organization."""
        return self.here.users(*users)

    def report(
        self, owner: str | None = None, expenses: Sequence[Expense] = (), *, name: str = "Expenses"
    ) -> Report:
        """Write a report; see ``Organization.report``."""
        return self.here.report(owner, expenses, name=name)

    def bulk_send(
        self, *, format: str | None = None, reports: Sequence[Report] | None = None
    ) -> Export:
        """Send what is ready to the API recipient; see ``Organization.bulk_send``."""
        return self.here.bulk_send(format=format, reports=reports)

    def scenario(self, name: str | Path, **parameters: Any) -> dict[str, Any]:
        """Play a scenario here, as ``"all-formats"``; gives what it made.

        The server plays one of its own; a ``Path`` names a script, which is played from here.
        Raises ``FindityError`` for one that is not there, a parameter that it does not have, and a
        story that gets stuck; of a script ``FileNotFoundError``, ``ValueError`` and ``StoryError``.
        """
        made: dict[str, Any]
        if isinstance(name, Path):
            made = script(name).play(self, lambda done, total, what: None, parameters)
        else:
            path = f"/sandboxes/{segment(self.name)}/scenarios/{segment(name)}"
            made = self.line.control("POST", path, parameters, timeout=None)
        self._organization = None
        return made

    # ---- the sandbox itself -------------------------------------------------------------------

    def settings(self, **changes: Any) -> dict[str, Any]:
        """Change switches, as ``webhook_mode="sync"``, and give all of them."""
        if not changes:
            return dict(self.control("GET", "/settings"))
        body = {camel(name): value for name, value in changes.items()}
        return dict(self.control("PUT", "/settings", body))

    def snapshot(self, name: str = "snapshot") -> Snapshot:
        """Keep what the sandbox is now; ``.restore()`` goes back to it."""
        self.control("PUT", f"/snapshots/{segment(name)}")
        return Snapshot(self, name)

    def restore(self, name: str = "snapshot") -> None:
        """Go back to the snapshot of that name."""
        self.control("POST", f"/snapshots/{segment(name)}/restore")
        self._organization = self._token = None

    def conduct(self) -> list[ConductFindingOut]:
        """What the client did that it should not have, so far."""
        return list(self.control("GET", "/conduct")["data"])

    def reset(self) -> None:
        """Back to how the sandbox was made."""
        self.control("POST", "/reset")
        self._organization = self._token = None
