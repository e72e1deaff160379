"""``/docs``: the documentation of the APIs, to read and to try, without the internet.

The page is Swagger UI, as its publisher packs it, under a header of our own. It loads nothing from
elsewhere, and ``POLICY`` makes the browser see to that.
"""

from __future__ import annotations

from ..call import Bytes, Call
from .served import DATA, asset, content, served

FOLDER = DATA / "docs"
HTML, SCRIPT, STYLE = "text/html; charset=utf-8", "text/javascript; charset=utf-8", "text/css"
ICON = FOLDER / "swagger-ui" / "favicon-32x32.png"
ASSETS = {
    "docs.css": (FOLDER / "docs.css", STYLE),
    "docs.js": (FOLDER / "docs.js", SCRIPT),
    "icon.png": (ICON, "image/png"),
    "swagger-ui.css": (FOLDER / "swagger-ui" / "swagger-ui.css", STYLE),
    "swagger-ui-bundle.js": (FOLDER / "swagger-ui" / "swagger-ui-bundle.js", SCRIPT),
}
"""File and media type of everything the page is made of, by its name below ``/docs/assets/``."""

# Swagger UI writes style attributes, draws its icons as data: and shows received pictures as blob:.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def get_docs_page(call: Call) -> Bytes:
    """Read the documentation of the APIs in a browser, and try them."""
    policy = (("content-security-policy", POLICY), ("referrer-policy", "no-referrer"))
    return served(call, content(FOLDER / "docs.html"), HTML, policy)


def get_docs_asset(call: Call) -> Bytes:
    """Get a script, style sheet or picture of the documentation."""
    return asset(call, ASSETS, "the page /docs")


def get_icon(call: Call) -> Bytes:
    """Get the picture that a browser asks for beside whatever else it shows."""
    return served(call, content(ICON), "image/png")
