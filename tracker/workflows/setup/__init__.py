"""What an installation is given: areas, shops, frames, keys.

Imports no other room.
"""
