"""Numbered publications that never change.

Imports `files`.
"""
