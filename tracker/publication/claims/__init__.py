"""Claims of the public, and whether the figures bear them out.

Imports `figures`.
"""
