"""A request of the journal as a ``curl`` command for bash, to send it once more.

Whatever a client sent is quoted, so that the shell takes it as it is. The journal has blotted out
the secrets; where one stood, the command has a variable: that of a key ``mockfindity env`` prints,
that of a token ``token_command`` sets.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, unquote

REDACTED = "[redacted]"
TOKEN, REFRESH_TOKEN = "$FINDITY_TOKEN", "$FINDITY_REFRESH_TOKEN"
CLIENT_ID, SECRET = "$FINDITY_CLIENT_ID", "$FINDITY_CLIENT_SECRET"
SIGNS = {"secret": SECRET, "assertion": SECRET, "refresh": REFRESH_TOKEN, "token": TOKEN}
"""What is in the name of a field with a secret, and the variable that stands for it."""

OWN = frozenset(
    {
        *("accept-encoding", "connection", "content-length", "cookie", "expect", "host"),
        *("keep-alive", "proxy-authorization", "te", "transfer-encoding", "user-agent"),
        "x-mockfindity-token",
    }
)
"""Headers that are the connection's, or the client program's own, and are left to curl."""

NAMES = {
    "accept": "Accept",
    "authorization": "Authorization",
    "content-type": "Content-Type",
    "x-findity-apiversion": "X-Findity-ApiVersion",
}
"""How headers are written that the journal has in lower case; for reading, HTTP does not mind."""

LONGEST = 100_000
"""Characters of an argument: Linux takes no longer one than 128 KiB."""

_BLOTTED = re.compile(r'([\w%]+=|"\w+"\s*:\s*")(\[redacted\])')
_PLAIN = re.compile(r"[\w .,:;=/@+*?&%()<>{}\[\]|~^#'-]*", re.ASCII)
"""What stands between double quotes as it is, whatever shell and settings."""


def curl(request: dict[str, Any], base_url: str) -> str:
    """The command for a request, such as the control API gives it, to the server at ``base_url``.

    A body that the journal only tells by its size is read from the file ``body.bin``.
    """
    data, before = _data(request)
    parts = [*_begin(request, base_url), *_headers(request), *data]
    return before + " \\\n  ".join(parts)


def token_command(sandbox: dict[str, Any]) -> str:
    """The command that gets a token with the key of a sandbox, such as the control API gives it,
    into the variable that stands for one."""
    key = "".join(
        f" \\\n  -d {shlex.quote(f'{name}={value}')}"
        for name, value in (
            ("grant_type", "client_credentials"),
            ("client_id", sandbox["clientId"]),
            ("client_secret", sandbox["clientSecret"]),
        )
    )
    taken = """sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'"""
    return f"{TOKEN[1:]}=$(curl -s {shlex.quote(sandbox['tokenUrl'])}{key} |\n  {taken})"


def _begin(request: dict[str, Any], base_url: str) -> Iterable[str]:
    """The command, its method and its URL."""
    method, target = request["method"], _target(request["target"])
    options = " --globoff" if re.search(r"[\[\]]", target) else ""
    options += " --path-as-is" if "/." in target else ""
    if method == "HEAD":
        options += " --head"
    elif method != "GET" or request["body"]:
        options += f" -X {shlex.quote(method)}"
    yield f"curl{options} {_word(base_url + target)}"


def _target(target: str) -> str:
    """Path and query, with every byte percent-encoded that curl would not send as it is."""
    return quote(target.encode("latin-1", "replace"), safe="/?&=%:@!$'()*+,;~[]")


def _headers(request: dict[str, Any]) -> Iterable[str]:
    headers: dict[str, str] = request["headers"]
    for name, value in headers.items():
        if name == "authorization" and value.lower() == f"basic {REDACTED}":
            yield f'-u "{CLIENT_ID}:{SECRET}"'
        elif name not in OWN and (name, value) != ("accept", "*/*"):
            yield f"-H {_header(NAMES.get(name, name), value)}"
    if request["body"] and "content-type" not in headers:
        yield "-H 'Content-Type:'"  # or curl says that it is a form


def _header(name: str, value: str) -> str:
    if value.endswith(REDACTED) and name == NAMES["authorization"]:
        return _joined([(f"{name}: {value.removesuffix(REDACTED)}", False), (TOKEN, True)])
    return _word(f"{name}: {value}" if value else f"{name};")


def _data(request: dict[str, Any]) -> tuple[list[str], str]:
    """The options that bring the body, and what stands before the command."""
    body = request["body"]
    if not body:
        return [], ""
    if re.fullmatch(r"\[\d+ bytes that are no text\]", body) and len(body) != request["bodySize"]:
        return ["--data-binary @body.bin"], ""
    word = _word(body)
    if "\0" not in body and len(word) < LONGEST:
        return [f"--data-raw {word}"], ""
    # No argument can have a NUL in it, or be so long; what the shell's own printf writes can.
    return ["--data-binary @-"], f"printf -- {_word(_format(body))} | "


def _format(text: str) -> str:
    """A text as the format of ``printf``."""
    return text.replace("\\", "\\\\").replace("%", "%%").replace("\0", "\\000")


def _word(text: str) -> str:
    """A text as one word of the shell, with a variable for each secret that was blotted out."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in _BLOTTED.finditer(text):
        if variable := _variable(unquote(found[1]).lower()):
            pieces += [(text[end : found.start(2)], False), (variable, True)]
            end = found.end()
    return _joined([*pieces, (text[end:], False)])


def _variable(name: str) -> str | None:
    """The variable for what was blotted out of a field; ``None`` of one that has no secret."""
    return next((variable for sign, variable in SIGNS.items() if sign in name), None)


def _joined(pieces: list[tuple[str, bool]]) -> str:
    """Pieces as one word; those that are variables are not quoted as texts are."""
    if not any(is_variable for _, is_variable in pieces):
        return shlex.quote("".join(text for text, _ in pieces))
    if all(is_variable or _PLAIN.fullmatch(text) for text, is_variable in pieces):
        return f'"{"".join(text for text, _ in pieces)}"'
    words = (f'"{text}"' if is_variable else shlex.quote(text) for text, is_variable in pieces)
    return "".join(word for word in words if word != "''")
