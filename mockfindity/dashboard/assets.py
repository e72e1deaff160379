"""What the pages of the dashboard are made of beside their HTML."""

from __future__ import annotations

from ..call import Bytes, Call
from ..errors import NotFound
from ..pages.served import DATA, content, served

HERE = DATA / "dashboard"
SCRIPT, STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
ASSETS = {
    "dashboard.css": (HERE / "dashboard.css", STYLE),
    "dashboard.js": (HERE / "dashboard.js", SCRIPT),
    "idiomorph.js": (HERE / "idiomorph" / "idiomorph.min.js", SCRIPT),
}
"""File and media type of each, by its name below ``/dashboard-assets/``."""


def get_dashboard_asset(call: Call) -> Bytes:
    """Get the style sheet or a script of the dashboard.

    Raises ``NotFound`` for any name that is not in the table, so that no path leads elsewhere.
    """
    name = call.path["asset"]
    if name not in ASSETS:
        raise NotFound(f"the dashboard has no {name!r}, but {', '.join(ASSETS)}.")
    file, media_type = ASSETS[name]
    return served(call, content(file), media_type)
