"""The field app: its shell, its worker, and the lists and words that it carries.

Imports no other room.
"""
