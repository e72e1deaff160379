"""Hold a server against the contracts: Findity's stage environment, or another mockfindity.

One run is a story in chapters: ``signing_in``, ``reach`` (who may not), ``admin`` and ``connect``
(everything that can be read), and only where it is allowed ``writing``. Each asks through a
``Session``, which sends a request of the documents, holds the answer against schema and guides, and
notes what differs. ``evidence`` decides what a difference means: it contradicts Findity's
documentation, or only what mockfindity chose where that is silent. Nothing but the public HTTP
surface of the other server is used: it may be Findity.
"""

from .client import Unreachable
from .finding import Finding
from .hosts import Production
from .run import NotSignedIn, Report, Target, Unknown, verify

__all__ = [
    "Finding",
    "NotSignedIn",
    "Production",
    "Report",
    "Target",
    "Unknown",
    "Unreachable",
    "verify",
]
