"""Releases and extracts to download, and the pages on which they are made.

Imports `site`.
"""
