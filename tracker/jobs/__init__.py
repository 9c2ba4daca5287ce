"""Long work that a person can watch: what it is, how far it is, how it ended.

Imports `accounts`.
"""
