"""The history of the tables. Frozen: a migration carries its own data.

Imports no other room.
"""
