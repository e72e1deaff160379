"""What a scenario made, as a file: for those who want the data and no server.

A zip with ``result.json`` (what the scenario gave), ``state.json`` (for ``mockfindity state
import``), and a folder for each export with ``export.json``, ``package.json`` and a PDF of each
voucher. The same sandbox gives the same bytes, so what is random is left out of the state: API keys
and tokens, which ``state import`` would drop too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import IO, TYPE_CHECKING, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..scenario_files import StoryError
from .options import Problem

if TYPE_CHECKING:
    from ..scenario_files import Tell
    from ..shapes.vouchers import VoucherOut
    from ..testing.export import Export
    from ..testing.findity import Findity

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a dump: the earliest that a zip can say."""

RANDOM = ("keys", "tokens")
"""Tables of the state that are never the same twice."""


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, which stands at ``path`` once the block is over and nothing went wrong.

    Raises ``Problem`` at once where it could not stand there.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}.") from None
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        unfinished.chmod(0o644)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def write(findity: Findity, made: Mapping[str, Any], file: IO[bytes], tell: Tell) -> None:
    """Write the dump of a sandbox in which a scenario was played that gave ``made``."""
    found = {export.id: export for export in _exports(findity)}
    for export_id in made["exports"]:
        if export_id not in found:
            raise StoryError(f"it gave an export {export_id!r}, which is not in the sandbox")
    exports = [found[export_id] for export_id in made["exports"]]
    vouchers = sum(export.data["numberOfVouchers"] for export in exports)
    done = 0
    with ZipFile(file, "w") as archive:
        _add(archive, "result.json", _json(made))
        _add(archive, "state.json", _state(findity))
        for number, export in enumerate(exports, 1):
            for folder in _added(archive, export, number):
                done += 1
                tell(done, vouchers, f"the PDFs of {folder}")


def _exports(findity: Findity) -> Iterator[Export]:
    """Every export of every organization in the sandbox."""
    from .. import FindityError
    from ..testing.organization import Organization

    for one in findity.control("GET", "/organizations")["data"]:
        company = Organization(findity, one["id"], one["externalSourceId"])
        try:
            yield from company.exports()
        except FindityError as refusal:
            if refusal.code != "RECIPIENT_NOT_FOUND":  # one without an API recipient has none
                raise


def _added(archive: ZipFile, export: Export, number: int) -> Iterator[str]:
    """Add an export; gives its folder for every voucher whose PDF is in it. One that was withdrawn
    has no package any more."""
    data = export.data
    kind = data["recipient"]["verificationListsType"].lower().replace("_", "-")
    folder = f"exports/{number:02}-{kind}"
    _add(archive, f"{folder}/export.json", _json(data))
    if data["status"] == "WITHDRAWN":
        return
    package = _package(export)
    _add(archive, f"{folder}/package.json", package + b"\n")
    vouchers = _vouchers(package)
    del package
    width = max(3, len(str(len(vouchers))))
    for place, voucher in enumerate(vouchers, 1):
        _add(archive, f"{folder}/{place:0{width}}.pdf", export.pdf(voucher))
        yield folder


def _package(export: Export) -> bytes:
    """The package as a client downloads it, however large it is."""
    from ..testing.line import ASIDE

    findity = export.findity
    headers = ASIDE | {"authorization": f"Bearer {findity.token()}"}
    path = f"{export.path}/export"
    return findity.line.send("GET", path, headers=headers, timeout=None).content


def _vouchers(package: bytes) -> list[VoucherOut]:
    """Where the basis of each voucher is; the rest of a voucher is not even read."""
    import msgspec

    known = msgspec.defstruct("Known", [("basisUrl", str)])
    whole = msgspec.defstruct("Whole", [("vouchers", list[known])])  # type: ignore[valid-type]
    found: Any = msgspec.json.decode(package, type=whole)
    return [cast("VoucherOut", {"basisUrl": one.basisUrl}) for one in found.vouchers]


def _state(findity: Findity) -> bytes:
    """The state document without what is random in it; its records are not even read."""
    import msgspec

    path = f"/_mockfindity/sandboxes/{findity.name}/state"
    raw = findity.line.send("GET", path, headers=findity.line.guarded, timeout=None).content
    document = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    tables = msgspec.json.decode(document["tables"], type=dict[str, msgspec.Raw])
    tables |= {name: msgspec.Raw(b"[]") for name in RANDOM}
    return msgspec.json.encode(document | {"tables": tables}) + b"\n"


def _json(data: Any) -> bytes:
    return json.dumps(data, indent=2, ensure_ascii=False).encode() + b"\n"


def _add(archive: ZipFile, name: str, data: bytes) -> None:
    entry = ZipInfo(name, LONG_AGO)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
