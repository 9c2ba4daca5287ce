"""Releases, extracts, maps, claims, and files for others.

Imports `counting`.
"""
