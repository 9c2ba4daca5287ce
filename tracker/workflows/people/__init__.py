"""The team: roles, invitations, sessions, tokens, assignments.

Imports no other room.
"""
