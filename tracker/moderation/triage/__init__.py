"""Reasons to look harder at an entry: facts in, findings out. Pure, versioned, recomputable.

Imports no other room.
"""
