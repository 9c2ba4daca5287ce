"""Screening: gathers the facts of entries from the database, and keeps what was found.

Imports `triage`.
"""
