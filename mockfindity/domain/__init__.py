"""The rules of Findity, pure: records in, new records out. No HTTP, no pydantic, no ``await``.

A record is frozen; a change is a new record. A rule that says no raises a refusal of
``mockfindity.errors`` before it has returned anything, so nothing can be half done.
"""
