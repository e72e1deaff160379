"""Findity's own APIs: request models and operations, one noun a file.

An operation takes a ``Call``, checks everything, writes through the state, and returns plain JSON.
"""
