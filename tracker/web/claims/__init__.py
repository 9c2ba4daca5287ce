"""Public claims and whether they hold.

Imports `site`.
"""
