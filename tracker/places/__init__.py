"""Where shops are: areas, squares, shops, and the files they were imported from.

Imports `accounts` and what stands below it.
"""
