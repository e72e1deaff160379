"""The OpenAPI 3.1 documents: oauth, admin, connect and control.

They are made from the table of routes, the models of bodies, the types of answers and the tree of
refusals, so that they cannot say anything else than the server does. The ones that are checked in
under ``contracts/openapi`` are what the server serves; a test holds that they are up to date.
"""

from .documents import DOCUMENTS, document, written

__all__ = ["DOCUMENTS", "document", "written"]
