"""Photos: received in parts, decoded in a confined process, stripped to their pixels.

Imports no other room.
"""
