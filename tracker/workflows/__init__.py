"""One function per human or timed act: the permission, the transaction, the log, the enqueue.

Imports `publication` and what stands below it.
"""
