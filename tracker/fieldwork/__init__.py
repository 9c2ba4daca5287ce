"""Visits and their photos, as fieldworkers recorded them; which shops are due.

Imports `places` and what stands below it.
"""
