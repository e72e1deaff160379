"""Users of an organization. Source: step 5 of the admin guide and the users reference (facts).

A user is an employment that wraps a person. The guide nests the person; the flat fields of the
older page (``firstName`` beside ``externalSourceId``) are taken too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from ...call import Call
from ...domain.organizations import Organization
from ...domain.record import Record, replace
from ...domain.reports import UNDER_WAY, Report
from ...domain.users import DELETED, Invitation, User
from ...errors import BadRequest, UserNotFound
from ...query import TRUTH, Param
from ...state import State
from ...wire import Text, Wire
from ..page import MAX_ALL, OFFSET, window

if TYPE_CHECKING:
    from ...shapes.users import OngoingReportOut, UserOut, UserPageOut, UsersDoneOut


class PersonIn(Wire):
    id: str | None = None
    external_source_id: Text | None = Field(None, description="The person's own external id.")
    first_name: Text | None = None
    last_name: Text | None = None
    email: Text | None = None
    address: dict[str, Any] | None = None


class UserIn(Wire):
    """One user of a batch; found by ``id``, ``externalSourceId`` or the person's external id."""

    id: str | None = Field(None, description="Findity's id, of a user that exists.")
    external_source_id: Text | None = Field(None, description="The employment's external id.")
    person: PersonIn | None = None
    employee_id: str | None = None
    organizational_unit_external_source_id: str | None = None
    title: str | None = None
    admin: bool | None = None
    delete: bool = Field(False, description="Remove this user.")
    first_name: Text | None = Field(None, description="As in `person`.")
    last_name: Text | None = Field(None, description="As in `person`.")
    email: Text | None = Field(None, description="As in `person`.")
    personnel_number: str | None = Field(None, description="As `employeeId`.")
    status: str | None = Field(None, description="As GET gives it; not written.")
    organization_id: str | None = Field(None, description="As GET gives it; not written.")
    date_created: str | None = Field(None, description="As GET gives it; not written.")
    last_updated: str | None = Field(None, description="As GET gives it; not written.")


SEND_INVITATION = (Param("sendInvitationMail", TRUTH, "Invite users that are new.", True),)
USERS_PAGE = (MAX_ALL, OFFSET)


def _shown(user: User) -> UserOut:
    return {
        "id": user.id,
        "organizationId": user.organization_id,
        "externalSourceId": user.external_source_id,
        "employeeId": user.employee_id,
        "organizationalUnitExternalSourceId": user.organizational_unit_external_source_id,
        "title": user.title,
        "admin": user.admin,
        "status": user.status,
        "dateCreated": user.date_created,
        "lastUpdated": user.last_updated,
        "person": {
            "id": user.person_id,
            "externalSourceId": user.person_external_source_id,
            "firstName": user.first_name,
            "lastName": user.last_name,
            "email": user.email,
            "address": user.address,
        },
    }


def list_users(call: Call) -> list[UserOut] | UserPageOut:
    """List the users: a plain array, or with ``max`` a page of them in an envelope."""
    users = call.state.users.many("live", call.organization().id)
    shown = [_shown(user) for user in window(users, call)]
    if call.query["max"] is None:
        return shown
    return {"userList": shown, "count": len(shown), "total": len(users)}


def get_user(call: Call) -> UserOut:
    """Get one user."""
    return _shown(_found(call))


def delete_user(call: Call) -> UsersDoneOut:
    """Delete one user; reports under way go on without them."""
    user = _found(call)
    call.state.put(*_deletion(call.state, user, call.now))
    return {
        "result": "success",
        "description": "user deleted",
        "ongoingReports": _ongoing(call.state, user),
        "movedReports": [],
    }


def _found(call: Call) -> User:
    organization = call.organization()
    state = call.state
    if call.internal:
        given = call.path["userId"]
        user = state.users.get(given)
    else:
        given = call.path["userExternalId"]
        user = state.users.one("external", (organization.id, given))
    if user is None or user.is_deleted or user.organization_id != organization.id:
        raise UserNotFound(
            f"organization {organization.external_source_id!r} has no user {given!r}."
        )
    return user


def put_users(call: Call) -> UsersDoneOut:
    """Create, change and delete users in one batch; all of it is done, or nothing."""
    batch = _Batch(call, call.organization())
    for index, given in enumerate(call.body):
        batch.take(given, f"[{index}]")
    call.state.put(*batch.records())
    return {
        "result": "success",
        "description": "users updated",
        "ongoingReports": [r for user in batch.deleted for r in _ongoing(call.state, user)],
        "movedReports": [],
    }


class _Batch:
    """A batch of users while it is checked: what it has changed so far, and nothing written."""

    def __init__(self, call: Call, organization: Organization) -> None:
        self.call, self.organization = call, organization
        self.changed: dict[str, User] = {}
        self.new: list[User] = []
        self.deleted: list[User] = []
        self.by_key: dict[tuple[str, str], User | None] = {}

    def take(self, given: UserIn, where: str) -> None:
        user = self._find(given)
        if given.delete:
            self._delete(user, given, where)
            return
        person = given.person or PersonIn()
        if user is None:
            user = self._blank(given, person, where)
            self.new.append(user)
        merged = self._merged(user, given, person)
        for kind, key in _keys(merged):
            other = self._holder(kind, key)
            if other is not None and other.id != merged.id:
                raise BadRequest(
                    f"{where}: the external id {key!r} is that of user {other.id} "
                    f"({other.full_name}) already."
                )
        self._keep(merged)

    def _find(self, given: UserIn) -> User | None:
        """By ``id``, then ``externalSourceId``, then the person's; what the batch did counts."""
        person_id = given.person.external_source_id if given.person else None
        if given.id is not None:
            user = self.changed.get(given.id) or self.call.state.users.get(given.id)
            if user and user.organization_id == self.organization.id and not user.is_deleted:
                return user
        for kind, key in (("external", given.external_source_id), ("person", person_id)):
            if key is not None and (user := self._holder(kind, key)):
                return user
        return None

    def _holder(self, kind: str, key: str) -> User | None:
        """Whose external id ``key`` is, as things stand in the batch."""
        if (kind, key) in self.by_key:
            user = self.by_key[kind, key]
        else:
            user = self.call.state.users.one(kind, (self.organization.id, key))
        return None if user is None or user.is_deleted else user

    def _keep(self, user: User) -> None:
        before = self.changed.get(user.id) or self.call.state.users.get(user.id)
        for kind, old in _keys(before) if before else ():
            self.by_key[kind, old] = None
        self.changed[user.id] = user
        for kind, key in _keys(user):
            self.by_key[kind, key] = user

    def _delete(self, user: User | None, given: UserIn, where: str) -> None:
        if user is None:
            name = given.id or given.external_source_id or "whose person is that"
            raise UserNotFound(f"{where}: there is no user {name!r} to delete.")
        self.deleted.append(user)
        self._keep(replace(user, status=DELETED, last_updated=self.call.now))

    def _blank(self, given: UserIn, person: PersonIn, where: str) -> User:
        names = (person.first_name or given.first_name, person.last_name or given.last_name)
        for field, value in zip(("firstName", "lastName"), names, strict=True):
            if value is None:
                raise BadRequest(f"{where}.person.{field}: required for a new user.")
        if given.external_source_id is None and person.external_source_id is None:
            raise BadRequest(f"{where}.externalSourceId: required for a new user.")
        now, new_id = self.call.now, self.call.state.ids
        return User(
            id=new_id(),
            person_id=new_id(),
            organization_id=self.organization.id,
            first_name=names[0] or "",
            last_name=names[1] or "",
            external_source_id=given.external_source_id or person.external_source_id,
            date_created=now,
            last_updated=now,
        )

    def _merged(self, user: User, given: UserIn, person: PersonIn) -> User:
        fields = given.sent(
            "external_source_id",
            "employee_id",
            "organizational_unit_external_source_id",
            "title",
            "admin",
            "first_name",
            "last_name",
            "email",
        )
        fields |= person.sent("first_name", "last_name", "email")
        if given.personnel_number is not None:
            fields.setdefault("employee_id", given.personnel_number)
        if person.external_source_id is not None:
            fields["person_external_source_id"] = person.external_source_id
        if person.address is not None:
            fields["address"] = {**user.address, **person.address}
        needed = {"external_source_id", "first_name", "last_name", "admin"}
        fields = {k: v for k, v in fields.items() if v is not None or k not in needed}
        return replace(user, **fields, last_updated=self.call.now)

    def records(self) -> list[Record]:
        state, now = self.call.state, self.call.now
        records: list[Record] = list(self.changed.values())
        if self.call.query["sendInvitationMail"]:
            records += [
                Invitation(
                    id=state.ids(),
                    organization_id=self.organization.id,
                    user_id=user.id,
                    email=self.changed[user.id].email,
                    date_created=now,
                )
                for user in self.new
                if not self.changed[user.id].is_deleted
            ]
        return records + _without_approver(state, {u.id for u in self.deleted}, self.organization)


def _keys(user: User) -> list[tuple[str, str]]:
    pairs = (("external", user.external_source_id), ("person", user.person_external_source_id))
    return [(kind, key) for kind, key in pairs if key is not None]


def _deletion(state: State, user: User, now: str) -> list[Record]:
    organization = state.organizations.rows[user.organization_id]
    gone: list[Record] = [replace(user, status=DELETED, last_updated=now)]
    return gone + _without_approver(state, {user.id}, organization)


def _without_approver(state: State, gone: set[str], organization: Organization) -> list[Record]:
    """The dimension values that name one of these users as approver, without them."""
    if not gone:
        return []
    return [
        replace(value, approvers=tuple(a for a in value.approvers if a.user_id not in gone))
        for value in state.values.many("organization", organization.id)
        if any(approver.user_id in gone for approver in value.approvers)
    ]


def _ongoing(state: State, user: User) -> list[OngoingReportOut]:
    """The user's reports that are under way, as the answer to a deletion lists them."""
    reports: list[Report] = state.reports.many("organization", user.organization_id)
    return [
        {"id": r.id, "name": r.name, "status": r.status, "userId": user.id}
        for r in reports
        if r.owner_id == user.id and r.status in UNDER_WAY
    ]
