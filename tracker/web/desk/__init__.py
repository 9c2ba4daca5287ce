"""Pages for moderators: the queue, an entry, its decision, corrections, checks, the log.

Imports `entries` and `site`.
"""
