"""Reading what phones send: JSON in, our own types out. Nothing here writes.

Imports `kinds`.
"""
