"""One file for each command; docs/operations.md and the README say what they do.

Imports no other room.
"""
