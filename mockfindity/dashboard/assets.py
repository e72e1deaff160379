"""What the pages of the dashboard are made of beside their HTML."""

from __future__ import annotations

from ..call import Bytes, Call
from ..pages.served import DATA, asset

HERE = DATA / "dashboard"
SCRIPT, STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
ASSETS = {
    "dashboard.css": (HERE / "dashboard.css", STYLE),
    "dashboard.js": (HERE / "dashboard.js", SCRIPT),
    "idiomorph.js": (HERE / "idiomorph" / "idiomorph.min.js", SCRIPT),
}
"""File and media type of each, by its name below ``/dashboard-assets/``."""


def get_dashboard_asset(call: Call) -> Bytes:
    """Get the style sheet or a script of the dashboard."""
    return asset(call, ASSETS, "the dashboard")
