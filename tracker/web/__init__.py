"""Pages for people, one room for each audience.

A room imports `site` and `entries`, never another room.
"""
