"""The switches of a sandbox. All are ``chosen``: Findity documents none of what they decide."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from .wire import Whole


class _Frozen(BaseModel):
    # What checks values is built when the first are changed; the defaults need no check.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        alias_generator=to_camel,
        populate_by_name=True,
        defer_build=True,
    )


class RateLimit(_Frozen):
    """So many requests in so many seconds."""

    requests: Whole = Field(ge=1, le=10**9, description="How many requests.")
    per_seconds: float = Field(1.0, gt=0, le=86_400, description="In how many seconds.")


class Chaos(_Frozen):
    """What may go wrong with webhooks beside their not arriving."""

    duplicate: Whole = Field(0, ge=0, le=100, description="How often each is sent once more.")
    delay: float = Field(
        0.0, ge=0, le=10**9, description="Seconds each waits first, by the sandbox's clock."
    )
    reorder: bool = Field(False, description="Send what is pending newest first.")


class Settings(_Frozen):
    """What one sandbox does where Findity's guides leave it open; frozen, replaced as a whole."""

    unknown_fields: Literal["documented", "reject", "ignore"] = Field(
        "documented",
        description="Body fields nobody knows: `documented` refuses them on accounts and a body "
        "of nothing else everywhere; `reject` refuses every one; `ignore` none.",
    )
    export_list_shape: Literal["envelope", "array"] = Field(
        "envelope", description="The list of exports as `{data, meta}` or as a bare array."
    )
    require_api_version: bool = Field(
        False, description="Refuse legacy Admin calls without `X-Findity-ApiVersion: 3`."
    )
    token_lifetime: Whole = Field(
        3600, ge=1, le=10 * 365 * 86_400, description="Seconds an access token lives."
    )
    basis_url_auth: bool = Field(True, description="Whether a `basisUrl` needs a bearer token.")
    webhook_mode: Literal["async", "sync", "collect"] = Field(
        "async",
        description="`async` delivers in the background, `sync` before bulk send answers, "
        "`collect` sends nothing and counts as delivered.",
    )
    webhook_success: Literal["200", "2xx"] = Field(
        "200", description="Which answers of a webhook's receiver count as delivered."
    )
    webhook_failure: Literal["bounce", "keep"] = Field(
        "bounce",
        description="Whether a failed webhook takes the export back or leaves it as it is.",
    )
    webhook_timeout: float = Field(
        10.0, gt=0, le=120, description="Seconds a webhook's receiver has to answer."
    )
    webhook_chaos: Chaos = Field(
        Chaos.model_construct(), description="Webhooks twice, late, or out of order."
    )
    rate_limit: RateLimit | None = Field(
        None, description="Answer 429 with `Retry-After` beyond so many requests; off, if null."
    )
    polling_seconds: float | None = Field(
        None,
        gt=0,
        le=86_400,
        description="Listing exports more often than this is noted in the conduct report.",
    )
    extra_fields: bool = Field(
        False,
        description="Mix unknown fields and enum values into Findity's answers, to try clients.",
    )
