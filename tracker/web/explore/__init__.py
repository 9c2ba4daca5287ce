"""Pages that everybody may read: maps, charts, areas.

Imports `site`.
"""
