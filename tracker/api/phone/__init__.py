"""What the field app sends and asks for. Writes through workflows.

Imports no other room.
"""
