"""An entry in words, for whoever shows one.

Imports no other room.
"""
