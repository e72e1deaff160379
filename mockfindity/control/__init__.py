"""The control API under ``/_mockfindity``: what Findity's staff, administrators and employees do.

One noun a file, on the same road as Findity's own APIs. All of it is ``chosen``; the objects are
those of the guides wherever a guide shows one.
"""
