"""Pictures and map data that are kept until what they show changes.

Imports `drawing`, `files` and `figures`.
"""
