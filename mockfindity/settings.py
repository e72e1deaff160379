"""The switches of a sandbox. All are ``chosen``: Findity documents none of what they decide.

They are plain records; what checks new values of them is made of these in ``checked_settings``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from .domain.record import Value


class RateLimit(Value, frozen=True, kw_only=True, rename="camel"):
    """So many requests in so many seconds."""

    requests: Annotated[int, Meta(ge=1, le=10**9, description="How many requests.")]
    per_seconds: Annotated[float, Meta(gt=0, le=86_400, description="In how many seconds.")] = 1.0


class Chaos(Value, frozen=True, kw_only=True, rename="camel"):
    """What may go wrong with webhooks beside their not arriving."""

    duplicate: Annotated[
        int, Meta(ge=0, le=100, description="How often each is sent once more.")
    ] = 0
    delay: Annotated[
        float,
        Meta(ge=0, le=10**9, description="Seconds each waits first, by the sandbox's clock."),
    ] = 0.0
    reorder: Annotated[bool, Meta(description="Send what is pending newest first.")] = False


class Settings(Value, frozen=True, kw_only=True, rename="camel"):
    """What one sandbox does where Findity's guides leave it open; frozen, replaced as a whole."""

    unknown_fields: Annotated[
        Literal["documented", "reject", "ignore"],
        Meta(
            description="Body fields nobody knows: `documented` refuses them on accounts and a "
            "body of nothing else everywhere; `reject` refuses every one; `ignore` none."
        ),
    ] = "documented"
    export_list_shape: Annotated[
        Literal["envelope", "array"],
        Meta(description="The list of exports as `{data, meta}` or as a bare array."),
    ] = "envelope"
    require_api_version: Annotated[
        bool, Meta(description="Refuse legacy Admin calls without `X-Findity-ApiVersion: 3`.")
    ] = False
    token_lifetime: Annotated[
        int, Meta(ge=1, le=10 * 365 * 86_400, description="Seconds an access token lives.")
    ] = 3600
    basis_url_auth: Annotated[
        bool, Meta(description="Whether a `basisUrl` needs a bearer token.")
    ] = True
    webhook_mode: Annotated[
        Literal["async", "sync", "collect"],
        Meta(
            description="`async` delivers in the background, `sync` before bulk send answers, "
            "`collect` sends nothing and counts as delivered."
        ),
    ] = "async"
    webhook_success: Annotated[
        Literal["200", "2xx"],
        Meta(description="Which answers of a webhook's receiver count as delivered."),
    ] = "200"
    webhook_failure: Annotated[
        Literal["bounce", "keep"],
        Meta(description="Whether a failed webhook takes the export back or leaves it as it is."),
    ] = "bounce"
    webhook_timeout: Annotated[
        float, Meta(gt=0, le=120, description="Seconds a webhook's receiver has to answer.")
    ] = 10.0
    webhook_chaos: Annotated[Chaos, Meta(description="Webhooks twice, late, or out of order.")] = (
        Chaos()
    )
    rate_limit: Annotated[
        RateLimit | None,
        Meta(description="Answer 429 with `Retry-After` beyond so many requests; off, if null."),
    ] = None
    polling_seconds: Annotated[
        Annotated[float, Meta(gt=0, le=86_400)] | None,
        Meta(description="Listing exports more often than this is noted in the conduct report."),
    ] = None
    extra_fields: Annotated[
        bool,
        Meta(
            description="Mix unknown fields and enum values into Findity's answers, to try clients."
        ),
    ] = False
