"""The log: what was done, by whom, when; append-only and hash-chained.

Imports `accounts`.
"""
